"""Versions of processes: upload, comparison, publication by another; moves of running cases."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from fellesgrep.core.problems import NotFound
from fellesgrep.core.web import ReaderLanguage
from fellesgrep.identity.access import Access, allow
from fellesgrep.workflow import migration, publishing, store, table_difference, version_views
from fellesgrep.workflow.models import DecisionTable
from fellesgrep.workflow.version_schemas import (
    BatchIn,
    BatchView,
    Comparison,
    TableComparison,
    UploadIn,
    UploadView,
    VersionsView,
)

versions = APIRouter(prefix="/api/v1/process-versions", tags=["processes"])
ToEdit = Annotated[Access, allow("workflow:edit")]
ToPublish = Annotated[Access, allow("workflow:publish")]


@versions.get("")
def list_versions(
    access: Annotated[Access, allow("workflow:read")], language: ReaderLanguage
) -> VersionsView:
    """List the versions of processes and tables."""
    return version_views.versions_view(access.tx, language)


@versions.post("/uploads")
def upload(body: UploadIn, access: ToEdit, language: ReaderLanguage) -> UploadView:
    """Check changed files; without errors they become drafts that another publishes."""
    done = publishing.upload(access.tx, {file.path: file.content for file in body.files})
    return UploadView(
        accepted=not any(finding.is_error for finding in done.findings),
        findings=version_views.finding_views(done.findings, language),
        comparisons=[
            version_views.comparison(access.tx, bundle, language) for bundle in done.bundles
        ],
    )


@versions.get("/{version}/comparison")
def compare(
    version: str, access: Annotated[Access, allow("workflow:read")], language: ReaderLanguage
) -> Comparison:
    """Return a version beside the one in force."""
    found = migration.find_version(access.tx, version, drafts=True)
    return version_views.comparison(access.tx, store.load_bundle(access.tx, found.hash), language)


@versions.get("/tables/{table}/comparison")
def compare_table(
    table: UUID, access: Annotated[Access, allow("workflow:read")]
) -> TableComparison:
    """Return a decision table beside the one in force."""
    found = access.tx.session.get(DecisionTable, table)
    if found is None:
        raise NotFound("core.problem.not_found")
    return table_difference.compare(access.tx, found)


@versions.post("/{version}/discard", status_code=204)
def discard(version: str, access: ToEdit) -> None:
    """Take a draft off the list."""
    publishing.discard_version(access.tx, version)


@versions.post("/tables/{table}/discard", status_code=204)
def discard_table(table: UUID, access: ToEdit) -> None:
    """Take a draft of a decision table off the list."""
    publishing.discard_table(access.tx, table)


@versions.post("/{version}/publish")
def publish(version: str, access: ToPublish, language: ReaderLanguage) -> VersionsView:
    """Put a draft in force; 409 for the one who uploaded it."""
    publishing.publish_version(access.tx, version)
    return version_views.versions_view(access.tx, language)


@versions.post("/tables/{table}/publish")
def publish_table(table: UUID, access: ToPublish, language: ReaderLanguage) -> VersionsView:
    """Let a draft of a decision table bind from its day; 409 for the one who uploaded it."""
    publishing.publish_table(access.tx, table)
    return version_views.versions_view(access.tx, language)


@versions.post("/{version}/move")
def move(version: str, body: BatchIn, access: ToEdit, language: ReaderLanguage) -> BatchView:
    """Move some cases to a version, or tell with `dry_run` what would happen to each."""
    to = migration.find_version(access.tx, version, drafts=body.dry_run)
    done = migration.move_batch(access.tx, to, after=body.after, dry_run=body.dry_run)
    return version_views.batch_view(access.tx, done, language)


@versions.post("/{version}/take-back")
def take_back(version: str, body: BatchIn, access: ToEdit, language: ReaderLanguage) -> BatchView:
    """Take back the moves of some cases that were moved to a version."""
    to = migration.find_version(access.tx, version)
    done = migration.take_back_batch(access.tx, to, after=body.after, dry_run=body.dry_run)
    return version_views.batch_view(access.tx, done, language)
