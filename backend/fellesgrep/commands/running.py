"""`up`, `serve` and `worker`: the product as a whole, and its two processes."""

from __future__ import annotations

import os
import signal
import socket as sockets
import sys
import threading
from typing import TYPE_CHECKING, Annotated

import typer

from fellesgrep.commands.console import ConsoleProgress, fail, out
from fellesgrep.commands.environment import load_settings, with_database

if TYPE_CHECKING:
    from fellesgrep.settings import Settings

StopWithParent = Annotated[
    bool, typer.Option("--stop-with-parent", hidden=True, help="Stop when standard input closes.")
]


def up() -> None:
    """Run the whole product: database, migrations, demo data, API, worker, user interface."""
    from fellesgrep.commands.preparing import prepare_apart
    from fellesgrep.supervisor import AlreadyRunning, Supervisor

    settings, progress = load_settings(), ConsoleProgress()
    supervisor = Supervisor(
        settings,
        progress,
        prepare=prepare_apart,
        when_ready=lambda url: _welcome(settings, url),
    )
    try:
        supervisor.run()
    except AlreadyRunning as found:
        out.print(str(found), markup=False)


def _welcome(settings: Settings, url: str) -> None:
    from fellesgrep.commands.preparing import welcome

    welcome(settings, url)
    if not settings.development:
        _say_what_signing_lacks(settings, url)


def _say_what_signing_lacks(settings: Settings, url: str) -> None:
    """Say what the signature policy demands and the settings do not give.

    It starts all the same: whoever reads, comments and signs otherwise must not be kept out.
    """
    from fellesgrep.commands.examinations import State, signing

    for finding in signing(settings, url):
        if finding.state is State.BAD:
            fail(f"{finding.what}: {finding.words}")


def serve(
    socket: Annotated[int | None, typer.Option(hidden=True, help="A listening socket.")] = None,
    *,
    stop_with_parent: StopWithParent = False,
) -> None:
    """Run the API and the user interface alone (N of these share one database)."""
    import uvicorn

    from fellesgrep.app import create_app, make_house

    if stop_with_parent:
        _stop_with_parent()
    settings = load_settings()
    with with_database(settings) as url:
        if not settings.development:
            _say_what_signing_lacks(settings, url)
        config = uvicorn.Config(
            create_app(settings, make_house(settings, url)),
            host=settings.host,
            port=settings.port,
            timeout_graceful_shutdown=5,
            server_header=False,
            access_log=False,  # the portal's addresses are secrets of its partners
        )
        given = None if socket is None else [sockets.socket(fileno=socket)]
        uvicorn.Server(config).run(sockets=given)


def worker(*, stop_with_parent: StopWithParent = False) -> None:
    """Run jobs and timers alone (N of these share one database)."""
    import asyncio

    from fellesgrep.app import make_house
    from fellesgrep.core.jobs import run_worker

    if stop_with_parent:
        _stop_with_parent()
    settings = load_settings()
    with with_database(settings) as url:
        asyncio.run(run_worker(make_house(settings, url)))


def _stop_with_parent() -> None:
    """End this process in order when whoever started it is gone, however it went."""

    def watch() -> None:
        while os.read(sys.stdin.fileno(), 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="stop-with-parent", daemon=True).start()
