"""Jobs and timers, on procrastinate: queued in the same transaction as what they follow from.

A job is a function `(house, **arguments)` that opens transactions of its own. Its arguments are
ids and codes, never names, links or secrets. Effects outside the database happen at least once.
"""

import asyncio
import heapq
import itertools
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, cast

import procrastinate
import psycopg
import structlog
from procrastinate import exceptions
from sqlalchemy import text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.orm import Session

from fellesgrep.core.registry import Registry, Slot

if TYPE_CHECKING:
    from fellesgrep.core.tx import House

log = structlog.get_logger(__name__)
MAX_ATTEMPTS = 8


@dataclass(frozen=True)
class Job:
    """A kind of work for the worker.

    `cron` makes it run by the clock (its function then gets no arguments). `attempts` None goes
    on for ever, hourly in the end. `on_failure` is called, with the same arguments, when the job
    is given up: it makes the failure somebody's task.
    """

    run: Callable[..., None]
    cron: str | None = None
    attempts: int | None = MAX_ATTEMPTS
    on_failure: Callable[..., None] | None = None


JOBS: Slot[Job] = Slot("jobs")


class JobQueue(Protocol):
    """Where a transaction leaves its jobs."""

    def defer(
        self,
        session: Session,
        name: str,
        arguments: dict[str, Any],
        *,
        at: datetime | None = None,
        key: str | None = None,
    ) -> None: ...


class Backoff(procrastinate.BaseRetryStrategy):
    """Waits 10 s, doubled each time up to an hour, with jitter, until the attempts are used up."""

    def __init__(self, attempts: int | None) -> None:
        self.attempts = attempts

    def get_retry_decision(
        self, *, exception: BaseException, job: procrastinate.jobs.Job
    ) -> procrastinate.RetryDecision | None:
        if self.attempts is not None and job.attempts + 1 >= self.attempts:
            return None
        jitter = random.uniform(0.8, 1.2)  # noqa: S311 (spreads load, guards nothing)
        seconds = min(3600, 10 * 2 ** min(job.attempts, 9)) * jitter
        return procrastinate.RetryDecision(retry_in={"seconds": int(seconds)})


class ProcrastinateQueue:
    """Jobs as rows in the same database: committed or rolled back with everything else."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())

    def defer(
        self,
        session: Session,
        name: str,
        arguments: dict[str, Any],
        *,
        at: datetime | None = None,
        key: str | None = None,
    ) -> None:
        """Queue job `name`; with a `key`, a job already waiting under that key is enough."""
        self._registry.get(JOBS, name)
        configured = self._app.configure_task(
            name,
            allow_unknown=True,
            schedule_at=at,
            queueing_lock=key,
            connection=session.connection().connection.driver_connection,
        )
        if key is None:
            configured.defer(**arguments)
            return
        try:
            with session.begin_nested():
                configured.defer(**arguments)
        except exceptions.AlreadyEnqueued:
            log.debug("job already waiting", job=name, key=key)


@dataclass
class InlineQueue:
    """Jobs run in this process, in order of their time: for demo data and fast tests.

    `run_due(house)` runs what is due by the house's clock; nothing runs before that.
    """

    registry: Registry
    waiting: list[tuple[datetime, int, str, dict[str, Any], str | None]] = field(
        default_factory=list
    )
    _order: "itertools.count[int]" = field(default_factory=itertools.count)
    _staged: list[tuple[Session, str, dict[str, Any], datetime | None, str | None]] = field(
        default_factory=list
    )

    def defer(
        self,
        session: Session,
        name: str,
        arguments: dict[str, Any],
        *,
        at: datetime | None = None,
        key: str | None = None,
    ) -> None:
        self.registry.get(JOBS, name)
        self._staged.append((session, name, arguments, at, key))

    def settle(self, session: Session, *, committed: bool, now: datetime) -> None:
        """Keep or drop what `session` left, as its transaction ended."""
        mine = [entry for entry in self._staged if entry[0] is session]
        self._staged = [entry for entry in self._staged if entry[0] is not session]
        for _, name, arguments, at, key in mine if committed else []:
            if key is None or all(key != waiting[4] for waiting in self.waiting):
                entry = (at or now, next(self._order), name, arguments, key)
                heapq.heappush(self.waiting, entry)

    def next_due(self) -> datetime | None:
        """Return when the earliest waiting job is due."""
        return self.waiting[0][0] if self.waiting else None

    def run_due(self, house: "House") -> int:
        """Run every job that is due; returns how many. An exception of a job is raised here."""
        count = 0
        while self.waiting and self.waiting[0][0] <= house.clock.now():
            _, _, name, arguments, _ = heapq.heappop(self.waiting)
            self.registry.get(JOBS, name).run(house, **arguments)
            count += 1
        return count


def psycopg_dsn(url: str) -> str:
    """Return a SQLAlchemy address as psycopg and libpq read it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _wrap(house: "House", name: str, job: Job) -> Callable[..., None]:
    def run(context: procrastinate.JobContext, **arguments: Any) -> None:
        arguments.pop("timestamp", None)
        try:
            job.run(house, **arguments)
        except Exception:
            last = job.attempts is not None and context.job.attempts + 1 >= job.attempts
            log.exception("job failed", job=name, attempt=context.job.attempts + 1, last=last)
            if last and job.on_failure is not None:
                job.on_failure(house, **arguments)
            raise

    return run


def make_worker_app(house: "House") -> procrastinate.App:
    """Return procrastinate's application with every registered job."""
    connector = procrastinate.PsycopgConnector(conninfo=psycopg_dsn(house.database.url))
    app = procrastinate.App(connector=connector)
    for name, job in house.registry.all(JOBS).items():
        retry = False if job.cron else Backoff(job.attempts)
        task = app.task(name=name, pass_context=True, retry=retry, queueing_lock=None)(
            _wrap(house, name, job)
        )
        if job.cron:
            app.periodic(cron=job.cron, periodic_id=name)(task)
    return app


async def run_worker(
    house: "House", *, concurrency: int = 2, wait: bool = True, heartbeat: float = 5.0
) -> None:
    """Work through the queue; with `wait` until cancelled, else until nothing is due.

    A worker that has shown no sign of life for three heartbeats is taken for dead, and what it
    was doing is done by another.
    """
    app = make_worker_app(house)
    async with app.open_async():
        orphans = asyncio.create_task(_take_up_orphans(app, heartbeat))
        try:
            await app.run_worker_async(
                concurrency=concurrency,
                wait=wait,
                delete_jobs="successful",
                install_signal_handlers=wait,
                fetch_job_polling_interval=min(2.0, heartbeat),
                update_heartbeat_interval=heartbeat,
                stalled_worker_timeout=3 * heartbeat,
            )
        finally:
            orphans.cancel()


async def _take_up_orphans(app: procrastinate.App, heartbeat: float) -> None:
    """Queue anew, over and over, the jobs of workers that were killed in the middle of them.

    Procrastinate leaves them `doing` for ever. Running a job twice does nothing twice inside the
    database, so that a worker that was only slow does no harm.
    """
    manager = app.job_manager
    while True:
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=3 * heartbeat):
            log.warning("job of a dead worker is done anew", job=job.task_name, id=job.id)
            with suppress(exceptions.ConnectorException):  # another worker was quicker
                await manager.retry_job(job)
        await asyncio.sleep(heartbeat)


def create_queue(connection: Connection) -> None:
    """Make procrastinate's own tables, in the transaction of a migration."""
    driver = cast(psycopg.Connection[Any], connection.connection.driver_connection)
    driver.execute(procrastinate.schema.SchemaManager.get_schema())


def ping(url: str) -> None:
    """Raise `psycopg.Error` when the database does not answer within two seconds."""
    with psycopg.connect(psycopg_dsn(url), connect_timeout=2) as connection:
        connection.execute("select 1")


@dataclass(frozen=True)
class FailedJob:
    """A job that was given up, as an operator sees it."""

    id: int
    name: str
    arguments: dict[str, Any]
    attempts: int
    failed_at: datetime


_FAILED = """
    select j.id, j.task_name as name, j.args as arguments, j.attempts,
           coalesce((select max(e.at) from procrastinate_events e
                     where e.job_id = j.id and e.type = 'failed'), now()) as failed_at
    from procrastinate_jobs j
    where j.status = 'failed'
"""


def failed_jobs(session: Session, *, limit: int) -> list[FailedJob]:
    """Return the jobs that were given up, newest first."""
    rows = session.execute(text(f"{_FAILED} order by j.id desc limit :limit"), {"limit": limit})
    return [FailedJob(**row) for row in rows.mappings()]


def retry_failed_job(session: Session, id_: int, *, at: datetime) -> str | None:
    """Queue a job anew that was given up and return its name; None where there is none such."""
    wanted = "select task_name from procrastinate_jobs where id = :id and status = 'failed'"
    name: str | None = session.scalar(text(f"{wanted} for update"), {"id": id_})
    if name is not None:
        again = "select procrastinate_retry_job_v2(:id, :at, null, null, null)"
        session.execute(text(again), {"id": id_, "at": at})
    return name


def under_way(session: Session, name: str, argument: str) -> set[str]:
    """Return the values of an argument among the jobs `name` that wait or run."""
    found = session.scalars(
        text(
            "select args ->> :argument from procrastinate_jobs "
            "where task_name = :name and status in ('todo', 'doing')"
        ),
        {"argument": argument, "name": name},
    )
    return set(found)
