"""What waiting costs: due timers among many instances, and a row that somebody else holds."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import event, text

from fellesgrep.core.jobs import JOBS
from fellesgrep.core.tx import House
from fellesgrep.workflow.models import Instance
from tests.bench.errand import WRITTEN
from tests.bench.figures import figure
from tests.bench.room import Room, open_room

PAIRS, WARM_UP = 41, 5
WAITING = 100_000
DUE = 1_000
_COPY = """
    insert into workflow_instance
    select (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(),
        'subject_id', gen_random_uuid(),
        'next_due', case when n <= :due then i.next_due else i.next_due + interval '1 day' end))).*
    from workflow_instance i, generate_series(1, :count) n
"""


@figure(
    "timer_loads_per_fired",
    "Instances loaded for each of 1 000 timers that fire among 100 000 waiting instances",
    unit="loads",
    bound=1,
)
def timer_loads(data_dir: Path) -> float:
    with open_room(data_dir) as room:
        (task,) = room.begin()
        room.complete(task, WRITTEN)  # to the review, which a reminder lies beside
        with room.house.transaction() as tx:
            tx.session.execute(text(_COPY), {"due": DUE - 1, "count": WAITING - 1})
        room.clock.move(days=14, seconds=1)
        loads = _loads_of_a_sweep(room.house)
        with room.house.transaction() as tx:
            fired = tx.session.scalar(
                text("select count(*) from audit_entry where kind = 'timer:fired'")
            )
        if fired != DUE:
            raise RuntimeError(f"{fired} timers fired, not {DUE}")
        return loads / DUE


def _loads_of_a_sweep(house: House) -> int:
    """Count the instances that a sweep reads from the database."""
    loaded: list[object] = []

    def note(instance: object, _context: object) -> None:
        loaded.append(instance)

    event.listen(Instance, "load", note)
    try:
        house.registry.get(JOBS, "workflow.sweep").run(house)
    finally:
        event.remove(Instance, "load", note)
    return len(loaded)


@figure(
    "contended_ratio",
    "Time until two tasks of one case, completed together, are both done, in that of one alone",
    unit="×",
    bound=3,
)
def contended(data_dir: Path) -> float:
    with open_room(data_dir) as room, ThreadPoolExecutor(2) as two:
        rounds = [_alone_and_together(room, two) for _ in range(WARM_UP + PAIRS)][WARM_UP:]
    alone = statistics.median(one for one, _ in rounds)
    return statistics.median(both for _, both in rounds) / alone


def _alone_and_together(room: Room, two: ThreadPoolExecutor) -> tuple[float, float]:
    lone, _ = room.begin(process="pair")
    began = time.perf_counter()
    two.submit(room.complete, lone, WRITTEN).result()
    alone = time.perf_counter() - began
    pair = room.begin(process="pair")
    began = time.perf_counter()
    for done in [two.submit(room.complete, task, WRITTEN) for task in pair]:
        done.result()
    return alone, time.perf_counter() - began
