"""Writing in a version of a text, be it a template's or a clause's."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from fellesgrep.core.tx import Tx


class Draft(Protocol):
    """What versions of every kind keep about who wrote in them, and when."""

    authors: list[str]
    updated_at: datetime | None


def write_in(tx: Tx, version: Draft, content: Mapping[str, Any]) -> bool:
    """Keep what is new in a version; whoever writes is one of its authors from now on.

    `content` are columns by name. Returns whether anything was new.
    """
    changed = {name: value for name, value in content.items() if value != getattr(version, name)}
    for name, value in changed.items():
        setattr(version, name, value)
    if changed and str(tx.actor.id) not in version.authors:
        version.authors = [*version.authors, str(tx.actor.id)]
    if changed:
        version.updated_at = tx.now()
    return bool(changed)
