"""The database: tables' base, column conventions, engine."""

import selectors
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, MetaData, create_engine, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    declared_attr,
    mapped_column,
    sessionmaker,
)

from fellesgrep.core.ids import new_id

MAX_INT64 = 2**63 - 1
_Selector: type[selectors.BaseSelector] = getattr(
    selectors, "PollSelector", selectors.SelectSelector
)
"""One system call for one look; the default selector makes four."""


class Base(DeclarativeBase):
    """Base of every table. `timestamptz` for instants, `jsonb` for objects, text for enums."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 (read by SQLAlchemy, never changed)
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB,
        list[str]: JSONB,
        list[dict[str, Any]]: JSONB,
        int: BigInteger,
    }


class Row:
    """Mixin: a UUIDv7 key made in Python."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)


class Editable(Row):
    """Mixin: a row that people change, with an optimistic version (API: `If-Match`).

    Every UPDATE raises the version and fails when somebody else raised it first. A change that
    lies in the row's children only sets `updated_at`, so that the version moves too.
    """

    version: Mapped[int] = mapped_column()
    updated_at: Mapped[datetime | None] = mapped_column(default=None)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 (SQLAlchemy hands in the class)
        return {"version_id_col": cls.version}


def one_of(column: str, values: "type[Any] | tuple[str, ...]") -> str:
    """Return the text of a CHECK that holds a text column to the values of an enum."""
    names = values if isinstance(values, tuple) else tuple(value.value for value in values)
    return f"{column} in ({', '.join(repr(str(name)) for name in names)})"


def _expect_alive(connection: Any, _record: object, _proxy: object) -> None:
    """Refuse a pooled connection that the server has ended, so that the pool makes a new one.

    An idle connection has nothing to say: what can be read from it is its end. Asking the socket
    costs next to nothing, where a statement to try it would cost a round trip for each act.
    """
    with _Selector() as idle:
        idle.register(connection.pgconn.socket, selectors.EVENT_READ)
        if idle.select(timeout=0):
            raise DisconnectionError


class Database:
    """One PostgreSQL database and its pools of connections.

    `aside` is for one statement beside an open transaction, such as a count that stays when that
    is rolled back. It has connections of its own: taken from the same pool, twenty requests that
    hold one and wait for a second would wait for each other.
    """

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = url
        self.engine = _engine(url, pool_size=pool_size, max_overflow=10)
        self._aside = _engine(url, pool_size=1, max_overflow=4)
        self.sessions = sessionmaker(self.engine, class_=Session, expire_on_commit=False)
        self.aside = sessionmaker(self._aside, class_=Session)

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()
        self._aside.dispose()


def _engine(url: str, *, pool_size: int, max_overflow: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=max_overflow,
        pool_reset_on_return="rollback",
        hide_parameters=True,  # an error's message goes to the log; names and hashes do not
    )
    event.listen(engine, "checkout", _expect_alive)
    return engine
