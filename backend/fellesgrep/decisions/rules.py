"""Who may decide what: levels, limits and the days on which a delegation holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from fellesgrep.core.problems import Forbidden


class Level(StrEnum):
    """Who decides, from the lowest to the highest."""

    PROGRAMME_LEADER = "programme_leader"
    DIRECTOR = "director"
    COMMITTEE = "committee"


class Outcome(StrEnum):
    """What a decision says. `returned` sends the proposal back to be improved."""

    APPROVED = "approved"
    REJECTED = "rejected"
    RETURNED = "returned"


@dataclass(frozen=True)
class Choice:
    """What the decision table chose: who decides on an amount, and by which law."""

    level: Level
    legal_reference: str
    amount_ore: int


class Delegated(Protocol):
    """An authority to decide, as far as the rules go."""

    @property
    def level(self) -> str: ...
    @property
    def limit_ore(self) -> int | None: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...


D = TypeVar("D", bound=Delegated)
_RANK = {level: rank for rank, level in enumerate(Level)}


def holds(delegation: Delegated, today: date) -> bool:
    """Tell whether a delegation is valid on a day, its last day included."""
    begun = delegation.valid_from <= today
    return begun and (delegation.valid_to is None or today <= delegation.valid_to)


def authority(delegations: Sequence[D], level: Level, amount_ore: int, today: date) -> D:
    """Return the delegation on which somebody may decide; raises `Forbidden` saying why not.

    A higher level may decide what a lower one could; nobody decides above their limit. Of
    several the lowest sufficient level counts.
    """
    valid = [each for each in delegations if holds(each, today)]
    if not valid:
        raise Forbidden("decisions.problem.no_delegation")
    high_enough = [each for each in valid if _RANK[Level(each.level)] >= _RANK[level]]
    if not high_enough:
        raise Forbidden(f"decisions.problem.level_too_low.{level}")
    sufficient = [
        each for each in high_enough if each.limit_ore is None or amount_ore <= each.limit_ore
    ]
    if not sufficient:
        raise Forbidden("decisions.problem.above_limit", amount_ore=amount_ore)
    return min(sufficient, key=lambda each: _RANK[Level(each.level)])
