"""The whole product from one command: database, API and worker as processes of their own.

The supervisor holds the lock of the data directory and the listening socket. So a second start
finds the first, and an API that dies is replaced while its callers wait instead of being refused.
Children stop by themselves when the supervisor is gone (their standard input closes).
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Protocol, TextIO

import httpx2

from fellesgrep.core import embedded_postgres
from fellesgrep.core.log_files import rotate, tail
from fellesgrep.core.refusals import Refusal
from fellesgrep.settings import Settings

READY_SECONDS = 60
STOP_SECONDS = 15
LOOK_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 15.0
STEADY_AFTER_SECONDS = 10.0
PORT_SECONDS = 5.0


class AlreadyRunning(Exception):
    """Another supervisor runs on the same data directory."""


class Progress(Protocol):
    """How the supervisor tells a person what it does."""

    def step(self, text: str) -> AbstractContextManager[Callable[[str], None]]:
        """Show that something is under way, how far it is, and how long it took."""
        ...

    def note(self, text: str) -> None:
        """Say one line."""
        ...


@dataclass
class Child:
    """A process that is started again whenever it dies, with growing pauses."""

    name: str
    arguments: list[str]
    log: Path
    environment: dict[str, str]
    pass_fds: tuple[int, ...] = ()
    _process: subprocess.Popen[bytes] | None = None
    _started_at: float = 0.0
    _failures: int = 0
    _not_before: float = 0.0

    @property
    def pid(self) -> int | None:
        """Its process id while it runs."""
        running = self._process is not None and self._process.poll() is None
        return self._process.pid if self._process is not None and running else None

    def start(self) -> None:
        """Start it, writing to its log file."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        rotate(self.log)
        self._started_at = time.monotonic()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "fellesgrep.cli", *self.arguments, "--stop-with-parent"],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.environment},
                pass_fds=self.pass_fds,
                start_new_session=True,  # Ctrl-C in the terminal is the supervisor's to handle
            )

    def look_after(self, say: Callable[[str], None]) -> None:
        """Notice its death and start it again when its pause is over."""
        now = time.monotonic()
        if self._process is not None and self._process.poll() is not None:
            self._failures = 0 if now - self._started_at > STEADY_AFTER_SECONDS else self._failures
            pause = 0.0 if self._failures == 0 else min(2.0**self._failures, LONGEST_PAUSE_SECONDS)
            say(
                f"The {self.name} stopped (exit status {self._process.returncode}); "
                f"starting it again{f' in {pause:.0f} s' if pause else ''}. See {self.log}"
            )
            self._failures += 1
            self._process, self._not_before = None, now + pause
        if self._process is None and now >= self._not_before:
            self.start()

    def stop(self) -> None:
        """Ask it to finish, and end it when it does not."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


@dataclass
class Supervisor:
    """Starts everything in order, looks after it, and stops it in the opposite order."""

    settings: Settings
    progress: Progress
    prepare: Callable[[str], None]  # migrations and demo data, before API and worker start
    when_ready: Callable[[str], None]  # says where it is and how to get in
    _children: list[Child] = field(default_factory=list)
    _stop_asked: Event = field(default_factory=Event)
    _ready: bool = False

    def run(self) -> None:
        """Run until asked to stop. Raises AlreadyRunning or a Refusal."""
        host, port, data_dir = self.settings.host, self.settings.port, self.settings.data_dir
        with (
            _only_one(data_dir, self.settings.own_url) as was_killed,
            _interrupts(self._on_signal),
            _listening(host, port, patience=PORT_SECONDS if was_killed else 0) as listener,
        ):
            try:
                self._start(listener)
                while not self._stop_asked.wait(LOOK_SECONDS):
                    self._look_after()
            except KeyboardInterrupt:
                pass
            finally:
                self._stop()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        """First time: finish in order. Second time: at once."""
        if self._stop_asked.is_set():
            for child in self._children:
                child.kill()
            return
        self._stop_asked.set()
        if not self._ready:
            raise KeyboardInterrupt

    def _start(self, listener: socket.socket) -> None:
        url = self.settings.database_url
        if url is None:
            with self.progress.step("Database"):
                url = embedded_postgres.ensure_running(self.settings.data_dir)
        self.prepare(url)
        environment = {"FELLESGREP_DATABASE_URL": url}
        logs = self.settings.data_dir.expanduser().resolve() / "log"
        descriptor = listener.fileno()
        self._children = [
            Child("worker", ["worker"], logs / "worker.log", environment),
            Child(
                "API",
                ["serve", "--socket", str(descriptor)],
                logs / "api.log",
                environment,
                (descriptor,),
            ),
        ]
        with self.progress.step("API, worker and user interface"):
            for child in self._children:
                child.start()
            self._wait_until_ready(listener)
        self._ready = True
        self.when_ready(url)

    def _wait_until_ready(self, listener: socket.socket) -> None:
        give_up_at, said = time.monotonic() + READY_SECONDS, ""
        host, port = listener.getsockname()[:2]
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (not bound here)
        probe = f"http://{f'[{host}]' if ':' in host else host}:{port}/health/ready"
        while time.monotonic() < give_up_at:
            for child in self._children:
                if child.pid is None:
                    raise Refusal(
                        f"The {child.name} does not start: see {child.log}\n{tail(child.log)}"
                    )
            try:
                answer = httpx2.get(probe, timeout=5)
                if answer.status_code == httpx2.codes.OK:
                    return
                said = answer.text
            except httpx2.HTTPError as error:
                said = str(error)
            time.sleep(0.1)
        raise Refusal(f"Not ready after {READY_SECONDS} s ({said}); see {self._children[-1].log}")

    def _look_after(self) -> None:
        if self.settings.database_url is None and not embedded_postgres.is_running(
            self.settings.data_dir
        ):
            self.progress.note("The database stopped; starting it again.")
            try:
                embedded_postgres.ensure_running(self.settings.data_dir)
            except embedded_postgres.EmbeddedPostgresError as error:
                self.progress.note(str(error))
        for child in self._children:
            child.look_after(self.progress.note)

    def _stop(self) -> None:
        self._stop_asked.set()
        with self.progress.step("Stopping"):
            for child in reversed(self._children):
                child.stop()
            if self.settings.database_url is None:
                embedded_postgres.stop(self.settings.data_dir)


@contextmanager
def _interrupts(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Ctrl-C, an orderly end and a closed terminal all mean: stop."""
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, handler) for number in signals]
    try:
        yield
    finally:
        for number, earlier in zip(signals, before, strict=True):
            signal.signal(number, earlier)


@contextmanager
def _only_one(data_dir: Path, address: str) -> Iterator[bool]:
    """Hold the data directory's lock, which the system gives back however we end.

    Yields whether the run before ended without cleaning up.
    """
    folder = data_dir.expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        state = (folder / "running.json").open("a+")
    except OSError as error:
        raise Refusal(
            f"Cannot write to {folder} ({error.strerror}); choose another FELLESGREP_DATA_DIR."
        ) from error
    with state:
        try:
            fcntl.flock(state, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(_describe(state, folder)) from None
        state.seek(0)
        was_killed = bool(state.read())
        state.truncate(0)
        state.write(json.dumps({"pid": os.getpid(), "address": address}))
        state.flush()
        yield was_killed
        state.truncate(0)


def _describe(state: TextIO, folder: Path) -> str:
    state.seek(0)
    try:
        found = json.loads(state.read())
    except ValueError:
        return f"Fellesgrep is already starting on {folder}."
    return (
        f"Fellesgrep already runs at {found['address']} (process {found['pid']}). For a second one "
        "beside it, set another FELLESGREP_PORT and FELLESGREP_DATA_DIR."
    )


@contextmanager
def _listening(host: str, port: int, *, patience: float) -> Iterator[socket.socket]:
    """Open the port; with patience, for children of a killed supervisor to let go of it."""
    give_up_at = time.monotonic() + patience
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    while True:
        try:
            listener = socket.create_server((host, port), family=family, backlog=2048)
            break
        except PermissionError as error:
            raise Refusal(
                f"Port {port} is for root only; set FELLESGREP_PORT to one above 1023."
            ) from error
        except OSError as error:
            if time.monotonic() > give_up_at:
                raise Refusal(
                    f"Cannot listen on {host}:{port} ({os.strerror(error.errno or 0)}); "
                    f"free the port, or choose another: FELLESGREP_PORT={port + 1} make run"
                ) from error
            time.sleep(0.2)
    with listener:
        yield listener
