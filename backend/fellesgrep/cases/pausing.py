"""A case that rests for a while, and a closed case that is opened again."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from fellesgrep.cases import rules
from fellesgrep.cases.events import CasePaused
from fellesgrep.cases.models import Case, Hold, Outcome, Reopening, Stage, StageEntry
from fellesgrep.cases.service import PROCESS, subject_of
from fellesgrep.core.audit import code
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.core.tx import House, Tx
from fellesgrep.workflow import pausing
from fellesgrep.workflow import service as workflow


def current_hold(session: Session, case_id: UUID) -> Hold | None:
    """Return why a case rests now; None where it does not."""
    return session.scalar(select(Hold).where(Hold.case_id == case_id, Hold.ended_at.is_(None)))


def rests() -> ColumnElement[bool]:
    """Return what makes a case one that rests."""
    return exists().where(Hold.case_id == Case.id, Hold.ended_at.is_(None))


def put_on_hold(tx: Tx, case: Case, *, reason: str, until_on: date | None) -> None:
    """Let a case rest: its tasks wait, none is late. Raises `Conflict` where others count on it."""
    workflow.hold(tx, subject_of(case))
    tx.session.refresh(case, with_for_update=True)
    if case.stage == Stage.CLOSED:
        raise Conflict("cases.problem.closed")
    if current_hold(tx.session, case.id) is not None:
        raise Conflict("cases.problem.on_hold_already")
    if until_on is not None and until_on <= tx.today():
        raise Invalid.at("/until_on", "cases.problem.until_not_ahead")
    tx.publish(CasePaused(case))
    by = tx.actor.id if tx.actor.kind == "person" else None
    tx.session.add(
        Hold(case_id=case.id, reason=reason, until_on=until_on, held_at=tx.now(), held_by_id=by)
    )
    pausing.pause(tx, subject_of(case))
    if until_on is None:
        tx.audit("case:held", subject_of(case))
    else:
        tx.audit("case:held_until", subject_of(case), {"until_on": until_on.isoformat()})


def resume(tx: Tx, case: Case) -> None:
    """Take a case up again that rests."""
    workflow.hold(tx, subject_of(case))
    tx.session.refresh(case, with_for_update=True)
    hold = current_hold(tx.session, case.id)
    if hold is None:
        raise Conflict("cases.problem.not_on_hold")
    hold.ended_at = tx.now()
    pausing.go_on(tx, subject_of(case))
    tx.audit("case:resumed", subject_of(case))


def resume_due(house: House) -> None:
    """Take up every case whose day has come, each in a transaction of its own."""
    with house.transaction() as tx:
        due = tx.session.scalars(
            select(Hold.case_id).where(Hold.ended_at.is_(None), Hold.until_on <= tx.today())
        ).all()
    for case_id in due:
        with house.transaction() as tx:
            hold = current_hold(tx.session, case_id)
            if hold is not None and hold.until_on is not None and hold.until_on <= tx.today():
                resume(tx, tx.session.get_one(Case, case_id))


def reopen(tx: Tx, case: Case, *, reason: str) -> None:
    """Open a closed case again: where it was withdrawn, else at what was not yet clear."""
    tx.session.refresh(case, with_for_update=True)
    if case.outcome not in rules.REOPENABLE:
        raise Conflict("cases.problem.cannot_reopen")
    outcome, stood = Outcome(case.outcome), _last_stage(tx.session, case.id)
    tx.session.add(
        Reopening(
            case_id=case.id,
            outcome=outcome,
            outcome_reason=case.outcome_reason,
            reason=reason,
            at=tx.now(),
            by_id=tx.actor.id if tx.actor.kind == "person" else None,
        )
    )
    case.outcome_reason = ""
    tx.audit("case:reopened", subject_of(case), {"outcome": code(f"cases.outcome.{outcome}")})
    if outcome is Outcome.WITHDRAWN and stood in rules.STANDS_AFTER_WITHDRAWAL:
        pausing.take_up(tx, subject_of(case))
    else:
        workflow.start(
            tx,
            PROCESS,
            subject_of(case),
            title=case.title,
            area_id=case.area_id,
            facts={"begins_at": _begins_at(tx.session, case.id)},
        )


def _begins_at(session: Session, case_id: UUID) -> Stage:
    """Return where a case begins anew: what is clear already is not asked a second time."""
    stages = set(session.scalars(select(StageEntry.stage).where(StageEntry.case_id == case_id)))
    if Stage.PROPOSAL in stages:
        return Stage.PROPOSAL
    return Stage.CLARIFICATION if Stage.CLARIFICATION in stages else Stage.FIRST_CONTACT


def _last_stage(session: Session, case_id: UUID) -> Stage:
    last = select(StageEntry.stage).where(
        StageEntry.case_id == case_id, StageEntry.stage != Stage.CLOSED
    )
    newest = last.order_by(StageEntry.entered_at.desc(), StageEntry.id.desc()).limit(1)
    return Stage(session.scalars(newest).one())
