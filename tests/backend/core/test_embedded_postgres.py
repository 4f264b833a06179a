"""The database that comes along: it starts, is found again, and outlives what goes wrong."""

import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from fellesgrep.core import embedded_postgres as postgres
from fellesgrep.core.jobs import psycopg_dsn
from tests.product import eventually, fresh_data_dir

Start = Callable[[Path], str]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start databases that are stopped at the end of the test."""
    started: list[Path] = []

    def begin(data_dir: Path) -> str:
        started.append(data_dir)
        return postgres.ensure_running(data_dir, durable=False)

    yield begin
    for data_dir in started:
        postgres.stop(data_dir)


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A folder that the database's own user can get at, unlike pytest's when root runs it."""
    with fresh_data_dir() as folder:
        yield folder


def execute(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(psycopg_dsn(url), autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def kill_server(data_dir: Path) -> None:
    pid = postgres.server_pid(data_dir)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


def test_what_was_written_survives_a_restart(data_dir: Path, start: Start) -> None:
    execute(start(data_dir), "create table kept as select 'Ærlig' as word")
    postgres.stop(data_dir)
    assert not postgres.is_running(data_dir)
    assert execute(start(data_dir), "select lower(word) from kept") == [("ærlig",)]


def test_what_was_committed_survives_the_kill_of_the_server(data_dir: Path, start: Start) -> None:
    execute(start(data_dir), "create table kept as select 1 as number")
    kill_server(data_dir)
    assert execute(start(data_dir), "select number from kept") == [(1,)]


def test_a_server_that_outlived_who_started_it_is_found_and_used(
    data_dir: Path, start: Start
) -> None:
    program = (
        "import os, sys, pathlib; from fellesgrep.core import embedded_postgres as p;"
        "p.ensure_running(pathlib.Path(sys.argv[1])); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program, str(data_dir)], check=False)
    left_behind = postgres.server_pid(data_dir)
    assert left_behind is not None
    start(data_dir)
    assert postgres.server_pid(data_dir) == left_behind


def test_two_installations_run_side_by_side(data_dir: Path, start: Start) -> None:
    one, other = start(data_dir / "one"), start(data_dir / "other")
    execute(one, "create table only_here ()")
    assert execute(other, "select to_regclass('only_here')") == [(None,)]


def test_a_folder_with_a_long_and_odd_name_is_fine(data_dir: Path, start: Start) -> None:
    assert execute(start(data_dir / f"it's {'long ' * 30}"), "select 1") == [(1,)]


def test_a_process_that_has_the_number_of_a_dead_server_does_no_harm(
    data_dir: Path, start: Start
) -> None:
    start(data_dir)
    postgres.stop(data_dir)
    pid_file = data_dir / "postgres/data/postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{pid_file.parent}\n0\n5432\n\n\n\nready\n")
    assert execute(start(data_dir), "select 1") == [(1,)]


def test_a_first_start_that_was_broken_off_begins_anew(data_dir: Path, start: Start) -> None:
    half = data_dir / "postgres/data.unfinished"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")
    assert execute(start(data_dir), "select 1") == [(1,)]


@pytest.mark.parametrize(
    ("damaged", "content", "reason"),
    [
        ("PG_VERSION", None, "PG_VERSION is missing"),
        ("PG_VERSION", "9", "is of PostgreSQL 9"),
        ("global/pg_control", "nonsense", "does not start"),
    ],
)
def test_a_broken_database_gives_one_line_and_a_way_out(
    data_dir: Path, start: Start, damaged: str, content: str | None, reason: str
) -> None:
    start(data_dir)
    postgres.stop(data_dir)
    file = data_dir / "postgres/data" / damaged
    file.unlink() if content is None else file.write_text(content)
    with pytest.raises(postgres.EmbeddedPostgresError) as refusal:
        start(data_dir)
    assert reason in str(refusal.value)
    assert "begin anew" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_it_is_stopped_by_the_command_that_started_it_and_by_no_other(data_dir: Path) -> None:
    with postgres.running(data_dir) as url:
        with postgres.running(data_dir) as same:
            assert same == url
        assert postgres.is_running(data_dir)
    assert not postgres.is_running(data_dir)


def test_stopping_what_does_not_run_is_fine(data_dir: Path) -> None:
    postgres.stop(data_dir)
    assert not postgres.is_running(data_dir)


def test_the_programs_of_postgresql_come_along(data_dir: Path, start: Start) -> None:
    url = psycopg_dsn(start(data_dir))
    execute(url, "create table to_dump ()")
    dump = subprocess.run(
        [postgres.binary("pg_dump"), "--dbname", url], capture_output=True, text=True, check=True
    )
    assert "CREATE TABLE public.to_dump" in dump.stdout


def test_no_process_of_a_killed_server_is_left(data_dir: Path, start: Start) -> None:
    start(data_dir)
    pid = postgres.server_pid(data_dir)
    assert pid is not None
    children = psutil.Process(pid).children()
    kill_server(data_dir)
    gone = {psutil.STATUS_ZOMBIE}
    eventually(lambda: all(not child.is_running() or child.status() in gone for child in children))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can try as somebody else")
def test_no_other_user_of_the_machine_can_open_it(data_dir: Path, start: Start) -> None:
    url = psycopg_dsn(start(data_dir))
    somebody = pwd.getpwnam("nobody")
    attempt = subprocess.run(
        [postgres.binary("psql"), url, "-c", "select 1"],
        user=somebody.pw_uid,
        group=somebody.pw_gid,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=False,
    )
    assert attempt.returncode != 0
    assert "Permission denied" in attempt.stderr
