"""A case's proposal as people write it, and each version as it was submitted."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fellesgrep.core.db import Base, Editable, Row
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
