"""What the schema holds beside SQLAlchemy's tables; the migrations run the same text."""

from fellesgrep.core.audit import APPEND_ONLY

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


def extra_sql() -> list[str]:
    """Return the statements that follow the making of the tables."""
    return [REFUSE_CHANGE, *(append_only(table) for table in APPEND_ONLY)]
