"""What the steps of a process may call of signing."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel

from fellesgrep.core.audit import Subject
from fellesgrep.core.problems import Conflict
from fellesgrep.core.tx import Tx
from fellesgrep.signing import acts, rounds, sealing, sending
from fellesgrep.workflow.operations import NoInput, Operation, Step


class SendOut(BaseModel):
    """Until when the partners may sign."""

    deadline_on: date


class Answer(BaseModel):
    """What a partner answered."""

    answer: Literal["signed", "declined"]


class Countersign(BaseModel):
    """The municipality's yes."""

    confirm: bool


def _send_out(step: Step, answers: SendOut) -> Mapping[str, Any]:
    signing = rounds.current_round(step.tx, step.subject.id)
    signers = sending.send_out(step.tx, signing, answers.deadline_on)
    return {"signers": signers}


def _issue(step: Step, _: NoInput) -> None:
    sending.issue(step.tx, rounds.current_round(step.tx, step.subject.id))


def _record(step: Step, answers: Answer) -> Mapping[str, Any]:
    if step.item is None:
        raise Conflict("signing.problem.not_open")
    acts.record(step.tx, UUID(step.item), answers.answer)
    return {"answer": answers.answer}


def _countersign(step: Step, answers: Countersign) -> None:
    signing = rounds.current_round(step.tx, step.subject.id)
    acts.countersign(step.tx, signing, confirmed=answers.confirm)


def _seal(step: Step, _: NoInput) -> None:
    sealing.seal_agreement(step.tx, rounds.current_round(step.tx, step.subject.id))


def countersigner(tx: Tx, subject: Subject, facts: Mapping[str, Any]) -> UUID | None:
    """Return who was named to sign for the municipality."""
    return rounds.current_round(tx, subject.id).countersigner_id


OPERATIONS_OF_SIGNING: Mapping[str, Operation] = {
    "signing.send_out": Operation(_send_out, SendOut, facts=("signers",)),
    "signing.issue": Operation(_issue),
    "signing.record": Operation(_record, Answer, facts=("answer",)),
    "signing.countersign": Operation(_countersign, Countersign),
    "signing.seal": Operation(_seal),
}
