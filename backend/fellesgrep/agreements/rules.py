"""The statuses of an agreement and the ways between them, as one table."""

from collections.abc import Mapping
from enum import StrEnum


class Status(StrEnum):
    """Where an agreement stands."""

    DRAFTING = "drafting"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    OUT_FOR_SIGNATURE = "out_for_signature"
    SIGNED = "signed"
    SEALING = "sealing"
    SEALED = "sealed"
    DECLINED = "declined"
    VOIDED = "voided"
    RETURNED = "returned"
    ENDED = "ended"


MOVES: Mapping[Status, frozenset[Status]] = {
    Status.DRAFTING: frozenset({Status.IN_REVIEW, Status.VOIDED}),
    Status.IN_REVIEW: frozenset({Status.DRAFTING, Status.APPROVED, Status.VOIDED}),
    Status.APPROVED: frozenset({Status.OUT_FOR_SIGNATURE, Status.VOIDED}),
    Status.OUT_FOR_SIGNATURE: frozenset(
        {Status.SIGNED, Status.DECLINED, Status.VOIDED, Status.RETURNED}
    ),
    Status.SIGNED: frozenset({Status.SEALING, Status.VOIDED}),
    Status.SEALING: frozenset({Status.SEALED}),
    Status.SEALED: frozenset({Status.ENDED}),
    Status.DECLINED: frozenset(),
    Status.VOIDED: frozenset(),
    Status.RETURNED: frozenset(),
    Status.ENDED: frozenset(),
}
"""From each status, where an agreement can go."""

OVER = frozenset(status for status, onward in MOVES.items() if not onward)
"""Statuses of an agreement that nothing more happens to."""
