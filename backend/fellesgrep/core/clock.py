"""The only clock. Every other module asks it, so that tests and demo data can move time."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


class Clock(Protocol):
    """Whatever can tell the time, always aware and in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True)
class FileClock:
    """Time read from a file that tests write (`FELLESGREP_CLOCK_FILE`, development mode only).

    The file holds one ISO 8601 instant; where it is missing or empty the machine's time is used.
    """

    path: Path

    def now(self) -> datetime:
        try:
            text = self.path.read_text().strip()
        except FileNotFoundError:
            text = ""
        return datetime.fromisoformat(text).astimezone(UTC) if text else datetime.now(UTC)


@dataclass
class MovableClock:
    """Time that stands still until somebody moves it."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def now(self) -> datetime:
        return self.at

    def move(self, **delta: float) -> datetime:
        """Move by the keyword arguments of `timedelta`."""
        self.at += timedelta(**delta)
        return self.at


def local_date(at: datetime) -> date:
    """Return the calendar day in Norway of an instant."""
    return at.astimezone(OSLO).date()


def start_of_day(day: date) -> datetime:
    """Return the instant at which a day begins: 00:00 Europe/Oslo."""
    return datetime.combine(day, time(), OSLO).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """Return the instant at which a deadline given as a date has passed: 24:00 Europe/Oslo."""
    return start_of_day(day + timedelta(days=1))
