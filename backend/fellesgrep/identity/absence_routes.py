"""Absences: who is away and who stands in."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import aliased

from fellesgrep.core.problems import NotFound
from fellesgrep.core.web import Body, Named, Page, Paged, View, fetch_page
from fellesgrep.identity import absences
from fellesgrep.identity.absences import Absence
from fellesgrep.identity.access import Access, allow
from fellesgrep.identity.models import Person
from fellesgrep.identity.policy import Place

router = APIRouter(tags=["absences"])


class AbsenceNew(Body):
    """Who stands in, and from which day to which, both included."""

    substitute_id: UUID
    from_on: date
    until_on: date
    reason: str = Field("", max_length=500)


class AbsenceView(View):
    """An absence; the reason is shown to the person and to whoever may change it."""

    id: UUID
    person: Named
    substitute: Named
    from_on: date
    until_on: date
    now: bool
    reason: str
    can: list[str]


@router.get("/api/v1/absences")
def list_absences(
    access: Annotated[Access, allow("absence:read")], paged: Paged
) -> Page[AbsenceView]:
    """List who is away now or will be, the earliest first."""
    person, substitute = aliased(Person), aliased(Person)
    rows, total, more = fetch_page(
        access.tx.session,
        select(Absence, person, substitute)
        .join(person, person.id == Absence.person_id)
        .join(substitute, substitute.id == Absence.substitute_id)
        .where(Absence.until_on >= access.tx.today()),
        paged,
        {"from_on": Absence.from_on, "person": person.name},
        default="from_on",
    )
    items = [_view(access, *row) for row in rows]
    return Page(items=items, total=total, more=more)


@router.post("/api/v1/people/{person_id}/absences", status_code=201)
def register_absence(
    person_id: UUID,
    body: AbsenceNew,
    access: Annotated[Access, allow("absence:edit", on="person")],
) -> AbsenceView:
    """Register that somebody will be away, and who stands in."""
    tx = access.tx
    person = tx.session.get_one(Person, person_id)
    absence = absences.register(tx, person, **body.model_dump())
    return _view(access, absence, person, tx.session.get_one(Person, absence.substitute_id))


@router.post("/api/v1/people/{person_id}/absences/{absence_id}/end", status_code=204)
def end_absence(
    person_id: UUID,
    absence_id: UUID,
    access: Annotated[Access, allow("absence:edit", on="person")],
) -> None:
    """Take an absence back, or end it early."""
    absence = access.tx.session.get(Absence, absence_id)
    if absence is None or absence.person_id != person_id:
        raise NotFound("core.problem.not_found")
    absences.end(access.tx, absence)


def _view(access: Access, absence: Absence, person: Person, substitute: Person) -> AbsenceView:
    may_edit = access.may("absence:edit", Place(people=frozenset({person.id})))
    return AbsenceView(
        id=absence.id,
        person=Named.model_validate(person),
        substitute=Named.model_validate(substitute),
        from_on=absence.from_on,
        until_on=absence.until_on,
        now=absence.from_on <= access.tx.today(),
        reason=absence.reason if may_edit else "",
        can=["end"] if may_edit else [],
    )
