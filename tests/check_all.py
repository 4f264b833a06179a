"""Everything that `make test` checks, with one line each; pytest comes last.

python -m tests.check_all
"""

import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
FRONTEND = ROOT / "frontend"
BIN = Path(sys.executable).parent
PROJECT_NPM = ROOT / ".cache/npm/node_modules/.bin/npm"
NPM = str(PROJECT_NPM) if PROJECT_NPM.exists() else shutil.which("npm") or "npm"
AT_ONCE = 2


@dataclass(frozen=True)
class Check:
    """A program that must succeed."""

    name: str
    command: tuple[str, ...]
    folder: Path = ROOT


CHECKS = (
    Check("strict types (mypy)", (str(BIN / "mypy"),)),
    Check("user interface: types", (NPM, "run", "typecheck"), FRONTEND),
    Check("user interface: tests", (NPM, "test"), FRONTEND),
    Check("user interface: style", (NPM, "run", "lint"), FRONTEND),
    Check("imports go one way (import-linter)", (str(BIN / "lint-imports"), "--no-logo")),
    Check("format (ruff)", (str(BIN / "ruff"), "format", "--check", ".")),
    Check("style (ruff)", (str(BIN / "ruff"), "check", ".")),
)


def run(check: Check) -> bool:
    """Run a check quietly; what a failed one said is shown."""
    began = time.monotonic()
    result = subprocess.run(
        check.command,
        cwd=check.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    failed = result.returncode != 0
    said = f"\n{result.stdout.rstrip()}\n" if failed else ""
    seconds = time.monotonic() - began
    print(f"{'✗' if failed else '✓'} {check.name} ({seconds:.0f} s){said}", flush=True)
    return not failed


def main() -> int:
    """Run all checks, then the tests; 0 when everything held."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        held = list(pool.map(run, CHECKS))
    tests = subprocess.run(
        [BIN / "pytest", "-n", str(AT_ONCE), "--dist", "loadgroup", "-q"], cwd=ROOT, check=False
    )
    failed = [check.name for check, good in zip(CHECKS, held, strict=True) if not good]
    if failed:
        print(f"✗ failed before the tests (see above): {', '.join(failed)}")
    return 1 if failed else tests.returncode


if __name__ == "__main__":
    sys.exit(main())
