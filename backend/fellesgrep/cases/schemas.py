"""What the case routes take and answer. Money is in øre."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from fellesgrep.cases.models import Outcome, Stage, Way
from fellesgrep.cases.rules import StepState
from fellesgrep.core.web import Body, Named, View
from fellesgrep.partners.models import PartnerKind
from fellesgrep.partners.schemas import ContactView
from fellesgrep.workflow.schemas import TaskView


class PartnerOfCase(Named):
    kind: PartnerKind


class Turn(View):
    """Who has the ball: a role, and the person where one is named."""

    role: str
    label: str
    person_name: str | None


class CaseFacts(View):
    """What every view of a case shows."""

    id: UUID
    number: str
    title: str
    stage: Stage
    stage_since: datetime
    outcome: Outcome | None
    opened_at: datetime
    closed_at: datetime | None
    version: int


class CaseSummary(CaseFacts):
    """A line of the list, a card of the board. `total_ore` is None where there is no budget."""

    area: Named
    responsible: Named
    lead_partner: PartnerOfCase
    party_count: int
    next_due_on: date | None
    overdue: bool
    on_hold: bool
    whose_turn: Turn | None
    total_ore: int | None


class PartyView(View):
    """A partner in the case, with everybody who speaks for it."""

    id: UUID
    partner: PartnerOfCase
    organisation_number: str | None
    contact: ContactView | None
    contacts: list[ContactView]
    lead: bool
    added_at: datetime


class ExpectationView(View):
    goals: str
    municipality_expects: str
    partner_expects: str
    working_method: str
    way: Way
    recorded_at: datetime
    recorded_by: Named | None


class HoldView(View):
    """Why a case rests, and the day on which it is taken up by itself, if there is one."""

    reason: str
    until_on: date | None
    held_at: datetime
    held_by: Named | None


class ReopenedView(View):
    """Why a closed case was taken up again, the last time that happened."""

    reason: str
    at: datetime
    by: Named | None


class StageStepView(View):
    stage: Stage
    label: str
    state: StepState
    entered_at: datetime | None
    left_at: datetime | None


class MeasureOfCase(View):
    id: UUID
    number: int
    title: str


class InvolvementItemOfCase(View):
    id: UUID
    title: str


class CaseView(CaseFacts):
    """The case page: where it stands, who has the ball, what is next, by when."""

    summary: str
    area: Named
    responsible: Named
    outcome_reason: str
    measure: MeasureOfCase | None
    involvement_item: InvolvementItemOfCase | None
    stages: list[StageStepView]
    tasks: list[TaskView]
    turn: str
    next_due_on: date | None
    overdue: bool
    hold: HoldView | None
    reopened: ReopenedView | None
    parties: list[PartyView]
    expectation: ExpectationView | None
    can: list[str]


class TimelineEntry(View):
    at: datetime
    kind: str
    sentence: str


class DiagramView(View):
    """Each process of the case with its drawing, what is done, and where it stands."""

    processes: list[dict[str, Any]]


class RuleView(View):
    """One use of a decision table: what went in, which rule hit and says what, what came out."""

    at: datetime
    element: str
    table: str
    valid_from: date
    """The day from which the version of the table that was asked binds."""
    rule_number: int
    sentence: str
    inputs: dict[str, Any]
    outputs: dict[str, Any]


class CaseEdit(Body):
    """What people change on a case."""

    title: str = Field(min_length=1, max_length=200)
    summary: str = Field("", max_length=4000)
    measure_id: UUID | None = None
    involvement_item_id: UUID | None = None


class CaseNew(CaseEdit):
    """A case to open; who opens it is responsible for it."""

    area_id: UUID
    lead_partner_id: UUID
    contact_id: UUID | None = None


class PartyNew(Body):
    partner_id: UUID
    contact_id: UUID | None = None


class HandOverTo(Body):
    person_id: UUID
    reason: str = Field(min_length=1, max_length=2000)


class Pause(Body):
    """Why a case is to rest, and the day on which it is taken up by itself."""

    reason: str = Field(min_length=1, max_length=2000)
    until_on: date | None = None


class Reason(Body):
    reason: str = Field(min_length=1, max_length=2000)
