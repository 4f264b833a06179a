"""A process that goes round for ever, and the API or the worker that moves it.

`python -m tests.chaos.errands` reads lines `serve|worker <database> <port>` and forks an ordinary
API or worker for each, which is quicker than starting Python a hundred times; it answers with the
process's id. The operations write down that they ran and take their time, so that a kill meets
them at work.
A round: somebody asks, the worker renders, a timer lets the next round begin.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import uvicorn
from sqlalchemy import text

from fellesgrep.app import create_app
from fellesgrep.core.clock import SystemClock
from fellesgrep.core.db import Database
from fellesgrep.core.jobs import ProcrastinateQueue, run_worker
from fellesgrep.core.registry import Registry
from fellesgrep.core.tx import House
from fellesgrep.settings import Settings
from fellesgrep.workflow.operations import Operation, Step
from tests.backend.workflow.diagrams import flow, form, node, process, timer
from tests.workflows.story import Anything, Recorder, Told, make_registry

HEARTBEAT = 1.5
FILES = {
    "errand/process.bpmn": process(
        node("startEvent", "start"),
        node("userTask", "ask", operation="errands.ask"),
        node("serviceTask", "render", operation="errands.render", mode="job"),
        node("intermediateCatchEvent", "pause", timer("timeDuration", "PT1S")),
        node("exclusiveGateway", "again", attributes='default="again_ask"'),
        node("endEvent", "end", outcome="completed"),
        flow("start", "ask"),
        flow("ask", "render"),
        flow("render", "pause"),
        flow("pause", "again"),
        flow("again", "ask"),
        flow("again", "end", "1 == 2"),
        lanes={"role_liaison": ["ask"]},
    ),
    "errand/forms/ask.json": form("words"),
}


class Slow(Recorder):
    """Operations that write that they ran, and then keep their transaction open for a while."""

    def operation(self, name: str) -> Operation:
        def run(step: Step, told: Any) -> Mapping[str, Any]:
            row = {"instance": step.instance_id, "step": step.element}
            step.tx.session.execute(text("insert into ran values (:instance, :step)"), row)
            step.tx.session.execute(text("select pg_sleep(0.03)"))
            return {}

        return Operation(run, Anything)


def make_house(url: str) -> House:
    registry: Registry = make_registry(Slow(), FILES, Told())
    return House(registry, Database(url), SystemClock(), ProcrastinateQueue(registry))


def serve(url: str, port: int) -> None:
    app = create_app(Settings(data_dir=Path()), make_house(url))
    uvicorn.run(app, host="127.0.0.1", port=port, access_log=False, log_level="warning")


def work(url: str, _port: int) -> None:
    asyncio.run(run_worker(make_house(url), heartbeat=HEARTBEAT))


KINDS: dict[str, Callable[[str, int], None]] = {"serve": serve, "worker": work}


def bear_children() -> None:
    """Fork what each line asks for. Nothing is connected and no thread runs before the fork."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        kind, url, port = line.split()
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # standard output is for ids
            KINDS[kind](url, int(port))
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    bear_children()
