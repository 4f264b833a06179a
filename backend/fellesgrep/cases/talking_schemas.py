"""What routes take and answer where partners are asked about a paper of a case."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from fellesgrep.cases.talking import Recipient
from fellesgrep.core.web import Body, View


class SendToContacts(Body):
    """Whom something goes to, until when they answer, and a word along with it."""

    contact_ids: list[UUID] = Field(max_length=100)
    respond_by: date
    note: str = Field(default="", max_length=4000)


class Answer(Body):
    text: str = Field(max_length=4000)


class SaidView(View):
    id: UUID
    text: str
    who: str
    of: str
    by_partner: bool
    at: datetime
    resolved: bool
    answers: list["SaidView"] = Field(default_factory=list)


class ThreadView(View):
    heading: str
    first: SaidView


class ReaderChoice(View):
    """A contact person whom something can be sent to."""

    id: UUID
    name: str
    role_title: str
    party_name: str
    reachable: bool


def choices(recipients: Sequence[Recipient]) -> list[ReaderChoice]:
    """Return contact persons as they are offered for choice."""
    return [
        ReaderChoice(
            id=each.contact.id,
            name=each.contact.name,
            role_title=each.contact.role_title,
            party_name=each.party_name,
            reachable=bool(each.contact.email),
        )
        for each in recipients
    ]
