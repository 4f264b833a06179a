"""When an obligation stands and when a cooperation may be concluded."""

from enum import StrEnum

from fellesgrep.core.problems import FieldProblem


class Status(StrEnum):
    """Where an obligation stands; `dropped` when the case ended without it."""

    OPEN = "open"
    FULFILLED = "fulfilled"
    DROPPED = "dropped"


class ObligationKind(StrEnum):
    """What was promised: a contribution of the funding plan, or a promise of the text."""

    CASH = "cash"
    IN_KIND = "in_kind"
    REPORT = "report"
    PAYMENT = "payment"
    DELIVERY = "delivery"
    MAINTENANCE = "maintenance"
    OTHER = "other"


class Fulfilled(StrEnum):
    """How far the parties did what they had agreed on."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


def objections(fulfilled: Fulfilled, summary: str, open_count: int) -> list[FieldProblem]:
    """Say why a cooperation cannot be concluded with these answers.

    All is fulfilled only where nothing is open; whatever else is said needs a reason.
    """
    if fulfilled is Fulfilled.YES and open_count:
        key = "follow_up.problem.still_open"
        return [FieldProblem("/answers/fulfilled", key, {"smart_count": open_count})]
    if fulfilled is not Fulfilled.YES and not summary.strip():
        return [FieldProblem("/answers/summary", "follow_up.problem.no_reason")]
    return []
