"""`doctor`: what is configured, what is missing, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from fellesgrep.commands.console import fail, out
from fellesgrep.commands.environment import load_settings, with_database
from fellesgrep.commands.examinations import Finding, State
from fellesgrep.core.refusals import Refusal

if TYPE_CHECKING:
    from fellesgrep.settings import Settings

MARKS = {State.GOOD: "[green]✓[/]", State.NOTE: "[yellow]·[/]", State.BAD: "[bold red]✗[/]"}


def doctor(
    mail_to: Annotated[str, typer.Option(help="Send a test mail to this address.")] = "",
) -> None:
    """Say in plain words what works and what is missing; exit status 1 if something needed is."""
    settings = load_settings()
    bad = 0
    for finding in _examine(settings, mail_to):
        bad += finding.state is State.BAD
        out.print(f"{MARKS[finding.state]} [bold]{finding.what}[/]: ", end="")
        out.print(finding.words, markup=False)
    if bad:
        fail(f"{bad} to mend")
        raise typer.Exit(1)


def _examine(settings: Settings, mail_to: str) -> Iterator[Finding]:
    from fellesgrep.commands import examinations as look

    yield look.mode(settings)
    try:
        with with_database(settings) as url:
            yield from look.database(settings, url)
    except Refusal as refusal:
        yield Finding(State.BAD, "Database", str(refusal))
    alone: list[Callable[[Settings], Finding]] = [
        look.documents,
        look.user_interface,
        look.log_in,
        look.seal,
        look.time_and_place,
        look.room,
    ]
    for examination in alone:
        yield examination(settings)
    yield look.mail(settings, mail_to)
