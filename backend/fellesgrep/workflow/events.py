"""What the engine room tells later packages, in the step's transaction."""

from dataclasses import dataclass

from fellesgrep.core.audit import Subject
from fellesgrep.workflow.models import Task


@dataclass(frozen=True)
class StageEntered:
    """The process of a subject reached an element with the property `stage`."""

    subject: Subject
    stage: str


@dataclass(frozen=True)
class TaskOpened:
    """A task waits for somebody."""

    task: Task


@dataclass(frozen=True)
class TaskCompleted:
    """Somebody completed a task; its answers are kept on the row."""

    task: Task


@dataclass(frozen=True)
class InstanceEnded:
    """The process is over; `outcome` is the end event's property of that name."""

    subject: Subject
    outcome: str
