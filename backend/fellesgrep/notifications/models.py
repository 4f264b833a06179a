"""The messages that were asked for and what became of them."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.core.db import Base, Row, one_of


class MessageStatus(StrEnum):
    """Where a message stands.

    `dropped`: what it was about had ended before it could leave; `withheld`: its recipient does
    not want it, or cannot be reached (`reason`); `failed`: nobody took it in many attempts;
    `refused`: the mail server said no for good; `bounced`: it came back later.
    """

    QUEUED = "queued"
    SENT = "sent"
    DROPPED = "dropped"
    FAILED = "failed"
    WITHHELD = "withheld"
    REFUSED = "refused"
    BOUNCED = "bounced"


class Message(Base, Row):
    """A message to one person: ids and codes only, never an address, a text, a link or a code.

    `params` follow the conventions of audit data. The row's id makes the `Message-ID`, the same
    in every attempt, so that a mail that leaves twice is known as one. `send_at` is set where it
    waits for the hours that the policy allows, or for the `digest` that its recipient wants.
    `reason` is a code: why it was withheld, or what a mail server answered (`5.1.1`).
    """

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint(one_of("status", MessageStatus), name="status"),
        Index("ix_message_subject", "subject_kind", "subject_id", "queued_at"),
        Index("ix_message_recipient", "recipient_kind", "recipient_id"),
    )
    kind: Mapped[str]
    recipient_kind: Mapped[str]
    recipient_id: Mapped[UUID]
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID]
    about_kind: Mapped[str]
    about_id: Mapped[UUID]
    params: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(default=MessageStatus.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime]
    send_at: Mapped[datetime | None] = mapped_column(default=None)
    digest: Mapped[bool] = mapped_column(default=False, server_default="false")
    reason: Mapped[str] = mapped_column(default="", server_default="")
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
