"""The templates that come with the product: one folder each, nothing to register."""

import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fellesgrep.contract_templates.clause_files import expand, shipped_clauses
from fellesgrep.contract_templates.manifest import Manifest
from fellesgrep.core.languages import Language

FOLDER = Path(__file__).parents[3] / "contract_templates"


@dataclass(frozen=True)
class ShippedTemplate:
    """A folder's content; `content_hash` changes when anything of it does."""

    manifest: Manifest
    bodies: dict[Language, str]
    sample: dict[str, Any]

    @property
    def content_hash(self) -> str:
        """Return the SHA-256 over manifest, texts and sample."""
        manifest = self.manifest.model_dump(mode="json") | {"fits": sorted(self.manifest.fits)}
        content = [manifest, self.bodies, self.sample]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def shipped(folder: Path = FOLDER) -> Iterator[ShippedTemplate]:
    """Read every template folder, by name; a folder that is broken raises `ValueError`."""
    clauses = shipped_clauses(folder)
    for file in sorted(folder.glob("*/manifest.toml")):
        manifest = Manifest.model_validate(tomllib.loads(file.read_text("utf-8")))
        if manifest.key != file.parent.name:
            raise ValueError(f"{file}: the key is not the folder's name")
        yield ShippedTemplate(
            manifest,
            {
                language: expand(
                    (file.parent / f"body.{language}.xhtml").read_text("utf-8"), clauses, language
                )
                for language in manifest.languages
            },
            json.loads((file.parent / "sample.json").read_text("utf-8")),
        )
