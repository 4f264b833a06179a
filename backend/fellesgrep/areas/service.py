"""Use cases on areas: one function each, inside the caller's transaction."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from fellesgrep.areas.models import Area, Measure, Phase, PopulationGroup
from fellesgrep.core.audit import Subject, code
from fellesgrep.core.problems import Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.identity.models import Person


def _leader(tx: Tx, person_id: UUID | None) -> UUID | None:
    if person_id is not None and tx.session.get(Person, person_id) is None:
        raise Invalid.at("/programme_leader_id", "areas.problem.no_such_person")
    return person_id


def start_area(
    tx: Tx,
    *,
    name: str,
    phase: Phase,
    summary: str,
    started_on: date,
    programme_leader_id: UUID | None = None,
    contact_point: tuple[str, str, str] = ("", "", ""),
    population_groups: Sequence[str] = (),
) -> Area:
    """Add an area; `contact_point` is name, address and opening hours."""
    area = Area(
        name=name,
        phase=phase,
        summary=summary,
        started_on=started_on,
        programme_leader_id=_leader(tx, programme_leader_id),
        contact_point_name=contact_point[0],
        contact_point_address=contact_point[1],
        contact_point_hours=contact_point[2],
    )
    area.population_groups = [PopulationGroup(name=group) for group in population_groups]
    tx.session.add(area)
    tx.session.flush()
    tx.audit("area:started", Subject("area", area.id))
    return area


def edit_area(tx: Tx, area: Area, changes: dict[str, Any]) -> None:
    """Change an area's facts; a new phase is named in the audit log."""
    _leader(tx, changes.get("programme_leader_id"))
    phase_before = area.phase
    for name, value in changes.items():
        setattr(area, name, value)
    area.updated_at = tx.now()
    subject = Subject("area", area.id)
    if area.phase != phase_before:
        tx.audit("area:phase_changed", subject, {"phase": code(f"areas.phase.{area.phase}")})
    else:
        tx.audit("area:edited", subject)
    tx.session.flush()


def add_measure(tx: Tx, area: Area, **facts: Any) -> Measure:
    """Add a measure to the area's action plan, numbered after the last one."""
    last = tx.session.scalar(select(func.max(Measure.number)).where(Measure.area_id == area.id))
    measure = Measure(area_id=area.id, number=(last or 0) + 1, **facts)
    tx.session.add(measure)
    tx.session.flush()
    tx.audit(
        "measure:added",
        Subject("area", area.id),
        {"measure": measure.number, "budget_ore": measure.budget_ore},
        also=[Subject("measure", measure.id)],
    )
    return measure
