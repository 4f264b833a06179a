"""What a command line tells its user when it cannot go on."""

from __future__ import annotations


class Refusal(RuntimeError):
    """One plain line: what is wrong, and the way out. Shown without a traceback."""
