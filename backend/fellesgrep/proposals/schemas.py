"""What the proposal routes take and answer."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from fellesgrep.core.web import Body, Named, View
from fellesgrep.proposals.models import Position

MAX_TEXT = 10_000


class ActivityEdit(Body):
    title: str = Field("", max_length=300)
    starts_on: date | None = None
    ends_on: date | None = None
    responsible: str = Field("", max_length=200)


class ProposalEdit(Body):
    """The whole proposal; it need not be complete before it is submitted."""

    title: str = Field("", max_length=200)
    background: str = Field("", max_length=MAX_TEXT)
    goals: str = Field("", max_length=MAX_TEXT)
    target_groups: str = Field("", max_length=MAX_TEXT)
    results: str = Field("", max_length=MAX_TEXT)
    maintenance: str = Field("", max_length=MAX_TEXT)
    activities: list[ActivityEdit] = Field(default_factory=list, max_length=100)


class ActivityView(View):
    title: str
    starts_on: date | None
    ends_on: date | None
    responsible: str


class ProposalView(View):
    """A proposal as it is being written. Version 0: nobody has begun yet."""

    version: int
    editable: bool
    title: str
    background: str
    goals: str
    target_groups: str
    results: str
    maintenance: str
    activities: list[ActivityView]
    starts_on: date | None
    ends_on: date | None


class ProposalVersionView(View):
    """A proposal as it was submitted; `content` holds text, time plan, budget and funding."""

    id: UUID
    number: int
    content: dict[str, Any]
    note: str
    amount_ore: int
    total_ore: int
    submitted_at: datetime
    submitted_by: Named


class StatementView(View):
    """What a municipal unit was asked, and what it said; `position` is None as long as it waits."""

    id: UUID
    asked: Named
    asked_at: datetime
    due_on: date
    position: Position | None
    text: str
    given_at: datetime | None
