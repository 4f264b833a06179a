"""The one linear chain of Alembic migrations."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.operations.ops import CreateCheckConstraintOp, DropConstraintOp, ExecuteSQLOp
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine
from sqlalchemy.sql.elements import conv

from fellesgrep.core.schema import pending_checks, pending_sql

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def config(url: str | None = None) -> Config:
    """Return Alembic's configuration for a database address."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    if url is not None:
        made.attributes["url"] = url
    return made


def upgrade(url: str) -> None:
    """Bring a database to this version's schema; does nothing when it is there."""
    command.upgrade(config(url), "head")


def at_head(engine: Engine) -> bool:
    """Tell whether a database has this version's schema."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def new_revision(url: str, message: str) -> None:
    """Write a migration from the difference between the code's schema and a database's.

    Triggers and CHECKs are compared too, which Alembic leaves out.
    """

    def with_triggers(context: Any, _revision: Any, directives: list[Any]) -> None:
        changes = pending_sql(context.connection)
        operations = directives[0].upgrade_ops.ops
        operations[:0] = [ExecuteSQLOp(change.drop) for change in changes if change.drop]
        for check in pending_checks(context.connection):
            name = conv(check.name)
            if check.was:
                operations.append(DropConstraintOp(name, check.table, "check"))
            operations.append(CreateCheckConstraintOp(name, check.table, check.condition))
        operations += [ExecuteSQLOp(change.create) for change in changes]

    head = ScriptDirectory.from_config(config()).get_current_head()
    command.revision(
        config(url),
        message=message,
        autogenerate=True,
        rev_id=f"{int(head or 0) + 1:04d}",
        process_revision_directives=with_triggers,
    )
