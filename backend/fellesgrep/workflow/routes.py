"""Tasks: what waits for whom, the form of each, and completing it. Processes as they are drawn."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from fellesgrep.core.problems import Forbidden, Invalid, NotFound
from fellesgrep.core.web import (
    IfMatch,
    Page,
    Paged,
    ReaderLanguage,
    expect_version,
    fetch_page,
)
from fellesgrep.identity.absences import stands_in
from fellesgrep.identity.access import Access, allow, grants_of
from fellesgrep.identity.models import Person
from fellesgrep.identity.policy import Role
from fellesgrep.workflow import service, store, tasks
from fellesgrep.workflow.drawing import in_language
from fellesgrep.workflow.models import Origin, Task, TaskStatus
from fellesgrep.workflow.rules import may_complete, may_hold
from fellesgrep.workflow.schemas import (
    Answers,
    Assignment,
    Completion,
    DiagramView,
    DraftSaved,
    ProcessView,
    TaskDetail,
    TaskView,
)

router = APIRouter(prefix="/api/v1/tasks", tags=["tasks"])
processes = APIRouter(prefix="/api/v1/processes", tags=["processes"])
ToComplete = Annotated[Access, allow("task:complete")]
"""Where the task stands, and whether its person is away, is asked by `_expect_mine`."""


def _expect_mine(access: Access, task: Task) -> None:
    if not may_complete(
        role=task.role,
        assignee_id=task.assignee_id,
        area_id=task.area_id,
        person_id=access.person.id,
        grants=access.grants,
        stands_in=stands_in(
            access.tx.session, access.person.id, task.assignee_id, access.tx.today()
        ),
    ):
        raise Forbidden("workflow.problem.not_your_task")


@router.get("")
def list_tasks(
    access: Annotated[Access, allow("task:read")],
    paged: Paged,
    language: ReaderLanguage,
    status: Annotated[TaskStatus | None, Query()] = TaskStatus.OPEN,
    mine: Annotated[bool, Query()] = False,
    role: Annotated[Role | None, Query()] = None,
    subject_id: Annotated[UUID | None, Query()] = None,
    due: Annotated[tasks.Due | None, Query()] = None,
) -> Page[TaskView]:
    """List tasks; `mine` are those assigned to me, and the free ones of my roles."""
    statement = tasks.wanted(
        status=status, role=role, subject_id=subject_id, due=due, today=access.tx.today()
    )
    if mine:
        statement = statement.where(tasks.is_mine(access))
    rows, total, more = fetch_page(
        access.tx.session, statement, paged, dict(tasks.SORTS), default="due_on"
    )
    return Page(items=tasks.views(access, rows, language), total=total, more=more)


@router.get("/{task_id}")
def show_task(
    task_id: UUID,
    access: Annotated[Access, allow("task:read", on="task")],
    language: ReaderLanguage,
) -> TaskDetail:
    """Return a task with its form."""
    return tasks.detail(access, access.tx.session.get_one(Task, task_id), language)


@router.put("/{task_id}/draft")
def save_draft(task_id: UUID, body: Answers, access: ToComplete) -> DraftSaved:
    """Keep what has been filled in so far, unchecked, for the person who typed it."""
    task = access.tx.session.get(Task, task_id)
    if task is None:
        raise NotFound("core.problem.not_found")
    _expect_mine(access, task)
    return DraftSaved.model_validate(
        service.save_draft(access.tx, task, access.person.id, body.answers)
    )


@router.post("/{task_id}/complete", response_model=Completion)
def complete_task(
    task_id: UUID,
    body: Answers,
    version: IfMatch,
    access: ToComplete,
    language: ReaderLanguage,
) -> Response:
    """Complete a task; 409 names whoever was first. Where it stands is asked once it is locked."""
    found: list[Task] = []

    def allowed(task: Task) -> None:
        _expect_mine(access, task)
        found.append(task)

    opened = service.complete(access.tx, task_id, body.answers, version=version, allowed=allowed)
    task = found[0]
    done, *following = tasks.views(access, [task, *opened], language)
    answer = Completion(completed=done, next=following)
    # Written here, where a thread is already at work; the framework would take one more for it.
    return Response(answer.model_dump_json(by_alias=True), media_type="application/json")


@router.post("/{task_id}/assign")
def assign_task(
    task_id: UUID,
    body: Assignment,
    version: IfMatch,
    access: Annotated[Access, allow("task:assign", on="task")],
    language: ReaderLanguage,
) -> TaskView:
    """Give a task to somebody who holds its role there."""
    task = access.tx.session.get_one(Task, task_id)
    expect_version(task, version)
    person = access.tx.session.get(Person, body.person_id)
    if (
        person is None
        or not person.active
        or not may_hold(role=task.role, area_id=task.area_id, grants=grants_of(person))
    ):
        raise Invalid.at("/person_id", "workflow.problem.not_in_role")
    service.assign(access.tx, task, person.id)
    return tasks.views(access, [task], language)[0]


@processes.get("")
def list_processes(
    access: Annotated[Access, allow("workflow:read")], language: ReaderLanguage
) -> list[ProcessView]:
    """List the processes in force."""
    rows = store.processes_in_force(access.tx)
    return [
        ProcessView(
            process=row.process,
            name=store.load_bundle(access.tx, row.hash).process_name(row.process, language),
            version=row.hash[:12],
            origin=Origin(row.origin),
            imported_at=row.imported_at,
            running=running,
        )
        for row, running in rows
    ]


@processes.get("/{process}/diagrams")
def show_diagrams(
    process: str, access: Annotated[Access, allow("workflow:read")], language: ReaderLanguage
) -> list[DiagramView]:
    """Return the diagrams of a process in force, the main one first."""
    found = {row.process: row.hash for row, _ in store.processes_in_force(access.tx)}
    if process not in found:
        raise NotFound("core.problem.not_found")
    bundle = store.load_bundle(access.tx, found[process])
    return [
        DiagramView(
            process=each,
            name=bundle.process_name(each, language),
            xml=in_language(bundle, each, language),
        )
        for each in bundle.diagrams
    ]
