"""How the log is written: never with the values of variables, which may be links and codes."""

import sys
from typing import TextIO

import structlog


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
            structlog.dev.ConsoleRenderer(
                colors=False, exception_formatter=structlog.dev.plain_traceback
            ),
        ],
        logger_factory=structlog.PrintLoggerFactory(file or sys.stdout),
    )
