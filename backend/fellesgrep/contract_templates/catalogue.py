"""What a text may ask for, as the editor offers it and the check list knows it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fellesgrep.contract_templates.manifest import FieldType, Manifest
from fellesgrep.core.languages import Language, texts

_PREFIX = "contract_templates.variable."
LISTS: Mapping[str, str] = {
    "parties": "party",
    "proposal.activities": "activity",
    "funding.lines": "line",
    "funding.contributions": "contribution",
    "funding.shares": "share",
}
"""A list → what one of it is called in a repetition."""

_WHOLE = frozenset({"lead_party", "proposal", "funding", "decision"})
"""Things that a condition asks for, that no text can show."""

_FORMATS: Mapping[str, str] = {
    "organisation_number": "orgnr",
    "kind": "word",
    "category": "word",
    "level": "word",
    "background": "paragraphs",
    "goals": "paragraphs",
    "target_groups": "paragraphs",
    "results": "paragraphs",
    "maintenance": "paragraphs",
}
_FIELD_FORMATS: Mapping[FieldType, str] = {
    FieldType.DATE: "date",
    FieldType.MONEY: "money",
    FieldType.NUMBER: "number",
    FieldType.LONG_TEXT: "paragraphs",
}
_EACH = re.compile(r"\s*([a-z][a-z0-9_]*)\s+in\s+(.+?)\s*", re.DOTALL)


@dataclass(frozen=True)
class Variable:
    """A name that texts may use. `of` is the list whose items it belongs to, or empty."""

    name: str
    label: str
    format: str
    of: str
    shown: bool
    """Whether it can be put into a text; else conditions and repetitions alone may ask for it."""


def known(manifest: Manifest, language: Language) -> list[Variable]:
    """Return every name that a text of this template may use, with what people call it."""
    lists = {item: name for name, item in LISTS.items()}
    found = [
        Variable(
            name,
            label,
            expected_format(name),
            lists.get(name.split(".")[0], ""),
            shown=name not in _WHOLE and name not in LISTS,
        )
        for key, label in texts(language).items()
        if key.startswith(_PREFIX) and (name := key.removeprefix(_PREFIX))
    ]
    found += [
        Variable(
            f"fields.{field.name}",
            field.label[language],
            _FIELD_FORMATS.get(field.type, "text"),
            "",
            shown=field.type not in {FieldType.YES_NO, FieldType.CHOICE},
        )
        for field in manifest.fields
    ]
    return found


def expected_format(name: str) -> str:
    """Return how a variable is written, by its name: amounts end in `_ore`, days in `_on`."""
    last = name.rsplit(".", 1)[-1]
    if last.endswith("_ore"):
        return "money"
    if last.endswith("_on"):
        return "date"
    return _FORMATS.get(last, "text")


def repetition(each: str) -> tuple[str, str] | None:
    """Return a repetition's own name and the list it goes through; None where it is neither."""
    read = _EACH.fullmatch(each)
    return (read[1], read[2]) if read else None
