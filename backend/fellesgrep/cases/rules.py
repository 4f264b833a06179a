"""What follows from where a case stands. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from fellesgrep.cases.models import Outcome, Stage

PARTY_STAGES = frozenset({Stage.FIRST_CONTACT, Stage.CLARIFICATION, Stage.PROPOSAL})
"""While parties may come and go: afterwards, what was decided is about those who applied."""

WITHDRAW_STAGES = frozenset(Stage) - {Stage.FOLLOW_UP, Stage.CLOSED}
"""While the municipality may withdraw: a sealed agreement is ended, not withdrawn."""

STANDS_AFTER_WITHDRAWAL = frozenset(
    {Stage.FIRST_CONTACT, Stage.CLARIFICATION, Stage.PROPOSAL, Stage.CO_FUNDING}
)
"""Where a withdrawal leaves everything as it was: later, it makes the agreement void."""

REOPENABLE = frozenset(Outcome) - {Outcome.COMPLETED}
"""How a case ended that may be opened again: what was carried out is done."""

StepState = Literal["done", "current", "upcoming", "skipped"]


@dataclass(frozen=True)
class StageStep:
    """One piece of the stage bar."""

    stage: Stage
    state: StepState
    entered_at: datetime | None
    left_at: datetime | None


def case_number(year: int, serial: int) -> str:
    """Write a case's number as people see it."""
    return f"{year}-{serial:05d}"


def stage_bar(entries: Sequence[tuple[Stage, datetime]]) -> list[StageStep]:
    """Return every stage with what became of it; `entries` are the ones entered, in order.

    A stage entered twice shows its last time. What a case was sent back from is upcoming again.
    """
    current = entries[-1][0]
    order = list(Stage)
    times = {
        stage: (at, entries[i + 1][1] if i + 1 < len(entries) else None)
        for i, (stage, at) in enumerate(entries)
    }
    return [_step(stage, current, order, times.get(stage)) for stage in order]


def _step(
    stage: Stage,
    current: Stage,
    order: list[Stage],
    times: tuple[datetime, datetime | None] | None,
) -> StageStep:
    if stage is current and times:
        return StageStep(stage, "current", times[0], None)
    if order.index(stage) > order.index(current):
        return StageStep(stage, "upcoming", None, None)
    return StageStep(stage, "done", *times) if times else StageStep(stage, "skipped", None, None)


def is_overdue(due_on: date | None, today: date) -> bool:
    """Tell whether a deadline has passed; it lasts to the end of its day."""
    return due_on is not None and due_on < today


def permitted_acts(
    stage: Stage,
    outcome: str | None,
    *,
    on_hold: bool,
    edit: bool,
    hand_over: bool,
    log_engagement: bool,
) -> list[str]:
    """Return the acts that will work, of those the policy allows, where the case stands."""
    is_open = stage is not Stage.CLOSED
    parties = edit and stage in PARTY_STAGES
    return [
        verb
        for verb, allowed in {
            "edit": edit and is_open,
            "add_party": parties,
            "remove_party": parties,
            "hand_over": hand_over and is_open,
            "hold": edit and is_open and not on_hold,
            "resume": edit and on_hold,
            "reopen": edit and outcome in REOPENABLE,
            "withdraw": edit and stage in WITHDRAW_STAGES,
            "log_engagement": log_engagement,
        }.items()
        if allowed
    ]
