"""Reads the demo's content: who there is, and what happens in each case."""

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from fellesgrep.areas.models import MeasureStatus, Phase
from fellesgrep.cases.models import Way
from fellesgrep.decisions.rules import Level
from fellesgrep.follow_up.rules import Fulfilled
from fellesgrep.funding.rules import Category, ContributionKind
from fellesgrep.identity.policy import Role
from fellesgrep.partners.models import Channel, PartnerKind
from fellesgrep.strategy.models import Horizon

FOLDER = Path(__file__).parent / "content"
STEPS = (
    "log_first_contact",
    "clarify_expectations",
    "settle_parties",
    "write_proposal",
    "decide_co_funding",
    "draft_agreement",
    "approve_agreement",
    "set_up_signing",
    "sign",
    "countersign",
    "conclude_cooperation",
)
"""The human steps of a cooperation in their order, by their ids in the workflow."""
Step = Literal[
    "log_first_contact", "clarify_expectations", "settle_parties", "write_proposal",
    "decide_co_funding", "draft_agreement", "approve_agreement", "set_up_signing", "sign",
    "decide_after_deadline", "countersign", "conclude_cooperation",
]  # fmt: skip
Ending = Literal[
    "not_pursued", "informal_cooperation", "declined_by_municipality", "declined_by_partner",
    "withdrawn", "completed",
]  # fmt: skip
Ore = Annotated[int, BeforeValidator(lambda kroner: kroner * 100)]
"""An amount that the files give in kroner."""


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Authority(Part):
    level: Level
    limit: Ore | None = None


class PersonScript(Part):
    key: str
    name: str
    title: str
    unit: str
    roles: list[Role]
    areas: list[str] = []
    decides: Authority | None = None
    language: str = "nb"


class MeasureScript(Part):
    title: str
    goal: str
    indicator: str
    budget: Ore
    status: MeasureStatus


class ItemScript(Part):
    actor_group: str
    question: str
    decision_point: str
    method: str
    phase: Phase
    horizon: Horizon
    responsible: str
    due_days: int


class StrategyScript(Part):
    title: str
    adopted_days: int
    summary: str
    item: list[ItemScript]


class AreaScript(Part):
    key: str
    name: str
    phase: Phase
    leader: str
    started_years: int
    summary: str
    contact_point: tuple[str, str, str]
    population_groups: list[str]
    measure: list[MeasureScript]
    strategy: StrategyScript


class ContactScript(NamedTuple):
    name: str
    role_title: str
    language: str = "nb"


class PartnerScript(Part):
    key: str
    kind: PartnerKind
    name: str
    area: str | None = None
    dwellings: int | None = None
    address: str = ""
    city: str = "Solvik"
    about: str
    contacts: list[ContactScript]


class FirstContactScript(Part):
    channel: Channel
    summary: str


class ExpectationsScript(Part):
    goals: str
    municipality: str
    partner: str
    way: Way


class DecisionScript(Part):
    reasons: str
    conditions: str = ""


class ActivityScript(NamedTuple):
    """The days count from the day on which the plan begins."""

    title: str
    first_day: int
    last_day: int
    responsible: str


class LineScript(NamedTuple):
    description: str
    category: Category
    amount: Ore


class ContributionScript(NamedTuple):
    party: str
    kind: ContributionKind
    description: str
    amount: Ore


class ProposalScript(Part):
    goals: str
    target_groups: str = ""
    results: str = ""
    maintenance: str = ""
    activities: list[ActivityScript]
    lines: list[LineScript]
    funding: list[ContributionScript]


class CaseScript(Part):
    """What happens in a case; the head of `content/cases_furulia.toml` tells how to read it."""

    title: str
    summary: str
    measure: int
    item: int
    parties: list[str]
    responsible: str
    opened: int
    waiting: int
    reaches: Step | Ending
    late: bool = False
    first_contact: FirstContactScript | None = None
    expectations: ExpectationsScript | None = None
    proposal: ProposalScript | None = None
    returned: str = Field("", description="What the decision maker said the first time.")
    decision: DecisionScript | None = None
    legal_returns: str = Field("", description="What legal said the first time.")
    signed: int = Field(0, description="How many have signed of those whom it waits for.")
    declined: str = ""
    fulfilled: int = Field(0, description="How many obligations are fulfilled.")
    fulfilment: Fulfilled | None = None
    conclusion: str = ""
    withdrawn_at: Step | None = None
    withdrawn: str = ""


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def people() -> list[PersonScript]:
    """Return who works for the municipality."""
    return [PersonScript.model_validate(each) for each in _read("people.toml")["person"]]


def areas() -> list[AreaScript]:
    """Return the areas with measures and strategy."""
    return [AreaScript.model_validate(each) for each in _read("areas.toml")["area"]]


def partners() -> list[PartnerScript]:
    """Return everybody there is to cooperate with."""
    return [PartnerScript.model_validate(each) for each in _read("partners.toml")["partner"]]


def cases(area: str) -> list[CaseScript]:
    """Return the cases of an area."""
    return [CaseScript.model_validate(each) for each in _read(f"cases_{area}.toml")["case"]]


def working_methods() -> list[str]:
    """Return ways of working together that cases choose from."""
    methods: list[str] = _read("working_methods.toml")["methods"]
    return methods
