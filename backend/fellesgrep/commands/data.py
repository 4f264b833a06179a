"""`migrate`, `demo` and `walk`: the database's schema, its demo data, and a whole case."""

from __future__ import annotations

from typing import Annotated

import typer

from fellesgrep.commands.console import ConsoleProgress, out
from fellesgrep.commands.environment import load_settings, with_database
from fellesgrep.core.refusals import Refusal


def migrate() -> None:
    """Bring the database to the newest schema. Safe to run at any time, and twice."""
    from fellesgrep.core.migrate import upgrade

    with with_database(load_settings()) as url, ConsoleProgress().step("Database schema"):
        upgrade(url)


def demo() -> None:
    """Fill an empty development database with areas, partners and cases."""
    from fellesgrep.commands.preparing import fill, is_filled
    from fellesgrep.core.migrate import upgrade

    settings, progress = load_settings(), ConsoleProgress()
    if not settings.development:
        raise Refusal("Demo data is for development; this is FELLESGREP_MODE=production.")
    with with_database(settings) as url:
        with progress.step("Database schema"):
            upgrade(url)
        if is_filled(url):
            raise Refusal(
                "This database holds people already; demo data goes into an empty one "
                "(another FELLESGREP_DATA_DIR, or an empty FELLESGREP_DATABASE_URL)."
            )
        fill(settings, url, progress)


def walk(
    url: Annotated[str, typer.Option(help="A server in development mode.")] = "",
) -> None:
    """Take one case from first contact to a sealed PDF, through the public API."""
    from fellesgrep import walk as walking

    progress = ConsoleProgress()
    path = walking.run(url or load_settings().own_url, progress.note)
    out.print(str(path), markup=False)
