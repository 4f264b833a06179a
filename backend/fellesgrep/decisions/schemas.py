"""What the decision routes answer. Money is in øre."""

from datetime import date, datetime
from uuid import UUID

from fellesgrep.core.web import Named, View
from fellesgrep.decisions.rules import Level, Outcome


class DecisionView(View):
    """A decision in full. `amount_ore` was applied for, and is granted where it says approved.

    `rule` is what the table that chose the level says of itself, `confirmed_by` which parties had
    confirmed this proposal on the portal by then.
    """

    id: UUID
    number: str
    proposal_number: int
    level: Level
    level_label: str
    legal_reference: str
    amount_ore: int
    outcome: Outcome
    outcome_label: str
    reasons: str
    conditions: str
    decided_by: Named
    decided_at: datetime
    rule: str | None
    confirmed_by: list[str]


class DelegationView(View):
    id: UUID
    person: Named
    level: Level
    level_label: str
    limit_ore: int | None
    valid_from: date
    valid_to: date | None
    in_force: bool
