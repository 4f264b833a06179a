"""A signing as the municipality's screens show it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from fellesgrep.cases.models import Case
from fellesgrep.cases.service import parties
from fellesgrep.core.languages import Language, say
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import Named
from fellesgrep.identity.access import Access
from fellesgrep.identity.models import Person
from fellesgrep.identity.policy import Place
from fellesgrep.partners.models import Contact, Partner, Status
from fellesgrep.signing import methods, rounds
from fellesgrep.signing.models import RequestStatus, SigningRequest, SigningRound
from fellesgrep.signing.rules import is_late
from fellesgrep.signing.schemas import (
    ContactChoice,
    MethodChoice,
    PartyChoice,
    RequestView,
    SignatoriesView,
    SignatureView,
)


def whole(
    access: Access, case_id: UUID, signing: SigningRound, language: Language
) -> SignatoriesView:
    """Return the plan, how it goes, and who could be chosen."""
    tx = access.tx
    place = Place(area_id=tx.session.get_one(Case, case_id).area_id)
    person = signing.countersigner_id and tx.session.get(Person, signing.countersigner_id)
    own = signing.countersignature
    return SignatoriesView(
        version=signing.version,
        signatories=[_request(tx, request) for request in signing.requests],
        countersigner=Named(id=person.id, name=person.name) if person else None,
        deadline_on=signing.deadline_on,
        sent_at=signing.sent_at,
        countersigned_at=own.signed_at if own else None,
        parties=_choices(tx, case_id),
        may_arrange=signing.sent_at is None and access.may("signing:arrange", place),
        may_resend=signing.sent_at is not None and access.may("signing:resend", place),
        may_recall=_is_open(signing) and access.may("signing:arrange", place),
        may_lower=signing.sent_at is None and access.may("signing:lower_method", place),
        may_take_paper=_is_open(signing) and access.may("signing:take_paper", place),
        methods=_methods(tx, language),
    )


def _methods(tx: Tx, language: Language) -> list[MethodChoice]:
    return [
        MethodChoice(
            key=method.key,
            label=say(language, f"signing.way.{method.key}"),
            about=say(language, f"signing.about.{method.key}"),
            missing=method.missing_setting(tx.house),
        )
        for method in methods.in_order(tx.house)
    ]


def _is_open(signing: SigningRound) -> bool:
    """Tell whether a signatory has still to answer, so that the agreement can be taken back."""
    asked = {RequestStatus.SENT, RequestStatus.REVOKED}
    return any(request.status in asked for request in signing.requests)


def _request(tx: Tx, request: SigningRequest) -> RequestView:
    waiting = request.status == RequestStatus.SENT
    return RequestView(
        id=request.id,
        party_id=request.party_id,
        party_name=request.party_name,
        contact_id=request.contact_id,
        name=request.name,
        role_title=request.role_title,
        reachable=rounds.reachable(tx, request),
        status=RequestStatus(request.status),
        late=waiting and is_late(request.deadline_on, tx.now()),
        deadline_on=request.deadline_on,
        sent_at=request.sent_at,
        answered_at=request.answered_at,
        decline_reason=request.decline_reason,
        order=request.signing_order,
        policy_method=request.policy_method,
        required_method=request.required_method,
        lowered_to=request.lowered_to,
        lowered_reason=request.lowered_reason,
    )


def _choices(tx: Tx, case_id: UUID) -> list[PartyChoice]:
    present = parties(tx, case_id)
    ids = [party.partner_id for party in present]
    rows = tx.session.execute(select(Partner.id, Partner.name).where(Partner.id.in_(ids)))
    names = {row.id: row.name for row in rows}
    contacts = tx.session.scalars(
        select(Contact)
        .where(Contact.partner_id.in_(ids), Contact.status == Status.ACTIVE)
        .order_by(Contact.name)
    ).all()
    return [
        PartyChoice(
            id=party.id,
            name=names[party.partner_id],
            contacts=_contacts(contacts, party.partner_id),
        )
        for party in present
    ]


def _contacts(contacts: Sequence[Contact], partner_id: UUID) -> list[ContactChoice]:
    return [
        ContactChoice(
            id=contact.id,
            name=contact.name,
            role_title=contact.role_title,
            reachable=bool(contact.email),
        )
        for contact in contacts
        if contact.partner_id == partner_id
    ]


def signatures(tx: Tx, signing: SigningRound, language: Language) -> list[SignatureView]:
    """Return the signatures given so far, the municipality's last."""
    given = [
        SignatureView(
            name=request.name,
            typed_name=request.typed_name or "",
            role_title=request.role_title,
            on_behalf_of=request.party_name,
            method=request.method or "",
            method_label=say(
                language,
                f"signing.method.{methods.called(request.method or '', request.evidence)}",
            ),
            signed_at=request.answered_at,
            shown_sha256=request.shown_sha256 or "",
        )
        for request in sorted(signing.requests, key=lambda each: str(each.answered_at))
        if request.status == RequestStatus.SIGNED and request.answered_at is not None
    ]
    own = signing.countersignature
    if own is not None:
        municipality = rounds.agreement_of(tx, signing).data["municipality"]["name"]
        given.append(
            SignatureView(
                name=own.name,
                typed_name=own.name,
                role_title=own.title,
                on_behalf_of=municipality,
                method=own.method,
                method_label=say(language, f"signing.method.{own.method}"),
                signed_at=own.signed_at,
                shown_sha256=own.shown_sha256,
            )
        )
    return given
