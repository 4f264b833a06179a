"""What every command starts from: settings that are right, and a database that answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fellesgrep.core.refusals import Refusal

if TYPE_CHECKING:
    from fellesgrep.settings import Settings


def load_settings() -> Settings:
    """Read the settings from the environment; wrong ones are named in plain lines."""
    from pydantic import ValidationError

    from fellesgrep.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        prefix = str(Settings.model_config.get("env_prefix", ""))
        wrong = [
            f"{prefix}{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}"
            if one["loc"]
            else str(one["msg"]).removeprefix("Value error, ")
            for one in error.errors()
        ]
        raise Refusal("\n".join(wrong)) from error


@contextmanager
def with_database(settings: Settings) -> Iterator[str]:
    """The address of the database: the given one, or the embedded one, started for as long."""
    if settings.database_url is not None:
        yield settings.database_url
        return
    from fellesgrep.core import embedded_postgres

    with embedded_postgres.running(settings.data_dir) as url:
        yield url
