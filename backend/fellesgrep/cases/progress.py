"""The only writer of a case's stage: it follows the process."""

from sqlalchemy import update

from fellesgrep.cases.models import Case, Hold, Outcome, Stage, StageEntry
from fellesgrep.core.audit import Subject, code
from fellesgrep.core.tx import Tx
from fellesgrep.workflow.events import InstanceEnded, StageEntered


def on_stage_entered(tx: Tx, event: StageEntered) -> None:
    """Move the case to the stage that its process has reached."""
    case = _case(tx, event.subject)
    if case is None or case.stage == event.stage:
        return
    case.outcome = case.closed_at = None
    _enter(tx, case, Stage(event.stage))
    tx.audit("case:stage_entered", event.subject, {"stage": code(f"cases.stage.{case.stage}")})


def on_instance_ended(tx: Tx, event: InstanceEnded) -> None:
    """Close the case with the outcome of its process."""
    case = _case(tx, event.subject)
    if case is None or case.stage == Stage.CLOSED:
        return
    tx.session.execute(
        update(Hold)
        .where(Hold.case_id == case.id, Hold.ended_at.is_(None))
        .values(ended_at=tx.now())
    )
    case.outcome = Outcome(event.outcome)
    case.closed_at = tx.now()
    _enter(tx, case, Stage.CLOSED)
    tx.audit("case:closed", event.subject, {"outcome": code(f"cases.outcome.{case.outcome}")})


def _case(tx: Tx, subject: Subject) -> Case | None:
    return tx.session.get_one(Case, subject.id) if subject.kind == "case" else None


def _enter(tx: Tx, case: Case, stage: Stage) -> None:
    case.stage = stage
    case.stage_since = case.updated_at = tx.now()
    tx.session.add(StageEntry(case_id=case.id, stage=stage, entered_at=tx.now()))
    tx.session.flush()
