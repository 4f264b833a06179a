"""Fixtures on the real database: one template per schema, a rolled-back transaction or a clone."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from fastapi.testclient import TestClient
from filelock import FileLock
from sqlalchemy import make_url
from sqlalchemy.orm import Session, sessionmaker

from fellesgrep.app import create_app, make_registry
from fellesgrep.areas.models import Area, Phase
from fellesgrep.areas.service import start_area
from fellesgrep.core import embedded_postgres, migrate
from fellesgrep.core.clock import MovableClock
from fellesgrep.core.db import Database
from fellesgrep.core.jobs import InlineQueue, psycopg_dsn
from fellesgrep.core.registry import Registry
from fellesgrep.core.tx import House, Tx
from fellesgrep.identity.access import SESSION_COOKIE
from fellesgrep.identity.models import Person
from fellesgrep.identity.policy import Role
from fellesgrep.identity.service import register_person
from fellesgrep.identity.sessions import log_in
from fellesgrep.settings import Settings

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
SERVER_DIR = Path(tempfile.gettempdir()) / "fellesgrep-tests"


def _schema_hash() -> str:
    digest = hashlib.sha256()
    for file in sorted(migrate.MIGRATIONS.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _named(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def template_url() -> str:
    """The address of a migrated, empty database that nothing writes to."""
    SERVER_DIR.mkdir(exist_ok=True)
    with FileLock(SERVER_DIR / "template.lock"):
        base = embedded_postgres.ensure_running(SERVER_DIR, durable=False)
        name = f"template_{_schema_hash()}"
        with psycopg.connect(psycopg_dsn(base), autocommit=True) as connection:
            found = connection.execute("select 1 from pg_database where datname = %s", [name])
            if not found.fetchone():
                making = f"{name}_making"
                connection.execute(f'drop database if exists "{making}"')
                connection.execute(f'create database "{making}"')
                migrate.upgrade(_named(base, making))
                connection.execute(f'alter database "{making}" rename to "{name}"')
    return _named(base, name)


@contextmanager
def cloned_database(template_url: str) -> Iterator[str]:
    """Yield the address of a fresh copy of the template; dropped afterwards."""
    name = f"test_{uuid4().hex}"
    template = make_url(template_url).database
    admin = psycopg_dsn(_named(template_url, "postgres"))
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'create database "{name}" template "{template}"')
    try:
        yield _named(template_url, name)
    finally:
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(f'drop database "{name}" with (force)')


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOON)


@pytest.fixture(scope="session")
def database(template_url: str) -> Iterator[Database]:
    """One clone per test process, for tests whose transactions are rolled back."""
    with cloned_database(template_url) as url:
        made = Database(url)
        yield made
        made.close()


@pytest.fixture
def registry(settings: Settings) -> Registry:
    return make_registry(settings)


@pytest.fixture
def house(registry: Registry, database: Database, clock: MovableClock) -> Iterator[House]:
    """An application whose commits are savepoints of one transaction, rolled back at the end."""
    with database.engine.connect() as connection:
        outer = connection.begin()
        inside = replace_sessions(
            database,
            sessionmaker(
                bind=connection,
                join_transaction_mode="create_savepoint",
                expire_on_commit=False,
            ),
        )
        yield House(registry, inside, clock, InlineQueue(registry))
        outer.rollback()


def replace_sessions(database: Database, sessions: "sessionmaker[Session]") -> Database:
    """Return the same database with another way to make sessions."""
    inside = object.__new__(Database)
    inside.url, inside.engine = database.url, database.engine
    inside.sessions = inside.aside = sessions
    return inside


@pytest.fixture
def tx(house: House) -> Iterator[Tx]:
    """An open transaction of the system, for arranging and looking."""
    with house.transaction() as opened:
        yield opened


@dataclass
class World:
    """A small municipality: two areas and one person for each role in the first."""

    tx: Tx
    area: Area
    other_area: Area
    people: dict[Role, Person]

    def acting(self, role: Role) -> Tx:
        """Return the transaction as the person with a role."""
        from fellesgrep.core.audit import Actor

        return self.tx.acting_as(Actor("person", self.people[role].id))


def make_world(tx: Tx) -> World:
    """Fill the database with the least that features need."""
    area, other = (
        start_area(
            tx,
            name=name,
            phase=Phase.MOBILISATION,
            summary="Et område med tett blokkbebyggelse.",
            started_on=date(2024, 1, 15),
            population_groups=["Barn", "Eldre"],
        )
        for name in ("Furulia", "Havnebyen")
    )
    people: dict[Role, Person] = {
        role: register_person(
            tx,
            name=f"{role.value.replace('_', ' ').title()} Nordmann",
            email=f"{role.value}@solvik.example",
            title=role.value,
            unit="Solvik kommune",
            grants=[(role, area.id if role in {Role.LIAISON, Role.PROGRAMME_LEADER} else None)],
        )
        for role in Role
        if role is not Role.PARTNER
    }
    return World(tx, area, other, people)


@pytest.fixture
def world(tx: Tx) -> World:
    return make_world(tx)


ClientFor = Callable[[Role | None], TestClient]


@pytest.fixture
def client_for(house: House, settings: Settings, world: World) -> Iterator[ClientFor]:
    """Return an HTTP client logged in as the world's person with a role (None: nobody)."""
    world.tx.session.commit()
    app = create_app(settings, house)
    opened: list[TestClient] = []

    def make(role: Role | None) -> TestClient:
        client = TestClient(app, base_url=settings.own_url, raise_server_exceptions=True)
        client.headers["accept-language"] = "nb"
        if role is not None:
            with house.transaction() as tx:
                token = log_in(tx, world.people[role], "test")
            client.cookies.set(SESSION_COOKIE, token)
        opened.append(client)
        return client

    yield make
    for client in opened:
        client.close()
