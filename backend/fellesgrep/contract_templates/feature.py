"""What templates contribute to the application."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fellesgrep.contract_templates.approval import OPERATIONS_OF_TEMPLATES
from fellesgrep.contract_templates.case_variables import variables
from fellesgrep.contract_templates.clauses import feature as clauses
from fellesgrep.contract_templates.draft_routes import router as draft_router
from fellesgrep.contract_templates.letterhead_routes import router as letterhead_router
from fellesgrep.contract_templates.models import Template, TemplateVersion
from fellesgrep.contract_templates.reviewing import put_due_in_force, remind_of_reviews
from fellesgrep.contract_templates.routes import router
from fellesgrep.contract_templates.service import import_shipped
from fellesgrep.contract_templates.variables import VARIABLES
from fellesgrep.core import audit
from fellesgrep.core.delivery import DELIVERIES
from fellesgrep.core.jobs import JOBS, Job
from fellesgrep.core.registry import Registry
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import ROUTERS
from fellesgrep.identity.access import PLACES
from fellesgrep.identity.policy import EVERYWHERE, Place
from fellesgrep.notifications.slots import AGREEMENT_TYPES, MESSAGE_TEXTS, MessageText
from fellesgrep.workflow.operations import OPERATIONS

_TOLD = (
    "imported", "draft_begun", "draft_saved", "draft_discarded", "proposed", "approved",
    "rejected", "put_in_force", "retired", "review_set", "review_reminded",
)  # fmt: skip
_TEMPLATE_PAGE = "/templates/{id}/show"


def _names(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    rows = session.execute(
        select(TemplateVersion.template_id, TemplateVersion.manifest["title"]["nb"].astext)
        .where(TemplateVersion.template_id.in_(ids))
        .order_by(TemplateVersion.number)
    )
    return {row[0]: row[1] for row in rows}


def _types(tx: Tx) -> Mapping[str, audit.Label]:
    titles = tx.session.execute(
        select(Template.key, TemplateVersion.manifest["title"])
        .join(TemplateVersion, TemplateVersion.template_id == Template.id)
        .order_by(Template.key, TemplateVersion.number)
    )
    return {key: {"nn": title["nb"], "en": title["nb"], **title} for key, title in titles}


def _place(session: Session, template_id: UUID) -> Place | None:
    return EVERYWHERE if session.get(Template, template_id) else None


def register(registry: Registry) -> None:
    """Add routes, the shipped templates, the case's part of the variables, and audit kinds."""
    registry.put(ROUTERS, "contract_templates", router)
    registry.put(ROUTERS, "contract_templates.drafts", draft_router)
    registry.put(ROUTERS, "letterhead", letterhead_router)
    audit.register(registry, "letterhead:changed", "contract_templates.audit.letterhead_changed")
    clauses.register(registry)
    registry.put(DELIVERIES, "contract_templates", import_shipped)
    registry.put(VARIABLES, "contract_templates", variables)
    registry.put(audit.LABELS, "template", _names)
    registry.put(AGREEMENT_TYPES, "contract_templates", _types)
    registry.put(PLACES, "template", _place)
    for name, operation in OPERATIONS_OF_TEMPLATES.items():
        registry.put(OPERATIONS, name, operation)
    for kind in _TOLD:
        audit.register(registry, f"template:{kind}", f"contract_templates.audit.{kind}")
    review_due = MessageText(
        "contract_templates.mail.review_due", "own_page", _TEMPLATE_PAGE, unhurried=True
    )
    registry.put(MESSAGE_TEXTS, "contract_templates.review_due", review_due)
    registry.put(JOBS, "contract_templates.put_due", Job(put_due_in_force, cron="2 * * * *"))
    registry.put(JOBS, "contract_templates.remind", Job(remind_of_reviews, cron="20 6 * * *"))
