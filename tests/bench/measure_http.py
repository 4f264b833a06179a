"""What a completion costs over HTTP: log-in and access check, the step, the answer.

The API is the real one in a process of its own, whose CPU is what counts.
"""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import psutil
from fastapi.testclient import TestClient

from fellesgrep.app import create_app, make_house
from fellesgrep.identity.access import SESSION_COOKIE
from fellesgrep.identity.policy import Role
from fellesgrep.identity.sessions import log_in
from fellesgrep.settings import Settings
from tests.bench.errand import RETURNED, WRITTEN
from tests.bench.figures import figure
from tests.bench.measure_transitions import LIFE, life_of_bare, open_bare
from tests.bench.room import CASES, Room, open_room, ratio, wire
from tests.product import FELLESGREP, environment, eventually, free_port


@dataclass
class Server:
    """A running API, and a connection to it that somebody is logged in on."""

    process: psutil.Process
    connection: HTTPConnection
    cookie: str

    def complete(self, task: UUID, answers: dict[str, Any]) -> UUID:
        """Complete a task; returns the id of the one it opened."""
        headers = {"content-type": "application/json", "if-match": "1", "cookie": self.cookie}
        body = json.dumps({"answers": answers})
        self.connection.request("POST", f"/api/v1/tasks/{task}/complete", body, headers)
        answer = self.connection.getresponse()
        told = json.loads(answer.read())
        if answer.status != httpx2.codes.OK:
            raise RuntimeError(told["detail"])
        return UUID(told["next"][0]["id"])

    def cpu(self) -> float:
        spent = self.process.cpu_times()
        return float(spent.user + spent.system)


@contextmanager
def serving(room: Room, data_dir: Path) -> Iterator[Server]:
    """Yield an API on the room's database."""
    port, url = free_port(), room.house.database.url
    process = subprocess.Popen(
        [*FELLESGREP, "serve"],
        env=environment(data_dir, PORT=str(port), DATABASE_URL=url),
        stdin=subprocess.DEVNULL,
    )
    try:
        eventually(lambda: _lives(port))
        cookie = f"{SESSION_COOKIE}={_token(room)}"
        yield Server(psutil.Process(process.pid), HTTPConnection("127.0.0.1", port), cookie)
    finally:
        process.terminate()
        process.wait(30)


def _lives(port: int) -> bool:
    try:
        return httpx2.get(f"http://127.0.0.1:{port}/health/live").status_code == httpx2.codes.OK
    except httpx2.HTTPError:
        return False


def _token(room: Room) -> str:
    """Log in somebody."""
    with room.house.transaction() as tx:
        return log_in(tx, room.world.people[Role.LIAISON], "test")


def _life_over_http(room: Room, server: Server) -> float:
    waiting = room.begin(CASES)
    began = server.cpu()
    for answers in LIFE:
        waiting = [server.complete(task, answers) for task in waiting]
    return (server.cpu() - began) / len(LIFE) / CASES


@figure(
    "http_completion_cpu_ratio",
    "CPU of a completion over HTTP, in that of a step of bare SpiffWorkflow",
    unit="×",
    bound=4,
)
def completion(data_dir: Path) -> float:
    with (
        open_room(data_dir, datetime.now(UTC)) as room,
        open_bare(room) as bare,
        serving(room, data_dir) as server,
    ):
        return ratio(lambda: _life_over_http(room, server), lambda: life_of_bare(bare))


def _sent_by_a_completion(data_dir: Path) -> list[list[str]]:
    """Return what goes over the wire for completions that queue a job, and that queue none."""
    settings = Settings(data_dir=data_dir)
    with open_room(data_dir, datetime.now(UTC)) as room:
        house = make_house(settings, room.house.database.url)
        client = TestClient(create_app(settings, house), base_url=settings.own_url)
        client.cookies.set(SESSION_COOKIE, _token(room))
        sent = []
        with wire(house.database, data_dir) as since:
            for warm_up in (True, False):
                (task,) = room.begin()
                for answers in (WRITTEN, RETURNED):
                    since()
                    done = client.post(
                        f"/api/v1/tasks/{task}/complete",
                        json={"answers": answers},
                        headers={"if-match": "1"},
                    )
                    done.raise_for_status()
                    task = UUID(done.json()["next"][0]["id"])
                    if not warm_up:
                        sent.append(since())
        house.database.close()
    return sent


@figure(
    "completion_statements",
    "SQL statements of one completion over HTTP, begin and commit among them",
    unit="statements",
    bound=15,
)
def statements(data_dir: Path) -> float:
    return max(len(sent) for sent in _sent_by_a_completion(data_dir))


@figure("completion_commits", "Commits of one completion over HTTP", unit="commits", bound=1)
def commits(data_dir: Path) -> float:
    sent = _sent_by_a_completion(data_dir)
    return max(sum("COMMIT" in each for each in one) for one in sent)
