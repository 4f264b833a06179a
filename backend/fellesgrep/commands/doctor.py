"""`doctor`: what is configured, what is missing, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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
    sms_to: Annotated[str, typer.Option(help="Send a test text message to this number.")] = "",
    only: Annotated[str, typer.Option(help="Look at this alone, such as `database`.")] = "",
) -> None:
    """Say in plain words what works and what is missing; exit status 1 if something needed is."""
    settings = load_settings()
    examinations = _examinations(settings, mail_to, sms_to)
    if only and only not in examinations:
        raise Refusal(f"There is no {only!r} to look at; there are {', '.join(examinations)}.")
    bad = 0
    for examine in [examinations[only]] if only else examinations.values():
        for finding in examine():
            bad += finding.state is State.BAD
            out.print(f"{MARKS[finding.state]} [bold]{finding.what}[/]: ", end="")
            out.print(finding.words, markup=False)
    if bad:
        fail(f"{bad} to mend")
        raise typer.Exit(1)


def _examinations(
    settings: Settings, mail_to: str, sms_to: str
) -> dict[str, Callable[[], Iterable[Finding]]]:
    from fellesgrep.commands import examinations as look

    return {
        "mode": lambda: [look.mode(settings)],
        "database": lambda: _database(settings),
        "pdf": lambda: [look.documents(settings)],
        "seal": lambda: look.seal(settings),
        "time-stamps": lambda: look.time_stamps(settings),
        "interface": lambda: [look.user_interface(settings)],
        "log-in": lambda: [look.log_in(settings)],
        "id-porten": lambda: [look.id_porten(settings)],
        "signing": lambda: _signing(settings),
        "mail": lambda: [look.mail(settings, mail_to)],
        "sms": lambda: [look.text_messages(settings, sms_to)],
        "time": lambda: [look.time_and_place(settings)],
        "room": lambda: [look.room(settings)],
    }


def _signing(settings: Settings) -> Iterator[Finding]:
    from fellesgrep.commands import examinations as look

    try:
        with with_database(settings) as url:
            yield from look.signing(settings, url)
    except Refusal as refusal:
        yield Finding(State.BAD, "Signing", str(refusal))


def _database(settings: Settings) -> Iterator[Finding]:
    from fellesgrep.commands import examinations as look

    try:
        with with_database(settings) as url:
            yield from look.database(settings, url)
    except Refusal as refusal:
        yield Finding(State.BAD, "Database", str(refusal))
