"""Alembic's entry: runs the migrations in one transaction on the address it is given."""

from alembic import context
from sqlalchemy import NullPool, create_engine

from fellesgrep.app import FEATURES  # with them come the tables of every feature
from fellesgrep.core.db import Base

if not FEATURES:
    raise LookupError("no feature is registered")

with create_engine(context.config.attributes["url"], poolclass=NullPool).begin() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_object=lambda _object, name, kind, _reflected, _to: (
            not (kind == "table" and str(name).startswith(("procrastinate_", "alembic_")))
        ),
    )
    context.run_migrations()
