"""Which agreements hold which wording. Later packages, which know agreements, tell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from fellesgrep.core.registry import Slot


@dataclass(frozen=True)
class Use:
    """An agreement that is written from a version; `status_key` is the text of its status."""

    case_id: UUID
    case_number: str
    title: str
    version_id: UUID
    status: str
    status_key: str
    signed: bool


USES: Slot[Callable[[Session, UUID], Sequence[Use]]] = Slot("uses of a template")
"""Package name → function `(session, template_id)` that returns the agreements written from it."""
