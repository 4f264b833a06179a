"""What the routes of departures and versions take and answer."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from fellesgrep.agreements.verdicts import DepartureAnswer
from fellesgrep.agreements.versions import Occasion
from fellesgrep.contract_templates.promises import PromiseKind
from fellesgrep.core.comments import LONGEST
from fellesgrep.core.web import Body, View

Reason = Annotated[str, Field(max_length=LONGEST)]


class SectionText(Body):
    """Another text for a section: a whole `section`."""

    body: Annotated[str, StringConstraints(strip_whitespace=False)]


class SectionEdit(SectionText):
    """Another text for a section, and why; `seen` is the section as it read in the editor."""

    seen: Annotated[str, StringConstraints(strip_whitespace=False)]
    reason: Reason = ""


class VerdictEdit(Body):
    verdict: DepartureAnswer
    reason: Reason = ""


class VerdictView(View):
    verdict: DepartureAnswer
    reason: str
    by: str
    at: datetime


class PromiseView(View):
    """A promise of a section as it is followed up after signing, or is no longer (`kept`)."""

    kind: PromiseKind
    who: str
    due_on: date | None
    kept: bool


class DepartureView(View):
    """Where the text departs, as redline, beside the approved text.

    `outdated` says that the approved text reads otherwise now than when it was written; `earlier`
    is what legal said to what stood there before; `promises` are those that were reworded or left
    out: they are followed up by what the case knows, whatever the words say.
    """

    id: UUID
    section_id: str
    heading: str
    change_html: str
    approved_html: str
    reason: str
    author: str
    made_at: datetime
    own: bool
    stands: bool
    outdated: bool
    promises: list[PromiseView]
    verdict: VerdictView | None
    earlier: VerdictView | None


class SectionView(View):
    """A section as it reads now; `text` is what the editor opens.

    `number` is the one it has in the text; annexes and sections without a number have none here.
    """

    id: str
    number: int | None
    heading: str
    text: str
    departs: bool


class DeparturesView(View):
    """The sections of an agreement's text, and where it departs from its template."""

    sections: list[SectionView]
    departures: list[DepartureView]
    may_write: bool
    may_judge: bool


class ChangeView(View):
    """How a section departs from its template, as redline."""

    html: str


class TextVersionView(View):
    number: int
    occasion: Occasion
    made_at: datetime
    made_by: str


class TextVersionsView(View):
    """The kept versions of a case's agreements, the newest first."""

    versions: list[TextVersionView]
    may_keep: bool


class ComparisonView(View):
    before: int
    after: int
    html: str
