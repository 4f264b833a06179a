"""What the steps of a process may call of signing."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel

from fellesgrep.core.audit import Subject
from fellesgrep.core.problems import Conflict
from fellesgrep.core.tx import Tx
from fellesgrep.signing import acts, deadlines, reminders, rounds, seal_state, sealing, sending
from fellesgrep.signing.models import SigningRound
from fellesgrep.workflow.operations import NoInput, Operation, Step


class SendOut(BaseModel):
    """Until when the partners may sign."""

    deadline_on: date


class Answer(BaseModel):
    """What a partner answered."""

    answer: Literal["signed", "declined", "not_needed"]


class ReminderPlan(BaseModel):
    """What the table `reminder_plan` says."""

    remind_days_before: int
    expires_days_after: int


class AfterDeadline(BaseModel):
    """What becomes of a signing whose deadline has passed."""

    after_deadline: Literal["extend", "end"]
    new_deadline_on: date | None = None


class Countersign(BaseModel):
    """The municipality's yes."""

    confirm: bool


def _send_out(step: Step, answers: SendOut) -> Mapping[str, Any]:
    signing = rounds.current_round(step.tx, step.subject.id)
    signers = sending.send_out(step.tx, signing, answers.deadline_on)
    return {
        "signers": signers,
        "signing_result": "under_way",
        "reminder_about": "signing",
        "days_left": (answers.deadline_on - step.tx.today()).days,
    }


def _issue(step: Step, plan: ReminderPlan) -> Mapping[str, Any]:
    signing = rounds.current_round(step.tx, step.subject.id)
    signing.remind_days_before = plan.remind_days_before
    sending.issue(step.tx, signing)
    return _timed(signing, plan)


def _timed(signing: SigningRound, plan: ReminderPlan) -> Mapping[str, Any]:
    """Return when the timers of a signing fire."""
    if signing.deadline_on is None:
        raise Conflict("signing.problem.deadline_passed")
    return {
        "remind_at": deadlines.remind_at(signing.deadline_on, plan.remind_days_before),
        "expires_on": str(signing.deadline_on + timedelta(days=plan.expires_days_after)),
        "deadline_on": str(signing.deadline_on),
    }


def _remind(step: Step, _: NoInput) -> None:
    reminders.remind(step.tx, rounds.current_round(step.tx, step.subject.id))


def _after_deadline(step: Step, chosen: AfterDeadline) -> Mapping[str, Any]:
    signing = rounds.current_round(step.tx, step.subject.id)
    if chosen.after_deadline == "end":
        deadlines.end(step.tx, signing, "expired")
        return {"signing_result": "expired"}
    waiting = deadlines.extend(step.tx, signing, chosen.new_deadline_on)
    plan = ReminderPlan.model_validate(step.facts)
    return {"signers": [str(request.id) for request in waiting], **_timed(signing, plan)}


def _recall(step: Step, _: NoInput) -> Mapping[str, Any]:
    deadlines.end(step.tx, rounds.current_round(step.tx, step.subject.id), "recalled")
    return {"signing_result": "recalled"}


def _record(step: Step, answers: Answer) -> Mapping[str, Any]:
    if step.item is None:
        raise Conflict("signing.problem.not_open")
    acts.record(step.tx, UUID(step.item), answers.answer)
    result = "declined" if answers.answer == acts.DECLINED else "under_way"
    return {"answer": answers.answer, "signing_result": result}


def _countersign(step: Step, answers: Countersign) -> None:
    signing = rounds.current_round(step.tx, step.subject.id)
    acts.countersign(step.tx, signing, confirmed=answers.confirm)


def _seal(step: Step, _: NoInput) -> None:
    sealing.seal_agreement(step.tx, rounds.current_round(step.tx, step.subject.id))


def countersigner(tx: Tx, subject: Subject, facts: Mapping[str, Any]) -> UUID | None:
    """Return who was named to sign for the municipality."""
    return rounds.current_round(tx, subject.id).countersigner_id


_TIMES = ("remind_at", "expires_on", "deadline_on")
OPERATIONS_OF_SIGNING: Mapping[str, Operation] = {
    "signing.send_out": Operation(
        _send_out, SendOut, facts=("signers", "signing_result", "reminder_about", "days_left")
    ),
    "signing.issue": Operation(_issue, ReminderPlan, facts=_TIMES),
    "signing.remind": Operation(_remind),
    "signing.after_deadline": Operation(
        _after_deadline, AfterDeadline, facts=("signers", "signing_result", *_TIMES)
    ),
    "signing.recall": Operation(_recall, facts=("signing_result",)),
    "signing.record": Operation(_record, Answer, facts=("answer", "signing_result")),
    "signing.countersign": Operation(_countersign, Countersign),
    seal_state.SEALS: Operation(_seal, failed=seal_state.note_failure),
}
