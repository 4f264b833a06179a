"""What the template routes answer."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from fellesgrep.contract_templates.models import Origin, TemplateVersion, VersionStatus
from fellesgrep.core.languages import Language
from fellesgrep.core.web import Body, View


class VersionView(View):
    id: UUID
    number: int
    origin: Origin
    status: VersionStatus
    in_force_from: datetime | None
    approved_by_id: UUID | None
    review_by: date | None
    change_note: str


class TemplateSummary(View):
    """A template as lists show it; `in_force` is None as long as no version is approved."""

    id: UUID
    key: str
    title: str
    languages: list[Language]
    fits: list[str]
    fits_all: bool
    in_force: VersionView | None
    newest: VersionView


class TemplateView(TemplateSummary):
    """A template with all its versions and the newest text that is in force, in one language."""

    versions: list[VersionView]
    body: str
    can: list[str]
    """What the reader may do with it: `edit`."""


def version_view(version: TemplateVersion) -> VersionView:
    """Return a version as the API shows it."""
    return VersionView.model_validate(version)


class RedlineView(View):
    """Two versions' numbers, and the later text as XHTML with `ins` and `del`."""

    before: int
    after: int
    html: str


class UseView(View):
    """An agreement written from a template. `old_wording`: its version is no longer in force."""

    case_id: UUID
    case_number: str
    title: str
    version: int
    old_wording: bool
    status: str
    status_label: str
    signed: bool


class LetterheadView(View):
    """What stands in the head of documents; `can` holds `edit` for those who may change it."""

    municipality: str
    organisation_number: str
    unit: str
    contact_lines: list[str]
    colour: str
    has_mark: bool
    version: int
    can: list[str]


class LetterheadEdit(Body):
    """What an administrator decides; the colour is `#rrggbb`."""

    unit: Annotated[str, Field(max_length=80)]
    contact_lines: Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=5)]
    colour: Annotated[str, Field(max_length=7)]
