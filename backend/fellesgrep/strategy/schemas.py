"""What the strategy routes take and answer."""

from datetime import date
from uuid import UUID

from pydantic import Field

from fellesgrep.areas.models import Phase
from fellesgrep.core.web import Body, Named, View
from fellesgrep.strategy.models import Horizon
from fellesgrep.strategy.rules import ItemStatus


class ItemView(View):
    """An involvement item; `status` follows from what has happened in its cases."""

    id: UUID
    number: int
    title: str
    actor_group: str
    question: str
    decision_point: str
    method: str
    phase: Phase
    horizon: Horizon
    responsible: Named | None
    due_on: date | None
    status: ItemStatus
    case_count: int
    version: int


class CoverageView(View):
    """How many items somebody was reached on; `not_reached` are numbers of the others."""

    items: int
    reached: int
    agreed: int
    percent: int
    not_reached: list[int]


class StrategyView(View):
    id: UUID
    area_id: UUID
    title: str
    adopted_on: date
    summary: str
    version: int
    items: list[ItemView]
    coverage: CoverageView
    can: list[str]


class StrategyEdit(Body):
    """A strategy to adopt, or what people change on one."""

    title: str = Field(min_length=1, max_length=200)
    adopted_on: date
    summary: str = Field("", max_length=4000)


class ItemEdit(Body):
    """An involvement item to add, or all of one to change."""

    actor_group: str = Field(min_length=1, max_length=200)
    question: str = Field(min_length=1, max_length=500)
    decision_point: str = Field("", max_length=200)
    method: str = Field("", max_length=500)
    phase: Phase
    horizon: Horizon
    responsible_id: UUID | None = None
    due_on: date | None = None
