"""What identity contributes to the application."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fellesgrep.core import audit
from fellesgrep.core.registry import Registry
from fellesgrep.core.web import ROUTERS
from fellesgrep.identity import oidc
from fellesgrep.identity.absence_routes import router as absence_router
from fellesgrep.identity.access import PLACES
from fellesgrep.identity.models import Person
from fellesgrep.identity.policy import Place
from fellesgrep.identity.routes import router


def _names(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _place(session: Session, person_id: UUID) -> Place | None:
    person = session.get(Person, person_id)
    return Place(people=frozenset({person.id})) if person else None


def register(registry: Registry) -> None:
    """Add routes, names of people, where a person stands, and audit kinds."""
    registry.put(ROUTERS, "identity", router)
    registry.put(ROUTERS, "identity.absences", absence_router)
    registry.put(ROUTERS, "identity.oidc", oidc.router)
    registry.put(audit.LABELS, "person", _names)
    registry.put(PLACES, "person", _place)
    audit.register(registry, "person:logged_in", "identity.audit.logged_in")
    audit.register(registry, "person:registered", "identity.audit.registered")
    audit.register(registry, "person:edited", "identity.audit.edited")
    for what in ("registered", "ended"):
        audit.register(registry, f"absence:{what}", f"identity.audit.absence_{what}")
