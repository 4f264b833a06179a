"""What the steps of a process may call on agreements."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from fellesgrep.agreements import drafting, service
from fellesgrep.agreements.models import Verdict
from fellesgrep.workflow.operations import NoInput, Operation, Step


class Submission(BaseModel):
    """What is sent along with a draft."""

    note: str = ""


class Review(BaseModel):
    """What legal answers."""

    verdict: Verdict
    comment: str = ""


def _submit(step: Step, answers: Submission) -> Mapping[str, Any]:
    agreement = drafting.get_current(step.tx, step.subject.id)
    drafting.submit_draft(step.tx, agreement, answers.note)
    return {"departs": "yes" if drafting.departs(step.tx, agreement) else "no"}


def _accept(step: Step, _: NoInput) -> None:
    drafting.accept_standard(step.tx, drafting.get_current(step.tx, step.subject.id))


def _review(step: Step, answers: Review) -> Mapping[str, Any]:
    agreement = drafting.get_current(step.tx, step.subject.id)
    drafting.review(step.tx, agreement, answers.verdict, answers.comment)
    return {"verdict": answers.verdict.value}


def _freeze(step: Step, _: NoInput) -> None:
    service.freeze(step.tx, drafting.get_current(step.tx, step.subject.id))


SUBMIT_DRAFT = Operation(_submit, Submission, facts=("departs",))
ACCEPT_STANDARD = Operation(_accept)
REVIEW = Operation(_review, Review, facts=("verdict",))
FREEZE = Operation(_freeze, NoInput)
