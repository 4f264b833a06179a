"""Makes the demo data for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fellesgrep.core.db import Database
from fellesgrep.demo.build import make_demo
from fellesgrep.settings import Settings
from tests.conftest import cloned_database

REFERENCE = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Made:
    """What came of it: the database, when it was made, how far it said it was."""

    database: Database
    settings: Settings
    began: datetime
    ended: datetime
    told: list[tuple[int, int, str]]


@contextmanager
def made(template_url: str, data_dir: Path) -> Iterator[Made]:
    """Make the demo data as of the reference time, in a database that is dropped afterwards."""
    told: list[tuple[int, int, str]] = []
    settings = Settings(data_dir=data_dir)
    with cloned_database(template_url) as url:
        began = datetime.now(UTC)
        make_demo(settings, url, lambda *how_far: told.append(how_far), reference=REFERENCE)
        database = Database(url)
        yield Made(database, settings, began, datetime.now(UTC), told)
        database.close()
