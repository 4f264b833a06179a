"""What the routes of the discussion take and answer."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from fellesgrep.agreements.discussion_models import SuggestionStatus
from fellesgrep.core.web import Body, View


class SendForReading(Body):
    """Whom the draft goes to, until when they answer, and a word along with it."""

    contact_ids: list[UUID] = Field(max_length=100)
    respond_by: date
    note: str = Field(default="", max_length=4000)


class Answer(Body):
    text: str = Field(max_length=4000)


class Rejection(Body):
    reason: str = Field(default="", max_length=4000)


class ReaderView(View):
    name: str
    party_name: str
    seen_at: datetime | None
    no_remarks_at: datetime | None


class ReadingView(View):
    number: int
    sent_at: datetime
    respond_by: date
    note: str
    readers: list[ReaderView]


class SaidView(View):
    id: UUID
    text: str
    who: str
    of: str
    by_partner: bool
    at: datetime
    answers: list["SaidView"] = Field(default_factory=list)


class ThreadView(View):
    heading: str
    first: SaidView


class SuggestionView(View):
    id: UUID
    heading: str
    who: str
    of: str
    change_html: str
    reason: str
    made_at: datetime
    status: SuggestionStatus
    answer: str
    answered_by: str
    answered_at: datetime | None


class ReaderChoice(View):
    """A contact person whom the draft can be sent to."""

    id: UUID
    name: str
    role_title: str
    party_name: str
    reachable: bool


class DiscussionView(View):
    """All rounds of a case's discussion; the newest reading first, the rest oldest first."""

    readings: list[ReadingView]
    threads: list[ThreadView]
    suggestions: list[SuggestionView]
    contacts: list[ReaderChoice]
    may_send: bool
    may_answer: bool
