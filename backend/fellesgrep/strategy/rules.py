"""How far each involvement item has come, and how much of a strategy is covered. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class ItemStatus(StrEnum):
    """What has actually happened on an item, least first."""

    PLANNED = "planned"
    CONTACTED = "contacted"
    IN_COOPERATION = "in_cooperation"
    AGREED = "agreed"


@dataclass(frozen=True)
class CasesOfItem:
    """What the cases that answer one item amount to.

    `agreed` counts cases with an agreement or an informal cooperation as their proper end;
    `clarified` those that are past the first contact and not broken off; `contacted` those in
    which somebody has been in touch at all.
    """

    cases: int = 0
    contacted: int = 0
    clarified: int = 0
    agreed: int = 0


@dataclass(frozen=True)
class Coverage:
    """How many items have come how far; `not_reached` are the numbers of those still planned."""

    items: int
    reached: int
    agreed: int
    not_reached: tuple[int, ...]

    @property
    def percent(self) -> int:
        """Share of items that somebody has been reached on, rounded down; 100 means all."""
        return 100 * self.reached // self.items if self.items else 0


def item_status(found: CasesOfItem) -> ItemStatus:
    """Return how far an item has come: the furthest of its cases counts."""
    if found.agreed:
        return ItemStatus.AGREED
    if found.clarified:
        return ItemStatus.IN_COOPERATION
    return ItemStatus.CONTACTED if found.contacted else ItemStatus.PLANNED


def coverage(statuses: Sequence[tuple[int, ItemStatus]]) -> Coverage:
    """Return the coverage of a strategy from its items' numbers and statuses."""
    not_reached = tuple(number for number, status in statuses if status is ItemStatus.PLANNED)
    return Coverage(
        items=len(statuses),
        reached=len(statuses) - len(not_reached),
        agreed=sum(status is ItemStatus.AGREED for _, status in statuses),
        not_reached=not_reached,
    )
