"""Reminds those of their promises who have not kept them yet."""

from uuid import UUID

from sqlalchemy import select

from fellesgrep.cases.models import Case, CaseParty
from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.tx import Tx
from fellesgrep.follow_up.models import Obligation
from fellesgrep.follow_up.rules import Status
from fellesgrep.notifications.service import queue_message


def remind(tx: Tx, case_id: UUID) -> None:
    """Write to each party that has something left to do, and to the one responsible."""
    waiting = tx.session.scalars(
        select(Obligation)
        .where(Obligation.case_id == case_id, Obligation.status == Status.OPEN)
        .order_by(Obligation.due_on, Obligation.id)
    ).all()
    if not waiting:
        return
    due_on = {"due_on": waiting[0].due_on.isoformat()}
    for contact_id in _contacts(tx, {each.party_id for each in waiting if each.party_id}):
        _write(tx, case_id, "follow_up.due", Subject("contact", contact_id), due_on)
    responsible = Subject("person", tx.session.get_one(Case, case_id).responsible_id)
    _write(tx, case_id, "follow_up.due_here", responsible, due_on)


def _contacts(tx: Tx, party_ids: set[UUID]) -> list[UUID]:
    found = tx.session.scalars(
        select(CaseParty.contact_id)
        .where(CaseParty.id.in_(party_ids), CaseParty.contact_id.is_not(None))
        .order_by(CaseParty.id)
    )
    return [contact_id for contact_id in found if contact_id is not None]


def _write(tx: Tx, case_id: UUID, kind: str, to: Subject, due_on: dict[str, str]) -> None:
    subject = Subject("case", case_id)
    queue_message(tx, kind, to=to, subject=subject, params={"case": ref("case", case_id)} | due_on)
