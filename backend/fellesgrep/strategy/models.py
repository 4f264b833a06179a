"""A strategy and the points at which somebody is to be involved."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.areas.models import Phase
from fellesgrep.core.db import Base, Editable, one_of


class Horizon(StrEnum):
    """Whether a point bears fruit soon or over years."""

    SHORT = "short"
    LONG = "long"


class Strategy(Base, Editable):
    """What an area adopted on whom to involve; one for each area."""

    __tablename__ = "strategy"
    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"), unique=True)
    title: Mapped[str]
    adopted_on: Mapped[date]
    summary: Mapped[str]


class InvolvementItem(Base, Editable):
    """Which actors are involved in which question, at which point of the decision, and how."""

    __tablename__ = "involvement_item"
    __table_args__ = (
        CheckConstraint(one_of("phase", Phase), name="phase"),
        CheckConstraint(one_of("horizon", Horizon), name="horizon"),
        UniqueConstraint("strategy_id", "number"),
    )
    strategy_id: Mapped[UUID] = mapped_column(ForeignKey("strategy.id"))
    number: Mapped[int]
    actor_group: Mapped[str]
    question: Mapped[str]
    decision_point: Mapped[str]
    method: Mapped[str]
    phase: Mapped[str]
    horizon: Mapped[str]
    responsible_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), index=True, default=None
    )
    due_on: Mapped[date | None] = mapped_column(default=None)
