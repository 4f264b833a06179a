"""When those who have not answered are reminded: planned anew whenever something changes."""

from datetime import datetime

from fellesgrep.core.tx import Tx
from fellesgrep.notifications.policy import NoticePolicy, next_reminder
from fellesgrep.notifications.policy_service import policy_for
from fellesgrep.signing import rounds
from fellesgrep.signing.models import RequestStatus, SigningRequest, SigningRound

_USUAL_DAYS_BEFORE = 3


def plan(tx: Tx, signing: SigningRound) -> None:
    """Set when each of those who have not answered is reminded the next time."""
    policy = policy_for(tx, rounds.history_of(tx, signing)).policy
    for request in signing.requests:
        request.remind_at = next_time(signing, request, policy)
    tx.session.flush()


def next_time(
    signing: SigningRound, request: SigningRequest, policy: NoticePolicy
) -> datetime | None:
    """Return when somebody is reminded the next time; None where that is enough, or answered."""
    asked_at, deadline_on = request.sent_at, request.deadline_on
    if request.status != RequestStatus.SENT or asked_at is None or deadline_on is None:
        return None
    by_table = signing.remind_days_before
    return next_reminder(
        policy,
        deadline_on=deadline_on,
        days_before=_USUAL_DAYS_BEFORE if by_table is None else by_table,
        asked_at=asked_at,
        reminded=request.reminders,
        reminded_at=request.reminded_at,
    )


def begin_anew(request: SigningRequest, *, told_at: datetime | None = None) -> None:
    """Forget earlier reminders: somebody is asked afresh, or was just told of another deadline."""
    request.reminders, request.reminded_at = 0, told_at
