"""The clauses that come with the product: approved text that several agreement types share.

A body names one by a line `<section data-clause="KEY"></section>`; what is kept of a template
always holds the full text, with the clause's key and version, so that it never changes by itself.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lxml import etree
from pydantic import BaseModel, ConfigDict, Field

from fellesgrep.contract_templates.manifest import Words
from fellesgrep.contract_templates.stored_form import parsed, written
from fellesgrep.core.languages import LANGUAGES, Language

CLAUSES = "_base/clauses"


class ClauseFacts(BaseModel):
    """What a clause says about itself.

    `reason` is why and when a municipality needs it, `mandatory_for` the keys of the types that
    must carry it, `review_by` the day by which legal reads it again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    version: int = Field(ge=1)
    title: Words
    reason: Words
    legal_references: tuple[str, ...] = ()
    mandatory_for: tuple[str, ...] = ()
    review_by: date | None = None


@dataclass(frozen=True)
class ShippedClause:
    """A clause's folder: its facts, and its text (heading and content) in each language."""

    facts: ClauseFacts
    bodies: Mapping[Language, str]


def shipped_clauses(folder: Path) -> dict[str, ShippedClause]:
    """Read every clause below the folder of templates, by key; a broken one raises `ValueError`."""
    found: dict[str, ShippedClause] = {}
    for file in sorted((folder / CLAUSES).glob("*/clause.toml")):
        facts = ClauseFacts.model_validate(tomllib.loads(file.read_text("utf-8")))
        if facts.key != file.parent.name:
            raise ValueError(f"{file}: the key is not the folder's name")
        found[facts.key] = ShippedClause(
            facts,
            {name: (file.parent / f"{name}.xhtml").read_text("utf-8") for name in LANGUAGES},
        )
    return found


def expand(body: str, clauses: Mapping[str, ShippedClause], language: Language) -> str:
    """Return a body with the text of each clause that it names; other lines stay as they are.

    Raises `ValueError` for a clause that is not known.
    """

    def replaced(line: re.Match[str]) -> str:
        (section,) = parsed(line[0])
        key = section.get("data-clause") or ""
        if key not in clauses:
            raise ValueError(f"there is no clause {key!r}")
        clause = clauses[key]
        return put_in(section, clause.bodies[language], clause.facts.version)

    return _NAMED.sub(replaced, body)


_NAMED = re.compile(r"<section[^>]*\bdata-clause=[^>]*></section>\n")


def put_in(section: etree._Element, text: str, version: int) -> str:
    """Return a section of a body with a clause's text, whatever it held; its condition stays."""
    filled = etree.Element("section")
    for name, value in section.attrib.items():
        if name != "data-clause-version":
            filled.set(name, value)
        if name == "data-clause":
            filled.set("data-clause-version", str(version))
    filled.extend(parsed(text))
    return written(filled)
