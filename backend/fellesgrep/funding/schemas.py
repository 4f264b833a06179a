"""What the funding routes take and answer. Money is in øre."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from fellesgrep.core.web import Body, View
from fellesgrep.funding.rules import MAX_AMOUNT_ORE, MAX_ROWS, Category, ContributionKind

Amount = Annotated[int, Field(ge=0, le=MAX_AMOUNT_ORE)]


class LineEdit(Body):
    description: str = Field("", max_length=300)
    category: Category = Category.OTHER
    amount_ore: Amount


class ContributionEdit(Body):
    """What one party brings; no `party_id` means the municipality."""

    party_id: UUID | None = None
    kind: ContributionKind
    description: str = Field("", max_length=300)
    amount_ore: Amount


class FundingPlanEdit(Body):
    """The whole plan; it need not balance before the proposal is submitted."""

    lines: list[LineEdit] = Field(max_length=MAX_ROWS)
    contributions: list[ContributionEdit] = Field(max_length=MAX_ROWS)


class LineView(View):
    description: str
    category: Category
    amount_ore: int


class ContributionView(View):
    party_id: UUID | None
    kind: ContributionKind
    description: str
    amount_ore: int


class PartyShareView(View):
    party_id: UUID | None
    name: str
    cash_ore: int
    in_kind_ore: int


class FundingPlanView(View):
    """A plan with its sums. Version 0: nobody has written one yet."""

    version: int
    editable: bool
    lines: list[LineView]
    contributions: list[ContributionView]
    total_ore: int
    funded_ore: int
    missing_ore: int
    balanced: bool
    municipality_cash_ore: int
    by_party: list[PartyShareView]
