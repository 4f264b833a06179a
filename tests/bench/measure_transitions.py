"""What a step of a process costs, beside bare SpiffWorkflow on the same diagram and database.

Bare: same files, not pruned, specs in memory; load, deserialize, advance, serialize, one commit.
"""

import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
from sqlalchemy import func, select

from fellesgrep.core.jobs import psycopg_dsn
from fellesgrep.workflow.models import Instance
from tests.bench.errand import RETURNED, WRITTEN, Bare
from tests.bench.figures import figure
from tests.bench.room import CASES, Room, cpu_of, open_room, ratio

FEW = 8
LIFE = (WRITTEN, RETURNED, WRITTEN, RETURNED)
"""The first completions of a case."""


@contextmanager
def open_bare(room: Room) -> Iterator[Bare]:
    """Yield bare SpiffWorkflow on the room's own PostgreSQL."""
    with psycopg.connect(psycopg_dsn(room.house.database.url)) as connection:
        yield Bare(connection)


def life_of_bare(bare: Bare) -> float:
    """Return the CPU seconds of one completion, over fresh cases."""
    cases = [uuid4() for _ in range(CASES)]
    for case in cases:
        bare.begin(case)

    def complete() -> None:
        for answers in LIFE:
            facts = {name: value for name, value in answers.items() if name == "verdict"}
            for case in cases:
                bare.complete(case, facts)

    return cpu_of(complete) / len(LIFE) / CASES


def life_of_ours(begin: Callable[[int], list[UUID]], act: Callable[..., UUID | None]) -> float:
    """Return the CPU seconds of one completion, over fresh cases."""
    waiting: list[Any] = [*begin(CASES)]

    def complete() -> None:
        for answers in LIFE:
            waiting[:] = [act(task, answers) for task in waiting]

    return cpu_of(complete) / len(LIFE) / CASES


@figure(
    "transition_cpu_ratio",
    "CPU of a step through the engine room, in that of bare SpiffWorkflow",
    unit="×",
    bound=2,
)
def transition(data_dir: Path) -> float:
    with open_room(data_dir) as room, open_bare(room) as bare:
        return ratio(lambda: life_of_ours(room.begin, room.complete), lambda: life_of_bare(bare))


@figure("loop60_ratio", "CPU of a task's 60th loop, in that of its first", unit="×", bound=1.3)
def sixtieth_loop(data_dir: Path) -> float:
    with open_room(data_dir) as room:
        return statistics.median(_sixtieth_by_first(room) for _ in range(5))


def _sixtieth_by_first(room: Room) -> float:
    waiting: list[Any] = [*room.begin(FEW)]

    def loop() -> None:
        for answers in (WRITTEN, RETURNED):
            waiting[:] = [room.complete(task, answers) for task in waiting]

    loop()  # where a case is old, the statements have been prepared: so they shall be here
    waiting[:] = room.begin(FEW)
    first = cpu_of(loop)
    for _ in range(58):
        loop()
    return cpu_of(loop) / first


@figure("fresh_state_bytes", "The state of a fresh case", unit="bytes", bound=4095)
def fresh_state(data_dir: Path) -> float:
    with open_room(data_dir) as room:
        room.begin()
        with room.house.transaction() as tx:
            size: int = tx.session.execute(select(func.octet_length(Instance.state))).scalar_one()
        return size
