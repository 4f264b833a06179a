"""My open tasks, in the groups of the start page."""

from sqlalchemy import func, select

from fellesgrep.core.languages import Language
from fellesgrep.identity.access import Access
from fellesgrep.overview.rules import grouped
from fellesgrep.overview.schemas import TaskGroups
from fellesgrep.workflow.models import Task, TaskStatus
from fellesgrep.workflow.tasks import is_mine, views

SHOWN = 100


def my_tasks(access: Access, language: Language) -> TaskGroups:
    """Return what waits for me or for one of my roles, the earliest deadlines first."""
    session = access.tx.session
    mine = (Task.status == TaskStatus.OPEN, is_mine(access))
    rows = session.scalars(
        select(Task).where(*mine).order_by(Task.due_on.asc().nulls_last(), Task.id).limit(SHOWN)
    ).all()
    groups = grouped(views(access, rows, language), access.tx.today())
    total = session.scalar(select(func.count(Task.id)).where(*mine)) or 0
    return TaskGroups(**{group.value: things for group, things in groups.items()}, total=total)
