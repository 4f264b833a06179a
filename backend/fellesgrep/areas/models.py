"""An area and what its action plan wants done."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fellesgrep.core.db import Base, Editable, Row, one_of


class Phase(StrEnum):
    """The five phases of an area-based initiative."""

    KNOWLEDGE = "knowledge"
    PLANNING = "planning"
    MOBILISATION = "mobilisation"
    IMPLEMENTATION = "implementation"
    CONTINUATION = "continuation"


class MeasureStatus(StrEnum):
    """Where a measure stands."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


class Area(Base, Editable):
    """A neighbourhood with an initiative, its phase, programme leader and local contact point."""

    __tablename__ = "area"
    __table_args__ = (CheckConstraint(one_of("phase", Phase), name="phase"),)
    name: Mapped[str] = mapped_column(unique=True)
    phase: Mapped[str]
    summary: Mapped[str]
    started_on: Mapped[date]
    programme_leader_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    contact_point_name: Mapped[str] = mapped_column(default="")
    contact_point_address: Mapped[str] = mapped_column(default="")
    contact_point_hours: Mapped[str] = mapped_column(default="")
    measures: Mapped[list["Measure"]] = relationship(order_by="Measure.number")
    population_groups: Mapped[list["PopulationGroup"]] = relationship(
        order_by="PopulationGroup.name"
    )


class Measure(Base, Editable):
    """What the area's action plan wants done: goal, indicator, budget."""

    __tablename__ = "measure"
    __table_args__ = (
        CheckConstraint(one_of("status", MeasureStatus), name="status"),
        CheckConstraint("budget_ore >= 0", name="budget"),
        UniqueConstraint("area_id", "number"),
    )
    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"))
    number: Mapped[int]
    title: Mapped[str]
    goal: Mapped[str]
    indicator: Mapped[str]
    budget_ore: Mapped[int]
    status: Mapped[str] = mapped_column(default=MeasureStatus.PLANNED)


class PopulationGroup(Base, Row):
    """Residents that the initiative must reach; involved without being registered as persons."""

    __tablename__ = "population_group"
    __table_args__ = (UniqueConstraint("area_id", "name"),)
    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"))
    name: Mapped[str]
