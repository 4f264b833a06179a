"""The deadline of a signing: extending it, and giving up or recalling."""

from datetime import date, timedelta
from uuid import UUID

from fellesgrep.agreements import service as agreements
from fellesgrep.core.audit import Subject
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.signing import rounds
from fellesgrep.signing.models import RequestStatus, SigningRequest, SigningRound
from fellesgrep.signing.reminder_times import begin_anew, plan
from fellesgrep.signing.sending import close_requests, write, write_to_person
from fellesgrep.workflow import service as workflow

RECALLED = "signing_recalled"
"""The message that a signing which waits for its signatories hears."""


def extend(tx: Tx, signing: SigningRound, deadline_on: date | None) -> list[SigningRequest]:
    """Give those who have not answered more time, and tell them; returns them."""
    rounds.lock(tx, signing)
    if deadline_on is None or deadline_on <= tx.today():
        raise Invalid.at("/answers/new_deadline_on", "signing.problem.deadline_passed")
    signing.deadline_on = deadline_on
    signing.updated_at = tx.now()
    asked = {RequestStatus.PLANNED, RequestStatus.SENT, RequestStatus.REVOKED}
    waiting = [request for request in signing.requests if request.status in asked]
    for request in waiting:
        request.deadline_on = deadline_on
    tx.session.flush()
    _tell(tx, signing, "extended", {"deadline_on": str(deadline_on)})
    for request in waiting:
        if request.status == RequestStatus.SENT:
            begin_anew(request, told_at=tx.now())
            write(tx, request, "signing.extended", {"deadline_on": str(deadline_on)})
    plan(tx, signing)
    return waiting


def end(tx: Tx, signing: SigningRound, why: str) -> None:
    """Void the agreement before it is signed by all, or return it; whoever was asked is told."""
    rounds.lock(tx, signing)
    told = [r for r in signing.requests if r.status in {RequestStatus.SENT, RequestStatus.SIGNED}]
    close_requests(tx, signing)
    agreement = rounds.agreement_of(tx, signing)
    if why == "recalled":
        agreements.return_for_correction(tx, agreement)
        for person_id in rounds.people_of(tx, signing):
            if person_id != tx.actor.id:
                write_to_person(tx, signing, person_id, "signing.recalled_here")
    else:
        agreements.void(tx, agreement)
    _tell(tx, signing, why)
    for request in told:
        write(tx, request, "signing.recalled" if why == "recalled" else "signing.withdrawn")


def recall(tx: Tx, case_id: UUID, reason: str) -> None:
    """Take an agreement back that is out for signature, to correct it; raises `Conflict`.

    Whoever was asked is told, and reads the reason on the page of their link.
    """
    subject = Subject("case", case_id)
    workflow.hold(tx, subject)
    signing = rounds.round_of(tx, agreements.get_current(tx, case_id).id)
    if signing is None:
        raise Conflict("signing.problem.not_open")
    signing.recall_reason, signing.updated_at = reason, tx.now()
    tx.session.flush()
    if not workflow.send_message(tx, subject, RECALLED):
        raise Conflict("signing.problem.not_open")


def remind_at(deadline_on: date, days_before: int) -> str:
    """Return when to remind: in the morning, so many days before the deadline."""
    return f"{deadline_on - timedelta(days=days_before)}T08:00"


def _tell(tx: Tx, signing: SigningRound, what: str, data: dict[str, str] | None = None) -> None:
    tx.audit(f"signing:{what}", rounds.history_of(tx, signing), data)
