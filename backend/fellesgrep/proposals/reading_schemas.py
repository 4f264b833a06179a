"""What the routes of a proposal's readings answer."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from fellesgrep.cases.talking_schemas import ReaderChoice, ThreadView
from fellesgrep.core.web import View


class Standing(StrEnum):
    """Where a party stands to the proposal as it reads now. `changed`: it confirmed another."""

    NOT_ASKED = "not_asked"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    CHANGED = "changed"
    REFUSED = "refused"


class PartyStandingView(View):
    """A party, where it stands, and the answer that this rests on with the version it was about."""

    party_id: UUID
    name: str
    standing: Standing
    number: int | None
    by: str
    role_title: str
    reason: str
    answered_at: datetime | None


class SentView(View):
    """A version that was sent; `current` when the proposal still reads so."""

    number: int
    sent_at: datetime
    respond_by: date
    note: str
    current: bool
    people: list[str]


class ReadingsView(View):
    """All readings of a case's proposal; the newest first, the threads oldest first."""

    sent: list[SentView]
    parties: list[PartyStandingView]
    threads: list[ThreadView]
    contacts: list[ReaderChoice]
    may_send: bool
    may_answer: bool
