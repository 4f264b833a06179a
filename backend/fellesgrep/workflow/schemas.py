"""What the task routes take and answer."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from fellesgrep.core.web import Body, View
from fellesgrep.identity.policy import Role
from fellesgrep.workflow.models import Origin, TaskStatus


class PersonRef(View):
    id: UUID
    name: str


class TaskView(View):
    """A task in the reader's language. `waiting_for` is partner, person, role, or null.

    `substitute` is who stands in for the assignee, where that person is away today.
    """

    id: UUID
    process: str
    element: str
    name: str
    role: Role
    role_label: str
    status: TaskStatus
    assignee: PersonRef | None
    substitute: PersonRef | None
    area_id: UUID | None
    subject_kind: str
    subject_id: UUID
    subject_title: str
    workspace: str | None
    item: str | None
    created_at: datetime
    due_on: date | None
    overdue: bool
    waiting_for: str | None
    can_complete: bool
    completed_at: datetime | None
    completed_by: PersonRef | None
    answers: dict[str, Any] | None
    version: int


class FormView(View):
    """A form in the reader's language: JSON Schema, and a UI schema for @rjsf."""

    schema_: dict[str, Any] = Field(serialization_alias="schema")
    ui: dict[str, Any]


class TaskDetail(TaskView):
    form: FormView | None
    draft: dict[str, Any] | None
    draft_saved_at: datetime | None


class ProcessView(View):
    """The version of a process that new cases get, and how many run on any version."""

    process: str
    name: str
    version: str
    origin: Origin
    imported_at: datetime
    running: int


class DiagramView(View):
    process: str
    name: str
    xml: str


class Answers(Body):
    """What somebody filled in."""

    answers: dict[str, Any]


class Assignment(Body):
    person_id: UUID


class DraftSaved(View):
    saved_at: datetime


class Completion(View):
    """What an act led to: the task as it is now, and the tasks it opened."""

    completed: TaskView
    next: list[TaskView]
