"""What the area routes take and answer. Money is in øre."""

from datetime import date
from uuid import UUID

from pydantic import Field

from fellesgrep.areas.models import MeasureStatus, Phase
from fellesgrep.core.db import MAX_INT64
from fellesgrep.core.web import Body, View


class MeasureView(View):
    id: UUID
    area_id: UUID
    number: int
    title: str
    goal: str
    indicator: str
    budget_ore: int
    status: MeasureStatus
    version: int


class PopulationGroupView(View):
    id: UUID
    name: str


class AreaSummary(View):
    id: UUID
    name: str
    phase: Phase
    summary: str
    started_on: date
    programme_leader_id: UUID | None
    version: int


class AreaView(AreaSummary):
    contact_point_name: str
    contact_point_address: str
    contact_point_hours: str
    measures: list[MeasureView]
    population_groups: list[PopulationGroupView]


class AreaEdit(Body):
    """What people change on an area."""

    phase: Phase
    summary: str = Field(min_length=1, max_length=2000)
    programme_leader_id: UUID | None = None
    contact_point_name: str = Field("", max_length=200)
    contact_point_address: str = Field("", max_length=200)
    contact_point_hours: str = Field("", max_length=200)


class MeasureNew(Body):
    """A measure to add to the action plan."""

    title: str = Field(min_length=1, max_length=200)
    goal: str = Field(min_length=1, max_length=2000)
    indicator: str = Field("", max_length=500)
    budget_ore: int = Field(0, ge=0, le=MAX_INT64)
    status: MeasureStatus = MeasureStatus.PLANNED
