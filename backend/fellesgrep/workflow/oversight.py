"""What operators look after: where instances stand and how long, what failed, what is stuck."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from fellesgrep.core import jobs
from fellesgrep.core.audit import Subject
from fellesgrep.core.jobs import FailedJob
from fellesgrep.core.problems import NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.workflow.models import Instance, InstanceStatus, Task, TaskStatus
from fellesgrep.workflow.stepping import RUN_OPERATION, Run

FAILED_SHOWN = 200


@dataclass(frozen=True)
class Definition:
    """A version of a process that instances run on."""

    process: str
    bundle_hash: str
    running: int
    oldest: datetime


@dataclass(frozen=True)
class Standing:
    """An element that instances of a version wait at."""

    bundle_hash: str
    process: str
    element: str
    role: str
    waiting: int
    oldest: datetime
    late: int


def definitions(tx: Tx) -> list[Definition]:
    """Return every version that instances run on, with how many there are."""
    rows = tx.session.execute(
        select(
            Instance.process,
            Instance.bundle_hash,
            func.count().label("running"),
            func.min(Instance.started_at).label("oldest"),
        )
        .where(Instance.status == InstanceStatus.RUNNING)
        .group_by(Instance.process, Instance.bundle_hash)
        .order_by(Instance.process, func.min(Instance.started_at).desc())
    )
    return [Definition(**row) for row in rows.mappings()]


def standings(tx: Tx) -> list[Standing]:
    """Return where instances wait for somebody, longest first."""
    today: date = tx.today()
    rows = tx.session.execute(
        select(
            Instance.bundle_hash,
            Task.process,
            Task.element,
            Task.role,
            func.count().label("waiting"),
            func.min(Task.created_at).label("oldest"),
            func.count().filter(Task.due_on < today).label("late"),
        )
        .join(Instance, Instance.id == Task.instance_id)
        .where(Task.status == TaskStatus.OPEN, Instance.status == InstanceStatus.RUNNING)
        .group_by(Instance.bundle_hash, Task.process, Task.element, Task.role)
        .order_by(func.min(Task.created_at))
    )
    return [Standing(**row) for row in rows.mappings()]


def stuck(tx: Tx) -> Iterator[Instance]:
    """Yield the running instances that nothing can ever move again.

    Nobody has a task, no timer runs, no job is under way, and no message is awaited. Only the
    last is asked of the position itself, and only where the rows gave no answer.
    """
    has_task = (
        select(Task.id)
        .where(Task.instance_id == Instance.id, Task.status == TaskStatus.OPEN)
        .exists()
    )
    silent = tx.session.scalars(
        select(Instance)
        .where(
            Instance.status == InstanceStatus.RUNNING,
            Instance.next_due.is_(None),
            Instance.held_since.is_(None),
            ~has_task,
        )
        .order_by(Instance.updated_at)
    ).all()
    if not silent:
        return
    at_work = jobs.under_way(tx.session, RUN_OPERATION, "instance_id")
    for instance in silent:
        if str(instance.id) not in at_work and not Run(tx, instance).load().awaits_message:
            yield instance


def failed(tx: Tx) -> list[tuple[FailedJob, Instance | None]]:
    """Return the jobs that were given up, each with the instance that waits for it."""
    found = jobs.failed_jobs(tx.session, limit=FAILED_SHOWN)
    ids = {job.id: _instance_of(job) for job in found}
    wanted = [id_ for id_ in ids.values() if id_ is not None]
    instances = _by_id(tx.session.scalars(select(Instance).where(Instance.id.in_(wanted))).all())
    return [(job, instances.get(id_) if (id_ := ids[job.id]) else None) for job in found]


def _instance_of(job: FailedJob) -> UUID | None:
    value = job.arguments.get("instance_id")
    return UUID(value) if value else None


def _by_id(instances: Sequence[Instance]) -> dict[UUID, Instance]:
    return {instance.id: instance for instance in instances}


def retry(tx: Tx, job_id: int) -> None:
    """Queue a job anew that was given up. Raises `NotFound` where it is none (any more)."""
    name = jobs.retry_failed_job(tx.session, job_id, at=tx.now())
    if name is None:
        raise NotFound("workflow.problem.not_failed")
    tx.audit("job:retried", Subject("job", UUID(int=job_id)), {"number": job_id, "name": name})
