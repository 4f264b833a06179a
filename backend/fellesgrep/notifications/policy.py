"""When and how people are reminded: what may be decided, by whom, and what follows from it.

The product has a default for everything. The municipality, an agreement type and one agreement
may each decide some of it otherwise; what is nearest the agreement holds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from fellesgrep.core.calendar import is_working_day
from fellesgrep.core.clock import OSLO, end_of_day

LevelName = Literal["product", "municipality", "template", "agreement"]
Reach = Literal["email", "email_and_sms"]

EARLIEST = time(8)
"""Reminders leave in the morning, or when the quiet hours are over."""

LEAST_GAP = timedelta(hours=20)
"""Nobody is reminded sooner than this after having been asked or reminded."""

LONGEST_QUIET = 20


class PolicyPart(BaseModel):
    """What one level decides; what is None is left to the level before it."""

    model_config = ConfigDict(extra="forbid")

    remind_days_before: int | None = Field(default=None, ge=0, le=60)
    days_between: int | None = Field(default=None, ge=1, le=30)
    at_most: int | None = Field(default=None, ge=0, le=10)
    quiet_from: int | None = Field(default=None, ge=0, le=23)
    quiet_until: int | None = Field(default=None, ge=0, le=23)
    working_days_only: bool | None = None
    reach: Reach | None = None


class NoticePolicy(BaseModel):
    """What holds: the product's defaults, and what was decided otherwise.

    `remind_days_before` None follows the table of the process (`reminder_plan`). Quiet hours that
    end when they begin are none.
    """

    model_config = ConfigDict(frozen=True)

    remind_days_before: int | None = None
    days_between: int = 2
    at_most: int = 2
    quiet_from: int = 20
    quiet_until: int = 8
    working_days_only: bool = True
    reach: Reach = "email"


@dataclass(frozen=True)
class Effective:
    """A policy, and which level decided each of its values."""

    policy: NoticePolicy
    sources: Mapping[str, LevelName]


def quiet_fault(part: PolicyPart) -> str | None:
    """Return what is wrong with quiet hours, as a message key; None where nothing is."""
    if (part.quiet_from is None) != (part.quiet_until is None):
        return "notifications.problem.quiet_hours_open"
    begin, end = part.quiet_from or 0, part.quiet_until or 0
    too_long = (end - begin) % 24 > LONGEST_QUIET
    return "notifications.problem.quiet_hours_long" if too_long else None


def effective(parts: Iterable[tuple[LevelName, PolicyPart]]) -> Effective:
    """Return what holds where `parts` were decided, given from the farthest level to the nearest.

    Quiet hours are one decision: their beginning and end come from the same level.
    """
    values: dict[str, Any] = {}
    sources: dict[str, LevelName] = dict.fromkeys(NoticePolicy.model_fields, "product")
    for level, part in parts:
        for name, value in part.model_dump(exclude_none=True).items():
            values[name], sources[name] = value, level
    return Effective(NoticePolicy(**values), sources)


def is_allowed(at: datetime, policy: NoticePolicy) -> bool:
    """Tell whether what needs no hurry may leave at an instant."""
    local = at.astimezone(OSLO)
    if policy.working_days_only and not is_working_day(local.date()):
        return False
    begin, end = policy.quiet_from, policy.quiet_until
    if begin <= end:
        return not begin <= local.hour < end
    return end <= local.hour < begin


def allowed_at(at: datetime, policy: NoticePolicy) -> datetime:
    """Return the first instant from `at` on when what needs no hurry may leave."""
    while not is_allowed(at, policy):
        at = _next_hour(at)
    return at


def _next_hour(at: datetime) -> datetime:
    """Return the next full hour: a rule changes at full hours of local time only."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def next_reminder(
    policy: NoticePolicy,
    *,
    deadline_on: date,
    days_before: int,
    asked_at: datetime,
    reminded: int = 0,
    reminded_at: datetime | None = None,
) -> datetime | None:
    """Return when to remind of a deadline the next time; None when that is enough.

    `days_before` is what the process's table says; the policy may say otherwise. What would fall
    on a day when nothing leaves is moved on, or, where that is too late, forward.
    """
    if reminded >= policy.at_most:
        return None
    chosen = policy.remind_days_before
    first = _morning(deadline_on - timedelta(days=days_before if chosen is None else chosen))
    wanted, ends = first, end_of_day(deadline_on)
    if reminded_at is not None:
        again = reminded_at.astimezone(OSLO).date() + timedelta(days=policy.days_between)
        wanted = max(first, _morning(again))
    earliest = max(asked_at, reminded_at or asked_at) + LEAST_GAP
    planned = allowed_at(max(wanted, earliest), policy)
    if planned < ends:
        return planned
    return _last_before(ends, earliest, policy) if reminded_at is None else None


def _morning(day: date) -> datetime:
    return datetime.combine(day, EARLIEST, OSLO).astimezone(UTC)


def _last_before(ends: datetime, earliest: datetime, policy: NoticePolicy) -> datetime | None:
    """Return the morning of the last day before `ends` on which something may leave."""
    day = (ends - timedelta(hours=1)).astimezone(OSLO).date()
    while _morning(day) >= earliest:
        planned = allowed_at(_morning(day), policy)
        if planned < ends:
            return planned
        day -= timedelta(days=1)
    return None
