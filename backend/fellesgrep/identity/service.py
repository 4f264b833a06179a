"""Use cases on people."""

from collections.abc import Sequence
from uuid import UUID

from fellesgrep.core.audit import Subject
from fellesgrep.core.problems import Conflict
from fellesgrep.core.tx import Tx
from fellesgrep.identity.models import Person, RoleGrant
from fellesgrep.identity.policy import Role
from fellesgrep.identity.sessions import person_by_email


def register_person(
    tx: Tx,
    *,
    name: str,
    email: str,
    title: str,
    unit: str,
    grants: Sequence[tuple[Role, UUID | None]],
    language: str = "nb",
) -> Person:
    """Add somebody who works for the municipality, with roles by area (None: all areas)."""
    if person_by_email(tx, email) is not None:
        raise Conflict("identity.problem.email_taken", email=email)
    person = Person(name=name, email=email, title=title, unit=unit, language=language)
    person.grants = [RoleGrant(role=role, area_id=area_id) for role, area_id in grants]
    tx.session.add(person)
    tx.session.flush()
    tx.audit("person:registered", Subject("person", person.id))
    return person
