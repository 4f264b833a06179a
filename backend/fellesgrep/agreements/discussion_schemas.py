"""What the routes of the discussion take and answer."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from fellesgrep.agreements.discussion_models import SuggestionStatus
from fellesgrep.cases.talking_schemas import ReaderChoice, ThreadView
from fellesgrep.core.web import Body, View


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


class DiscussionView(View):
    """All rounds of a case's discussion; the newest reading first, the rest oldest first."""

    readings: list[ReadingView]
    threads: list[ThreadView]
    suggestions: list[SuggestionView]
    contacts: list[ReaderChoice]
    may_send: bool
    may_answer: bool
