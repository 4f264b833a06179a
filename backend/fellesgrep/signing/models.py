"""Who is to sign an agreement, and every signature as it was given."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fellesgrep.core.db import Base, Editable, Row, one_of
from fellesgrep.core.schema import EXTRA_SQL, append_only, unchanging
from fellesgrep.signing.seal_levels import Level


class RequestStatus(StrEnum):
    """Where a request stands. `revoked` can be sent again; that its day has passed is no status."""

    PLANNED = "planned"
    SENT = "sent"
    SIGNED = "signed"
    DECLINED = "declined"
    REVOKED = "revoked"
    CLOSED = "closed"


class SigningRound(Base, Editable):
    """The signing of one agreement. Its row lock orders all acts of signing it."""

    __tablename__ = "signing_round"
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), unique=True)
    countersigner_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    deadline_on: Mapped[date | None]
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    remind_days_before: Mapped[int | None] = mapped_column(default=None)
    recall_reason: Mapped[str] = mapped_column(default="", server_default="")
    seal_failures: Mapped[int] = mapped_column(default=0, server_default="0")
    seal_failed_at: Mapped[datetime | None] = mapped_column(default=None)
    seal_problem: Mapped[str] = mapped_column(default="", server_default="")
    requests: Mapped[list["SigningRequest"]] = relationship(
        order_by="SigningRequest.position", cascade="all, delete-orphan"
    )
    countersignature: Mapped["Countersignature | None"] = relationship()


_SIGNED_FOR_GOOD = (
    "round_id", "party_id", "contact_id", "name", "role_title", "party_name", "status",
    "shown_sha256", "answered_at", "method", "typed_name", "consent_version", "decline_reason",
    "evidence", "required_method",
)  # fmt: skip


class SigningRequest(Base, Row):
    """One person who is asked to sign for one party; once answered it never changes.

    Name, title and party are kept as they were when the request was made. `policy_method` is what
    the signature policy says, `lowered_to` what legal staff allowed instead, `required_method`
    what the plan asks for: nothing weaker is taken. Those of one `signing_order` are asked at the
    same time, the next ones when all of them have signed.
    """

    __tablename__ = "signing_request"
    __table_args__ = (
        CheckConstraint(one_of("status", RequestStatus), name="status"),
        CheckConstraint(
            "(status in ('signed', 'declined')) = (answered_at is not null)", name="answered"
        ),
        CheckConstraint(
            "status <> 'signed' or (shown_sha256 is not null and typed_name is not null "
            "and method is not null and consent_version is not null)",
            name="signed",
        ),
        UniqueConstraint("round_id", "position"),
        UniqueConstraint("round_id", "contact_id"),
        Index("ix_signing_request_contact_id_status", "contact_id", "status"),
        Index(
            "ix_signing_request_remind_at", "remind_at", postgresql_where=text("status = 'sent'")
        ),
        {
            "info": {
                EXTRA_SQL: unchanging(
                    "signing_request",
                    when="old.status in ('signed', 'declined')",
                    columns=_SIGNED_FOR_GOOD,
                )
            }
        },
    )
    round_id: Mapped[UUID] = mapped_column(ForeignKey("signing_round.id"))
    position: Mapped[int]
    signing_order: Mapped[int] = mapped_column(default=1, server_default="1")
    party_id: Mapped[UUID] = mapped_column(ForeignKey("case_party.id"), index=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"))
    name: Mapped[str]
    role_title: Mapped[str]
    party_name: Mapped[str]
    status: Mapped[str] = mapped_column(default=RequestStatus.PLANNED)
    deadline_on: Mapped[date | None] = mapped_column(default=None)
    policy_method: Mapped[str] = mapped_column(
        default="email_confirmation", server_default="email_confirmation"
    )
    required_method: Mapped[str] = mapped_column(
        default="email_confirmation", server_default="email_confirmation"
    )
    lowered_to: Mapped[str | None] = mapped_column(default=None)
    lowered_reason: Mapped[str] = mapped_column(default="", server_default="")
    lowered_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), index=True, default=None
    )
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    remind_at: Mapped[datetime | None] = mapped_column(default=None)
    reminders: Mapped[int] = mapped_column(default=0, server_default="0")
    reminded_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    shown_sha256: Mapped[str | None] = mapped_column(default=None)
    method: Mapped[str | None] = mapped_column(default=None)
    typed_name: Mapped[str | None] = mapped_column(default=None)
    consent_version: Mapped[str | None] = mapped_column(default=None)
    decline_reason: Mapped[str | None] = mapped_column(default=None)
    evidence: Mapped[dict[str, Any]] = mapped_column(default=dict)


class SealedFile(Base, Row):
    """A sealed file of an agreement; later ones are the first with time stamps appended.

    `level` is what the file itself has told. Each of them is genuine for good.
    """

    __tablename__ = "sealed_file"
    __table_args__ = (
        CheckConstraint(one_of("level", Level), name="level"),
        UniqueConstraint("agreement_id", "position"),
        {"info": {EXTRA_SQL: [append_only("sealed_file")]}},
    )
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    position: Mapped[int]
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    level: Mapped[str]
    certificate_fingerprint: Mapped[str]
    made_at: Mapped[datetime]


class Countersignature(Base, Row):
    """The municipality's own signature, by a person who was logged in, on which delegation."""

    __tablename__ = "countersignature"
    __table_args__ = ({"info": {EXTRA_SQL: [append_only("countersignature")]}},)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("signing_round.id"), unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    title: Mapped[str]
    method: Mapped[str]
    shown_sha256: Mapped[str]
    signed_at: Mapped[datetime]
    delegation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("delegation.id"), index=True, default=None
    )
