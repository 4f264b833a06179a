"""What areas contribute to the application."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fellesgrep.areas.models import Area
from fellesgrep.areas.routes import router
from fellesgrep.core import audit
from fellesgrep.core.registry import Registry
from fellesgrep.core.web import ROUTERS
from fellesgrep.identity.access import PLACES
from fellesgrep.identity.policy import Place


def _names(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    rows = session.execute(select(Area.id, Area.name).where(Area.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _place(session: Session, area_id: UUID) -> Place | None:
    return Place(area_id=area_id) if session.get(Area, area_id) else None


def register(registry: Registry) -> None:
    """Add routes, names of areas, where an area stands, and audit kinds."""
    registry.put(ROUTERS, "areas", router)
    registry.put(audit.LABELS, "area", _names)
    registry.put(PLACES, "area", _place)
    audit.register(registry, "area:started", "areas.audit.started")
    audit.register(registry, "area:edited", "areas.audit.edited")
    audit.register(registry, "area:phase_changed", "areas.audit.phase_changed")
    audit.register(registry, "measure:added", "areas.audit.measure_added")
