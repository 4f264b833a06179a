"""What the check has to say: in which file, at which element, in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from fellesgrep.core.languages import Language, say


class Level(StrEnum):
    """An error would stop or mislead a case; a warning is worth a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """Something that would not work, or is worth a look."""

    file: str
    element: str
    kind: str
    """The text's name below `workflow.check`."""

    params: Mapping[str, Any] = field(default_factory=dict)
    level: Level = Level.ERROR

    def said(self, language: Language) -> str:
        """Return the reason in a language."""
        return say(language, f"workflow.check.{self.kind}", **self.params)

    @property
    def reason(self) -> str:
        """The reason as the command line says it."""
        return self.said("en")

    @property
    def is_error(self) -> bool:
        """Tell whether cases would suffer."""
        return self.level is Level.ERROR

    def __str__(self) -> str:
        mark = "" if self.is_error else "warning: "
        return f"{self.file}: {self.element}: {mark}{self.reason}"


def listed(names: Mapping[str, Any] | set[str] | frozenset[str] | list[str]) -> str:
    """Write names one after the other, in order."""
    return ", ".join(sorted(names))
