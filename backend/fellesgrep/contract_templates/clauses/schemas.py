"""What the routes of clauses take and answer."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from fellesgrep.contract_templates.clauses.carrying import Outcome
from fellesgrep.contract_templates.draft_schemas import CommentView, FindingView
from fellesgrep.contract_templates.drafting import LONGEST_NOTE
from fellesgrep.contract_templates.models import VersionStatus
from fellesgrep.contract_templates.schemas import VersionView
from fellesgrep.core.comments import LONGEST
from fellesgrep.core.languages import Language
from fellesgrep.core.web import Body, Named, View

Title = Annotated[str, Field(min_length=1, max_length=120)]
Reason = Annotated[str, Field(max_length=1000)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{2,40}$")]


class NewClause(Body):
    """A new clause: what texts call it, its heading, and why a municipality needs it."""

    key: Key
    title: dict[Language, Title]
    reason: dict[Language, Reason] = Field(default_factory=dict)


class ClauseEdit(Body):
    """A whole draft, as the editor holds it. `mandatory_for` are keys of templates."""

    bodies: dict[Language, str]
    title: dict[Language, Title]
    reason: dict[Language, Reason]
    legal_references: Annotated[list[Annotated[str, Field(max_length=120)]], Field(max_length=20)]
    mandatory_for: Annotated[list[Key], Field(max_length=200)]
    change_note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""
    review_by: date | None = None


class Approval(Body):
    """From which day an approved wording counts; at once where nothing is said."""

    in_force_from: date | None = None


class SentBack(Body):
    """What is to be mended before a draft can be approved."""

    text: Annotated[str, Field(max_length=LONGEST)]


class CarryOver(Body):
    """The templates into which a wording is carried."""

    template_ids: Annotated[list[UUID], Field(min_length=1, max_length=200)]


class ClauseVersionView(VersionView):
    """A version in the history of a clause. `version` is what `If-Match` asks for."""

    version: int
    approved_by: str


class CarrierView(View):
    """An agreement type that must carry a clause."""

    key: str
    title: str


class ClauseSummary(View):
    """A clause as lists show it. `uses`: how many templates in force hold it."""

    id: UUID
    key: str
    title: str
    reason: str
    mandatory_for: list[CarrierView]
    in_force: ClauseVersionView | None
    newest: ClauseVersionView
    uses: int


class ClauseView(ClauseSummary):
    """A clause with its text in force (else the newest) and its history; `can`: `edit`."""

    legal_references: list[str]
    bodies: dict[str, str]
    versions: list[ClauseVersionView]
    can: list[str]


class ClauseText(View):
    """A version as the editor needs it.

    `can`: `edit`, `send`, `discard`, `approve`, `send_back`. `mine`: the reader has written in it
    or sent it, and cannot be who approves it.
    """

    id: UUID
    clause_id: UUID
    number: int
    status: VersionStatus
    version: int
    updated_at: datetime | None
    bodies: dict[str, str]
    title: dict[str, str]
    reason: dict[str, str]
    legal_references: list[str]
    mandatory_for: list[str]
    change_note: str
    review_by: date | None
    in_force_from: datetime | None
    authors: list[Named]
    findings: list[FindingView]
    comments: list[CommentView]
    mine: bool
    can: list[str]


class WordingView(View):
    """A clause in force, for the editor of templates. `same` are numbers that read as it does."""

    key: str
    title: str
    reason: str
    number: int
    bodies: dict[str, str]
    same: list[int]


class TemplateWithClause(View):
    """A version of a template that holds a clause; `number` is the clause's."""

    template_id: UUID
    title: str
    version: VersionView
    number: int
    old_wording: bool


class Counts(View):
    """How many agreements are drafts or on their way, and how many are signed."""

    running: int
    signed: int


class ImpactView(View):
    """What a change of a clause touches. `old`: agreements with an older wording than in force."""

    templates: list[TemplateWithClause]
    now: Counts
    old: Counts


class HoldingView(View):
    """An agreement that holds a clause."""

    case_id: UUID
    case_number: str
    title: str
    number: int
    status: str
    status_label: str
    signed: bool


class CarriedView(View):
    """What became of a template, and in which version."""

    template_id: UUID
    title: str
    version_id: UUID
    number: int
    outcome: Outcome


class MadeClause(View):
    """Where a new draft is found."""

    id: UUID
    clause_id: UUID
