"""Identifiers: UUIDv7 made in Python, so that rows sort by time of making."""

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """Return a fresh UUIDv7."""
    return uuid_utils.compat.uuid7()
