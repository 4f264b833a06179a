"""What the routes of runs take and answer."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from fellesgrep.agreements.bulk import MOST_CASES
from fellesgrep.agreements.bulk_models import BulkItemStatus, BulkStatus
from fellesgrep.agreements.schemas import FieldView
from fellesgrep.core.languages import Language
from fellesgrep.core.web import Body, Named, View


class NewRun(Body):
    """Which template, in which language, for which cases, with which answers common to all.

    Without `case_ids` it is every case that the template fits, in `area_id` where that is given.
    """

    template_id: UUID
    language: Language
    fields: dict[str, str | bool | int | None] = Field(default_factory=dict, max_length=100)
    case_ids: list[UUID] | None = Field(default=None, max_length=MOST_CASES)
    area_id: UUID | None = None


class BulkTemplateView(View):
    """A template in force, with what it asks."""

    id: UUID
    title: str
    languages: list[Language]
    fields: list[FieldView]


class CandidateView(View):
    """A case whose agreement can be begun."""

    id: UUID
    number: str
    title: str
    partner: str


class RunView(View):
    """A run and how far it is."""

    id: UUID
    template: str
    language: Language
    status: BulkStatus
    started_at: datetime
    started_by: Named
    ended_at: datetime | None
    total: int
    made: int
    failed: int
    waiting: int


class ItemView(View):
    """What became of a case; `causes` say in words why it failed."""

    id: UUID
    case_id: UUID
    number: str
    title: str
    partner: str
    status: BulkItemStatus
    gaps: int
    causes: list[str]
