"""What the engine room contributes to the application."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fellesgrep.core import audit
from fellesgrep.core.delivery import DELIVERIES
from fellesgrep.core.jobs import JOBS, Job
from fellesgrep.core.languages import LANGUAGES
from fellesgrep.core.registry import Registry
from fellesgrep.core.web import ROUTERS
from fellesgrep.identity.access import PLACES
from fellesgrep.identity.policy import Place
from fellesgrep.workflow import jobs
from fellesgrep.workflow.models import Instance, Task
from fellesgrep.workflow.oversight_routes import router as operations
from fellesgrep.workflow.routes import processes, router
from fellesgrep.workflow.stepping import FIRE_TIMERS, RUN_OPERATION
from fellesgrep.workflow.store import import_shipped, read_bundle
from fellesgrep.workflow.subjects import process_names
from fellesgrep.workflow.tasks import element_name
from fellesgrep.workflow.version_routes import versions


def _names(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, audit.Label]:
    rows = session.execute(
        select(Task.id, Task.process, Task.element, Instance.bundle_hash)
        .join(Instance, Instance.id == Task.instance_id)
        .where(Task.id.in_(ids))
    )
    return {
        row.id: {
            language: element_name(
                read_bundle(session, row.bundle_hash), row.process, row.element, language
            )
            for language in LANGUAGES
        }
        for row in rows
    }


def _place(session: Session, task_id: UUID) -> Place | None:
    task = session.get(Task, task_id)
    if task is None:
        return None
    return Place(task.area_id, frozenset({task.assignee_id} if task.assignee_id else ()))


def register(registry: Registry) -> None:
    """Add routes, jobs, names of tasks, where a task stands, and audit kinds."""
    registry.put(ROUTERS, "tasks", router)
    registry.put(ROUTERS, "processes", processes)
    registry.put(ROUTERS, "operations", operations)
    registry.put(ROUTERS, "process versions", versions)
    registry.put(audit.LABELS, "task", _names)
    registry.put(audit.LABELS, "process", process_names)
    registry.put(PLACES, "task", _place)
    registry.put(DELIVERIES, "workflow", import_shipped)
    registry.put(JOBS, RUN_OPERATION, Job(jobs.run_operation, on_failure=jobs.give_up))
    registry.put(JOBS, FIRE_TIMERS, Job(jobs.fire_timers))
    registry.put(JOBS, "workflow.sweep", Job(jobs.sweep, cron="* * * * *"))
    audit.register(registry, "process:started", "workflow.audit.started")
    audit.register(registry, "process:cancelled", "workflow.audit.cancelled")
    for kind in ("uploaded", "published", "discarded", "moved", "moved_back"):
        audit.register(registry, f"process:{kind}", f"workflow.audit.{kind}")
    for kind in ("uploaded", "published", "discarded"):
        audit.register(registry, f"table:{kind}", f"workflow.audit.table_{kind}")
    audit.register(registry, "task:completed", "workflow.audit.completed")
    audit.register(registry, "task:completed_for", "workflow.audit.completed_for")
    audit.register(registry, "task:assigned", "workflow.audit.assigned")
    audit.register(registry, "step:failed", "workflow.audit.failed")
    audit.register(registry, "job:retried", "workflow.audit.job_retried")
    audit.register(registry, "timer:fired", "workflow.audit.timer_fired")
