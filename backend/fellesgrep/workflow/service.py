"""Use cases of the engine room: one function each, inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from fellesgrep.core.audit import Subject
from fellesgrep.core.languages import Language
from fellesgrep.core.tx import Tx
from fellesgrep.workflow.models import Instance, RuleTrace, Task


def start(
    tx: Tx,
    process: str,
    subject: Subject,
    *,
    title: str,
    area_id: UUID | None,
    facts: Mapping[str, Any] | None = None,
) -> Instance:
    """Start a process about `subject` on the version in force, up to its first waiting steps."""
    raise NotImplementedError


def complete(
    tx: Tx, task_id: UUID, answers: Mapping[str, Any], *, version: int | None = None
) -> list[Task]:
    """Complete a task as the person acting; returns the tasks this opened.

    Raises `Conflict` naming who was first, `Invalid` with the form's fields below `/answers`.
    """
    raise NotImplementedError


def complete_as_partner(
    tx: Tx, subject: Subject, element: str, item: str | None, answers: Mapping[str, Any]
) -> list[Task]:
    """Complete a partner's task, as the portal does; `item` tells which of several."""
    raise NotImplementedError


def send_message(
    tx: Tx, subject: Subject, message: str, facts: Mapping[str, Any] | None = None
) -> bool:
    """Hand a message to the subject's process; False where nobody waits for it."""
    raise NotImplementedError


def cancel(tx: Tx, subject: Subject, *, reason_code: str) -> None:
    """End the subject's process at once; every open task is cancelled, `reason_code` the outcome."""
    raise NotImplementedError


def open_tasks(tx: Tx, subject: Subject) -> Sequence[Task]:
    """Return what waits, oldest first."""
    raise NotImplementedError


def diagram(tx: Tx, subject: Subject, language: Language) -> list[dict[str, Any]]:
    """Return each process of the subject with its XML, what is done and where it stands."""
    raise NotImplementedError


def traces(tx: Tx, subject: Subject) -> Sequence[RuleTrace]:
    """Return every use of a decision table, newest first."""
    raise NotImplementedError
