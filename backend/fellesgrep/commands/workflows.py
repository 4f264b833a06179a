"""`workflows check`: would the processes work?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fellesgrep.commands.console import out
from fellesgrep.commands.environment import load_settings
from fellesgrep.core.refusals import Refusal

app = typer.Typer(help="The processes in workflows/.", no_args_is_help=True)


@app.callback()
def workflows() -> None:
    """Look into the processes."""


@app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="A folder like workflows/; default: the shipped one.")
    ] = None,
) -> None:
    """Find what would not work, with file, element and reason; exit status 1 for any error.

    Warnings are shown, and leave the exit status at 0.
    """
    from fellesgrep.app import make_registry
    from fellesgrep.workflow.catalogue import SHIPPED, read_folder
    from fellesgrep.workflow.check import check_all

    findings = check_all(make_registry(load_settings()), read_folder(folder or SHIPPED))
    for finding in findings:
        out.print(str(finding), markup=False)
    errors = sum(finding.is_error for finding in findings)
    if errors:
        raise Refusal(f"The processes are not sound: {errors} errors.")
    out.print("The processes are sound.")
