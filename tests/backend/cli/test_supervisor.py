"""`fellesgrep up`: everything starts, comes back when it dies, and stops together."""

import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from fellesgrep.core import embedded_postgres
from tests.product import Product, eventually, fellesgrep, free_port, fresh_data_dir

pytestmark = pytest.mark.xdist_group("supervisor")


def prepared(data_dir: Path) -> Path:
    """With the schema made, there is no demo data to wait for."""
    assert fellesgrep("migrate", data_dir=data_dir).returncode == 0
    return data_dir


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    with fresh_data_dir() as folder:
        product = Product(prepared(folder))
        product.start()
        yield product
        product.stop()
        assert not embedded_postgres.is_running(folder)


@pytest.fixture
def data_dir() -> Iterator[Path]:
    with fresh_data_dir() as folder:
        yield folder


def test_it_says_where_it_runs_and_is_ready(product: Product) -> None:
    assert f"Fellesgrep runs at {product.url}" in product.said
    assert product.answers()
    assert product.process("worker") is not None


def test_a_second_start_says_in_one_line_that_it_already_runs(product: Product) -> None:
    second = fellesgrep("up", data_dir=product.data_dir, PORT=str(free_port()))
    assert second.returncode == 0
    assert second.stdout.startswith(f"Fellesgrep already runs at {product.url}")
    assert second.stdout.count("\n") == 1


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_process_that_is_killed_comes_back(product: Product, command: str) -> None:
    before = product.process(command)
    assert before is not None
    before.kill()
    eventually(lambda: product.process(command) not in {None, before} and product.answers())


def test_a_database_that_is_killed_comes_back(product: Product) -> None:
    before = embedded_postgres.server_pid(product.data_dir)
    assert before is not None
    psutil.Process(before).kill()
    eventually(
        lambda: (
            embedded_postgres.server_pid(product.data_dir) not in {None, before}
            and product.answers()
        )
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_being_asked_to_stop_stops_all_of_it(data_dir: Path, number: signal.Signals) -> None:
    product = Product(prepared(data_dir))
    product.start()
    product.stop(number)
    assert product.process("serve") is None
    assert product.process("worker") is None
    assert not embedded_postgres.is_running(data_dir)


def test_nothing_is_left_of_a_killed_supervisor_that_hinders_the_next(data_dir: Path) -> None:
    product = Product(prepared(data_dir))
    product.start()
    product.kill()
    product.start()
    assert product.answers()
    product.stop()
    assert not embedded_postgres.is_running(data_dir)


def test_a_busy_port_gives_one_line_that_names_the_setting(data_dir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = fellesgrep("up", data_dir=data_dir, PORT=str(port))
    assert refused.returncode == 1
    assert f"FELLESGREP_PORT={port + 1}" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_a_data_directory_that_cannot_be_written_gives_one_line(data_dir: Path) -> None:
    occupied = data_dir / "a file"
    occupied.write_text("")
    refused = fellesgrep("up", data_dir=occupied / "below")
    assert refused.returncode == 1
    assert "FELLESGREP_DATA_DIR" in refused.stderr
    assert refused.stderr.count("\n") == 1
