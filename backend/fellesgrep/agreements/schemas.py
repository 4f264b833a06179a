"""What the agreement routes take and answer."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from fellesgrep.agreements.models import Verdict
from fellesgrep.agreements.rules import Status
from fellesgrep.contract_templates.manifest import FieldType
from fellesgrep.core.languages import Language
from fellesgrep.core.web import Body, Named, View

DocumentKind = Literal["shown", "sealed"]


class AgreementEdit(Body):
    """The whole draft: which template in which language, and the answers by field name."""

    template_id: UUID
    language: Language
    fields: dict[str, str | bool | int | None] = Field(default_factory=dict, max_length=100)


class TemplateChoice(View):
    """A template that can be chosen; `fits` says whether it is meant for the leading party."""

    id: UUID
    key: str
    title: str
    languages: list[Language]
    fits: bool


class ChosenTemplate(View):
    id: UUID
    key: str
    title: str
    version_number: int
    languages: list[Language]


class ChoiceView(View):
    value: str
    label: str


class FieldView(View):
    """Something the template asks; `value` is the answer, or what it suggests.

    With `asked_if`, only where the question of that name is answered with yes.
    """

    name: str
    label: str
    help: str
    type: FieldType
    value: Any
    required: bool
    asked_if: str | None
    choices: list[ChoiceView]
    minimum: int
    maximum: int


class GapView(View):
    """What the text needs and the case does not hold yet, with the clause that needs it."""

    variable: str
    clause: str
    label: str


class PartyView(View):
    party_id: UUID | None
    name: str
    organisation_number: str | None


class ReviewView(View):
    verdict: Verdict
    comment: str
    reviewed_at: datetime
    reviewed_by: Named | None


class DocumentView(View):
    kind: DocumentKind
    title: str
    file_name: str
    sha256: str
    at: datetime
    url: str


class AgreementView(View):
    """An agreement as it stands; while it is drafted, the text follows the case."""

    id: UUID
    number: int
    status: Status
    language: Language
    title: str
    template: ChosenTemplate | None
    templates: list[TemplateChoice]
    fields: list[FieldView]
    body_html: str
    gaps: list[GapView]
    parties: list[PartyView]
    reviews: list[ReviewView]
    submission_note: str
    documents: list[DocumentView]
    editable: bool
    version: int
