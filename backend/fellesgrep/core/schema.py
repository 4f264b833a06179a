"""What the schema holds beside SQLAlchemy's tables: triggers that keep rows as they are.

A table that needs more than columns says so itself:
`__table_args__ = (…, {"info": {EXTRA_SQL: [unchanging("agreement", when="…", columns=[…])]}})`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import CheckConstraint, Connection, text
from sqlalchemy.exc import DBAPIError

from fellesgrep.core.audit import APPEND_ONLY
from fellesgrep.core.db import Base

EXTRA_SQL = "extra_sql"
_TRIGGER = re.compile(r"create trigger (?P<name>\w+) .*? on (?P<table>\w+) ", re.DOTALL)

REFUSE_CHANGE = """
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$
"""


def append_only(table: str) -> str:
    """Return the SQL that makes the database refuse UPDATE, DELETE and TRUNCATE on a table."""
    return (
        f"create trigger {table}_append_only before update or delete or truncate on {table} "
        "for each statement execute function refuse_change()"
    )


def unchanging(
    table: str, *, when: str, columns: Sequence[str], name: str = "unchanging"
) -> list[str]:
    """Return the SQL that refuses changes of columns, and DELETE, of rows where `when` holds.

    `when` is a condition on `old`, the row as it was; `name` parts several such rules of a table.
    """
    before = ", ".join(f"old.{column}" for column in columns)
    after = ", ".join(f"new.{column}" for column in columns)
    refuse_update = (
        f"create trigger {table}_{name} before update on {table} for each row "
        f"when (({when}) and ({before}) is distinct from ({after})) "
        "execute function refuse_change()"
    )
    refuse_delete = (
        f"create trigger {table}_{name}_undeletable before delete on {table} for each row "
        f"when ({when}) execute function refuse_change()"
    )
    return [refuse_update, refuse_delete]


def extra_sql() -> list[str]:
    """Return the statements that follow the making of the tables."""
    declared = [
        statement
        for table in Base.metadata.sorted_tables
        for statement in table.info.get(EXTRA_SQL, ())
    ]
    return [REFUSE_CHANGE, *(append_only(table) for table in APPEND_ONLY), *declared]


@dataclass(frozen=True)
class Pending:
    """A trigger that a database lacks, or holds (then `drop` takes it away) as it once was."""

    create: str
    drop: str = ""


def pending_sql(connection: Connection) -> list[Pending]:
    """Return the declared triggers that a database does not have in this form."""
    return [change for statement in extra_sql()[1:] if (change := _pending(connection, statement))]


def _pending(connection: Connection, statement: str) -> Pending | None:
    trigger = _TRIGGER.match(statement)
    if trigger is None:
        raise ValueError(f"not the making of a trigger: {statement}")
    before = _definition(connection, trigger["name"])
    if before is None:
        return Pending(statement)
    drop = f"drop trigger {trigger['name']} on {trigger['table']}"
    after = None
    try:
        with connection.begin_nested() as trial:
            connection.execute(text(drop))
            connection.exec_driver_sql(statement)
            after = _definition(connection, trigger["name"])
            trial.rollback()
    except DBAPIError:
        """It asks for a column that the migration is about to add."""
    return None if after == before else Pending(statement, drop)


def _definition(connection: Connection, name: str) -> str | None:
    query = text("select pg_get_triggerdef(oid) from pg_trigger where tgname = :name")
    definition: str | None = connection.scalar(query, {"name": name})
    return definition


@dataclass(frozen=True)
class CheckChange:
    """A CHECK of a table that a database lacks (`was` is False) or holds in another form."""

    table: str
    name: str
    condition: str
    was: bool


def pending_checks(connection: Connection) -> list[CheckChange]:
    """Return the declared CHECKs of existing tables that differ, which Alembic does not look at.

    Both sides are compared as PostgreSQL writes them: the declared ones in a schema made for it.
    """
    present = _checks(connection, "public")
    with connection.begin_nested() as trial:
        connection.execute(text("create schema declared"))
        connection.execute(text("set local search_path to declared"))
        Base.metadata.create_all(connection)
        declared = _checks(connection, "declared")
        trial.rollback()
    tables = {table for table, _ in present} & {table for table, _ in declared}
    conditions = {
        (table.name, str(each.name)): str(each.sqltext)
        for table in Base.metadata.sorted_tables
        for each in table.constraints
        if isinstance(each, CheckConstraint)
    }
    return [
        CheckChange(*place, conditions[place], was=place in present)
        for place, condition in sorted(declared.items())
        if place[0] in tables and present.get(place) != condition
    ]


def _checks(connection: Connection, schema: str) -> dict[tuple[str, str], str]:
    query = text(
        "select relname, conname, pg_get_constraintdef(pg_constraint.oid) from pg_constraint "
        "join pg_class on pg_class.oid = conrelid "
        "where contype = 'c' and pg_constraint.connamespace = cast(:schema as regnamespace)"
    )
    rows = connection.execute(query, {"schema": schema})
    return {(table, name): condition for table, name, condition in rows}
