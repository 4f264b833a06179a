"""What the routes of versions and moves take and answer."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from fellesgrep.core.web import Body, View
from fellesgrep.workflow.models import Origin, VersionStatus
from fellesgrep.workflow.schemas import PersonRef


class FileIn(Body):
    """A file: its name, with its folder where that is known, and its text."""

    path: Annotated[str, Field(min_length=1, max_length=300)]
    content: Annotated[str, Field(max_length=2_000_000)]


class UploadIn(Body):
    files: Annotated[list[FileIn], Field(min_length=1, max_length=100)]


class FindingView(View):
    file: str
    element: str
    reason: str
    level: Literal["error", "warning"]


class VersionView(View):
    """A version of a process; `running` counts the instances that follow it."""

    hash: str
    process: str
    name: str
    version: str
    origin: Origin
    status: VersionStatus
    imported_at: datetime
    imported_by: PersonRef | None
    published_at: datetime | None
    published_by: PersonRef | None
    running: int
    may_publish: bool


class TableView(View):
    """A version of a decision table."""

    id: UUID
    name: str
    version: str
    valid_from: date
    origin: Origin
    status: VersionStatus
    imported_at: datetime
    imported_by: PersonRef | None
    published_at: datetime | None
    published_by: PersonRef | None
    may_publish: bool


class FolderView(View):
    """A process in force, main or called: a folder that a loose file can belong to."""

    process: str
    name: str


class VersionsView(View):
    versions: list[VersionView]
    tables: list[TableView]
    folders: list[FolderView]


class FileChange(View):
    path: str
    change: Literal["added", "changed", "removed"]


class ComparedDiagram(View):
    """A diagram, and the same one in the version in force (None where it is new)."""

    process: str
    name: str
    xml: str
    previous_xml: str | None


class Comparison(View):
    """What is another than in the version in force."""

    process: str
    name: str
    files: list[FileChange]
    diagrams: list[ComparedDiagram]


class ComparedCell(View):
    """A cell of a rule as it was and as it would be; None where there was, or will be, no rule."""

    before: str | None
    after: str | None


class ComparedRule(View):
    id: str
    change: Literal["added", "removed", "changed", "same"]
    why: str
    cells: list[ComparedCell]


class TableComparison(View):
    """A table beside the one in force. The first `inputs` columns are asked, the others given.

    Where other columns are asked or given, every rule counts as added.
    """

    name: str
    valid_from: date
    previous_valid_from: date | None
    columns: list[str]
    inputs: int
    rules: list[ComparedRule]


class UploadView(View):
    """Findings, and the drafts that were made: none where a finding is an error."""

    accepted: bool
    findings: list[FindingView]
    comparisons: list[Comparison]


class BatchIn(Body):
    """`after` is what the batch before answered, so that a refused case is not tried again."""

    after: UUID | None = None
    dry_run: bool = False


class MoveView(View):
    """One case: whether it can move, why not, and what changes."""

    instance_id: UUID
    subject_kind: str
    subject_id: UUID
    title: str
    possible: bool
    reasons: list[str]
    changes: list[str]


class BatchView(View):
    """`after` is None when no case is left."""

    moves: list[MoveView]
    after: UUID | None
    left: int
