"""Somebody who is asked to sign names the person who should: approved here before a link goes out.

The request stays the same step of the case. Whom it was sent to first is kept in its evidence,
and named on the document that was frozen before.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.cases.models import CaseParty
from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.db import Base, Row, one_of
from fellesgrep.core.problems import Conflict, FieldProblem, Invalid, NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.partners.models import Contact, Partner
from fellesgrep.partners.models import Status as ContactStatus
from fellesgrep.partners.rules import email_address
from fellesgrep.partners.service import add_contact
from fellesgrep.signing import choosing, hand_over_authority, rounds, sending
from fellesgrep.signing.models import RequestStatus, SigningRequest, SigningRound


class HandOverStatus(StrEnum):
    """What became of a wish to let somebody else sign."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"


class SigningHandOver(Base, Row):
    """Whom a signatory names in their own place, and what the municipality answered."""

    __tablename__ = "signing_hand_over"
    __table_args__ = (
        CheckConstraint(one_of("status", HandOverStatus), name="status"),
        CheckConstraint("(status = 'open') = (answered_at is null)", name="answered"),
        Index(
            "uq_signing_hand_over_open",
            "request_id",
            unique=True,
            postgresql_where=text("status = 'open'"),
        ),
        Index("ix_signing_hand_over_request_id", "request_id"),
    )
    request_id: Mapped[UUID] = mapped_column(ForeignKey("signing_request.id"))
    from_contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    name: Mapped[str]
    email: Mapped[str]
    role_title: Mapped[str]
    made_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(default=HandOverStatus.OPEN)
    reason: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), index=True, default=None
    )


def name_another(tx: Tx, request: SigningRequest, *, name: str, email: str, role: str) -> None:
    """Name who should sign instead, as the contact acting; the responsible is told.

    Nobody gets a link by this. Raises `Invalid` naming every wrong field, `Conflict` where a
    wish waits for its answer already.
    """
    given = {"name": " ".join(name.split()), "role_title": " ".join(role.split())}
    address = _checked(given, email)
    if wish_of(tx, request.id) is not None:
        raise Conflict("signing.problem.hand_over_waits")
    contact = tx.session.get_one(Contact, request.contact_id)
    if contact.email.casefold() == address.casefold():
        raise Invalid.at("/email", "signing.problem.hand_over_self")
    wish = SigningHandOver(
        request_id=request.id,
        from_contact_id=request.contact_id,
        email=address,
        made_at=tx.now(),
        **given,
    )
    tx.session.add(wish)
    tx.session.flush()
    signing = tx.session.get_one(SigningRound, request.round_id)
    _tell(tx, request, "hand_over_wanted")
    told = rounds.responsible_for(tx, signing)
    sending.write_to_person(
        tx,
        signing,
        told,
        "signing.hand_over_wanted",
        {"contact": ref("contact", request.contact_id)},
    )


def _checked(given: dict[str, str], email: str) -> str:
    faults = [
        FieldProblem(f"/{field}", "signing.problem.hand_over_missing", {})
        for field, value in given.items()
        if sum(letter.isalpha() for letter in value) < 2
    ]
    address = ""
    try:
        address = email_address(email.strip())
    except Invalid as problem:
        faults += [FieldProblem("/email", each.key, each.params) for each in problem.fields]
    if not address and not any(each.pointer == "/email" for each in faults):
        faults.append(FieldProblem("/email", "signing.problem.hand_over_missing", {}))
    if faults:
        raise Invalid("core.problem.invalid", fields=faults)
    return address


def wish_of(tx: Tx, request_id: UUID) -> SigningHandOver | None:
    """Return the wish of a request that waits for its answer."""
    return tx.session.scalar(
        select(SigningHandOver).where(
            SigningHandOver.request_id == request_id,
            SigningHandOver.status == HandOverStatus.OPEN,
        )
    )


def wishes_of(tx: Tx, signing: SigningRound) -> Sequence[SigningHandOver]:
    """Return every wish in a signing, oldest first."""
    return tx.session.scalars(
        select(SigningHandOver)
        .where(SigningHandOver.request_id.in_([request.id for request in signing.requests]))
        .order_by(SigningHandOver.id)
    ).all()


def approve(tx: Tx, case_id: UUID, wish_id: UUID) -> None:
    """Let the person named sign: earlier links are closed, and they get one of their own.

    Raises `Conflict` where the request is answered, they are asked to sign already, or it is
    settled who may sign for the party and it would not be bound.
    """
    wish, request, signing = _open(tx, case_id, wish_id)
    if request.status not in {RequestStatus.SENT, RequestStatus.REVOKED}:
        raise Conflict("signing.problem.not_open")
    contact = _contact(tx, request, wish)
    if any(each.contact_id == contact.id for each in signing.requests):
        raise Conflict("signing.problem.hand_over_signs_already", name=contact.name)
    for fault in hand_over_authority.lacking(tx, request, contact.name, contact.email):
        raise Conflict(fault.key, **fault.params)
    earlier = request.evidence.get("handed_over", [])
    request.evidence = request.evidence | {
        "handed_over": [
            *earlier,
            {
                "from": str(request.contact_id),
                "name": request.name,
                "role_title": request.role_title,
                "to": str(contact.id),
                "at": tx.now().isoformat(),
                "approved_by": str(tx.actor.id),
            },
        ]
    }
    request.contact_id, request.name = contact.id, contact.name
    request.role_title = contact.role_title
    choosing.forget_lowering(request)
    _close(tx, wish, HandOverStatus.APPROVED)
    _tell(tx, request, "handed_over")
    sending.resend(tx, signing, request, request.deadline_on or tx.today())


def reject(tx: Tx, case_id: UUID, wish_id: UUID, reason: str) -> None:
    """Say no, with a reason that the signatory reads on their page and is told of by mail."""
    wish, request, _ = _open(tx, case_id, wish_id)
    if not reason.strip():
        raise Invalid.at("/reason", "signing.problem.hand_over_reason")
    wish.reason = reason.strip()
    _close(tx, wish, HandOverStatus.REJECTED)
    _tell(tx, request, "hand_over_refused")
    if request.status == RequestStatus.SENT:
        sending.write(tx, request, "signing.hand_over_refused")


def last_refusal(tx: Tx, request: SigningRequest) -> SigningHandOver | None:
    """Return the last wish of a request's present person, where it was refused."""
    last = tx.session.scalars(
        select(SigningHandOver)
        .where(
            SigningHandOver.request_id == request.id,
            SigningHandOver.from_contact_id == request.contact_id,
        )
        .order_by(SigningHandOver.id.desc())
        .limit(1)
    ).first()
    return last if last and last.status == HandOverStatus.REJECTED else None


def _open(
    tx: Tx, case_id: UUID, wish_id: UUID
) -> tuple[SigningHandOver, SigningRequest, SigningRound]:
    signing = rounds.current_round(tx, case_id)
    rounds.lock(tx, signing)
    wish = tx.session.get(SigningHandOver, wish_id, populate_existing=True)
    request = next((r for r in signing.requests if wish and r.id == wish.request_id), None)
    if wish is None or request is None:
        raise NotFound("core.problem.not_found")
    if wish.status != HandOverStatus.OPEN:
        raise Conflict("signing.problem.hand_over_answered")
    return wish, request, signing


def _contact(tx: Tx, request: SigningRequest, wish: SigningHandOver) -> Contact:
    """Return the party's contact person with that address, a new one where there is none."""
    party = tx.session.get_one(CaseParty, request.party_id)
    known = tx.session.scalars(
        select(Contact).where(
            Contact.partner_id == party.partner_id,
            Contact.email == wish.email,
            Contact.status == ContactStatus.ACTIVE,
        )
    ).first()
    if known is not None:
        return known
    language = tx.session.get_one(Contact, request.contact_id).language
    return add_contact(
        tx,
        tx.session.get_one(Partner, party.partner_id),
        name=wish.name,
        role_title=wish.role_title,
        email=wish.email,
        language=language,
    )


def _close(tx: Tx, wish: SigningHandOver, status: HandOverStatus) -> None:
    wish.status = status
    wish.answered_at, wish.answered_by_id = tx.now(), tx.actor.id
    tx.session.flush()


def _tell(tx: Tx, request: SigningRequest, what: str) -> None:
    signing = tx.session.get_one(SigningRound, request.round_id)
    subject: Subject = rounds.history_of(tx, signing)
    contact = {"contact": ref("contact", request.contact_id)}
    tx.audit(f"signing:{what}", subject, contact, also=[sending.subject_of(request)])
