"""Two requests that lock in opposite orders: both are done, and nobody sees a database's error."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from fellesgrep.core.db import Database
from fellesgrep.core.retrying import ATTEMPTS, RetryLostRaces, lost_a_race
from tests.conftest import cloned_database


def crossing(database: Database, *, always: bool = False) -> FastAPI:
    """An application whose two requests wait for each other, the first time or every time."""
    app = FastAPI()
    app.add_middleware(RetryLostRaces)
    both_have_one = threading.Barrier(2)
    tries: dict[str, int] = {"ab": 0, "ba": 0}

    @app.post("/{order}")
    def lock(order: str, body: dict[str, Any]) -> dict[str, Any]:
        tries[order] += 1
        with database.engine.begin() as connection:
            for place, name in enumerate(order):
                connection.execute(
                    text("update lock_test set n = n + 1 where name = :name"), {"name": name}
                )
                if place == 0 and tries[order] == 1:
                    both_have_one.wait(10)
        return {"tries": tries[order], "said": body["said"]}

    return app


def test_whoever_loses_a_race_for_locks_does_it_again_with_the_same_body(
    template_url: str,
) -> None:
    with cloned_database(template_url) as url:
        database = Database(url)
        with database.engine.begin() as connection:
            connection.execute(text("create table lock_test (name text primary key, n int)"))
            connection.execute(text("insert into lock_test values ('a', 0), ('b', 0)"))
        client = TestClient(crossing(database))
        with ThreadPoolExecutor(2) as people:
            answers = list(
                people.map(
                    lambda order: client.post(f"/{order}", json={"said": order}), ("ab", "ba")
                )
            )
        assert [answer.status_code for answer in answers] == [200, 200]
        assert sorted(answer.json()["tries"] for answer in answers) == [1, 2]
        assert [answer.json()["said"] for answer in answers] == ["ab", "ba"]
        with database.engine.begin() as connection:
            counts = connection.execute(text("select n from lock_test")).scalars().all()
        assert counts == [2, 2]
        database.close()


def test_another_error_is_not_tried_again_and_a_lost_race_only_so_often() -> None:
    tried: list[str] = []
    app = FastAPI()
    app.add_middleware(RetryLostRaces)

    @app.post("/{what}")
    def fail(what: str) -> None:
        tried.append(what)
        if what == "race":
            raise OperationalError("update", {}, _deadlock())
        raise ValueError(what)

    client = TestClient(app)
    for what in ("race", "mistake"):
        with pytest.raises((OperationalError, ValueError)):
            client.post(f"/{what}")
    assert (tried.count("race"), tried.count("mistake")) == (ATTEMPTS, 1)


def _deadlock() -> Exception:
    from psycopg.errors import DeadlockDetected

    return DeadlockDetected("deadlock detected")


def test_a_race_is_known_behind_the_error_that_it_led_to() -> None:
    later = RuntimeError()
    later.__cause__ = OperationalError("update", {}, _deadlock())
    assert lost_a_race(later)
    assert not lost_a_race(ValueError())
