"""What happens between the start of the database and the start of the API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, create_engine, inspect, text

from fellesgrep.commands.console import out

if TYPE_CHECKING:
    from fellesgrep.settings import Settings
    from fellesgrep.supervisor import Progress

UNFINISHED = "fellesgrep: demo data is being made"
ROLES = [
    *("liaison", "programme_leader", "decision_maker", "legal", "municipal_unit"),
    *("archivist", "auditor", "admin"),
]
"""In the order in which somebody new wants to try them."""


def prepare(settings: Settings, url: str, progress: Progress) -> None:
    """Bring the database to this version, and fill a new one for development."""
    new = _is_empty(url)
    if settings.development and (new or _is_half_made(url)):
        fill(settings, url, progress)
    else:
        bring_up_to_date(settings, url, progress)


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


def fill(settings: Settings, url: str, progress: Progress) -> None:
    """Make the schema and the demo data; what an interrupted attempt left is cleared first."""
    from fellesgrep.core import migrate
    from fellesgrep.demo.build import make_demo

    if _is_half_made(url):
        with progress.step("Clearing half-made demo data"):
            _clear(url)
    with progress.step("Database schema"):
        migrate.upgrade(url)
    _comment(url, UNFINISHED)
    with progress.step("Demo data") as tell:
        make_demo(settings, url, lambda done, total, when: tell(f"{done} of {total}: {when}"))
    _comment(url, "")


def welcome(settings: Settings, url: str) -> None:
    """Say where it is and how to get in."""
    out.print(f"\nFellesgrep runs at [bold]{settings.own_url}[/]")
    if settings.for_identity().development_login:
        out.print("Log in as one of the demo people (no password):")
        for name, title, roles in _people(url):
            out.print(f"  {name:<18} {title:<48} {roles}", markup=False)
    out.print("Stop with Ctrl-C.", style="dim")


def is_filled(url: str) -> bool:
    """Whether somebody is registered."""
    with _connected(url) as connection:
        if not inspect(connection).has_table("person"):
            return False
        return bool(connection.execute(text("select exists (select from person)")).scalar_one())


def _people(url: str) -> list[tuple[str, str, str]]:
    """Name, title and roles of those who can log in."""
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


def _is_half_made(url: str) -> bool:
    with _connected(url) as connection:
        comment = text("select obj_description('public'::regnamespace, 'pg_namespace')")
        return bool(connection.execute(comment).scalar_one() == UNFINISHED)


def _comment(url: str, words: str) -> None:
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
