"""Processes as they were imported, running instances, and what they leave for people to see."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fellesgrep.core.audit import Subject
from fellesgrep.core.db import Base, Editable, Row, one_of
from fellesgrep.identity.policy import Role


class Origin(StrEnum):
    """Where a version comes from."""

    SHIPPED = "shipped"
    MUNICIPALITY = "municipality"


class VersionStatus(StrEnum):
    """Whether new instances use a version."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    RETIRED = "retired"


class InstanceStatus(StrEnum):
    """Where an instance stands."""

    RUNNING = "running"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class TaskStatus(StrEnum):
    """Where a task stands."""

    OPEN = "open"
    RESTING = "resting"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


WAITING = (TaskStatus.OPEN, TaskStatus.RESTING)
"""Not done yet; what rests is for nobody to do before its process goes on."""


class ProcessFile(Base):
    """A file of `workflows/` (diagram, form, names), kept once for each content."""

    __tablename__ = "process_file"
    hash: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[str]


class Published:
    """Mixin: where a version came from, and who put it in force (four eyes)."""

    origin: Mapped[str]
    status: Mapped[str]
    imported_at: Mapped[datetime]
    imported_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), default=None, index=True
    )
    """Who uploaded it; nobody for what came with the product."""

    published_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), default=None, index=True
    )
    published_at: Mapped[datetime | None] = mapped_column(default=None)


class ProcessBundle(Base, Published):
    """A process with all it calls, their forms and names: what a running instance is pinned to."""

    __tablename__ = "process_bundle"
    __table_args__ = (
        CheckConstraint(one_of("origin", Origin), name="origin"),
        CheckConstraint(one_of("status", VersionStatus), name="status"),
        Index("ix_process_bundle_in_force", "process", "status"),
    )
    hash: Mapped[str] = mapped_column(primary_key=True)
    process: Mapped[str]
    files: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """Path below `workflows/` → hash of the file."""


class DecisionTable(Base, Row, Published):
    """A version of a DMN table. It binds on the day it is asked, never earlier."""

    __tablename__ = "decision_table"
    __table_args__ = (
        CheckConstraint(one_of("origin", Origin), name="origin"),
        CheckConstraint(one_of("status", VersionStatus), name="status"),
        UniqueConstraint("name", "hash"),
    )
    name: Mapped[str]
    hash: Mapped[str]
    content: Mapped[str]
    valid_from: Mapped[date]


class Instance(Base, Editable):
    """A running process: its position and a few small facts. Its row lock orders the steps."""

    __tablename__ = "workflow_instance"
    __table_args__ = (
        CheckConstraint(one_of("status", InstanceStatus), name="status"),
        Index("ix_workflow_instance_subject", "subject_kind", "subject_id"),
        Index(
            "ix_workflow_instance_next_due",
            "next_due",
            postgresql_where="next_due is not null",
        ),
    )
    process: Mapped[str]
    bundle_hash: Mapped[str] = mapped_column(ForeignKey("process_bundle.hash"), index=True)
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID]
    subject_title: Mapped[str]
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("area.id"), index=True)
    status: Mapped[str] = mapped_column(default=InstanceStatus.RUNNING)
    outcome: Mapped[str | None] = mapped_column(default=None)
    stage: Mapped[str | None] = mapped_column(default=None)
    facts: Mapped[dict[str, Any]]
    state: Mapped[bytes] = mapped_column(LargeBinary)
    next_due: Mapped[datetime | None] = mapped_column(default=None)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    held_since: Mapped[datetime | None] = mapped_column(default=None)
    """While it is on hold, its tasks rest and no timer fires."""

    @property
    def subject(self) -> Subject:
        """What the process is about."""
        return Subject(self.subject_kind, self.subject_id)


class Task(Base, Editable):
    """A step that waits for, or was done by, a person; what inboxes and boards query.

    A partner's task (role `partner`) is completed through the portal only. `token` is the
    position in the instance's state.
    """

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint(one_of("status", TaskStatus), name="status"),
        CheckConstraint(one_of("role", Role), name="role"),
        Index("ix_task_subject", "subject_kind", "subject_id", "status"),
        Index("ix_task_instance_id_status", "instance_id", "status"),
        Index("ix_task_open_role", "role", "area_id", "due_on", postgresql_where="status = 'open'"),
        Index("ix_task_open_assignee", "assignee_id", "due_on", postgresql_where="status = 'open'"),
    )
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("workflow_instance.id"))
    token: Mapped[UUID]
    process: Mapped[str]
    element: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    status: Mapped[str] = mapped_column(default=TaskStatus.OPEN)
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), default=None)
    area_id: Mapped[UUID | None]
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID]
    subject_title: Mapped[str]
    workspace: Mapped[str | None] = mapped_column(default=None)
    operation: Mapped[str | None] = mapped_column(default=None)
    item: Mapped[str | None] = mapped_column(default=None)
    created_at: Mapped[datetime]
    due_on: Mapped[date | None] = mapped_column(default=None)
    completed_at: Mapped[datetime | None] = mapped_column(default=None)
    completed_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), default=None, index=True
    )
    answers: Mapped[dict[str, Any] | None] = mapped_column(JSONB, default=None)

    @property
    def subject(self) -> Subject:
        """What the task is about."""
        return Subject(self.subject_kind, self.subject_id)


class TaskDraft(Base):
    """What somebody has filled in so far."""

    __tablename__ = "task_draft"
    task_id: Mapped[UUID] = mapped_column(ForeignKey("task.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    answers: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]


class InstanceMove(Base, Row):
    """A running instance was moved to another version; with what stood before, to take it back."""

    __tablename__ = "workflow_move"
    __table_args__ = (Index("ix_workflow_move_instance_id", "instance_id", "id"),)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("workflow_instance.id"))
    from_hash: Mapped[str] = mapped_column(ForeignKey("process_bundle.hash"), index=True)
    to_hash: Mapped[str] = mapped_column(ForeignKey("process_bundle.hash"), index=True)
    state: Mapped[bytes] = mapped_column(LargeBinary)
    """The position before."""

    before: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """Open tasks and drafts as they were, where the move changed them."""

    version_after: Mapped[int]
    """The instance's version after the move: as long as it stays, nothing has happened since."""

    moved_at: Mapped[datetime]
    moved_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), default=None, index=True
    )
    taken_back_at: Mapped[datetime | None] = mapped_column(default=None)


class PathStep(Base, Row):
    """An element that an instance has passed, for drawing its way through the diagram."""

    __tablename__ = "workflow_path"
    __table_args__ = (Index("ix_workflow_path_instance_id", "instance_id", "id"),)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("workflow_instance.id"))
    process: Mapped[str]
    element: Mapped[str]
    at: Mapped[datetime]


class RuleTrace(Base, Row):
    """One use of a decision table: what went in, which rule hit, what came out, and why."""

    __tablename__ = "rule_trace"
    __table_args__ = (Index("ix_rule_trace_subject", "subject_kind", "subject_id", "at"),)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("workflow_instance.id"), index=True)
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID]
    element: Mapped[str]
    table_id: Mapped[UUID] = mapped_column(ForeignKey("decision_table.id"), index=True)
    table_name: Mapped[str]
    rule_id: Mapped[str]
    rule_number: Mapped[int]
    inputs: Mapped[dict[str, Any]]
    outputs: Mapped[dict[str, Any]]
    annotation: Mapped[str]
    at: Mapped[datetime]
    table: Mapped[DecisionTable] = relationship(lazy="joined")
    """The version that was asked."""
