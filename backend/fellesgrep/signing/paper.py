"""Signing on paper: the printed document is signed by hand, its scan kept, the original seen here.

The scan comes from the signatory's phone or from whoever arranges the signing. It counts as a
signature only when somebody of the municipality confirms to have seen the original, and the day
on which it was signed.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.core import files
from fellesgrep.core.audit import ref
from fellesgrep.core.clock import local_date
from fellesgrep.core.db import Base, Row, one_of
from fellesgrep.core.languages import choose_language
from fellesgrep.core.problems import Conflict, Invalid, NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.documents.models import Attachment
from fellesgrep.identity.models import Person
from fellesgrep.partners.models import Contact
from fellesgrep.portal.access import LinkAccess
from fellesgrep.signing import acts, consents, rounds, sending
from fellesgrep.signing.methods import WET_INK, Proof, SigningMethod, strong_enough
from fellesgrep.signing.models import RequestStatus, SigningRequest, SigningRound
from fellesgrep.signing.scans import Scan

MOST_WAITING = 5
_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


class PaperStatus(StrEnum):
    """What became of a scan."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class PaperScan(Base, Row):
    """The scan of a signed paper, and whether the original was seen."""

    __tablename__ = "paper_scan"
    __table_args__ = (
        CheckConstraint(one_of("status", PaperStatus), name="status"),
        CheckConstraint(
            "(status = 'waiting') = (answered_at is null) "
            "and (status = 'confirmed') = (signed_on is not null)",
            name="answered",
        ),
        Index(
            "uq_paper_scan_confirmed",
            "request_id",
            unique=True,
            postgresql_where=text("status = 'confirmed'"),
        ),
        Index("ix_paper_scan_request_id", "request_id"),
    )
    request_id: Mapped[UUID] = mapped_column(ForeignKey("signing_request.id"))
    sha256: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    by_kind: Mapped[str]
    by_id: Mapped[UUID | None]
    kept_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(default=PaperStatus.WAITING)
    signed_on: Mapped[date | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), index=True, default=None
    )


def keep(tx: Tx, request: SigningRequest, scan: Scan) -> PaperScan:
    """Keep a scan that the person acting sends; the same bytes twice are one scan.

    Raises `Conflict` where the request waits for no paper, or for enough of them.
    """
    in_time = acts.open_request(tx, request) is not None
    by_partner = tx.actor.kind == "contact"
    if request.status != RequestStatus.SENT or (by_partner and not in_time):
        raise Conflict("signing.problem.not_open")
    if not strong_enough(WET_INK, request.required_method):
        raise Conflict("signing.problem.method_too_weak")
    waiting = [each for each in scans_of(tx, request.id) if each.status == PaperStatus.WAITING]
    sha256 = files.keep(tx.session, scan.content, scan.media_type, at=tx.now())
    for each in waiting:
        if each.sha256 == sha256:
            return each
    if len(waiting) >= MOST_WAITING:
        raise Conflict("signing.problem.enough_scans")
    made = PaperScan(
        request_id=request.id,
        sha256=sha256,
        media_type=scan.media_type,
        size=len(scan.content),
        by_kind=tx.actor.kind,
        by_id=tx.actor.id,
        kept_at=tx.now(),
    )
    tx.session.add(made)
    tx.session.flush()
    _tell(tx, request, "paper_kept", {"sha256": sha256})
    if by_partner:
        signing = tx.session.get_one(SigningRound, request.round_id)
        told = rounds.responsible_for(tx, signing)
        contact = {"contact": ref("contact", request.contact_id)}
        sending.write_to_person(tx, signing, told, "signing.paper_kept", contact)
    return made


def _shown(access: LinkAccess, request: SigningRequest) -> Mapping[str, Any]:
    return {"scans": scans_of(access.tx, request.id)}


ON_PAPER = SigningMethod(
    WET_INK,
    step="paper",
    template="signing/pages/paper.html",
    by_link=False,
    offered=False,
    shown=_shown,
)


def scans_of(tx: Tx, request_id: UUID) -> Sequence[PaperScan]:
    """Return every scan of a request, oldest first."""
    return tx.session.scalars(
        select(PaperScan).where(PaperScan.request_id == request_id).order_by(PaperScan.id)
    ).all()


def find(tx: Tx, signing: SigningRound, scan_id: UUID) -> tuple[PaperScan, SigningRequest]:
    """Return a scan of a signing and its request; raises `NotFound`."""
    scan = tx.session.get(PaperScan, scan_id)
    request = next((r for r in signing.requests if scan and r.id == scan.request_id), None)
    if scan is None or request is None:
        raise NotFound("core.problem.not_found")
    return scan, request


def confirm(
    tx: Tx, signing: SigningRound, scan_id: UUID, *, signed_on: date, original_seen: bool
) -> None:
    """Take a paper as the signature, as the person who has seen the original."""
    scan, request = _waiting(tx, signing, scan_id)
    if not original_seen:
        raise Invalid.at("/original_seen", "signing.problem.original_unseen")
    first = local_date(request.sent_at) if request.sent_at else tx.today()
    last = min(tx.today(), request.deadline_on or tx.today())
    if not first <= signed_on <= last:
        raise Invalid.at("/signed_on", "signing.problem.signed_on", first=first)
    scan.status, scan.signed_on = PaperStatus.CONFIRMED, signed_on
    scan.answered_at, scan.answered_by_id = tx.now(), tx.actor.id
    tx.session.flush()
    facts = {
        "scan_sha256": scan.sha256,
        "signed_on": signed_on.isoformat(),
        "original_seen_by": seen_by(tx, scan),
        "original_seen_by_id": str(tx.actor.id),
        "original_seen_at": tx.now().isoformat(),
    }
    acts.sign(
        tx,
        request,
        Proof(WET_INK, facts),
        typed_name=request.name,
        language=choose_language(tx.session.get_one(Contact, request.contact_id).language),
        consent_version=consents.ON_PAPER,
    )


def refuse(tx: Tx, signing: SigningRound, scan_id: UUID, reason: str) -> None:
    """Say that a scan is no good, with a reason that the signatory reads."""
    scan, request = _waiting(tx, signing, scan_id)
    scan.status, scan.reason = PaperStatus.REFUSED, reason
    scan.answered_at, scan.answered_by_id = tx.now(), tx.actor.id
    tx.session.flush()
    _tell(tx, request, "paper_refused", {"sha256": scan.sha256})
    if scan.by_kind == "contact" and request.status == RequestStatus.SENT:
        sending.write(tx, request, "signing.paper_refused")


def _waiting(tx: Tx, signing: SigningRound, scan_id: UUID) -> tuple[PaperScan, SigningRequest]:
    rounds.lock(tx, signing)
    scan, request = find(tx, signing, scan_id)
    tx.session.refresh(scan)
    if scan.status != PaperStatus.WAITING:
        raise Conflict("signing.problem.scan_answered")
    return scan, request


def confirmed(tx: Tx, request: SigningRequest) -> PaperScan | None:
    """Return the paper by which a request was signed."""
    for scan in scans_of(tx, request.id):
        if scan.status == PaperStatus.CONFIRMED:
            return scan
    return None


def seen_by(tx: Tx, scan: PaperScan) -> str:
    """Return the name of who saw the original."""
    person = tx.session.get(Person, scan.answered_by_id) if scan.answered_by_id else None
    return person.name if person else ""


def attachments(tx: Tx, signing: SigningRound) -> list[Attachment]:
    """Return the scans that go into the sealed file, byte for byte."""
    number = rounds.agreement_of(tx, signing).data["case"]["number"]
    made = []
    for request in signing.requests:
        scan = confirmed(tx, request)
        if scan is not None:
            ending = _ENDINGS[scan.media_type]
            made.append(
                Attachment(
                    f"{number}-papir-{request.position + 1}.{ending}",
                    files.read(tx.session, scan.sha256),
                    scan.media_type,
                    "Supplement",
                    scan.kept_at,
                )
            )
    return made


def _tell(tx: Tx, request: SigningRequest, what: str, data: dict[str, str]) -> None:
    signing = tx.session.get_one(SigningRound, request.round_id)
    tx.audit(
        f"signing:{what}",
        rounds.history_of(tx, signing),
        data | {"contact": ref("contact", request.contact_id)},
        also=[sending.subject_of(request)],
    )
