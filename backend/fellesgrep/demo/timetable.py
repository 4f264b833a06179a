"""Time in the demo: many cases side by side, each act at a time of its own, in one order."""

import heapq
from collections.abc import Callable, Sequence
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


def working_hours(first: datetime, last: datetime, number: int, rng: Random) -> Sequence[datetime]:
    """Spread acts evenly from the day of `first` to the day of `last`, at odd office hours.

    Each is later than the one before; what would fall on a weekend happens the Friday before.
    """
    between = (last - first) / max(number - 1, 1)
    times: list[datetime] = []
    for position in range(number):
        day = (first + between * position if number > 1 else last).astimezone(OSLO).date()
        day -= timedelta(days=max(day.weekday() - 4, 0))
        at = datetime.combine(day, time(8, rng.randrange(60)), OSLO) + timedelta(
            hours=rng.randrange(5)
        )
        at = at.astimezone(UTC)
        if times and at <= times[-1]:
            at = times[-1] + timedelta(minutes=rng.randrange(11, 50))
        times.append(at)
    return times
