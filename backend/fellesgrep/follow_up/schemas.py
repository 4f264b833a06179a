"""What the follow-up routes take and answer. Money is in øre."""

from datetime import date
from uuid import UUID

from pydantic import Field

from fellesgrep.core.web import Body, View
from fellesgrep.follow_up.rules import ObligationKind, Status


class ObligationView(View):
    """What somebody promised; no `party_id` means the municipality."""

    id: UUID
    party_id: UUID | None
    party_name: str
    kind: ObligationKind
    description: str
    amount_ore: int
    due_on: date
    overdue: bool
    status: Status
    fulfilled_on: date | None
    note: str
    version: int


class Fulfilment(Body):
    """When an obligation was fulfilled, and what there is to say about it."""

    fulfilled_on: date
    note: str = Field("", max_length=2000)
