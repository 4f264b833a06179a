"""Links and codes (stored as hashes only), forms already answered, and counts against guessing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.core.db import Base, Row


class PortalLink(Base, Row):
    """Shows one thing to one person. Whoever reads this table cannot open any link.

    `salt` belongs to the codes and forms of this link.
    """

    __tablename__ = "portal_link"
    __table_args__ = (Index("ix_portal_link_subject", "subject_kind", "subject_id"),)
    token_hash: Mapped[str] = mapped_column(unique=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    purpose: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID]
    contact_id: Mapped[UUID] = mapped_column(index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


class OneTimeCode(Base, Row):
    """A code sent by e-mail or text message: good once, for ten minutes and five attempts."""

    __tablename__ = "one_time_code"
    link_id: Mapped[UUID] = mapped_column(ForeignKey("portal_link.id"), index=True)
    code_hash: Mapped[str]
    channel: Mapped[str] = mapped_column(default="email", server_default="email")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    attempts_left: Mapped[int]
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class AnsweredForm(Base):
    """The idempotency key of a form that has done its work: it does nothing a second time."""

    __tablename__ = "answered_form"
    link_id: Mapped[UUID] = mapped_column(ForeignKey("portal_link.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    answered_at: Mapped[datetime] = mapped_column(index=True)


class RateCount(Base):
    """How often something was tried in a window of time."""

    __tablename__ = "rate_count"
    bucket: Mapped[str] = mapped_column(primary_key=True)
    window_start: Mapped[datetime] = mapped_column(primary_key=True, index=True)
    count: Mapped[int]
