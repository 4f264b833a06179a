"""What a move to another version changes in an open task: its row, its draft, its form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from fellesgrep.core.clock import local_date
from fellesgrep.core.languages import say
from fellesgrep.core.tx import Tx
from fellesgrep.workflow.catalogue import Bundle, Element
from fellesgrep.workflow.engine import Position
from fellesgrep.workflow.models import Task, TaskDraft
from fellesgrep.workflow.remedies import PREFIX, is_remedy
from fellesgrep.workflow.rules import due_on
from fellesgrep.workflow.stepping import Run


@dataclass(frozen=True)
class Change:
    """Something that is another after a move: text `workflow.change.<kind>`."""

    kind: str
    task: str | None
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Before:
    """What stood in tasks and drafts before a move changed it."""

    tasks: dict[str, dict[str, Any]] = field(default_factory=dict)
    drafts: list[list[Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        plain = {
            id_: {name: None if value is None else str(value) for name, value in columns.items()}
            for id_, columns in self.tasks.items()
        }
        return {"tasks": plain, "drafts": self.drafts}

    @classmethod
    def of_json(cls, plain: Mapping[str, Any]) -> "Before":
        """Return what was kept."""
        return cls(dict(plain["tasks"]), list(plain["drafts"]))

    def restore(self, tx: Tx) -> None:
        """Put everything back; what was typed into a draft since the move stays in it."""
        for id_, columns in self.tasks.items():
            task = tx.session.get_one(Task, UUID(id_))
            for name, value in columns.items():
                setattr(task, name, _READ.get(name, str)(value) if value is not None else None)
            task.updated_at = tx.now()
        for task_id, person_id, answers in self.drafts:
            draft = tx.session.get(TaskDraft, (UUID(task_id), UUID(person_id)))
            if draft is not None:
                draft.answers = answers | draft.answers
        tx.session.flush()


_READ: dict[str, Any] = {"assignee_id": UUID, "due_on": date.fromisoformat}


def retask(run: Run, old: Bundle, position: Position, task: Task, before: Before) -> list[Change]:
    """Make an open task what the new version says of it; returns what that changes."""
    id_ = task.element.removeprefix(PREFIX)
    was, now = old.elements[task.process][id_], run.bundle.elements[task.process][id_]
    if is_remedy(task):
        name = say("nb", "workflow.remedy.name", step=now.name)
        return _set(run.tx, task, {"name": name}, before)
    facts = next(
        (each.facts for each in position.waiting() if each.token == task.token), dict[str, Any]()
    )
    changes = _set(run.tx, task, _columns(run, was, now, task, facts), before)
    if _form_text(old, task) != _form_text(run.bundle, task):
        changes.append(Change("form", task.name))
        changes += _fit_drafts(run, task, before)
    return changes


def _columns(
    run: Run, was: Element, now: Element, task: Task, facts: Mapping[str, Any]
) -> dict[str, Any]:
    role = now.role or "admin"
    columns: dict[str, Any] = {
        "name": now.name,
        "role": role,
        "workspace": now.properties.get("workspace"),
        "operation": now.operation,
    }
    if any(was.properties.get(name) != now.properties.get(name) for name in _DUE):
        columns["due_on"] = due_on(now.properties, facts, local_date(task.created_at))
    if role != task.role or was.properties.get("assign") != now.properties.get("assign"):
        columns["assignee_id"] = run.assignee(now, role, facts)
    return columns


_DUE = ("due_days", "due_fact")


def _set(tx: Tx, task: Task, columns: Mapping[str, Any], before: Before) -> list[Change]:
    other = {name: value for name, value in columns.items() if getattr(task, name) != value}
    if not other:
        return []
    before.tasks[str(task.id)] = {name: getattr(task, name) for name in other}
    changes = [
        Change(name, task.name, {"before": getattr(task, name), "after": value})
        for name, value in other.items()
    ]
    for name, value in other.items():
        setattr(task, name, value)
    task.updated_at = tx.now()
    return changes


def _form_text(bundle: Bundle, task: Task) -> str | None:
    return bundle.files.get(f"{task.process}/forms/{task.element}.json")


def _fit_drafts(run: Run, task: Task, before: Before) -> list[Change]:
    """Keep of each draft what the new form asks for; all of it comes back with the old form."""
    form = run.bundle.form(task.process, task.element)
    asked = set(form.properties) if form else set()
    drafts = run.tx.session.scalars(select(TaskDraft).where(TaskDraft.task_id == task.id)).all()
    changes = []
    for draft in drafts:
        dropped = draft.answers.keys() - asked
        if dropped:
            before.drafts.append([str(task.id), str(draft.person_id), draft.answers])
            draft.answers = {name: draft.answers[name] for name in draft.answers.keys() & asked}
        changes.append(Change("draft", task.name, {"fields": len(dropped)}))
    return changes
