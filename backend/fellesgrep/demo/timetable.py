"""Time in the demo: many cases side by side, each act at a time of its own, in one order."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import count
from random import Random

from fellesgrep.core.clock import OSLO, MovableClock
from fellesgrep.core.jobs import InlineQueue
from fellesgrep.core.tx import House

Act = Callable[[], None]


class Timetable:
    """Acts in the order of their times; `run` moves the clock through them.

    Jobs run when they are due, also those that fall between two acts.
    """

    def __init__(self, house: House, clock: MovableClock, jobs: InlineQueue) -> None:
        self._house, self._clock, self._jobs = house, clock, jobs
        self._acts: list[tuple[datetime, int, Act]] = []
        self._order = count()

    def add(self, at: datetime, act: Act) -> None:
        """Have `act` happen at a time."""
        heapq.heappush(self._acts, (at, next(self._order), act))

    def __len__(self) -> int:
        return len(self._acts)

    def run(self, until: datetime, progress: Callable[[int], None]) -> None:
        """Let everything happen, up to `until`; tells how many acts are done."""
        done = 0
        while self._acts:
            at, _, act = heapq.heappop(self._acts)
            self._move(at)
            act()
            self._jobs.run_due(self._house)
            done += 1
            progress(done)
        self._move(until)

    def _move(self, until: datetime) -> None:
        while (due := self._jobs.next_due()) is not None and due <= until:
            self._clock.at = max(self._clock.at, due)
            self._jobs.run_due(self._house)
        self._clock.at = max(self._clock.at, until)


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
