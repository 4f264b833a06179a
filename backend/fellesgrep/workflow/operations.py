"""What a step of a process may call. Features put their operations here; diagrams name them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session

from fellesgrep.core.audit import Subject
from fellesgrep.core.registry import Slot
from fellesgrep.core.tx import Tx


@dataclass(frozen=True)
class Step:
    """The step an operation runs in: whose process, which element, what is known so far.

    `item` is the one this step is about where a step exists once per item (a signing request).
    `task_id` is None for automatic steps.
    """

    tx: Tx
    subject: Subject
    instance_id: UUID
    task_id: UUID | None
    element: str
    facts: Mapping[str, Any]
    item: str | None = None


class NoInput(BaseModel):
    """Input of an operation that needs to be told nothing."""

    model_config = ConfigDict(extra="ignore")


@dataclass(frozen=True)
class Operation:
    """A function that a step names by its key, such as `proposals.submit`.

    `input` is made from the form's answers (user task) or from the facts (service task; what it
    does not name is left out). `run` checks, changes rows of its feature, and returns the facts
    among those declared in `facts` that it has learnt. Where it raises a `Problem`, nothing of
    the step is kept and the task stays open. One that is named by a job-mode step is run in a
    transaction of its own, at least once; `failed` is told, in another transaction, each time that
    came to nothing, and why.
    """

    run: Callable[[Step, Any], Mapping[str, Any] | None]
    input: type[BaseModel] = NoInput
    facts: tuple[str, ...] = ()
    failed: Callable[[Tx, Subject, Exception], None] | None = None


OPERATIONS: Slot[Operation] = Slot("workflow operations")
"""`<package>.<verb>` → operation."""

Assigner = Callable[[Tx, Subject, Mapping[str, Any]], UUID | None]
ASSIGNERS: Slot[Assigner] = Slot("workflow assigners")
"""Who gets a task: named by a user task's property `assign`, else found under `role:<role>`."""

ItemNames = Callable[[Session, Sequence[UUID]], Mapping[UUID, str]]
ITEM_NAMES: Slot[ItemNames] = Slot("names of workflow items")
"""A process whose tasks exist once per item → what its items are called, beside the task's name."""
