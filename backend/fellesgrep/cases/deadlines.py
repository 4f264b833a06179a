"""What is due in cases: their open tasks, and what later packages know to be due."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, Subquery, func, select, union_all

from fellesgrep.cases.models import Case
from fellesgrep.cases.slots import DEADLINES
from fellesgrep.core.registry import Registry
from fellesgrep.core.tx import Tx
from fellesgrep.workflow.models import Task, TaskStatus


def next_due(registry: Registry) -> Subquery:
    """Return the earliest deadline (`case_id`, `due_on`) of each case that has one."""
    due = _deadlines(registry)
    return (
        select(due.c.case_id, func.min(due.c.due_on).label("due_on"))
        .group_by(due.c.case_id)
        .subquery("next_due")
    )


def next_due_of(
    registry: Registry, case_id: SQLColumnExpression[UUID]
) -> ColumnElement[date | None]:
    """Return the earliest deadline of one case, looked up for it alone; null without one."""
    due = _deadlines(registry)
    earliest: ColumnElement[date | None] = (
        select(func.min(due.c.due_on)).where(due.c.case_id == case_id).scalar_subquery()
    )
    return earliest


def is_late(tx: Tx) -> ColumnElement[bool]:
    """Return what makes a case one in which something should have been done before today."""
    due = _deadlines(tx.house.registry)
    return Case.id.in_(select(due.c.case_id).where(due.c.due_on < tx.today()))


def _deadlines(registry: Registry) -> Subquery:
    tasks = select(Task.subject_id.label("case_id"), Task.due_on.label("due_on")).where(
        Task.subject_kind == "case", Task.status == TaskStatus.OPEN, Task.due_on.is_not(None)
    )
    others = [select_of() for select_of in registry.all(DEADLINES).values()]
    return union_all(tasks, *others).subquery("deadline")
