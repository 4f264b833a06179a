"""When something is due, seen from today. Days are days in Norway. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar


class Due(StrEnum):
    """The groups of the start page, in their order."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"


class HasDueDay(Protocol):
    """Anything with a day at whose end it is due."""

    @property
    def due_on(self) -> date | None: ...


T = TypeVar("T", bound=HasDueDay)


def end_of_week(day: date) -> date:
    """Return the Sunday of a day's week."""
    return day + timedelta(days=6 - day.weekday())


def when_due(due_on: date | None, today: date) -> Due:
    """Tell in which group something belongs; what has no deadline comes later."""
    if due_on is None or due_on > end_of_week(today):
        return Due.LATER
    if due_on < today:
        return Due.LATE
    return Due.TODAY if due_on == today else Due.WEEK


def grouped(things: Iterable[T], today: date) -> dict[Due, list[T]]:
    """Return things by group, earliest deadline first and those without one last."""
    groups: dict[Due, list[T]] = {group: [] for group in Due}
    for thing in sorted(things, key=lambda each: each.due_on or date.max):
        groups[when_due(thing.due_on, today)].append(thing)
    return groups
