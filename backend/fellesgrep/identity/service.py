"""Use cases on people."""

from collections.abc import Sequence
from typing import TypedDict, Unpack
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, select

from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.identity.models import LoginSession, Person, RoleGrant
from fellesgrep.identity.policy import Role
from fellesgrep.identity.sessions import person_by_email

Grants = Sequence[tuple[Role, UUID | None]]


class PersonFacts(TypedDict):
    """What is known of an employee beside the roles."""

    name: str
    email: str
    title: str
    unit: str
    language: str
    active: bool


def _address(tx: Tx, typed: str, person: Person | None) -> str:
    try:
        address = validate_email(typed, check_deliverability=False)
    except EmailNotValidError:
        raise Invalid.at("/email", "identity.problem.email_invalid") from None
    taken = person_by_email(tx, address.normalized)
    if taken is not None and taken is not person:
        raise Invalid.at("/email", "identity.problem.email_taken", email=address.normalized)
    return address.normalized


def _set_grants(person: Person, grants: Grants) -> None:
    """Keep the grants that stay as they are, so that no row is written twice."""
    wanted = dict.fromkeys(grants)
    for number, (role, _) in enumerate(wanted):
        if role is Role.PARTNER:
            raise Invalid.at(f"/grants/{number}/role", "identity.problem.partner_never_logs_in")
    kept = [row for row in person.grants if (Role(row.role), row.area_id) in wanted]
    known = {(Role(row.role), row.area_id) for row in kept}
    new = [RoleGrant(role=role, area_id=area) for role, area in wanted if (role, area) not in known]
    person.grants = [*kept, *new]


def register_person(
    tx: Tx,
    *,
    name: str,
    email: str,
    title: str,
    unit: str,
    grants: Grants,
    language: str = "nb",
    active: bool = True,
) -> Person:
    """Add somebody who works for the municipality, with roles by area (None: all areas).

    Raises `Invalid` for an address that is none or somebody else's, and for the role `partner`.
    """
    address = _address(tx, email, None)
    person = Person(
        name=name, email=address, title=title, unit=unit, language=language, active=active
    )
    _set_grants(person, grants)
    tx.session.add(person)
    tx.session.flush()
    tx.audit(
        "person:registered", Subject("person", person.id), {"person": ref("person", person.id)}
    )
    return person


def edit_person(tx: Tx, person: Person, *, grants: Grants, **facts: Unpack[PersonFacts]) -> None:
    """Change an employee; who is no longer active is logged out at once.

    A changed address unbinds the log-in at the provider, since it was bound by that address.
    Raises `Conflict` when nobody would be left who may do this.
    """
    facts["email"] = _address(tx, facts["email"], person)
    if facts["email"] != person.email:
        person.issuer = person.subject = None
    for name, value in facts.items():
        setattr(person, name, value)
    _set_grants(person, grants)
    person.updated_at = tx.now()
    tx.session.flush()
    if not person.active:
        tx.session.execute(delete(LoginSession).where(LoginSession.person_id == person.id))
    if not _some_admin_is_left(tx):
        raise Conflict("identity.problem.last_admin")
    tx.audit("person:edited", Subject("person", person.id), {"person": ref("person", person.id)})


def _some_admin_is_left(tx: Tx) -> bool:
    admins = select(Person.id).where(Person.active, Person.grants.any(RoleGrant.role == Role.ADMIN))
    return tx.session.scalar(admins.limit(1)) is not None


def holders(tx: Tx, role: Role) -> Sequence[Person]:
    """Return the active people who hold a role, in whichever area."""
    return tx.session.scalars(
        select(Person)
        .where(Person.active, Person.grants.any(RoleGrant.role == role))
        .order_by(Person.id)
    ).all()
