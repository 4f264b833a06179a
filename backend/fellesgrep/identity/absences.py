"""Who is away, and who stands in meanwhile.

A task stays with the person it was given to. As long as that person is away, their substitute
sees it among their own and may complete it, and the record says for whom; afterwards nothing has
to be handed back. Whoever stands in acts with their own roles and delegations, never with those
of the absent person.
"""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.db import Base, Editable
from fellesgrep.core.problems import Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.identity.models import Person, RoleGrant


class Absence(Base, Editable):
    """Somebody is away from one day to another, both included; `reason` is nobody else's."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("from_on <= until_on", name="days"),
        CheckConstraint("person_id <> substitute_id", name="somebody_else"),
        Index("ix_absence_until_on_from_on", "until_on", "from_on"),
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    substitute_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")


def absent(first: date, last: date) -> ColumnElement[bool]:
    """Return what holds for absences that touch a span of days."""
    return (Absence.from_on <= last) & (Absence.until_on >= first)


def away(session: Session, first: date, last: date | None = None) -> dict[UUID, UUID]:
    """Return whoever is away in a span of days (one day by default) → who stands in."""
    rows = session.execute(
        select(Absence.person_id, Absence.substitute_id).where(absent(first, last or first))
    )
    return {row.person_id: row.substitute_id for row in rows}


def who_stands_in(person_id: UUID, out: Mapping[UUID, UUID]) -> UUID | None:
    """Return who acts for somebody: themselves when there, else the first who is not away.

    None where everybody named is away.
    """
    seen: set[UUID] = set()
    while person_id in out:
        if person_id in seen:
            return None
        seen.add(person_id)
        person_id = out[person_id]
    return person_id


def substitutes(session: Session, people: Collection[UUID], today: date) -> dict[UUID, UUID]:
    """Return who stands in today for those of some people who are away."""
    out = away(session, today) if people else {}
    found = {person: who_stands_in(person, out) for person in people if person in out}
    return {person: other for person, other in found.items() if other is not None}


def stands_in(session: Session, person_id: UUID, for_id: UUID | None, today: date) -> bool:
    """Tell whether a person acts today for another who is away."""
    if for_id is None or for_id == person_id:
        return False
    return substitutes(session, [for_id], today).get(for_id) == person_id


def stood_in_for(session: Session, person_id: UUID, today: date) -> frozenset[UUID]:
    """Return everybody a person stands in for today."""
    out = away(session, today)
    return frozenset(each for each in out if who_stands_in(each, out) == person_id)


def register(
    tx: Tx, person: Person, *, substitute_id: UUID, from_on: date, until_on: date, reason: str
) -> Absence:
    """Register that somebody will be away; raises `Invalid` at the field that does not fit."""
    _check_days(tx, person, from_on, until_on)
    _check_substitute(tx, person, substitute_id, from_on, until_on)
    absence = Absence(
        person_id=person.id,
        substitute_id=substitute_id,
        from_on=from_on,
        until_on=until_on,
        reason=reason,
    )
    tx.session.add(absence)
    tx.session.flush()
    _tell(tx, absence, "registered")
    return absence


def _check_days(tx: Tx, person: Person, from_on: date, until_on: date) -> None:
    if until_on < from_on or until_on < tx.today():
        raise Invalid.at("/until_on", "identity.problem.absence_over")
    taken = select(Absence.id).where(Absence.person_id == person.id, absent(from_on, until_on))
    if tx.session.scalar(taken.limit(1)):
        raise Invalid.at("/from_on", "identity.problem.absent_already")


def _check_substitute(
    tx: Tx, person: Person, substitute_id: UUID, from_on: date, until_on: date
) -> None:
    substitute = tx.session.get(Person, substitute_id)
    if substitute is None or not substitute.active or substitute is person:
        raise Invalid.at("/substitute_id", "identity.problem.no_substitute")
    lacking = [grant.role for grant in person.grants if not _covers(substitute, grant)]
    if lacking:
        raise Invalid.at(
            "/substitute_id", "identity.problem.substitute_lacks_role", name=substitute.name
        )
    out = away(tx.session, from_on, until_on) | {person.id: substitute_id}
    if who_stands_in(person.id, out) is None:
        raise Invalid.at(
            "/substitute_id", "identity.problem.substitute_in_circle", name=substitute.name
        )


def _covers(substitute: Person, grant: RoleGrant) -> bool:
    return any(
        own.role == grant.role and own.area_id in {None, grant.area_id} for own in substitute.grants
    )


def end(tx: Tx, absence: Absence) -> None:
    """Take an absence back, or end it today: from now on the person has their tasks themselves."""
    _tell(tx, absence, "ended")
    tx.session.delete(absence)
    tx.session.flush()


def _tell(tx: Tx, absence: Absence, what: str) -> None:
    tx.audit(
        f"absence:{what}",
        Subject("person", absence.person_id),
        {
            "person": ref("person", absence.person_id),
            "substitute": ref("person", absence.substitute_id),
            "from_on": absence.from_on.isoformat(),
            "until_on": absence.until_on.isoformat(),
        },
        also=[Subject("person", absence.substitute_id)],
    )
