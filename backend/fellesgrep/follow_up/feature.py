"""What follow-up contributes to the application."""

from collections.abc import Mapping, Sequence
from textwrap import shorten
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fellesgrep.cases.slots import DEADLINES
from fellesgrep.core import audit, events
from fellesgrep.core.registry import Registry
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import ROUTERS
from fellesgrep.follow_up import my_agreements
from fellesgrep.follow_up.models import Obligation
from fellesgrep.follow_up.operations import CONCLUDE, PLAN_REMINDER, REMIND, START
from fellesgrep.follow_up.routes import router
from fellesgrep.follow_up.service import deadlines, drop_open
from fellesgrep.notifications.slots import MESSAGE_TEXTS, MessageText
from fellesgrep.workflow.events import InstanceEnded
from fellesgrep.workflow.operations import OPERATIONS

_LABEL = 90


def _names(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    rows = session.execute(
        select(Obligation.id, Obligation.description).where(Obligation.id.in_(ids))
    )
    return {row.id: shorten(row.description, _LABEL, placeholder=" …") for row in rows}


def _case_ended(tx: Tx, event: InstanceEnded) -> None:
    if event.subject.kind == "case":
        drop_open(tx, event.subject.id)


def register(registry: Registry) -> None:
    """Add routes, the steps of follow-up, names of obligations, and audit kinds."""
    registry.put(ROUTERS, "follow_up", router)
    registry.put(ROUTERS, "follow_up.pages", my_agreements.router)
    registry.put(OPERATIONS, "follow_up.start", START)
    registry.put(OPERATIONS, "follow_up.plan_reminder", PLAN_REMINDER)
    registry.put(OPERATIONS, "follow_up.remind", REMIND)
    registry.put(OPERATIONS, "follow_up.conclude", CONCLUDE)
    due = MessageText("follow_up.mail.due", reminder=True)
    registry.put(MESSAGE_TEXTS, "follow_up.due", due)
    to_case = MessageText(
        "follow_up.mail.due_here", maker="own_page", target="/cases/{id}/show", unhurried=True
    )
    registry.put(MESSAGE_TEXTS, "follow_up.due_here", to_case)
    registry.put(audit.LABELS, "obligation", _names)
    registry.put(DEADLINES, "follow_up", deadlines)
    events.on(registry, InstanceEnded, _case_ended)
    audit.register(registry, "follow_up:started", "follow_up.audit.started")
    audit.register(registry, "follow_up:concluded", "follow_up.audit.concluded")
    audit.register(registry, "obligation:fulfilled", "follow_up.audit.fulfilled")
    audit.register(registry, "obligation:dropped", "follow_up.audit.dropped")
