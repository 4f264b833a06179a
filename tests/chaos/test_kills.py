"""Whatever is killed, and however often: everything comes back, and what was committed is there."""

import random
from functools import partial
from pathlib import Path

import psutil
import psycopg
import pytest

from fellesgrep.core import embedded_postgres
from fellesgrep.core.jobs import psycopg_dsn
from tests.product import Product, eventually, fellesgrep, fresh_data_dir

pytestmark = pytest.mark.chaos
KILLS = 20


def victim(product: Product, kind: str) -> psutil.Process | None:
    if kind != "database":
        return product.process(kind)
    pid = embedded_postgres.server_pid(product.data_dir)
    return None if pid is None else psutil.Process(pid)


def is_replaced(product: Product, kind: str, before: psutil.Process) -> bool:
    return victim(product, kind) not in {None, before} and product.answers()


def count(data_dir: Path) -> int:
    url = psycopg_dsn(embedded_postgres.ensure_running(data_dir))
    with psycopg.connect(url) as connection:
        connection.execute("insert into kills default values")
        connection.commit()
        row = connection.execute("select count(*) from kills").fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.timeout(900)
def test_everything_comes_back_however_often_it_is_killed() -> None:
    chance = random.Random(1)
    with fresh_data_dir() as data_dir:
        assert fellesgrep("migrate", data_dir=data_dir).returncode == 0
        product = Product(data_dir)
        product.start()
        url = psycopg_dsn(embedded_postgres.ensure_running(data_dir))
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("create table kills ()")
        for kill in range(1, KILLS + 1):
            kind = chance.choice(["database", "serve", "worker"])
            eventually(partial(victim, product, kind), seconds=60)
            before = victim(product, kind)
            assert before is not None
            before.kill()
            eventually(partial(is_replaced, product, kind, before), seconds=120)
            assert count(data_dir) == kill
        product.stop()
