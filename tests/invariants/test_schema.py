"""The migrations make exactly the tables that the code declares, in one chain."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from fellesgrep.core import migrate
from fellesgrep.core.audit import APPEND_ONLY
from fellesgrep.core.db import Base, Database
from fellesgrep.core.registry import Registry
from fellesgrep.core.schema import pending_checks, pending_sql


def test_there_is_exactly_one_head() -> None:
    assert len(ScriptDirectory.from_config(migrate.config()).get_heads()) == 1


def test_migrated_tables_are_the_declared_tables(database: Database, registry: Registry) -> None:
    def ours(name: str | None, kind: str, _: object) -> bool:
        return not (kind == "table" and str(name).startswith(("procrastinate_", "alembic_")))

    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": ours, "compare_type": True}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_every_foreign_key_can_be_followed_by_an_index(database: Database) -> None:
    """A foreign key without an index makes lists and deletions scan."""
    missing = text(
        """
        select c.conrelid::regclass || '.' || a.attname
        from pg_constraint c
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
        where c.contype = 'f' and c.conrelid::regclass::text not like 'procrastinate_%'
          and not exists (
            select 1 from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])
        """
    )
    with database.engine.connect() as connection:
        assert sorted(connection.scalars(missing)) == []


def test_append_only_tables_have_their_trigger(database: Database) -> None:
    query = text("select tgrelid::regclass::text from pg_trigger where tgname like '%_append_only'")
    with database.engine.connect() as connection:
        assert set(connection.scalars(query)) >= set(APPEND_ONLY)


def test_migrated_triggers_are_the_declared_triggers(
    database: Database, registry: Registry
) -> None:
    with database.engine.connect() as connection:
        assert pending_sql(connection) == []


def test_migrated_checks_are_the_declared_checks(database: Database, registry: Registry) -> None:
    with database.engine.connect() as connection:
        assert pending_checks(connection) == []
