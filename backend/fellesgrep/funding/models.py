"""A case's funding plan. Amounts are integer øre; in-kind contributions are valued in money."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fellesgrep.core.db import Base, Editable, Row, one_of
from fellesgrep.funding.rules import Category, ContributionKind


class FundingPlan(Base, Editable):
    """What a cooperation costs and who pays; one for each case, balanced when it is submitted."""

    __tablename__ = "funding_plan"
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), unique=True)
    lines: Mapped[list["BudgetLine"]] = relationship(
        order_by="BudgetLine.position", cascade="all, delete-orphan", lazy="selectin"
    )
    contributions: Mapped[list["Contribution"]] = relationship(
        order_by="Contribution.position", cascade="all, delete-orphan", lazy="selectin"
    )


class BudgetLine(Base, Row):
    """One thing that costs money."""

    __tablename__ = "budget_line"
    __table_args__ = (
        CheckConstraint(one_of("category", Category), name="category"),
        CheckConstraint("amount_ore >= 0", name="amount"),
        UniqueConstraint("plan_id", "position"),
    )
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("funding_plan.id"))
    position: Mapped[int]
    description: Mapped[str]
    category: Mapped[str]
    amount_ore: Mapped[int]


class Contribution(Base, Row):
    """What one party (none: the municipality) brings, in cash or in kind."""

    __tablename__ = "contribution"
    __table_args__ = (
        CheckConstraint(one_of("kind", ContributionKind), name="kind"),
        CheckConstraint("amount_ore >= 0", name="amount"),
        UniqueConstraint("plan_id", "position"),
    )
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("funding_plan.id"))
    position: Mapped[int]
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("case_party.id"), index=True)
    kind: Mapped[str]
    description: Mapped[str]
    amount_ore: Mapped[int]
