"""What the clause library contributes to the application."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fellesgrep.contract_templates.clauses.draft_routes import router as draft_router
from fellesgrep.contract_templates.clauses.models import Clause, ClauseVersion
from fellesgrep.contract_templates.clauses.routes import router
from fellesgrep.core import audit
from fellesgrep.core.registry import Registry
from fellesgrep.core.web import ROUTERS
from fellesgrep.identity.access import PLACES
from fellesgrep.identity.policy import EVERYWHERE, Place
from fellesgrep.notifications.slots import MESSAGE_TEXTS, MessageText

_TOLD = (
    "imported", "draft_begun", "draft_saved", "draft_discarded", "sent", "sent_back", "approved",
    "put_in_force", "retired", "review_set", "review_reminded", "carried",
)  # fmt: skip
_PAGE = "/clauses/{id}/show"


def _names(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    rows = session.execute(
        select(ClauseVersion.clause_id, ClauseVersion.title["nb"].astext)
        .where(ClauseVersion.clause_id.in_(ids))
        .order_by(ClauseVersion.number)
    )
    return {row[0]: row[1] for row in rows}


def _place(session: Session, clause_id: UUID) -> Place | None:
    return EVERYWHERE if session.get(Clause, clause_id) else None


def register(registry: Registry) -> None:
    """Add routes, messages and audit kinds."""
    registry.put(ROUTERS, "clauses", router)
    registry.put(ROUTERS, "clauses.drafts", draft_router)
    registry.put(audit.LABELS, "clause", _names)
    registry.put(PLACES, "clause", _place)
    for kind in _TOLD:
        audit.register(registry, f"clause:{kind}", f"contract_templates.clause.audit.{kind}")
    for name in ("clause_sent", "clause_review_due"):
        message = MessageText(f"contract_templates.mail.{name}", "own_page", _PAGE)
        registry.put(MESSAGE_TEXTS, f"contract_templates.{name}", message)
