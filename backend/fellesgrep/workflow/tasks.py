"""Task rows as people see them: lists, and one with its form."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from fellesgrep.core.languages import Language, say
from fellesgrep.core.tx import Tx
from fellesgrep.identity.absences import stood_in_for, substitutes
from fellesgrep.identity.access import Access
from fellesgrep.identity.models import Person
from fellesgrep.identity.policy import POLICY, Role, Scope
from fellesgrep.workflow import store
from fellesgrep.workflow.catalogue import Bundle
from fellesgrep.workflow.models import WAITING, Instance, Task, TaskDraft, TaskStatus
from fellesgrep.workflow.operations import ITEM_NAMES
from fellesgrep.workflow.remedies import PREFIX, REMEDY_FORM, is_remedy
from fellesgrep.workflow.rules import may_complete
from fellesgrep.workflow.schemas import FormView, PersonRef, TaskDetail, TaskView

SORTS = {
    "due_on": Task.due_on,
    "created_at": Task.created_at,
    "completed_at": Task.completed_at,
    "name": Task.name,
    "subject_title": Task.subject_title,
}


class Due(StrEnum):
    """Windows of the due day."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"


def wanted(
    *,
    status: TaskStatus | None,
    role: Role | None,
    subject_id: UUID | None,
    due: Due | None,
    today: date,
) -> Select[Task]:
    """Return the query of a list of tasks."""
    statement = select(Task)
    if status is not None:
        statement = statement.where(Task.status == status)
    if role is not None:
        statement = statement.where(Task.role == role)
    if subject_id is not None:
        statement = statement.where(Task.subject_id == subject_id)
    if due is not None:
        statement = statement.where(_window(due, today))
    return statement


def _window(due: Due, today: date) -> ColumnElement[bool]:
    if due is Due.LATE:
        return Task.due_on < today
    if due is Due.TODAY:
        return Task.due_on == today
    return and_(Task.due_on > today, Task.due_on <= today + timedelta(days=7))


def is_mine(access: Access) -> ColumnElement[bool]:
    """Return what makes a task one's own.

    It is assigned to me, to somebody I stand in for, or to nobody and in one of my lanes.
    """
    me, tx = access.person.id, access.tx
    mine = {me, *stood_in_for(tx.session, me, tx.today())}
    free = [
        and_(
            Task.role == grant.role,
            or_(Task.area_id.is_(None), Task.area_id == grant.area_id)
            if grant.area_id is not None and scope is Scope.AREA
            else Task.id.is_not(None),
        )
        for grant in access.grants
        if (scope := POLICY["task:complete"].get(grant.role)) in {Scope.ALL, Scope.AREA}
    ]
    return or_(
        Task.assignee_id.in_(mine),
        and_(Task.assignee_id.is_(None), or_(false(), *free)),
    )


def views(access: Access, tasks: Sequence[Task], language: Language) -> list[TaskView]:
    """Return tasks as a reader sees them; a few queries at most, however many tasks."""
    standing_in = _standing_in(access, tasks)
    people = _names(access, tasks, standing_in.values())
    names = _names_in(access.tx, tasks, language)
    for process, found in access.tx.house.registry.all(ITEM_NAMES).items():
        about = {t.id: UUID(t.item) for t in tasks if t.process == process and t.item}
        items = found(access.tx.session, list(about.values())) if about else {}
        for task_id, item in about.items():
            if item in items:
                names[task_id] = f"{names[task_id]}: {items[item]}"
    return [
        TaskView(**_plain(access, task, language, people, names, standing_in)) for task in tasks
    ]


def detail(access: Access, task: Task, language: Language) -> TaskDetail:
    """Return a task with its form and what the reader has filled in so far."""
    (view,) = views(access, [task], language)
    bundle = store.load_bundle(access.tx, _bundles(access.tx, [task])[task.instance_id])
    form = REMEDY_FORM if is_remedy(task) else bundle.form(task.process, task.element)
    typed = access.tx.session.get(TaskDraft, (task.id, access.person.id))
    draft = typed if typed and task.status in WAITING else None
    return TaskDetail(
        **view.model_dump(),
        form=None if form is None else FormView(schema_=form.schema(language), ui=form.ui()),
        draft=draft.answers if draft else None,
        draft_saved_at=draft.saved_at if draft else None,
    )


def _standing_in(access: Access, tasks: Sequence[Task]) -> dict[UUID, UUID]:
    """Return who stands in for the absent ones among those that open tasks wait for."""
    waited_for = {task.assignee_id for task in tasks if task.status in WAITING} - {None}
    others = {id_ for id_ in waited_for if id_ and id_ != access.person.id}
    return substitutes(access.tx.session, others, access.tx.today())


def _names(access: Access, tasks: Sequence[Task], others: Iterable[UUID]) -> dict[UUID, str]:
    known = {access.person.id: access.person.name}
    ids = {id_ for task in tasks for id_ in (task.assignee_id, task.completed_by_id) if id_}
    ids |= set(others)
    if ids <= known.keys():
        return known
    rows = access.tx.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return known | {row.id: row.name for row in rows}


def _bundles(tx: Tx, tasks: Sequence[Task]) -> dict[UUID, str]:
    ids = {task.instance_id for task in tasks}
    rows = tx.session.execute(select(Instance.id, Instance.bundle_hash).where(Instance.id.in_(ids)))
    return {row.id: row.bundle_hash for row in rows}


def _names_in(tx: Tx, tasks: Sequence[Task], language: Language) -> dict[UUID, str]:
    """Return what each task is called in a language; bokmål stands on the row."""
    if language == "nb":
        return {task.id: task.name for task in tasks}
    bundles = _bundles(tx, tasks)
    return {
        task.id: element_name(
            store.load_bundle(tx, bundles[task.instance_id]), task.process, task.element, language
        )
        for task in tasks
    }


def element_name(bundle: Bundle, process: str, element: str, language: Language) -> str:
    """Return what a task of an element is called, also where it is to get a step going again."""
    if element.startswith(PREFIX):
        step = bundle.name(process, element.removeprefix(PREFIX), language)
        return say(language, "workflow.remedy.name", step=step)
    return bundle.name(process, element, language)


def _plain(
    access: Access,
    task: Task,
    language: Language,
    people: Mapping[UUID, str],
    names: Mapping[UUID, str],
    standing_in: Mapping[UUID, UUID],
) -> dict[str, Any]:
    substitute = standing_in.get(task.assignee_id) if task.assignee_id else None
    is_open = task.status == TaskStatus.OPEN
    columns = {name: getattr(task, name) for name in TaskView.model_fields if hasattr(Task, name)}
    return columns | {
        "name": names[task.id],
        "role_label": say(language, f"identity.role.{task.role}"),
        "assignee": _ref(task.assignee_id, people),
        "substitute": _ref(substitute, people),
        "completed_by": _ref(task.completed_by_id, people),
        "waiting_for": _waiting_for(task),
        "overdue": bool(is_open and task.due_on and task.due_on < access.tx.today()),
        "can_complete": is_open
        and may_complete(
            role=task.role,
            assignee_id=task.assignee_id,
            area_id=task.area_id,
            person_id=access.person.id,
            grants=access.grants,
            stands_in=substitute == access.person.id,
        ),
    }


def _ref(id_: UUID | None, people: Mapping[UUID, str]) -> PersonRef | None:
    return PersonRef(id=id_, name=people[id_]) if id_ else None


def _waiting_for(task: Task) -> str | None:
    if task.status != TaskStatus.OPEN:
        return None
    if task.role == Role.PARTNER:
        return "partner"
    return "person" if task.assignee_id else "role"
