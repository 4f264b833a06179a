"""What the steps of a process may call on obligations."""

from pydantic import BaseModel

from fellesgrep.follow_up import service
from fellesgrep.follow_up.rules import Fulfilled
from fellesgrep.workflow.operations import NoInput, Operation, Step


class Conclusion(BaseModel):
    """How a cooperation ended."""

    fulfilled: Fulfilled
    summary: str = ""


def _start(step: Step, _: NoInput) -> None:
    service.start(step.tx, step.subject.id)


def _conclude(step: Step, answers: Conclusion) -> None:
    service.conclude(step.tx, step.subject.id, answers.fulfilled, answers.summary)


START = Operation(_start)
CONCLUDE = Operation(_conclude, Conclusion)
