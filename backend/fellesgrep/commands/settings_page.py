"""`settings`: every setting, from its own description; `docs/settings.md` is this page."""

from __future__ import annotations

import types
import typing

import typer

HEAD = """\
# Settings

All settings come from environment variables that begin with `FELLESGREP_`. In development none is
needed. Secrets can also be given as files in the folder that `FELLESGREP_SECRETS_DIR` names: a file
per setting, named as the variable in lower case (this is how `docker-compose.yml` hands them in).

This page is made by `make settings` from `backend/fellesgrep/settings.py`; a test compares them.

| variable | default | meaning |
| --- | --- | --- |
"""


def settings() -> None:
    """Print the page of settings (Markdown)."""
    typer.echo(settings_page(), nl=False)


def settings_page() -> str:
    """Return the page as Markdown."""
    from fellesgrep.settings import Settings

    prefix = str(Settings.model_config.get("env_prefix", ""))
    rows = [
        f"| `{prefix}{name.upper()}` | {_default(field.default)} "
        f"| {field.description}{_choices(field.annotation)} |"
        for name, field in Settings.model_fields.items()
    ]
    return HEAD + "\n".join(rows) + "\n"


def _default(value: object) -> str:
    return "–" if value is None or value == "" else f"`{value}`"


def _choices(annotation: object) -> str:
    """Name the words that a setting takes, where it takes only some."""
    if typing.get_origin(annotation) is typing.Literal:
        return f" One of {', '.join(f'`{word}`' for word in typing.get_args(annotation))}."
    if typing.get_origin(annotation) is types.UnionType:
        return "".join(_choices(part) for part in typing.get_args(annotation))
    return ""
