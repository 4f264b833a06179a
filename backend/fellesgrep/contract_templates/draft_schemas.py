"""What the routes of drafts take and answer."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from fellesgrep.contract_templates.checking import Severity
from fellesgrep.contract_templates.drafting import LONGEST_NOTE
from fellesgrep.contract_templates.models import Origin, VersionStatus
from fellesgrep.core.comments import LONGEST
from fellesgrep.core.languages import Language
from fellesgrep.core.web import Body, Named, View

_NOTHING = "Where nothing is said: the text in force, else the newest one."


class NewDraft(Body):
    """From which version a draft begins."""

    source_id: UUID | None = Field(default=None, description=_NOTHING)


class NewTemplate(Body):
    """A new agreement type; its first draft reads as the template it begins from."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{2,40}$")]
    title: dict[Language, Annotated[str, Field(min_length=1, max_length=120)]]
    source_template_id: UUID


class DraftEdit(Body):
    """A whole draft, as the editor holds it. `answers` are the example's answers to the fields."""

    bodies: dict[Language, str]
    manifest: dict[str, Any]
    answers: dict[str, Any] = Field(default_factory=dict)
    change_note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""
    review_by: date | None = None


class ReviewBy(Body):
    """The day by which somebody of legal reads the text again; None for no such day."""

    review_by: date | None


class CommentEdit(Body):
    """Something said about a passage: its section (from 0) in a language, the words it is about."""

    text: Annotated[str, Field(max_length=LONGEST)]
    language: Language = "nb"
    section: Annotated[int, Field(ge=0, le=500)] | None = None
    quote: Annotated[str, Field(max_length=500)] = ""
    answers_id: UUID | None = None


class CommentView(View):
    """A comment; answers come after what they answer. `resolved` closes a thread."""

    id: UUID
    text: str
    who: str
    created_at: datetime
    language: str
    section: int | None
    quote: str
    answers_id: UUID | None
    resolved: bool


class FindingView(View):
    """One line of the check list, in the reader's language."""

    kind: str
    severity: Severity
    language: Language | None
    section: int | None
    clause: str
    text: str


class VariableView(View):
    """What a text may ask for, for the editor's list."""

    name: str
    label: str
    format: str
    of: str
    shown: bool


class VersionText(View):
    """A version with all its texts. `can`: `edit`, `propose`, `discard`, `comment`."""

    id: UUID
    template_id: UUID
    number: int
    origin: Origin
    status: VersionStatus
    version: int
    updated_at: datetime | None
    bodies: dict[str, str]
    manifest: dict[str, Any]
    answers: dict[str, Any]
    change_note: str
    review_by: date | None
    in_force_from: datetime | None
    authors: list[Named]
    findings: list[FindingView]
    comments: list[CommentView]
    can: list[str]


class Made(View):
    """Where a new draft is found."""

    id: UUID
    template_id: UUID
