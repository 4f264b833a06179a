"""Proposals sent to the parties for comments, who got them, and what each party answered."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.core.db import Base, Row, one_of
from fellesgrep.core.schema import EXTRA_SQL, append_only


class ProposalReading(Base, Row):
    """A proposal with its money as it was sent to partners; it never changes.

    `content_sha256` is `rules.fingerprint` of the content: what an answer is bound to.
    """

    __tablename__ = "proposal_reading"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        {"info": {EXTRA_SQL: [append_only("proposal_reading")]}},
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    content_sha256: Mapped[str]
    note: Mapped[str]
    respond_by: Mapped[date]
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)


class ProposalReader(Base, Row):
    """A contact person who was sent a reading, under the name and party of that day.

    `seen_at` is when they first wrote or answered: opening a page proves nothing.
    """

    __tablename__ = "proposal_reader"
    __table_args__ = (UniqueConstraint("reading_id", "contact_id"),)
    reading_id: Mapped[UUID] = mapped_column(ForeignKey("proposal_reading.id"))
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("case_party.id"), index=True)
    name: Mapped[str]
    party_name: Mapped[str]
    seen_at: Mapped[datetime | None] = mapped_column(default=None)


class Verdict(StrEnum):
    """What a party says of a proposal."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"


class ProposalAnswer(Base, Row):
    """A party's answer to one reading, by whom in which role; the latest of a party counts.

    It is bound to the content that was shown by `content_sha256`, and never changes.
    """

    __tablename__ = "proposal_answer"
    __table_args__ = (
        CheckConstraint(one_of("verdict", Verdict), name="verdict"),
        CheckConstraint("(verdict = 'refused') = (reason <> '')", name="reason"),
        Index("ix_proposal_answer_party_id", "party_id", "id"),
        Index("ix_proposal_answer_case_id", "case_id"),
        {"info": {EXTRA_SQL: [append_only("proposal_answer")]}},
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    party_id: Mapped[UUID] = mapped_column(ForeignKey("case_party.id"))
    reader_id: Mapped[UUID] = mapped_column(ForeignKey("proposal_reader.id"), index=True)
    content_sha256: Mapped[str]
    verdict: Mapped[str]
    name: Mapped[str]
    role_title: Mapped[str]
    reason: Mapped[str]
    answered_at: Mapped[datetime]
