"""`audit verify`: has anybody tampered with what was written?"""

from __future__ import annotations

import typer

from fellesgrep.commands.console import ConsoleProgress, out
from fellesgrep.commands.environment import load_settings, with_database
from fellesgrep.core.refusals import Refusal

app = typer.Typer(help="The audit log.", no_args_is_help=True)


@app.callback()
def audit() -> None:
    """Look into the audit log."""


@app.command()
def verify() -> None:
    """Find any entry that was changed, removed, cut off or left out; exit status 1 if so."""
    from fellesgrep.core.audit import verify as traces_of_tampering
    from fellesgrep.core.db import Database

    with with_database(load_settings()) as url, ConsoleProgress().step("Reading the audit log"):
        database = Database(url)
        with database.sessions() as session:
            traces = list(traces_of_tampering(session))
        database.close()
    for trace in traces:
        out.print(trace, markup=False)
    if traces:
        raise Refusal(f"The audit log is not whole: {len(traces)} traces of tampering.")
    out.print("The audit log is whole.")
