"""Use cases on obligations: one function each, inside the caller's transaction."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select

from fellesgrep.agreements.drafting import find_current
from fellesgrep.cases.models import Case
from fellesgrep.cases.pausing import rests
from fellesgrep.contract_templates.promises import promises
from fellesgrep.core.audit import Subject, code, ref
from fellesgrep.core.clock import local_date
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.decisions.service import approval
from fellesgrep.follow_up import rules
from fellesgrep.follow_up.models import Obligation
from fellesgrep.follow_up.rules import Fulfilled, Status
from fellesgrep.proposals.models import ProposalVersion


def overdue(today: date) -> ColumnElement[bool]:
    """Return the condition that an obligation should have been fulfilled before today."""
    return and_(Obligation.status == Status.OPEN, Obligation.due_on < today)


def deadlines() -> Select[UUID, date]:
    """Return the statement of what parties still have to do (`case_id`, `due_on`)."""
    return (
        select(Obligation.case_id, Obligation.due_on)
        .join(Case, Case.id == Obligation.case_id)
        .where(Obligation.status == Status.OPEN, ~rests())
    )


def start(tx: Tx, case_id: UUID) -> list[Obligation]:
    """Make an obligation of every contribution that was granted and every promise that was signed.

    Contributions are due on the last day of the time plan, as it was decided and not as it reads
    now; promises by what the agreement's text says of them.
    """
    obligations = [*_contributions(tx, case_id), *_promises(tx, case_id)]
    tx.session.add_all(obligations)
    tx.session.flush()
    tx.audit("follow_up:started", Subject("case", case_id), {"smart_count": len(obligations)})
    return obligations


def _contributions(tx: Tx, case_id: UUID) -> Iterator[Obligation]:
    granted = approval(tx.session, case_id)
    if granted is None:
        return
    content = tx.session.get_one(ProposalVersion, granted.proposal_version_id).content
    for each in content["contributions"]:
        yield Obligation(
            case_id=case_id,
            party_id=UUID(each["party_id"]) if each["party_id"] else None,
            kind=each["kind"],
            description=each["description"],
            amount_ore=each["amount_ore"],
            due_on=date.fromisoformat(content["ends_on"]),
        )


def _promises(tx: Tx, case_id: UUID) -> Iterator[Obligation]:
    agreement = find_current(tx, case_id)
    if agreement is None or agreement.sealed_at is None:
        return
    parties = {party.name: party.party_id for party in agreement.parties}
    for promise in promises(agreement.body):
        yield Obligation(
            case_id=case_id,
            party_id=parties.get(promise.who),
            kind=promise.kind.value,
            description=promise.what,
            amount_ore=promise.amount_ore,
            due_on=promise.due(local_date(agreement.sealed_at)),
        )


def fulfil(tx: Tx, obligation: Obligation, *, fulfilled_on: date, note: str) -> None:
    """Register that somebody has done what they promised."""
    if obligation.status != Status.OPEN:
        raise Conflict(f"follow_up.problem.already_{obligation.status}")
    if fulfilled_on > tx.today():
        raise Invalid.at("/fulfilled_on", "follow_up.problem.not_yet")
    obligation.status = Status.FULFILLED
    obligation.fulfilled_on = fulfilled_on
    obligation.note = note
    obligation.updated_at = tx.now()
    tx.session.flush()
    data = {"fulfilled_on": fulfilled_on.isoformat()}
    _audit(tx, "obligation:fulfilled", obligation, data)


def conclude(tx: Tx, case_id: UUID, fulfilled: Fulfilled, summary: str) -> None:
    """Conclude the cooperation; raises `Invalid` where what is said does not fit what is open."""
    still_open = tx.session.scalar(
        select(func.count())
        .select_from(Obligation)
        .where(Obligation.case_id == case_id, Obligation.status == Status.OPEN)
    )
    wrong = rules.objections(fulfilled, summary, still_open or 0)
    if wrong:
        raise Invalid("core.problem.invalid", fields=wrong)
    tx.audit(
        "follow_up:concluded",
        Subject("case", case_id),
        {"result": code(f"follow_up.result.{fulfilled}")},
    )


def drop_open(tx: Tx, case_id: UUID) -> None:
    """Let go of what is still open in a case that has ended."""
    for obligation in tx.session.scalars(
        select(Obligation).where(Obligation.case_id == case_id, Obligation.status == Status.OPEN)
    ):
        obligation.status = Status.DROPPED
        obligation.updated_at = tx.now()
        _audit(tx, "obligation:dropped", obligation, {})


def _audit(tx: Tx, kind: str, obligation: Obligation, data: dict[str, str]) -> None:
    named = {"obligation": ref("obligation", obligation.id), "amount_ore": obligation.amount_ore}
    tx.audit(
        kind,
        Subject("case", obligation.case_id),
        named | data,
        also=[Subject("obligation", obligation.id)],
    )
