"""Time in the demo: many cases side by side, each act at a time of its own, in one order."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import count
from random import Random

from fellesgrep.core.clock import OSLO, MovableClock
from fellesgrep.core.jobs import InlineQueue
from fellesgrep.core.tx import House

Act = Callable[[], None]
_AT_ONCE = 3


class Lane:
    """The house as one case sees it: a clock and a queue of its own.

    What an act leaves to jobs happens beside the acts of other cases (documents are made by
    other processes) and is over before the case's next act.
    """

    def __init__(self, house: House) -> None:
        self.clock = MovableClock(house.clock.now())
        self.jobs = InlineQueue(house.registry)
        self.house = replace(house, clock=self.clock, jobs=self.jobs)
        self._under_way: Future[int] | None = None

    def act(self, at: datetime, act: Act, pool: ThreadPoolExecutor) -> None:
        """Do something at a time."""
        self.move(at)
        act()
        self._under_way = pool.submit(self.jobs.run_due, self.house)

    def move(self, until: datetime) -> None:
        """Let time pass; what falls due on the way is done then."""
        self.settle()
        while (due := self.jobs.next_due()) is not None and due <= until:
            self.clock.at = max(self.clock.at, due)
            self.jobs.run_due(self.house)
        self.clock.at = max(self.clock.at, until)

    def settle(self) -> None:
        """Wait for the jobs of the last act."""
        if self._under_way is not None:
            self._under_way.result()
            self._under_way = None


class Timetable:
    """Acts of many lanes, in the order of their times."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._lanes: list[Lane] = []
        self._acts: list[tuple[datetime, int, Lane, Act]] = []
        self._order = count()

    def new_lane(self) -> Lane:
        """Return a lane for a case."""
        self._lanes.append(Lane(self._house))
        return self._lanes[-1]

    def add(self, at: datetime, lane: Lane, act: Act) -> None:
        """Have `act` happen at a time."""
        heapq.heappush(self._acts, (at, next(self._order), lane, act))

    def run(self, until: datetime, progress: Callable[[int, int, datetime], None]) -> None:
        """Let everything happen, up to `until`; tells how many acts of how many are done."""
        total = len(self._acts)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for done in range(1, total + 1):
                at, _, lane, act = heapq.heappop(self._acts)
                lane.act(at, act, pool)
                progress(done, total, at)
            for lane in self._lanes:
                lane.move(until)

    def waiting(self) -> Iterator[tuple[datetime, str, dict[str, object], str | None]]:
        """Yield the jobs that are due later: time, name, arguments, key."""
        for lane in self._lanes:
            for at, _, name, arguments, key in lane.jobs.waiting:
                yield at, name, arguments, key


def spread(
    first: datetime, last: datetime, pauses: Sequence[timedelta | None]
) -> Iterator[datetime]:
    """Yield a moment per act, the first at `first`, the last at `last`.

    `pauses` tells how long after the one before each act happens; None are evenly spread.
    """
    fixed = sum((pause for pause in pauses[1:] if pause is not None), timedelta())
    evenly = (last - first - fixed) / max(sum(pause is None for pause in pauses[1:]), 1)
    at = first
    for position, pause in enumerate(pauses):
        if position > 0:
            at += evenly if pause is None else pause
        yield at


def working_hours(moments: Iterable[datetime], rng: Random) -> list[datetime]:
    """Return an odd office hour on the day of each moment, each later than the one before.

    What would fall on a weekend happens the Friday before.
    """
    times: list[datetime] = []
    for moment in moments:
        day = moment.astimezone(OSLO).date()
        day -= timedelta(days=max(day.weekday() - 4, 0))
        hour = time(rng.randrange(8, 13), rng.randrange(60))
        at = datetime.combine(day, hour, OSLO).astimezone(UTC)
        if times and at <= times[-1]:
            at = times[-1] + timedelta(minutes=rng.randrange(11, 50))
        times.append(at)
    return times
