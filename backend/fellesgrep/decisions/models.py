"""Delegations with their days, and decisions, which the database refuses to change."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.core.db import Base, Row, one_of
from fellesgrep.core.schema import EXTRA_SQL, append_only
from fellesgrep.decisions.rules import Level, Outcome


class Delegation(Base, Row):
    """The authority of one person to decide at a level, up to a limit, from day to day.

    A new authority is a new row; an old one keeps its days, so that it can be seen who could
    decide at any time.
    """

    __tablename__ = "delegation"
    __table_args__ = (
        CheckConstraint(one_of("level", Level), name="level"),
        CheckConstraint("limit_ore >= 0", name="limit"),
        CheckConstraint("valid_to >= valid_from", name="days"),
        Index("ix_delegation_level_valid_from", "level", "valid_from"),
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    level: Mapped[str]
    limit_ore: Mapped[int | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None] = mapped_column(default=None)


class Decision(Base, Row):
    """What was decided on one version of a proposal, by whom, on which authority and why.

    `amount_ore` is the amount that was applied for; it is granted where the outcome is approval.
    """

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint(one_of("level", Level), name="level"),
        CheckConstraint(one_of("outcome", Outcome), name="outcome"),
        CheckConstraint("reasons <> ''", name="reasons"),
        UniqueConstraint("year", "sequence"),
        {"info": {EXTRA_SQL: [append_only("decision")]}},
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    proposal_version_id: Mapped[UUID] = mapped_column(
        ForeignKey("proposal_version.id"), unique=True
    )
    year: Mapped[int]
    sequence: Mapped[int]
    level: Mapped[str]
    delegation_id: Mapped[UUID] = mapped_column(ForeignKey("delegation.id"), index=True)
    decided_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    outcome: Mapped[str]
    reasons: Mapped[str]
    conditions: Mapped[str]
    amount_ore: Mapped[int]
    legal_reference: Mapped[str]
    decided_at: Mapped[datetime]

    @property
    def number(self) -> str:
        """The number people see: `2026-V-0001`."""
        return f"{self.year}-V-{self.sequence:04}"
