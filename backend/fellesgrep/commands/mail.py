"""`mail take-bounce`: what a local mail server hands over when mail comes back."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from fellesgrep.commands.console import out
from fellesgrep.commands.environment import load_settings, with_database

app = typer.Typer(help="Mail that comes back.", no_args_is_help=True)


@app.callback()
def mail() -> None:
    """Take in mail that comes back."""


@app.command("take-bounce")
def take_bounce(
    to: Annotated[str, typer.Option(help="The address it came to, as the envelope says.")] = "",
) -> None:
    """Read a report of undeliverable mail (RFC 3464) from standard input.

    Anything else is passed over, so that a whole mailbox can be sent through.
    """
    from fellesgrep.app import make_house
    from fellesgrep.notifications.bounces import LARGEST, take_in

    raw = sys.stdin.buffer.read(LARGEST)
    settings = load_settings()
    with with_database(settings) as url:
        house = make_house(settings, url)
        try:
            taken = take_in(house, raw, to)
        finally:
            house.database.close()
    out.print("taken in" if taken else "passed over: no report about a mail from here")
