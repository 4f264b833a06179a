"""`migrate`, `demo` and `walk`: the database's schema, its demo data, and a whole case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fellesgrep.commands.console import ConsoleProgress, out
from fellesgrep.commands.environment import load_settings, with_database
from fellesgrep.core.refusals import Refusal


def migrate(
    new: Annotated[
        str, typer.Option(help="Write a migration for what changed in the code; say why.")
    ] = "",
) -> None:
    """Bring the database to this version: schema, processes, templates. Safe to run twice."""
    from fellesgrep.commands.preparing import bring_up_to_date
    from fellesgrep.core.migrate import new_revision

    settings = load_settings()
    with with_database(settings) as url:
        if new:
            new_revision(url, new)
        else:
            bring_up_to_date(settings, url, ConsoleProgress())


def demo() -> None:
    """Fill an empty development database with areas, partners and cases."""
    from fellesgrep.commands.preparing import fill, is_filled

    settings, progress = load_settings(), ConsoleProgress()
    if not settings.development:
        raise Refusal("Demo data is for development; this is FELLESGREP_MODE=production.")
    with with_database(settings) as url:
        if is_filled(url):
            raise Refusal(
                "This database holds people already; demo data goes into an empty one "
                "(another FELLESGREP_DATA_DIR, or an empty FELLESGREP_DATABASE_URL)."
            )
        fill(settings, url, progress)


def walk(
    url: Annotated[str, typer.Option(help="A server in development mode.")] = "",
    output: Annotated[Path, typer.Option(help="Folder for the sealed PDF.")] = Path(),
) -> None:
    """Take one case from first contact to a sealed PDF, through the public API."""
    from fellesgrep import walk as walking

    path = walking.run(url or load_settings().own_url, output, ConsoleProgress().step)
    out.print(str(path), markup=False)
