"""Drafts sent to partners for reading, who read them, and the changes that partners suggest."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.core.db import Base, Row, one_of
from fellesgrep.core.schema import EXTRA_SQL, append_only, unchanging


class DraftReading(Base, Row):
    """A draft as it was sent to partners for reading; it never changes.

    Readings are numbered through the case, so that they go on when a new agreement takes the
    place of one that came to nothing.
    """

    __tablename__ = "draft_reading"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint(one_of("language", ("nb", "nn", "en")), name="language"),
        {"info": {EXTRA_SQL: [append_only("draft_reading")]}},
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    template_version_id: Mapped[UUID] = mapped_column(ForeignKey("template_version.id"), index=True)
    number: Mapped[int]
    language: Mapped[str]
    body: Mapped[str]
    data: Mapped[dict[str, Any]]
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(default=list, server_default="[]")
    note: Mapped[str]
    respond_by: Mapped[date]
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)


class DraftReader(Base, Row):
    """A contact person who was sent a reading, under the name and party of that day.

    `seen_at` is when they first said something about it: opening a page proves nothing, as mail
    scanners do that too.
    """

    __tablename__ = "draft_reader"
    __table_args__ = (UniqueConstraint("reading_id", "contact_id"),)
    reading_id: Mapped[UUID] = mapped_column(ForeignKey("draft_reading.id"))
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    name: Mapped[str]
    party_name: Mapped[str]
    seen_at: Mapped[datetime | None] = mapped_column(default=None)
    no_remarks_at: Mapped[datetime | None] = mapped_column(default=None)


class SuggestionStatus(StrEnum):
    """What became of a suggestion."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class DraftSuggestion(Base, Row):
    """A change to one section that a contact person suggests; once answered it never changes."""

    __tablename__ = "draft_suggestion"
    __table_args__ = (
        CheckConstraint(one_of("status", SuggestionStatus), name="status"),
        CheckConstraint("(status = 'open') = (answered_at is null)", name="answered"),
        Index("ix_draft_suggestion_case_id", "case_id", "made_at"),
        {
            "info": {
                EXTRA_SQL: unchanging(
                    "draft_suggestion",
                    when="old.status <> 'open'",
                    columns=("section_id", "before", "after", "reason", "status", "answer"),
                )
            }
        },
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    section_id: Mapped[str]
    heading: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    reason: Mapped[str]
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    made_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(default=SuggestionStatus.OPEN)
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), index=True, default=None
    )
