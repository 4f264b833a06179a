"""Partners and the municipality talk about a paper of a case: who said what, who can be asked.

Proposals and drafts of agreements are discussed in the same way. What is said lies in
`core.comments`; here it becomes threads with names, as pages and screens show them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from fellesgrep.cases.models import CaseParty
from fellesgrep.cases.service import parties
from fellesgrep.core.audit import Subject
from fellesgrep.core.comments import Comment, comments_on
from fellesgrep.core.problems import Invalid, NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.identity.models import Person
from fellesgrep.partners.models import Contact, Partner, Status
from fellesgrep.partners.service import contact_of


@dataclass(frozen=True)
class Said:
    """Something that was written, and by whom; only the first of a thread is ever resolved."""

    id: UUID
    text: str
    who: str
    of: str
    by_partner: bool
    at: datetime
    answers: tuple["Said", ...] = ()
    resolved: bool = False


@dataclass
class Names:
    """Who wrote, and for whom, by id; asked once each."""

    tx: Tx
    case_id: UUID
    known: dict[UUID, tuple[str, str]] = field(default_factory=dict)

    def of(self, kind: str, id_: UUID | None) -> tuple[str, str]:
        """Return the name of a `contact` or `person`, and their party or unit."""
        if id_ is None:
            return "", ""
        if id_ not in self.known:
            self.known[id_] = self._ask(kind, id_)
        return self.known[id_]

    def _ask(self, kind: str, id_: UUID) -> tuple[str, str]:
        if kind == "contact":
            contact = self.tx.session.get_one(Contact, id_)
            return contact.name, party_name_of(self.tx, self.case_id, id_)
        person = self.tx.session.get_one(Person, id_)
        return person.name, person.unit


def party_name_of(tx: Tx, case_id: UUID, contact_id: UUID) -> str:
    """Return which party of the case a contact person speaks for."""
    return (
        tx.session.scalar(
            select(Partner.name)
            .join(Contact, Contact.partner_id == Partner.id)
            .join(CaseParty, CaseParty.partner_id == Partner.id)
            .where(CaseParty.case_id == case_id, Contact.id == contact_id)
            .limit(1)
        )
        or ""
    )


def threads(tx: Tx, subject: Subject, case_id: UUID) -> list[tuple[str, Said]]:
    """Return the threads about a subject with the place each is about, oldest first."""
    written = comments_on(tx.session, subject)
    names = Names(tx, case_id)
    answers: dict[UUID, list[Said]] = {}
    for each in written:
        if each.answers_id is not None:
            answers.setdefault(each.answers_id, []).append(_said(names, each))
    return [
        (each.anchor, _said(names, each, tuple(answers.get(each.id, ()))))
        for each in written
        if each.answers_id is None
    ]


def _said(names: Names, row: Comment, answers: tuple[Said, ...] = ()) -> Said:
    who, of = names.of(row.author_kind, row.author_id)
    return Said(
        id=row.id,
        text=row.text,
        who=who,
        of=of,
        by_partner=row.author_kind == "contact",
        at=row.created_at,
        answers=answers,
        resolved=row.resolved_at is not None,
    )


def comment_about(tx: Tx, subject: Subject, comment_id: UUID) -> Comment:
    """Return a comment on a subject; raises `NotFound` for one on something else."""
    found = tx.session.get(Comment, comment_id)
    if found is None or Subject(found.subject_kind, found.subject_id) != subject:
        raise NotFound("core.problem.not_found")
    return found


@dataclass(frozen=True)
class Recipient:
    """A contact person whom something is sent to, and the party they speak for."""

    contact: Contact
    party: CaseParty
    party_name: str


def chosen(tx: Tx, case_id: UUID, contact_ids: Sequence[UUID], by: date) -> list[Recipient]:
    """Return the chosen contact persons of the case's parties, who are to answer by a day.

    Raises `Invalid` at `/contact_ids` or `/respond_by`, naming what is wrong.
    """
    if by <= tx.today():
        raise Invalid.at("/respond_by", "cases.problem.respond_by_passed")
    if not contact_ids:
        raise Invalid.at("/contact_ids", "cases.problem.nobody_chosen")
    present = {party.partner_id: party for party in parties(tx, case_id)}
    return [
        _recipient(tx, present, contact_id, f"/contact_ids/{position}")
        for position, contact_id in enumerate(dict.fromkeys(contact_ids))
    ]


def _recipient(tx: Tx, present: dict[UUID, CaseParty], contact_id: UUID, pointer: str) -> Recipient:
    contact = tx.session.get(Contact, contact_id)
    if contact is None or contact.partner_id not in present:
        raise Invalid.at(pointer, "partners.problem.not_their_contact")
    contact_of(tx, contact.partner_id, contact_id)
    if not contact.email:
        raise Invalid.at(pointer, "cases.problem.no_address", name=contact.name)
    partner = tx.session.get_one(Partner, contact.partner_id)
    return Recipient(contact, present[contact.partner_id], partner.name)


def could_be_chosen(tx: Tx, case_id: UUID) -> list[Recipient]:
    """Return the contact persons of the present parties, the leading party's first."""
    rows = tx.session.execute(
        select(Contact, CaseParty, Partner.name)
        .join(Partner, Partner.id == Contact.partner_id)
        .join(CaseParty, CaseParty.partner_id == Partner.id)
        .where(
            CaseParty.case_id == case_id,
            CaseParty.removed_at.is_(None),
            Contact.status == Status.ACTIVE,
        )
        .order_by(CaseParty.lead.desc(), Partner.name, Contact.name)
    ).all()
    return [Recipient(contact, party, name) for contact, party, name in rows]
