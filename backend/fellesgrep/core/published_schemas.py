"""The shapes of what is given out as JSON: each is published under `/schemas/` and never changes.

A shape is a pydantic model; its file is written from the model once and kept. What must look
otherwise gets a new model and a new file with the next number, and the old file stays.
"""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from fellesgrep.core.registry import Slot

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PUBLISHED_SCHEMAS: Slot[Path] = Slot("published schemas")
"""Name of a schema's file, such as `agreement-data-1.json` → the file."""


def address(public_url: str, name: str) -> str:
    """Return where an installation publishes a schema: its `$id`, and a document's `$schema`."""
    return f"{public_url}/schemas/{name}"


def published(file: Path, public_url: str) -> dict[str, Any]:
    """Return a schema as this installation publishes it."""
    shape: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return {"$schema": DIALECT, "$id": address(public_url, file.name), **shape}


def shape_of(model: type[BaseModel]) -> str:
    """Return the text of a model's file."""
    shape = model.model_json_schema(by_alias=True, mode="serialization")
    return json.dumps(shape, ensure_ascii=False, indent=1) + "\n"


def as_json(document: BaseModel) -> bytes:
    """Return a document of a published shape, the same bytes for the same content."""
    content = document.model_dump(mode="json", by_alias=True)
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode()
