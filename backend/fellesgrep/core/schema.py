"""What the schema holds beside SQLAlchemy's tables; the migrations run the same text.

A table that needs more than columns says so itself:
`__table_args__ = (…, {"info": {EXTRA_SQL: [unchanging("agreement", when="…", columns=[…])]}})`.
"""

from collections.abc import Sequence

from fellesgrep.core.audit import APPEND_ONLY
from fellesgrep.core.db import Base

EXTRA_SQL = "extra_sql"

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
