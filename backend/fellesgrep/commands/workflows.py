"""`workflows check`, `workflows migrate`: would processes work, and do cases move to new ones?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fellesgrep.commands.console import out
from fellesgrep.commands.environment import load_settings, with_database
from fellesgrep.core.refusals import Refusal

if TYPE_CHECKING:
    from uuid import UUID

    from fellesgrep.core.tx import House

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


@app.command()
def migrate(
    to: Annotated[str, typer.Option(help="The version: its hash, or how that begins.")],
    dry_run: Annotated[bool, typer.Option(help="Only tell what would happen.")] = False,
    back: Annotated[
        bool, typer.Option(help="Take back the moves of the cases that were moved to it.")
    ] = False,
) -> None:
    """Move running cases to another version of their process, case by case. Safe to repeat.

    For each case it says whether it can move and why not, and what changes. Exit status 1 where
    a case stays behind.
    """
    from fellesgrep.app import make_house
    from fellesgrep.core.languages import say
    from fellesgrep.core.problems import Problem

    settings = load_settings()
    with with_database(settings) as url:
        house = make_house(settings, url)
        try:
            moved, stayed = _all_batches(house, to, dry_run=dry_run, back=back)
        except Problem as problem:
            raise Refusal(say("en", problem.key, **problem.params)) from None
        finally:
            house.database.close()
    would = "would be moved" if dry_run else "were moved"
    out.print(f"{moved} cases {would}, {stayed} stay where they are.", markup=False)
    if stayed:
        raise Refusal("Not every case can move; the reasons stand above.")


def _all_batches(house: House, to: str, *, dry_run: bool, back: bool) -> tuple[int, int]:
    from fellesgrep.workflow import migration
    from fellesgrep.workflow.version_views import batch_view

    act = migration.take_back_batch if back else migration.move_batch
    moved = stayed = 0
    after: UUID | None = None
    while True:
        with house.transaction() as tx:
            version = migration.find_version(tx, to, drafts=dry_run)
            batch = act(tx, version, after=after, dry_run=dry_run)
            view = batch_view(tx, batch, "en")
        for move in view.moves:
            lines = move.changes if move.possible else move.reasons
            out.print(f"{'✓' if move.possible else '✗'} {move.title}", markup=False)
            for line in lines:
                out.print(f"    {line}", markup=False)
        moved += sum(move.possible for move in view.moves)
        stayed += sum(not move.possible for move in view.moves)
        if batch.after is None:
            return moved, stayed
        out.print(f"  {moved + stayed} done, {batch.left} left", markup=False)
        after = batch.after
