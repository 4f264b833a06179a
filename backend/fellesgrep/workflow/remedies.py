"""What happens when the worker gives a step up: it becomes a task for an administrator."""

import json
from uuid import UUID

from sqlalchemy import select

from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.languages import LANGUAGES, say
from fellesgrep.core.tx import Tx
from fellesgrep.identity.policy import Role
from fellesgrep.workflow.engine import Waiting
from fellesgrep.workflow.events import TaskOpened
from fellesgrep.workflow.forms import read_form
from fellesgrep.workflow.models import Task, TaskStatus
from fellesgrep.workflow.stepping import Run

PREFIX = "remedy_"


def _texts(key: str) -> dict[str, str]:
    return {language: say(language, key) for language in LANGUAGES}


REMEDY_FORM = read_form(
    json.dumps(
        {
            "type": "object",
            "description": _texts("workflow.remedy.description"),
            "properties": {
                "retry": {
                    "type": "boolean",
                    "const": True,
                    "title": _texts("workflow.remedy.retry"),
                }
            },
            "required": ["retry"],
            "additionalProperties": False,
        }
    )
)


def is_remedy(task: Task) -> bool:
    """Tell whether a task is there to get a failed step going again."""
    return task.element.startswith(PREFIX)


def ask_for_remedy(run: Run, waiting: Waiting) -> None:
    """Make a failed step an administrator's task; does nothing where it is one already."""
    tx, instance = run.tx, run.instance
    if _has_open_remedy(tx, instance.id, waiting.token):
        return
    task = Task(
        instance_id=instance.id,
        token=waiting.token,
        process=waiting.element.process,
        element=PREFIX + waiting.element.id,
        name=say("nb", "workflow.remedy.name", step=waiting.element.name),
        role=Role.ADMIN,
        area_id=instance.area_id,
        subject_kind=instance.subject_kind,
        subject_id=instance.subject_id,
        subject_title=instance.subject_title,
        created_at=tx.now(),
        due_on=tx.today(),
    )
    tx.session.add(task)
    tx.session.flush()
    tx.audit(
        "step:failed",
        task.subject,
        {"task": ref("task", task.id)},
        also=[Subject("task", task.id)],
    )
    tx.publish(TaskOpened(task))


def _has_open_remedy(tx: Tx, instance_id: UUID, token: UUID) -> bool:
    found = select(Task.id).where(
        Task.instance_id == instance_id,
        Task.token == token,
        Task.status == TaskStatus.OPEN,
    )
    return tx.session.scalar(found) is not None
