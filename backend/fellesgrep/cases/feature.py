"""What cases contribute to the application."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fellesgrep.cases import confirming, pages
from fellesgrep.cases.clearance import OPERATIONS_OF_CLEARANCE, hear_of_meeting
from fellesgrep.cases.models import Case, CaseParty
from fellesgrep.cases.operations import OPERATIONS_OF_CASES, responsible_of
from fellesgrep.cases.pausing import resume_due
from fellesgrep.cases.progress import on_instance_ended, on_stage_entered
from fellesgrep.cases.routes import router
from fellesgrep.core import audit
from fellesgrep.core.audit import Subject
from fellesgrep.core.events import on
from fellesgrep.core.jobs import JOBS, Job
from fellesgrep.core.registry import Registry
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import ROUTERS
from fellesgrep.identity.access import PLACES
from fellesgrep.identity.policy import Place
from fellesgrep.notifications.service import queue_message
from fellesgrep.notifications.slots import MESSAGE_TEXTS, MessageBounced, MessageText
from fellesgrep.partners.events import EngagementLogged
from fellesgrep.partners.models import Partner
from fellesgrep.portal.slots import PORTAL_PAGES
from fellesgrep.workflow.events import InstanceEnded, StageEntered
from fellesgrep.workflow.models import WAITING, Task
from fellesgrep.workflow.operations import ASSIGNERS, ITEM_NAMES, OPERATIONS

AUDIT_KINDS = (
    "confirmation_asked",
    "expectations_confirmed",
    "expectations_commented",
    "opened",
    "edited",
    "party_added",
    "party_removed",
    "handed_over",
    "stage_entered",
    "closed",
    "held",
    "held_until",
    "resumed",
    "reopened",
    "clarified",
    "parties_settled",
    "party_cleared",
    "party_refused",
)


def _numbers(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    rows = session.execute(select(Case.id, Case.number).where(Case.id.in_(ids)))
    return {row.id: row.number for row in rows}


def _party_names(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    rows = session.execute(
        select(CaseParty.id, Partner.name)
        .join(Partner, Partner.id == CaseParty.partner_id)
        .where(CaseParty.id.in_(ids))
    )
    return {row.id: row.name for row in rows}


def _place(session: Session, case_id: UUID) -> Place | None:
    """A case stands in its area, with who is responsible and who has an open task in it."""
    assigned = (
        select(func.array_agg(Task.assignee_id))
        .where(
            Task.subject_kind == "case",
            Task.subject_id == case_id,
            Task.status.in_(WAITING),
            Task.assignee_id.is_not(None),
        )
        .scalar_subquery()
    )
    row = session.execute(
        select(Case.area_id, Case.responsible_id, assigned.label("assigned")).where(
            Case.id == case_id
        )
    ).first()
    if row is None:
        return None
    return Place(row.area_id, frozenset({row.responsible_id, *(row.assigned or ())}))


def _tell_of_bounce(tx: Tx, bounced: MessageBounced) -> None:
    """Tell who is responsible for a case that mail to a contact person comes back."""
    message = bounced.message
    if message.subject_kind != "case" or message.recipient_kind != "contact":
        return
    case = tx.session.get_one(Case, message.subject_id)
    queue_message(
        tx,
        "cases.mail_came_back",
        to=Subject("person", case.responsible_id),
        subject=Subject("case", case.id),
        params={
            "case": audit.ref("case", case.id),
            "contact": audit.ref("contact", message.recipient_id),
        },
    )


def register(registry: Registry) -> None:
    """Add routes, numbers and places of cases, what steps may do with them, and audit kinds."""
    registry.put(ROUTERS, "cases", router)
    registry.put(ROUTERS, "cases.pages", pages.router)
    registry.put(PORTAL_PAGES, confirming.PURPOSE, pages.PAGE)
    asked = MessageText("cases.mail.confirm_expectations", "portal", confirming.PURPOSE)
    registry.put(MESSAGE_TEXTS, "cases.confirm_expectations", asked)
    answered = MessageText("cases.mail.expectations_answered", "own_page", "/cases/{id}/show")
    registry.put(MESSAGE_TEXTS, "cases.expectations_answered", answered)
    came_back = MessageText("cases.mail.mail_came_back", "own_page", "/cases/{id}/show")
    registry.put(MESSAGE_TEXTS, "cases.mail_came_back", came_back)
    on(registry, MessageBounced, _tell_of_bounce)
    registry.put(audit.LABELS, "case", _numbers)
    registry.put(PLACES, "case", _place)
    registry.put(JOBS, "cases.resume_due", Job(resume_due, cron="*/5 * * * *"))
    for name, operation in (OPERATIONS_OF_CASES | OPERATIONS_OF_CLEARANCE).items():
        registry.put(OPERATIONS, name, operation)
    registry.put(ASSIGNERS, "role:liaison", responsible_of)
    registry.put(ITEM_NAMES, "party_clearance", _party_names)
    on(registry, EngagementLogged, hear_of_meeting)
    on(registry, StageEntered, on_stage_entered)
    on(registry, InstanceEnded, on_instance_ended)
    for kind in AUDIT_KINDS:
        audit.register(registry, f"case:{kind}", f"cases.audit.{kind}")
