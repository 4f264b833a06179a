"""The command `fellesgrep`."""

from __future__ import annotations

import sys

import typer

from fellesgrep.commands import (
    audit,
    data,
    doctor,
    mail,
    people,
    preparing,
    running,
    same_person,
    settings_page,
    verify,
    workflows,
)
from fellesgrep.commands.console import fail
from fellesgrep.core.logs import write_plain_logs
from fellesgrep.core.refusals import Refusal

app = typer.Typer(
    help="Fellesgrep: cooperation in the neighbourhood, from first contact to a sealed agreement.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command()(running.up)
app.command()(running.serve)
app.command()(running.worker)
app.command()(data.migrate)
app.command()(data.demo)
app.command(hidden=True)(preparing.prepare)
app.command()(data.walk)
app.command()(doctor.doctor)
app.command()(verify.verify)
app.command("same-person")(same_person.same_person)
app.command()(settings_page.settings)
app.add_typer(audit.app, name="audit")
app.add_typer(mail.app, name="mail")
app.add_typer(people.app, name="people")
app.add_typer(workflows.app, name="workflows")


def main() -> None:
    """Run a command; what it cannot do is said in a line, without a traceback."""
    write_plain_logs()
    try:
        app()
    except Refusal as refusal:
        fail(str(refusal))
        sys.exit(1)


if __name__ == "__main__":
    main()
