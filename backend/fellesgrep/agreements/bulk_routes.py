"""Many agreements begun at once, as the municipality starts and follows it."""

from collections.abc import Iterator
from typing import IO, Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from sqlalchemy import or_, select

from fellesgrep.agreements import bulk, bulk_views
from fellesgrep.agreements.bulk_models import BulkItem, BulkItemStatus, BulkRun
from fellesgrep.agreements.bulk_schemas import (
    BulkTemplateView,
    CandidateView,
    ItemView,
    NewRun,
    RunView,
)
from fellesgrep.areas.models import Area
from fellesgrep.cases.models import Case
from fellesgrep.contract_templates.service import version_in_force
from fellesgrep.core.languages import Language, say
from fellesgrep.core.web import Page, Paged, ReaderLanguage, Sortable, fetch_page
from fellesgrep.identity.access import Access, allow
from fellesgrep.identity.policy import Place
from fellesgrep.partners.models import Partner

ACTION = "agreement:generate"
router = APIRouter(prefix="/api/v1/bulk-agreements", tags=["agreements"])
Generating = Annotated[Access, allow(ACTION)]


def _areas(access: Access, area_id: UUID | None) -> list[UUID]:
    """Return the areas in which somebody may do it, or the one they ask for."""
    ids = access.tx.session.scalars(select(Area.id))
    allowed = [each for each in ids if access.may(ACTION, Place(area_id=each))]
    return [each for each in allowed if area_id in (None, each)]


def _run(access: Access, run: BulkRun, language: Language) -> RunView:
    return bulk_views.whole(access.tx, [run], language)[0]


@router.get("")
def list_runs(access: Generating, paged: Paged, language: ReaderLanguage) -> Page[RunView]:
    """List the runs, the newest first."""
    sorts: dict[str, Sortable] = {"started_at": BulkRun.started_at}
    rows, total, more = fetch_page(
        access.tx.session, bulk.runs(), paged, sorts, default="-started_at"
    )
    return Page(items=bulk_views.whole(access.tx, rows, language), total=total, more=more)


@router.get("/templates")
def list_templates(access: Generating, language: ReaderLanguage) -> list[BulkTemplateView]:
    """List the templates in force, with what each asks."""
    return bulk_views.templates(access.tx, language)


@router.get("/candidates")
def list_candidates(
    access: Generating,
    paged: Paged,
    template_id: UUID,
    area_id: UUID | None = None,
    q: Annotated[str, Query(max_length=100)] = "",
) -> Page[CandidateView]:
    """List the cases whose agreement can be begun from a template."""
    manifest = version_in_force(access.tx.session, template_id).read_manifest()
    statement = bulk.fitting(bulk.candidates(_areas(access, area_id)), manifest)
    if q.strip():
        part = f"%{q.strip()}%"
        statement = statement.where(
            or_(Case.number.ilike(part), Case.title.ilike(part), Partner.name.ilike(part))
        )
    sorts: dict[str, Sortable] = {
        "number": Case.number,
        "title": Case.title,
        "partner": Partner.name,
    }
    rows, total, more = fetch_page(access.tx.session, statement, paged, sorts, default="number")
    found = [
        CandidateView(id=case.id, number=case.number, title=case.title, partner=name)
        for case, name, _kind in rows
    ]
    return Page(items=found, total=total, more=more)


@router.post("", status_code=201)
def start_run(body: NewRun, access: Generating, language: ReaderLanguage) -> RunView:
    """Begin the agreements; they are made one after the other by the worker."""
    run = bulk.start(
        access.tx,
        template_id=body.template_id,
        language=body.language,
        fields=body.fields,
        case_ids=body.case_ids,
        area_ids=_areas(access, body.area_id),
        allowed=lambda place: access.may(ACTION, place),
    )
    return _run(access, run, language)


@router.get("/{run_id}")
def show_run(run_id: UUID, access: Generating, language: ReaderLanguage) -> RunView:
    """Return how far a run is."""
    return _run(access, bulk.get(access.tx, run_id), language)


@router.get("/{run_id}/items")
def list_items(
    run_id: UUID,
    access: Generating,
    paged: Paged,
    language: ReaderLanguage,
    status: BulkItemStatus | None = None,
) -> Page[ItemView]:
    """List the cases of a run and what became of each."""
    statement = bulk.items(bulk.get(access.tx, run_id))
    if status is not None:
        statement = statement.where(BulkItem.status == status)
    sorts: dict[str, Sortable] = {
        "position": BulkItem.position,
        "number": Case.number,
        "title": Case.title,
    }
    rows, total, more = fetch_page(access.tx.session, statement, paged, sorts, default="position")
    found = [bulk_views.item(row, case, partner, language) for row, case, partner in rows]
    return Page(items=found, total=total, more=more)


@router.post("/{run_id}/cancel")
def cancel_run(run_id: UUID, access: Generating, language: ReaderLanguage) -> RunView:
    """Stop a run; what is made stays."""
    run = bulk.get(access.tx, run_id, lock=True)
    bulk.cancel(access.tx, run)
    return _run(access, run, language)


@router.post("/{run_id}/try-again")
def try_run_again(run_id: UUID, access: Generating, language: ReaderLanguage) -> RunView:
    """Take up what failed or was not reached."""
    run = bulk.get(access.tx, run_id, lock=True)
    bulk.try_again(access.tx, run)
    return _run(access, run, language)


@router.get("/{run_id}/drafts.zip")
def download_drafts(
    run_id: UUID, access: Generating, language: ReaderLanguage
) -> StreamingResponse:
    """Return the drafts that were made, and the list, as a ZIP file."""
    packed = bulk_views.archive(access.tx, bulk.get(access.tx, run_id), language)
    name = say(language, "agreements.bulk.archive_name")
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(_parts(packed), media_type="application/zip", headers=headers)


def _parts(packed: IO[bytes]) -> Iterator[bytes]:
    with packed:
        while part := packed.read(256 * 1024):
            yield part
