"""What a step leaves in the engine room's own tables: written in one statement, in one round trip.

Four flushes of the same rows cost more than the step itself. The instance is locked, so nobody
else writes these rows meanwhile; their versions move as with any other change.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import inspect, text
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from fellesgrep.core.audit import CHAIN, Draft
from fellesgrep.core.ids import new_id
from fellesgrep.workflow.catalogue import Element
from fellesgrep.workflow.models import Instance, Task, TaskStatus

_ROWS = """
    moved as (
        update workflow_instance set state = :state, facts = cast(:facts as jsonb), stage = :stage,
            next_due = :next_due, status = :status, outcome = :outcome, ended_at = :ended_at,
            updated_at = :updated_at, version = version + 1
        where id = :instance_id
    ), closed as (
        update task set status = 'completed', answers = cast(:answers as jsonb),
            completed_at = :completed_at, completed_by_id = :completed_by_id,
            updated_at = :updated_at, version = version + 1
        where id = :task_id
    ), forgotten as (
        delete from task_draft where task_id = :task_id
    ), passed as (
        insert into workflow_path
        select * from jsonb_populate_recordset(cast(null as workflow_path), cast(:passed as jsonb))
    )
    insert into task
    select * from jsonb_populate_recordset(cast(null as task), cast(:opened as jsonb))
"""
_WRITE = text(f"with {_ROWS}")
_WRITE_AND_AUDIT = text(f"with {CHAIN}, {_ROWS}")
_TASK_COLUMNS = tuple(column.key for column in inspect(Task).columns)


@dataclass(frozen=True)
class Closing:
    """A task that this step completes: what was answered, by whom, and the audit entry of it."""

    task: Task
    answers: dict[str, Any]
    at: datetime
    person_id: UUID | None
    entry: Draft

    def known(self) -> dict[str, Any]:
        """Return the columns as they are afterwards."""
        return {
            "status": TaskStatus.COMPLETED.value,
            "answers": self.answers,
            "completed_at": self.at,
            "completed_by_id": self.person_id,
            "updated_at": self.at,
            "version": self.task.version + 1,
        }


def write_step(
    session: Session,
    instance: Instance,
    moved: Mapping[str, Any],
    *,
    closing: Closing | None,
    opened: Sequence[Task],
    passed: Sequence[Element],
) -> None:
    """Write a step down; the objects of the session know afterwards what the rows hold.

    `moved` are all columns of the instance that a step may change.
    """
    session.flush()
    steps = [
        {
            "id": new_id(),
            "instance_id": instance.id,
            "process": element.process,
            "element": element.id,
            "at": moved["updated_at"],
        }
        for element in passed
    ]
    closed = closing.known() if closing else {}
    session.execute(
        _WRITE_AND_AUDIT if closing else _WRITE,
        {
            **moved,
            **(closing.entry.values() if closing else {}),
            "facts": json.dumps(moved["facts"]),
            "instance_id": instance.id,
            "task_id": closing.task.id if closing else None,
            "answers": json.dumps(closed.get("answers")),
            "completed_at": closed.get("completed_at"),
            "completed_by_id": closed.get("completed_by_id"),
            "passed": json.dumps(steps, default=str),
            "opened": json.dumps([_columns(task) for task in opened], default=str),
        },
    )
    _know(instance, {**moved, "version": instance.version + 1})
    if closing:
        _know(closing.task, closed)
    for task in opened:
        _know(task, _columns(task))
        make_transient_to_detached(task)
        session.add(task)


def _columns(task: Task) -> dict[str, Any]:
    return {name: getattr(task, name) for name in _TASK_COLUMNS}


def _know(row: object, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        set_committed_value(row, name, value)
