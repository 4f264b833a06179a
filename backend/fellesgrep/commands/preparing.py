"""What happens between the start of the database and the start of the API."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.exc import OperationalError

from fellesgrep.commands.console import ConsoleProgress, out
from fellesgrep.commands.environment import load_settings, with_database
from fellesgrep.core.refusals import Refusal

if TYPE_CHECKING:
    from fellesgrep.settings import Settings
    from fellesgrep.supervisor import Progress

UNFINISHED = "fellesgrep: demo data is being made"
ROLES = [
    *("liaison", "programme_leader", "decision_maker", "legal", "municipal_unit"),
    *("archivist", "auditor", "admin"),
]
"""In the order in which somebody new wants to try them."""


def prepare() -> None:
    """Bring the database to this version, and fill a new one for development."""
    settings, progress = load_settings(), ConsoleProgress()
    with with_database(settings) as url:
        if settings.development and (_is_empty(url) or _note(url) == UNFINISHED):
            fill(settings, url, progress)
        else:
            bring_up_to_date(settings, url, progress)


def prepare_apart(url: str) -> None:
    """Do so in a process of its own, and only if this very version has not done it before.

    The caller then carries none of the application: a second start takes seconds.
    """
    if _note(url) == _version():
        return
    ended = subprocess.run(
        [sys.executable, "-m", "fellesgrep.cli", "prepare"],
        env={**os.environ, "FELLESGREP_DATABASE_URL": url},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if ended.returncode:
        raise Refusal("The database could not be made ready; the reason stands above.")


def bring_up_to_date(settings: Settings, url: str, progress: Progress) -> None:
    """See to the schema, and to the processes and templates that this version brings."""
    from fellesgrep.app import make_house
    from fellesgrep.core import migrate
    from fellesgrep.core.delivery import take_in

    with progress.step("Database schema"):
        migrate.upgrade(url)
    with progress.step("Processes and templates"):
        house = make_house(settings, url)
        take_in(house)
        house.database.close()
    _take_note(url, _version())


def fill(settings: Settings, url: str, progress: Progress) -> None:
    """Make the schema and the demo data; what an interrupted attempt left is cleared first."""
    from fellesgrep.core import migrate
    from fellesgrep.demo.build import make_demo

    if _note(url) == UNFINISHED:
        with progress.step("Clearing half-made demo data"):
            _clear(url)
    with progress.step("Database schema"):
        migrate.upgrade(url)
    _take_note(url, UNFINISHED)
    with progress.step("Demo data") as tell:
        make_demo(settings, url, lambda done, total, when: tell(f"{done} of {total}: {when}"))
    _take_note(url, _version())


def welcome(settings: Settings, url: str) -> None:
    """Say where it is and how to get in."""
    people = _people(url) if settings.for_identity().development_login else []
    out.print(f"\nFellesgrep runs at [bold]{settings.own_url}[/]")
    if people:
        out.print("Log in as one of the demo people (no password):")
        for name, title, roles in people:
            out.print(f"  {name:<18} {title:<48} {roles}", markup=False)
    out.print("Stop with Ctrl-C.", style="dim")


def is_filled(url: str) -> bool:
    """Whether somebody is registered."""
    with _connected(url) as connection:
        if not inspect(connection).has_table("person"):
            return False
        return bool(connection.execute(text("select exists (select from person)")).scalar_one())


def _people(url: str) -> list[tuple[str, str, str]]:
    """Name, title and roles of those who can log in; none if the database just went away."""
    try:
        with _connected(url) as connection:
            people = connection.execute(
                text(
                    "select name, title, string_agg(distinct role, ', ' order by role)"
                    " from person join role_grant on role_grant.person_id = person.id"
                    " where active group by person.id"
                    " order by min(array_position(cast(:known as text[]), role)), name"
                ),
                {"known": ROLES},
            )
            return [(name, title, roles) for name, title, roles in people]
    except OperationalError:
        return []


def _version() -> str:
    """A digest of all that can change a database: this program and the files it delivers."""
    root = Path(__file__).parents[3]
    total = hashlib.sha256()
    for folder in ("backend/fellesgrep", "workflows", "contract_templates"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                total.update(f"{path.relative_to(root)}\0".encode())
                total.update(path.read_bytes())
    return f"fellesgrep: {total.hexdigest()}"


def _note(url: str) -> str | None:
    """What the last run noted about this database."""
    with _connected(url) as connection:
        comment = text("select obj_description('public'::regnamespace, 'pg_namespace')")
        noted: str | None = connection.execute(comment).scalar_one()
        return noted


def _take_note(url: str, words: str) -> None:
    """Leave a note in the database itself, where it can only ever be about this database."""
    with _connected(url) as connection:
        connection.execute(text(f"comment on schema public is '{words}'"))
        connection.commit()


def _clear(url: str) -> None:
    with _connected(url) as connection:
        connection.execute(text("drop schema public cascade"))
        connection.execute(text("create schema public"))
        connection.commit()


def _is_empty(url: str) -> bool:
    with _connected(url) as connection:
        return not inspect(connection).has_table("alembic_version")


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
