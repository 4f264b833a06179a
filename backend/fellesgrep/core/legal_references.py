"""Laws by the names that texts cite them by, with the days between which they hold.

The register is `legal_references.toml`: laws change, and whoever reads a text must be told which
of its references are no longer in force. A law that is added there is known everywhere.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

_REGISTER = Path(__file__).with_name("legal_references.toml")
_CITED = re.compile(
    r"\b([a-zæøåA-ZÆØÅ]+(?:loven|lova|forskriften|forskrifta))\b(?:\s+(?:av|frå|fra)\s+\d{4})?\s*§"
)


class Law(BaseModel):
    """A law, or a regulation; `valid_to` is the last day on which it held."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: str
    cited_as: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None
    replaced_by: str | None = None

    def holds(self, on: date) -> bool:
        """Tell whether it is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@cache
def register() -> tuple[Law, ...]:
    """Return every law that is known."""
    read = tomllib.loads(_REGISTER.read_text("utf-8"))
    return tuple(Law.model_validate(each) for each in read["laws"])


def not_in_force(text: str, on: date, laws: Sequence[Law] | None = None) -> Iterator[str]:
    """Yield the names by which a text cites laws that do not hold on a day."""
    said = _plain(text)
    known = register() if laws is None else laws
    current = {name for law in known if law.holds(on) for name in law.cited_as}
    for law in known:
        for name in law.cited_as:
            if not law.holds(on) and name not in current and re.search(rf"\b{name}\b", said):
                yield name


def unknown_laws(text: str, laws: Sequence[Law] | None = None) -> Iterator[str]:
    """Yield the names before a paragraph sign that no law of the register bears."""
    names = {name for law in (register() if laws is None else laws) for name in law.cited_as}
    for cited in dict.fromkeys(_CITED.findall(text)):
        if cited.lower() not in names:
            yield cited


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
