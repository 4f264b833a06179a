"""How commands talk to a person at a terminal, and to a log when there is no terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


class ConsoleProgress:
    """Steps with a spinner while they last, and one line each when they are done."""

    @contextmanager
    def step(self, text: str) -> Iterator[Callable[[str], None]]:
        """Show a step; yields how to tell how far it is. A failed one's exception goes on."""
        began = time.monotonic()
        try:
            with out.status(f"{text} …") as status:
                yield lambda how_far: status.update(f"{text} … [dim]{escape(how_far)}[/]")
        except BaseException:
            out.print(f"[red]✗[/] {text}")
            raise
        out.print(f"[green]✓[/] {text} [dim]({time.monotonic() - began:.1f} s)[/]")

    def note(self, text: str) -> None:
        """Say one line."""
        out.print(text, markup=False)


def fail(text: str) -> None:
    """Say why it cannot go on."""
    err.print("[bold red]✗[/] ", end="")
    err.print(text, markup=False)
