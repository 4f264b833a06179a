"""Whether the person named in a hand-over may sign for the party, as far as that is settled."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from fellesgrep.cases.models import CaseParty
from fellesgrep.core.ids import new_id
from fellesgrep.core.problems import FieldProblem
from fellesgrep.core.tx import Tx
from fellesgrep.partners.models import Contact, Status
from fellesgrep.signing import authority
from fellesgrep.signing.authority_rules import Known, Rule, link
from fellesgrep.signing.models import RequestStatus, SigningRequest, SigningRound
from fellesgrep.signing.rules import lacks

_OFF = frozenset({RequestStatus.DECLINED, RequestStatus.CLOSED})


def is_settled(tx: Tx, request: SigningRequest) -> bool:
    """Tell whether it is settled who may sign for the party of a request."""
    return authority.standing(tx, _party(tx, request)).rule is not None


def lacking(tx: Tx, request: SigningRequest, name: str, email: str) -> Iterator[FieldProblem]:
    """Yield who must sign beside them, were this person to sign in the request's place.

    They are known by name, also where they are no contact person yet.
    """
    party = _party(tx, request)
    found = authority.standing(tx, party)
    if found.rule is None or found.record is None:
        return
    known = authority.known_people(tx, party.partner_id)
    person = _contact(tx, party, email)
    if person is None:
        person = new_id()
        known.append(Known(person, name))
    rule = link(Rule.model_validate(found.record.rule), known)
    signing = tx.session.get_one(SigningRound, request.round_id)
    present: dict[UUID, date] = {
        each.contact_id: tx.today()
        for each in signing.requests
        if each.party_id == party.id and each.id != request.id and each.status not in _OFF
    }
    present |= authority.signed_for(signing.requests, party.id) | {person: tx.today()}
    yield from lacks(rule, present, found.partner.name)


def _party(tx: Tx, request: SigningRequest) -> CaseParty:
    return tx.session.get_one(CaseParty, request.party_id)


def _contact(tx: Tx, party: CaseParty, email: str) -> UUID | None:
    return tx.session.scalars(
        select(Contact.id)
        .where(
            Contact.partner_id == party.partner_id,
            func.lower(Contact.email) == email.lower(),
            Contact.status == Status.ACTIVE,
        )
        .order_by(Contact.id)
    ).first()
