"""The engine room on a real database, with the measured process and real jobs."""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import event

from fellesgrep.core import embedded_postgres, migrate
from fellesgrep.core.audit import Actor, Subject
from fellesgrep.core.clock import MovableClock
from fellesgrep.core.db import Database
from fellesgrep.core.jobs import ProcrastinateQueue
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from fellesgrep.workflow import service, store
from tests.bench.errand import FILES
from tests.conftest import NOON, World, make_world
from tests.workflows.story import Recorder, Told, make_registry

ROUNDS = 7
CASES = 25


@dataclass
class Room:
    """The engine room of one application, and the people in it."""

    house: House
    world: World
    clock: MovableClock

    def person(self, role: Role) -> UUID:
        return self.world.people[role].id

    def begin(self, count: int = 1, process: str = "errand") -> list[UUID]:
        """Start cases; returns the ids of the tasks that they wait with."""
        tasks = []
        for _ in range(count):
            subject = Subject("case", uuid4())
            with self.house.transaction() as tx:
                service.start(
                    tx, process, subject, title="Nytt gårdsrom", area_id=self.world.area.id
                )
                tasks += [task.id for task in service.open_tasks(tx, subject)]
        return tasks

    def complete(self, task_id: UUID, answers: Mapping[str, Any]) -> UUID | None:
        """Complete a task; returns the id of the one it opened, if it did."""
        actor = Actor("person", self.person(Role.LIAISON))
        with self.house.transaction(actor) as tx:
            opened = service.complete(tx, task_id, answers, version=1)
        return opened[0].id if opened else None


@contextmanager
def open_room(data_dir: Path, at: datetime = NOON) -> Iterator[Room]:
    """Yield the engine room on a fresh database in an empty folder."""
    with embedded_postgres.running(data_dir) as url:
        migrate.upgrade(url)
        database = Database(url)
        registry = make_registry(Recorder(), FILES, Told())
        clock = MovableClock(at)
        house = House(registry, database, clock, ProcrastinateQueue(registry))
        with house.transaction() as tx:
            world = make_world(tx)
            store.import_files(tx, FILES)
        yield Room(house, world, clock)
        database.close()


def cpu_of(act: Callable[[], object]) -> float:
    """Return the CPU seconds, user and system, that this process spends on an act."""
    began = time.process_time()
    act()
    return time.process_time() - began


def seconds_of(act: Callable[[], object]) -> float:
    """Return how long an act takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def ratio_of_times(ours: Callable[[], object], other: Callable[[], object]) -> float:
    """Return how long ours takes, in the time of the other; see `ratio`."""
    return ratio(lambda: seconds_of(ours), lambda: seconds_of(other))


def ratio(ours: Callable[[], float], bare: Callable[[], float]) -> float:
    """Return the median of alternating rounds, ours divided by bare; the first warms up."""
    ours(), bare()
    rounds = [(ours(), bare()) for _ in range(ROUNDS)]
    return statistics.median(a for a, _ in rounds) / statistics.median(b for _, b in rounds)


@contextmanager
def wire(database: Database, folder: Path) -> Iterator[Callable[[], list[str]]]:
    """Listen to what libpq itself sends; yields how to hear what was sent since the last look.

    Every statement is one `Query` (begin, commit, savepoints) or one `Execute`, whoever sent it.
    """
    log = folder / "wire.log"
    with log.open("w+") as file:

        def connected(connection: Any, _record: Any) -> None:
            connection.pgconn.trace(file.fileno())

        database.engine.dispose()
        event.listen(database.engine, "connect", connected)
        with log.open() as reader:

            def since() -> list[str]:
                lines = [line.split("\t") for line in reader.read().splitlines()]
                sent = [line for line in lines if len(line) > 3 and line[1] == "F"]
                return [" ".join(line[3:]) for line in sent if line[3] in {"Query", "Execute"}]

            yield since
        event.remove(database.engine, "connect", connected)
        database.engine.dispose()
