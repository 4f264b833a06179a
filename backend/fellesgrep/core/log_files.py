"""Log files of the processes that Fellesgrep starts, kept to a bounded size."""

from __future__ import annotations

from pathlib import Path

ROTATES_AT_BYTES = 10_000_000


def rotate(log: Path) -> None:
    """Set a big log file aside (one generation is kept), before its writer starts."""
    if log.exists() and log.stat().st_size > ROTATES_AT_BYTES:
        log.replace(log.with_name(f"{log.name}.1"))


def tail(log: Path, lines: int = 12) -> str:
    """Return the last lines of a log file."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 20_000))
        return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])
