"""`people add`: the first administrator of a new installation, who then adds the others."""

from __future__ import annotations

from typing import Annotated

import typer

from fellesgrep.commands.console import out
from fellesgrep.commands.environment import load_settings, with_database
from fellesgrep.core.refusals import Refusal

app = typer.Typer(help="The municipality's own people.", no_args_is_help=True)


@app.callback()
def people() -> None:
    """Look after the municipality's own people."""


@app.command()
def add(
    email: Annotated[str, typer.Argument(help="The address that the log-in provider verifies.")],
    name: Annotated[str, typer.Argument(help="First and last name.")],
    title: Annotated[str, typer.Option(help="Job title.")] = "Administrator",
    unit: Annotated[str, typer.Option(help="Where in the municipality.")] = "Kommunen",
    role: Annotated[str, typer.Option(help="A role, held in all areas.")] = "admin",
) -> None:
    """Register an employee with a role; more roles are given in the browser."""
    from fellesgrep.app import make_house
    from fellesgrep.core.languages import say
    from fellesgrep.core.problems import Problem
    from fellesgrep.identity.policy import Role
    from fellesgrep.identity.service import register_person

    if role not in {each.value for each in Role}:
        raise Refusal(f"There is no role {role!r}; choose one of {', '.join(Role)}.")
    settings = load_settings()
    with with_database(settings) as url:
        house = make_house(settings, url)
        try:
            with house.transaction() as tx:
                grants = [(Role(role), None)]
                register_person(tx, name=name, email=email, title=title, unit=unit, grants=grants)
        except Problem as problem:
            reasons = [say("en", each.key, **each.params) for each in problem.fields]
            raise Refusal(" ".join(reasons) or say("en", problem.key, **problem.params)) from None
        finally:
            house.database.close()
    out.print(f"{name} ({email}) is registered as {role}.", markup=False)
