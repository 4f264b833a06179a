"""What the routes of the authority to sign take and answer."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from fellesgrep.core.web import Body, Named, View
from fellesgrep.signing.authority_reading import Source, Unclear
from fellesgrep.signing.authority_rules import Rule


class Reason(Body):
    """Why it may be sent out although nobody has settled who may sign."""

    reason: str = Field(min_length=3, max_length=2000)


class Question(Body):
    """What legal is asked."""

    question: str = Field(min_length=3, max_length=2000)


class LegalDecision(Body):
    """Who may sign for a party, as legal decides, and why."""

    rule: Rule
    reason: str = Field(min_length=3, max_length=2000)


class HolderView(View):
    """A person whom the rule names, and who they are among the contact persons."""

    name: str
    born_on: date | None
    roles: list[str]
    contact_id: UUID | None


class WayView(View):
    """Persons who are enough together; `possible`: all are contact persons."""

    label: str
    names: list[str]
    contact_ids: list[UUID]
    possible: bool


class SubstituteView(View):
    """Who may sign in whose place, by which mandate, in which days."""

    name: str
    stands_for: str
    mandate: str
    valid_from: date
    valid_to: date | None


class QuestionView(View):
    question: str
    asked_at: datetime
    asked_by: Named | None


class AuthorityView(View):
    """Who may sign for a party, on what that rests, and what can be done about it.

    `missing` says who must sign beside those who are planned or have signed.
    """

    party_id: UUID
    party_name: str
    asked_for: bool
    can_look_up: bool
    looking_up: bool
    settled: bool
    confirmed: bool
    source: Source | None
    source_label: str
    basis: str
    recorded_at: datetime | None
    recorded_by: Named | None
    unclear: Unclear | None
    failed: Unclear | None
    words: str
    reason: str
    sentences: list[str]
    ways: list[WayView]
    people: list[HolderView]
    registered: list[HolderView]
    substitutes: list[SubstituteView]
    optional: bool
    missing: list[str]
    has_file: bool
    question: QuestionView | None
    can: list[str]


class AuthoritiesView(View):
    """How it stands with every party; `required`: nothing is sent out before it is settled."""

    required: bool
    parties: list[AuthorityView]
