"""A case's proposal as people write it, and each version as it was submitted."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fellesgrep.core.db import Base, Editable, Row, one_of
from fellesgrep.core.schema import EXTRA_SQL, append_only


class Proposal(Base, Editable):
    """What a cooperation wants to do; one for each case."""

    __tablename__ = "proposal"
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), unique=True)
    title: Mapped[str] = mapped_column(default="")
    background: Mapped[str] = mapped_column(default="")
    goals: Mapped[str] = mapped_column(default="")
    target_groups: Mapped[str] = mapped_column(default="")
    results: Mapped[str] = mapped_column(default="")
    maintenance: Mapped[str] = mapped_column(default="")
    activities: Mapped[list["ProposalActivity"]] = relationship(
        order_by="ProposalActivity.position", cascade="all, delete-orphan", lazy="selectin"
    )


class ProposalActivity(Base, Row):
    """One thing that will be done, by whom, from when to when."""

    __tablename__ = "proposal_activity"
    __table_args__ = (UniqueConstraint("proposal_id", "position"),)
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"))
    position: Mapped[int]
    title: Mapped[str]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    responsible: Mapped[str]


class ProposalVersion(Base, Row):
    """A proposal with its budget and funding as it was submitted. The database refuses changes.

    `amount_ore` is what is applied for: the municipality's cash.
    """

    __tablename__ = "proposal_version"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        {"info": {EXTRA_SQL: [append_only("proposal_version")]}},
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    note: Mapped[str]
    amount_ore: Mapped[int]
    total_ore: Mapped[int]
    submitted_at: Mapped[datetime]
    submitted_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)


class Position(StrEnum):
    """What a unit thinks of a proposal."""

    SUPPORT = "support"
    CONDITIONS = "conditions"
    AGAINST = "against"


class Statement(Base, Row):
    """What a municipal unit was asked about a submitted proposal, and what it answered."""

    __tablename__ = "statement"
    __table_args__ = (
        CheckConstraint(one_of("position", Position), name="position"),
        CheckConstraint("(position is null) = (given_at is null)", name="given"),
        Index("ix_statement_case_id_asked_at", "case_id", "asked_at"),
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    proposal_version_id: Mapped[UUID] = mapped_column(ForeignKey("proposal_version.id"), index=True)
    asked_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    asked_at: Mapped[datetime]
    due_on: Mapped[date]
    position: Mapped[str | None] = mapped_column(default=None)
    text: Mapped[str] = mapped_column(default="")
    given_at: Mapped[datetime | None] = mapped_column(default=None)
