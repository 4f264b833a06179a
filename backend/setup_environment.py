"""Set up everything that `make run` and `make test` need. Runs on any Python, before all else.

    python3 backend/setup_environment.py run     # what the product needs
    python3 backend/setup_environment.py test    # and what the tests need

Each step leaves a stamp of what it was made from and is skipped while that is unchanged, so a
second call takes a moment. What the steps print goes to `.cache/setup.log`.
"""

from __future__ import annotations

import ctypes
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import typing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache"
VENV = ROOT / ".venv"
FRONTEND = ROOT / "frontend"
LOG = CACHE / "setup.log"
PYTHON = (3, 11)
NODE = 20
NPM = 11
ADVICE = "install it from nodejs.org or your system's packages"

# What WeasyPrint loads, and the Debian package of each.
SYSTEM_LIBRARIES = {
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}
TEST_PROGRAMS = {"chromium": "chromium", "pdfsig": "poppler-utils", "qpdf": "qpdf"}


class Refusal(Exception):
    """One line: what is missing, and how to get it."""


class Board:
    """Shows what is under way and what is done, from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[str, float] = {}
        self._live = sys.stdout.isatty()

    def begin(self, name: str) -> None:
        """Show that a step has begun."""
        with self._lock:
            self._running[name] = time.monotonic()
            if not self._live:
                print(f"… {name}", flush=True)

    def end(self, name: str, mark: str) -> None:
        """Show how a step went."""
        with self._lock:
            seconds = time.monotonic() - self._running.pop(name)
            self._clear()
            print(f"{mark} {name} ({seconds:.0f} s)", flush=True)

    def tick(self) -> None:
        """Redraw the line of running steps."""
        with self._lock:
            if self._live and self._running:
                now = time.monotonic()
                steps = " · ".join(f"{n} {now - t:.0f} s" for n, t in self._running.items())
                self._clear()
                print(f"… {steps}", end="", flush=True)

    def _clear(self) -> None:
        if self._live:
            print("\r\033[K", end="")


BOARD = Board()


def step(name: str, work: typing.Callable[[], None]) -> None:
    """Do a piece of work that takes a while, and show it."""
    BOARD.begin(name)
    try:
        work()
    except BaseException:
        BOARD.end(name, "✗")
        raise
    BOARD.end(name, "✓")


def together(*works: typing.Callable[[], None]) -> None:
    """Do several things at once; the first failure is raised when all have ended."""
    failures: list[BaseException] = []

    def guarded(work: typing.Callable[[], None]) -> None:
        try:
            work()
        except BaseException as failure:  # noqa: BLE001 (raised again by the main thread)
            failures.append(failure)

    threads = [threading.Thread(target=guarded, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        time.sleep(0.2)
        BOARD.tick()
    if failures:
        raise failures[0]


def run(command: list[str], *, cwd: Path = ROOT, environment: dict[str, str] | None = None) -> None:
    """Run a program quietly; when it fails, show the end of what it said."""
    result = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    with LOG.open("a") as log:
        log.write(f"$ {' '.join(command)}\n{result.stdout}\n")
    if result.returncode:
        last = "\n".join(result.stdout.strip().splitlines()[-12:])
        raise Refusal(f"{' '.join(command[:4])} … failed (all of it: {LOG}):\n{last}")


def answer(command: list[str]) -> str | None:
    """Return what a program prints, or None if it is missing or fails."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def digest(*paths: Path, also: str = "") -> str:
    """Return a digest of files and a word."""
    total = hashlib.sha256(also.encode())
    for path in paths:
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def is_stamped(stamp: Path, mark: str) -> bool:
    """Tell whether a step was done from exactly this."""
    return stamp.exists() and stamp.read_text() == mark


def install_packages(packages: list[str], purpose: str) -> None:
    """Install Debian packages where that is allowed, or name them."""
    command = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") is None:
        raise Refusal(f"{purpose}: please install what Debian calls {' '.join(packages)}.")
    if sudo and answer(["sudo", "-n", "true"]) is None:
        raise Refusal(f"{purpose}: please run  sudo {command}")

    def work() -> None:
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        run([*sudo, "apt-get", "update"], environment=quiet)
        run([*sudo, *command.split()], environment=quiet)

    step(f"System packages: {' '.join(packages)}", work)


# --- Python ---------------------------------------------------------------------------------


def ensure_python(lock: Path) -> None:
    """See to `.venv` with exactly the locked packages and this project."""
    version = ".".join(map(str, sys.version_info[:2]))
    mark = digest(lock, ROOT / "pyproject.toml", also=f"{VENV} {version}")
    stamp = VENV / f".stamp-{lock.stem}"
    if is_stamped(stamp, mark):
        return

    def work() -> None:
        ensure_venv(version)
        pip = [str(VENV / "bin/python"), "-m", "pip", "install", "--disable-pip-version-check"]
        run([*pip, "--require-hashes", "--no-deps", "-r", str(lock)])
        run([*pip, "--no-deps", "--no-index", "--no-build-isolation", "--editable", str(ROOT)])
        stamp.write_text(mark)

    step("Python packages", work)


def ensure_venv(version: str) -> None:
    """Make `.venv`, or make it anew when its Python has gone or it was moved here."""
    python = VENV / "bin/python"
    report = "import sys; print('%d.%d %s' % (*sys.version_info[:2], sys.prefix))"
    if answer([str(python), "-c", report]) == f"{version} {VENV}" and answer(
        [str(python), "-m", "pip", "--version"]
    ):
        return
    if answer([sys.executable, "-c", "import ensurepip, venv"]) is None:
        package = (
            "python3-venv" if sys.executable == "/usr/bin/python3" else f"python{version}-venv"
        )
        install_packages([package], "Python's venv module is missing")
    run([sys.executable, "-m", "venv", "--clear", str(VENV)])


def ensure_system_libraries() -> None:
    """See to the libraries that WeasyPrint needs."""
    if sys.platform != "linux":
        return  # `fellesgrep doctor` tells there
    missing = sorted({package for name, package in SYSTEM_LIBRARIES.items() if not loads(name)})
    if missing:
        install_packages(missing, "Libraries for making PDF files are missing")


def loads(library: str) -> bool:
    """Tell whether the system finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


# --- Node -----------------------------------------------------------------------------------


def ensure_node() -> str:
    """Return the version of Node, if it is there and new enough."""
    node = answer(["node", "--version"])
    if node is None:
        raise Refusal(f"Node {NODE} or newer is missing: {ADVICE}.")
    if major(node) < NODE:
        raise Refusal(f"Node {NODE} or newer is needed, this is {node}: {ADVICE}.")
    return node


def ensure_npm() -> str:
    """Return an npm that is new enough; install one inside the project when needed."""
    npm = answer(["npm", "--version"])
    if npm is None:
        raise Refusal(f"npm is missing beside Node: {ADVICE}.")
    if major(npm) >= NPM:
        return "npm"
    own = CACHE / "npm/node_modules/.bin/npm"
    if major(answer([str(own), "--version"]) or "0") < NPM:
        command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(CACHE / "npm")]
        name = f"npm {NPM} for this project (the system has {npm})"
        step(name, lambda: run([*command, f"npm@{NPM}"]))
    return str(own)


def major(version: str) -> int:
    """Return the first number of a version."""
    found = re.search(r"\d+", version)
    return int(found.group()) if found else 0


def ensure_frontend(node: str) -> None:
    """See to the packages of the user interface and to its build."""
    lock = FRONTEND / "package-lock.json"
    modules, built = FRONTEND / "node_modules/.stamp", CACHE / "frontend.stamp"
    mark = digest(lock, FRONTEND / "package.json", also=node)
    sources = digest(*frontend_sources(), also=mark)
    installed = is_stamped(modules, mark)
    if installed and (FRONTEND / "dist").exists() and is_stamped(built, sources):
        return
    npm = ensure_npm()

    def install() -> None:
        run([npm, "ci", "--no-audit", "--no-fund"], cwd=FRONTEND)
        modules.write_text(mark)

    def build() -> None:
        run([npm, "run", "build"], cwd=FRONTEND)
        built.write_text(sources)

    if not installed:
        step("User interface: packages", install)
    step("User interface: build", build)


def frontend_sources() -> list[Path]:
    """Return the files that the build is made from."""
    made = {"node_modules", "dist"}
    return sorted(
        path
        for path in FRONTEND.rglob("*")
        if path.is_file() and not made & set(path.relative_to(FRONTEND).parts)
    )


# --- all of it ------------------------------------------------------------------------------


def set_up(purpose: str) -> None:
    """Do what is not done yet."""
    ensure_system_libraries()
    if purpose == "test":
        missing = [name for program, name in TEST_PROGRAMS.items() if shutil.which(program) is None]
        if missing:
            install_packages(missing, "Programs that the tests use are missing")
    locks = {"run": "requirements.lock", "test": "requirements-dev.lock"}
    node = ensure_node()
    together(
        lambda: ensure_python(ROOT / "backend" / locks[purpose]),
        lambda: ensure_frontend(node),
    )


def main() -> int:
    """Set up for the purpose given; 1 with a line when it cannot be done."""
    if sys.version_info < PYTHON:
        wanted = ".".join(map(str, PYTHON))
        print(f"✗ Python {wanted} or newer is needed: make run PYTHON=python{wanted}")
        return 1
    CACHE.mkdir(exist_ok=True)
    try:
        with (CACHE / "setup.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("… waiting for another set-up of this folder", flush=True)
                fcntl.flock(lock, fcntl.LOCK_EX)
            LOG.write_text("")
            set_up(sys.argv[1] if len(sys.argv) > 1 else "run")
    except Refusal as refusal:
        print(f"✗ {refusal}")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
