"""Kill the API or the worker in the middle of a step: nothing is lost, nothing is done twice."""

import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID, uuid4

import httpx2
import psutil
import pytest
from sqlalchemy import select, text

from fellesgrep.core.audit import Subject, verify
from fellesgrep.core.tx import House
from fellesgrep.identity.access import SESSION_COOKIE
from fellesgrep.identity.policy import Role
from fellesgrep.identity.sessions import log_in
from fellesgrep.workflow import service, store
from fellesgrep.workflow.models import Instance
from fellesgrep.workflow.stepping import Run
from tests.chaos.errands import FILES, make_house
from tests.conftest import cloned_database, make_world
from tests.product import eventually, free_port

ROOT = Path(__file__).parents[2]
CASES = 4
LONGEST_STEP = 0.12


class Engine:
    """An API and a worker on one database, some cases, and somebody who completes their tasks."""

    def __init__(self, url: str, seed: int) -> None:
        self.url, self.port = url, free_port()
        self.chance = random.Random(seed)
        self.house: House = make_house(url)
        self.processes: dict[str, psutil.Process] = {}
        self._mother = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.errands"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.answered = 0
        with self.house.transaction() as tx:
            tx.session.execute(text("create table ran (instance uuid, step text)"))
            world = make_world(tx)
            store.import_files(tx, FILES)
            for number in range(CASES):
                subject = Subject("case", uuid4())
                service.start(tx, "errand", subject, title=f"Sak {number}", area_id=world.area.id)
            token = log_in(tx, world.people[Role.LIAISON], "test")
        self.headers = {"cookie": f"{SESSION_COOKIE}={token}", "if-match": "1"}

    def start(self, kind: str) -> None:
        assert self._mother.stdin is not None
        assert self._mother.stdout is not None
        self._mother.stdin.write(f"{kind} {self.url} {self.port}\n")
        self._mother.stdin.flush()
        self.processes[kind] = psutil.Process(int(self._mother.stdout.readline()))
        if kind == "serve":
            eventually(self._answers, seconds=120)

    def kill(self, kind: str) -> None:
        self.processes[kind].kill()
        self.processes[kind].wait(30)

    def stop(self) -> None:
        for kind in self.processes:
            with suppress(psutil.NoSuchProcess):
                self.kill(kind)
        self._mother.communicate(timeout=30)
        self.house.database.close()

    def _answers(self) -> bool:
        try:
            return httpx2.get(f"http://127.0.0.1:{self.port}/health/live").is_success
        except httpx2.HTTPError:
            return False

    def open_tasks(self) -> list[UUID]:
        with self.house.transaction() as tx:
            found = tx.session.scalars(text("select id from task where status = 'open'"))
            return list(found)

    def complete(self, task: UUID) -> None:
        """Complete a task once; whether an answer comes is not sure while things are killed."""
        address = f"http://127.0.0.1:{self.port}/api/v1/tasks/{task}/complete"
        try:
            answer = httpx2.post(
                address, json={"answers": {"words": "Ja."}}, headers=self.headers, timeout=30
            )
        except httpx2.HTTPError:
            return
        assert answer.status_code == httpx2.codes.OK, answer.text
        self.answered += 1

    def strike(self) -> None:
        """Kill one of the two at a moment by chance while steps are being taken, and revive it."""
        kind = self.chance.choice(["serve", "worker"])
        eventually(self.open_tasks, seconds=60)
        tasks = self.open_tasks()
        acts = [threading.Thread(target=self.complete, args=(task,)) for task in tasks]
        for act in acts:
            act.start()
        moment = threading.Event()
        moment.wait(self.chance.uniform(0, LONGEST_STEP))
        self.kill(kind)
        for act in acts:
            act.join(60)
        self.start(kind)

    def is_at_rest(self) -> bool:
        return len(self.open_tasks()) == CASES

    def count(self, question: str) -> int:
        with self.house.transaction() as tx:
            return int(tx.session.scalar(text(question)) or 0)


@contextmanager
def running(url: str, seed: int) -> Iterator[Engine]:
    engine = Engine(url, seed)
    try:
        for kind in ("serve", "worker"):
            engine.start(kind)
        yield engine
    finally:
        engine.stop()


def look_closely(engine: Engine) -> None:
    """Everything was done once or waits: rows, positions, jobs and audit agree."""
    done = engine.count("select count(*) from task where status = 'completed'")
    assert done >= engine.answered
    assert engine.count("select count(*) from ran where step = 'ask'") == done
    assert engine.count("select count(*) from audit_entry where kind = 'task:completed'") == done
    for element in ("ask", "render", "pause"):
        passed = f"select count(*) from workflow_path where element = '{element}'"
        assert engine.count(passed) == done, element
    assert engine.count("select count(*) from ran where step = 'render'") == done
    assert engine.count("select count(*) from audit_entry where kind = 'timer:fired'") == done
    left = "select count(*) from procrastinate_jobs where task_name = 'workflow.run_operation'"
    eventually(lambda: engine.count(left) == 0)
    with engine.house.transaction() as tx:
        assert list(verify(tx.session)) == []
        for instance in tx.session.scalars(select(Instance)):
            (task,) = service.open_tasks(tx, instance.subject)
            assert [each.token for each in Run(tx, instance).load().waiting()] == [task.token]


def _campaign(template_url: str, *, kills: int, seed: int) -> None:
    with cloned_database(template_url) as url, running(url, seed) as engine:
        for _ in range(kills):
            engine.strike()
        eventually(engine.is_at_rest, seconds=60)
        look_closely(engine)
        assert engine.answered > 0


def test_a_handful_of_kills_in_the_middle_of_steps_loses_and_doubles_nothing(
    template_url: str,
) -> None:
    _campaign(template_url, kills=3, seed=6)


@pytest.mark.chaos
@pytest.mark.timeout(1800)
def test_a_hundred_kills_in_the_middle_of_steps_lose_and_double_nothing(
    template_url: str,
) -> None:
    _campaign(template_url, kills=100, seed=2026)
