"""Areas and their measures."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select

from fellesgrep.areas import service
from fellesgrep.areas.models import Area, Measure
from fellesgrep.areas.schemas import AreaEdit, AreaSummary, AreaView, MeasureNew, MeasureView
from fellesgrep.core.web import IfMatch, Page, Paged, expect_version, fetch_page
from fellesgrep.identity.access import Access, allow

router = APIRouter(prefix="/api/v1/areas", tags=["areas"])


@router.get("")
def list_areas(access: Annotated[Access, allow("area:read")], paged: Paged) -> Page[AreaSummary]:
    """List areas."""
    rows, total, more = fetch_page(
        access.tx.session, select(Area), paged, {"name": Area.name}, default="name"
    )
    return Page(items=[AreaSummary.model_validate(row) for row in rows], total=total, more=more)


@router.get("/{area_id}")
def show_area(area_id: UUID, access: Annotated[Access, allow("area:read", on="area")]) -> AreaView:
    """Return an area with its measures and population groups."""
    return AreaView.model_validate(access.tx.session.get_one(Area, area_id))


@router.put("/{area_id}")
def edit_area(
    area_id: UUID,
    body: AreaEdit,
    version: IfMatch,
    access: Annotated[Access, allow("area:edit", on="area")],
) -> AreaView:
    """Change an area's facts."""
    area = access.tx.session.get_one(Area, area_id)
    expect_version(area, version)
    service.edit_area(access.tx, area, body.model_dump())
    return AreaView.model_validate(area)


@router.post("/{area_id}/measures", status_code=201)
def add_measure(
    area_id: UUID,
    body: MeasureNew,
    access: Annotated[Access, allow("area:edit", on="area")],
) -> MeasureView:
    """Add a measure to the area's action plan."""
    area = access.tx.session.get_one(Area, area_id)
    measure: Measure = service.add_measure(access.tx, area, **body.model_dump())
    return MeasureView.model_validate(measure)
