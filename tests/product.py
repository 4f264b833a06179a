"""The whole product as a user starts it, for tests and measurements."""

import os
import queue
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import psutil

READY = "Fellesgrep runs at "
FELLESGREP = (sys.executable, "-m", "fellesgrep.cli")


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """This process's environment, with other settings of Fellesgrep than its own."""
    plain = {name: value for name, value in os.environ.items() if "FELLESGREP_" not in name}
    given = {"DATA_DIR": str(data_dir), **settings}
    return plain | {f"FELLESGREP_{name}": value for name, value in given.items()}


def fellesgrep(
    *arguments: str, data_dir: Path, **settings: str
) -> "subprocess.CompletedProcess[str]":
    """Run a command of the command line to its end."""
    return subprocess.run(
        [*FELLESGREP, *arguments],
        env=environment(data_dir, **settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@contextmanager
def fresh_data_dir() -> Iterator[Path]:
    """An empty folder that the database's own user can get at; pytest's are closed to others."""
    with tempfile.TemporaryDirectory(prefix="fellesgrep-test-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@contextmanager
def copy_of(data_dir: Path) -> Iterator[Path]:
    """A copy of the data folder of a product that does not run."""
    with fresh_data_dir() as folder:
        subprocess.run(["cp", "-a", f"{data_dir}/.", str(folder)], check=True)
        yield folder


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


def eventually(condition: Callable[[], object], *, seconds: float = 30) -> None:
    """Wait until something holds; fails when it does not in time."""
    give_up_at = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up_at, "it did not come about in time"
        time.sleep(0.05)


class Product:
    """`fellesgrep up` on a port of its own."""

    def __init__(self, data_dir: Path, **settings: str) -> None:
        self.data_dir, self.port = data_dir, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.said: list[str] = []
        self._environment = environment(data_dir, PORT=str(self.port), **settings)
        self._process: subprocess.Popen[str] | None = None

    def start(self, *, seconds: float = 300) -> float:
        """Start it; returns how many seconds it took until it said where it runs."""
        began = time.monotonic()
        self._process = subprocess.Popen(
            [*FELLESGREP, "up"],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._listen, args=(self._process, lines), daemon=True).start()
        while (line := lines.get(timeout=seconds)) is not None:
            if line.startswith(READY):
                return time.monotonic() - began
        raise AssertionError("the product did not start:\n" + "\n".join(self.said))

    def stop(self, with_signal: int = signal.SIGINT) -> None:
        """Stop it as Ctrl-C does, and wait until it has."""
        assert self._process is not None
        self._process.send_signal(with_signal)
        self._process.wait(60)

    def kill(self) -> None:
        """End the supervisor at once, as a full memory or a careless hand does."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(60)

    def process(self, command: str) -> psutil.Process | None:
        """The `serve` or `worker` of this product, while it runs."""
        for process in psutil.process_iter(["cmdline"]):
            line = process.info["cmdline"] or []
            if command in line and "--stop-with-parent" in line and self._is_mine(process):
                return process
        return None

    def answers(self) -> bool:
        """Whether it says that it is ready."""
        try:
            return httpx2.get(f"{self.url}/health/ready", timeout=5).status_code == httpx2.codes.OK
        except httpx2.HTTPError:
            return False

    def _is_mine(self, process: psutil.Process) -> bool:
        try:
            return process.environ().get("FELLESGREP_DATA_DIR") == str(self.data_dir)
        except psutil.Error:
            return False

    def _listen(self, process: "subprocess.Popen[str]", lines: "queue.Queue[str | None]") -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.said.append(re.sub(r"\x1b\[[0-9;]*m", "", line.rstrip()))
            lines.put(self.said[-1])
        lines.put(None)


@contextmanager
def running_product(data_dir: Path, **settings: str) -> Iterator[Product]:
    """A product that is stopped at the end."""
    product = Product(data_dir, **settings)
    try:
        product.start()
        yield product
    finally:
        product.stop()
