"""The life of a clause's version, and what a text holds of clauses. Pure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from lxml import etree

from fellesgrep.contract_templates.clause_files import put_in
from fellesgrep.contract_templates.models import VersionStatus
from fellesgrep.contract_templates.stored_form import parsed, written
from fellesgrep.core.problems import Conflict


class Act(StrEnum):
    """What can be done with a version."""

    SEND = "send"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    PUT_IN_FORCE = "put_in_force"
    RETIRE = "retire"


MOVES: Mapping[Act, tuple[VersionStatus, VersionStatus]] = {
    Act.SEND: (VersionStatus.DRAFT, VersionStatus.IN_REVIEW),
    Act.SEND_BACK: (VersionStatus.IN_REVIEW, VersionStatus.DRAFT),
    Act.APPROVE: (VersionStatus.IN_REVIEW, VersionStatus.APPROVED),
    Act.PUT_IN_FORCE: (VersionStatus.APPROVED, VersionStatus.IN_FORCE),
    Act.RETIRE: (VersionStatus.IN_FORCE, VersionStatus.RETIRED),
}
"""Each act: the status it is done in, and the one it leads to. There are no other ways."""

OPEN = frozenset({VersionStatus.DRAFT, VersionStatus.IN_REVIEW})


def moved(status: str, act: Act) -> VersionStatus:
    """Return the status after an act; raises `Conflict` where it cannot be done."""
    before, after = MOVES[act]
    if status != before:
        raise Conflict(f"contract_templates.problem.clause_not_{before}")
    return after


def require_other(person: UUID | None, authors: Collection[UUID]) -> None:
    """Hold the four eyes: raises `Conflict` for whoever wrote in a version or put it forward."""
    if person is None or person in authors:
        raise Conflict("contract_templates.problem.own_clause")


@dataclass(frozen=True)
class Wording:
    """A clause as the library has it: its title, the number in force, its text by number.

    `in_force` is None for a clause that is not in use (any more).
    """

    title: str
    in_force: int | None
    texts: Mapping[int, Mapping[str, str]]

    def current(self) -> frozenset[int]:
        """Return the numbers that read as the one in force does."""
        if self.in_force is None:
            return frozenset()
        now = self.texts[self.in_force]
        return frozenset(number for number, texts in self.texts.items() if texts == now)

    def outdated(self, number: int) -> bool:
        """Tell whether a newer wording than this one is in force."""
        return self.in_force is not None and number < self.in_force and number not in self.current()


_OPENING = re.compile(r"<section\b[^>]*>")
_SAYS = re.compile(r'\b(data-clause|data-clause-version)="([^"]*)"')


def held_in(body: str) -> dict[str, int]:
    """Return the clauses that a text holds: key → the number of the oldest version it has."""
    found: dict[str, int] = {}
    for opening in _OPENING.findall(body):
        said = dict(_SAYS.findall(opening))
        number = said.get("data-clause-version", "")
        if "data-clause" in said and number.isdigit():
            key = said["data-clause"]
            found[key] = min(found.get(key, int(number)), int(number))
    return found


def renewed(body: str, key: str, text: str, number: int) -> str:
    """Return a text with another wording of a clause wherever it stands; the rest is as it was."""
    root = parsed(body)
    return "".join(
        put_in(block, text, number)
        if block.get("data-clause") == key and block.tag == "section"
        else written(block)
        for block in root
    )


def renumbered(body: str, numbers: Mapping[tuple[str, int], int]) -> str:
    """Return a shipped text with the library's numbers in place of those of the delivery."""

    def replaced(opening: re.Match[str]) -> str:
        said = dict(_SAYS.findall(opening[0]))
        before = said.get("data-clause-version", "")
        number = numbers.get((said.get("data-clause", ""), int(before or 0)))
        if number is None:
            return opening[0]
        return opening[0].replace(
            f'data-clause-version="{before}"', f'data-clause-version="{number}"'
        )

    return _OPENING.sub(replaced, body)


def reads_as(section: etree._Element, text: str) -> bool:
    """Tell whether a section holds just the text of a clause."""
    return "".join(map(written, section)) == "".join(map(written, parsed(text)))
