"""How an agreement goes from one status to the next; each way is told in the case's history."""

from collections.abc import Mapping
from typing import Any

from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.rules import MOVES, Status
from fellesgrep.core.audit import Subject
from fellesgrep.core.problems import Conflict
from fellesgrep.core.tx import Tx


def subject_of(agreement: Agreement) -> Subject:
    """Return what the audit log knows an agreement by."""
    return Subject("agreement", agreement.id)


def tell(tx: Tx, agreement: Agreement, what: str, data: Mapping[str, Any] | None = None) -> None:
    """Write into the history of the agreement's case."""
    tx.audit(
        f"agreement:{what}",
        Subject("case", agreement.case_id),
        data,
        also=[subject_of(agreement)],
    )


def move(
    tx: Tx,
    agreement: Agreement,
    to: Status,
    what: str,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Bring an agreement to a status; raises `Conflict` where no way leads there."""
    if to not in MOVES[Status(agreement.status)]:
        raise Conflict("agreements.problem.cannot_move")
    agreement.status = to
    agreement.updated_at = tx.now()
    tx.session.flush()
    tell(tx, agreement, what, data)
