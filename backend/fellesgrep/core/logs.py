"""How the log is written: never with the values of variables, which may be links and codes."""

import io
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def _visible(text: str) -> str:
    """Write out what would begin a new line, or steer the terminal of whoever reads the log."""
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def _as_one_line(
    _logger: object, _name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = _visible(value)
    return event


def _indented(out: TextIO, failure: Any) -> None:
    """Write a traceback whose every line begins with a margin, so that none passes for an entry."""
    whole = io.StringIO()
    structlog.dev.plain_traceback(whole, failure)
    out.writelines(f"\n    {_visible(line)}" for line in whole.getvalue().rstrip().split("\n"))


def write_plain_logs(file: TextIO | None = None) -> None:
    """Set up the log of this process (default: standard output).

    Left alone, structlog prints every local variable of a traceback where `rich` is installed:
    a mail that cannot be sent would leave its recipient's link in the log.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _as_one_line,
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=_indented),
        ],
        logger_factory=structlog.PrintLoggerFactory(file or sys.stdout),
    )
