"""A signatory asks for the agreement to be corrected; the municipality takes it back, or says no.

Asking changes nothing of what was sent out. Where the municipality agrees, the agreement is
returned for correction: everybody involved is told, and a new version is drafted and signed.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.db import Base, Row, one_of
from fellesgrep.core.problems import Conflict, Invalid, NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.signing import deadlines, rounds, sending
from fellesgrep.signing.models import SigningRequest, SigningRound
from fellesgrep.workflow import service as workflow

SHORTEST = 3


class CorrectionStatus(StrEnum):
    """What became of a wish for a correction."""

    OPEN = "open"
    TAKEN = "taken"
    REFUSED = "refused"


class SigningCorrection(Base, Row):
    """What a signatory wants to have corrected, and what the municipality answered."""

    __tablename__ = "signing_correction"
    __table_args__ = (
        CheckConstraint(one_of("status", CorrectionStatus), name="status"),
        CheckConstraint("(status = 'open') = (answered_at is null)", name="answered"),
        Index(
            "uq_signing_correction_open",
            "request_id",
            unique=True,
            postgresql_where=text("status = 'open'"),
        ),
        Index("ix_signing_correction_request_id", "request_id"),
    )
    request_id: Mapped[UUID] = mapped_column(ForeignKey("signing_request.id"))
    wanted: Mapped[str]
    made_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(default=CorrectionStatus.OPEN)
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), index=True, default=None
    )


def ask(tx: Tx, request: SigningRequest, wanted: str) -> None:
    """Ask for a correction, as the contact acting; the responsible is told.

    Raises `Invalid` without a reason, `Conflict` where a wish waits for its answer already.
    """
    wanted = wanted.strip()
    if len(wanted) < SHORTEST:
        raise Invalid.at("/wanted", "signing.problem.reason_missing")
    if open_wish(tx, request.id) is not None:
        raise Conflict("signing.problem.correction_waits")
    tx.session.add(SigningCorrection(request_id=request.id, wanted=wanted, made_at=tx.now()))
    tx.session.flush()
    _tell(tx, request, "correction_wanted")
    signing = tx.session.get_one(SigningRound, request.round_id)
    contact = {"contact": ref("contact", request.contact_id)}
    told = rounds.responsible_for(tx, signing)
    sending.write_to_person(tx, signing, told, "signing.correction_wanted", contact)


def open_wish(tx: Tx, request_id: UUID) -> SigningCorrection | None:
    """Return the wish of a request that waits for its answer."""
    return tx.session.scalar(
        select(SigningCorrection).where(
            SigningCorrection.request_id == request_id,
            SigningCorrection.status == CorrectionStatus.OPEN,
        )
    )


def last_refusal(tx: Tx, request_id: UUID) -> SigningCorrection | None:
    """Return the newest wish of a request that was answered with no."""
    return tx.session.scalars(
        select(SigningCorrection)
        .where(
            SigningCorrection.request_id == request_id,
            SigningCorrection.status == CorrectionStatus.REFUSED,
        )
        .order_by(SigningCorrection.id.desc())
        .limit(1)
    ).first()


def wishes_of(tx: Tx, signing: SigningRound) -> Sequence[SigningCorrection]:
    """Return every wish in a signing, oldest first."""
    return tx.session.scalars(
        select(SigningCorrection)
        .where(SigningCorrection.request_id.in_([request.id for request in signing.requests]))
        .order_by(SigningCorrection.id)
    ).all()


def take(tx: Tx, case_id: UUID, wish_id: UUID, reason: str) -> None:
    """Return the agreement for correction because a signatory asked; everybody reads `reason`.

    Without one, they read what the signatory wrote.
    """
    wish, _ = _open(tx, case_id, wish_id)
    _answer(tx, wish, CorrectionStatus.TAKEN, reason)
    deadlines.recall(tx, case_id, reason.strip() or wish.wanted)


def refuse(tx: Tx, case_id: UUID, wish_id: UUID, reason: str) -> None:
    """Say no with a reason, which the signatory reads; the request stays open."""
    wish, request = _open(tx, case_id, wish_id)
    if len(reason.strip()) < SHORTEST:
        raise Invalid.at("/reason", "signing.problem.reason_missing")
    _answer(tx, wish, CorrectionStatus.REFUSED, reason)
    _tell(tx, request, "correction_refused")
    sending.write(tx, request, "signing.correction_refused")


def _answer(tx: Tx, wish: SigningCorrection, status: CorrectionStatus, answer: str) -> None:
    wish.status, wish.answer = status, answer.strip()
    wish.answered_at, wish.answered_by_id = tx.now(), tx.actor.id
    tx.session.flush()


def _open(tx: Tx, case_id: UUID, wish_id: UUID) -> tuple[SigningCorrection, SigningRequest]:
    workflow.hold(tx, Subject("case", case_id))
    signing = rounds.current_round(tx, case_id)
    rounds.lock(tx, signing)
    wish = tx.session.get(SigningCorrection, wish_id, with_for_update=True)
    request = next((each for each in signing.requests if wish and each.id == wish.request_id), None)
    if wish is None or request is None:
        raise NotFound("core.problem.not_found")
    if wish.status != CorrectionStatus.OPEN:
        raise Conflict("signing.problem.hand_over_answered")
    return wish, request


def _tell(tx: Tx, request: SigningRequest, what: str) -> None:
    signing = tx.session.get_one(SigningRound, request.round_id)
    contact = {"contact": ref("contact", request.contact_id)}
    history = rounds.history_of(tx, signing)
    tx.audit(f"signing:{what}", history, contact, also=[sending.subject_of(request)])
