"""The one layer that asks the policy. Every route depends on one of these, or tests fail.

`allow("case:edit", on="case")` reads the path parameter `case_id`, asks the feature where that
case stands (its area, its people) and refuses before the route runs. `public("portal:open")`
marks what needs no log-in.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from fellesgrep.core.audit import SYSTEM, Actor
from fellesgrep.core.problems import Forbidden, Invalid, NotFound, Unauthenticated
from fellesgrep.core.registry import Slot
from fellesgrep.core.tx import House, Tx
from fellesgrep.core.web import house_of, own_origins
from fellesgrep.identity import policy
from fellesgrep.identity.models import LoginSession, Person
from fellesgrep.identity.policy import EVERYONE, EVERYWHERE, Grant, Place, Role
from fellesgrep.identity.settings import IDENTITY

SESSION_COOKIE = "fellesgrep_session"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

Locate = Callable[[Session, UUID], Place | None]
PLACES: Slot[Locate] = Slot("places")
"""Kind of thing (`case`) → function that says where one stands, None where there is none."""


@dataclass(frozen=True)
class Access:
    """A request that the policy let through: its transaction and who makes it."""

    tx: Tx
    person: Person
    grants: frozenset[Grant]
    action: str

    def require(self, action: str, place: Place = EVERYWHERE) -> None:
        """Ask the policy about something that only the request's body names."""
        if not self.may(action, place):
            raise Forbidden("identity.problem.forbidden")

    def require_on(self, action: str, on: str, id_: UUID) -> None:
        """Ask the policy about a thing (a `case`) that only a parameter names."""
        self.require(action, _place_of(self.tx, on, id_))

    def may(self, action: str, place: Place = EVERYWHERE) -> bool:
        """Tell whether the policy allows it, so that screens offer only what will work."""
        return policy.allows(action, self.person.id, self.grants, place)


@dataclass(frozen=True)
class Rule:
    """What a route asks of the policy; read by tests that walk all routes."""

    action: str
    on: str | None = None


def hash_token(token: str) -> str:
    """Return how a session token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def grants_of(person: Person) -> frozenset[Grant]:
    """Return the roles a person holds, as the policy reads them."""
    return frozenset(Grant(Role(row.role), row.area_id) for row in person.grants)


def person_of_token(session: Session, token: str | None, now: datetime) -> Person | None:
    """Return who is logged in with a session cookie, None where it is missing or over."""
    if not token:
        return None
    found = session.scalars(_PERSON_OF_TOKEN, {"hash": hash_token(token), "now": now})
    return found.unique().one_or_none()


_PERSON_OF_TOKEN = (
    select(Person)
    .join(LoginSession, LoginSession.person_id == Person.id)
    .where(
        LoginSession.token_hash == bindparam("hash"),
        LoginSession.expires_at > bindparam("now"),
        Person.active,
    )
    .options(joinedload(Person.grants))
)
"""With the roles, in one statement: every request begins with it."""


def _check_origin(request: Request) -> None:
    """Refuse a change that another site's page sends with our cookie (CSRF)."""
    origin = request.headers.get("origin")
    if request.method not in _SAFE_METHODS and origin and origin not in own_origins(request):
        raise Forbidden("identity.problem.foreign_origin")


def _place(tx: Tx, request: Request, on: str) -> Place:
    try:
        id_ = UUID(request.path_params[f"{on}_id"])
    except ValueError:
        raise Invalid.at(f"/{on}_id", "core.field.not_an_id") from None
    return _place_of(tx, on, id_)


def _place_of(tx: Tx, on: str, id_: UUID) -> Place:
    place = tx.house.registry.get(PLACES, on)(tx.session, id_)
    if place is None:
        raise NotFound("core.problem.not_found")
    return place


def _open(house: House, request: Request, rule: Rule) -> Iterator[Access]:
    _check_origin(request)
    with house.transaction(SYSTEM) as tx:
        cookie = request.cookies.get(house.settings(IDENTITY).cookie(SESSION_COOKIE))
        person = person_of_token(tx.session, cookie, tx.now())
        if person is None:
            raise Unauthenticated("identity.problem.not_logged_in")
        grants = grants_of(person)
        if rule.action not in policy.actions_of(grants):
            raise Forbidden("identity.problem.forbidden")
        access = Access(tx.acting_as(Actor("person", person.id)), person, grants, rule.action)
        if rule.on is not None:
            access.require(rule.action, _place(tx, request, rule.on))
        yield access


def allow(action: str, on: str | None = None) -> Any:
    """Return the dependency of a route that needs a log-in and the policy's yes.

    Without `on` the action must be allowed to the person somewhere; a route whose body names
    the place calls `access.require(action, place)` itself. The transaction commits before the
    answer is sent.
    """
    if action not in policy.POLICY and action not in policy.LOGGED_IN:
        raise LookupError(f"the policy has no action {action!r}")
    rule = Rule(action, on)

    def dependency(request: Request) -> Iterator[Access]:
        yield from _open(house_of(request), request, rule)

    dependency.rule = rule  # type: ignore[attr-defined]
    return Depends(dependency, scope="function")


def public(action: str) -> Any:
    """Return the dependency of a route that needs no log-in; it opens a transaction (`Tx`)."""
    if action not in EVERYONE:
        raise LookupError(f"{action!r} is not open to everyone")
    rule = Rule(action)

    def dependency(request: Request) -> Iterator[Tx]:
        _check_origin(request)
        with house_of(request).transaction(SYSTEM) as tx:
            yield tx

    dependency.rule = rule  # type: ignore[attr-defined]
    return Depends(dependency, scope="function")


def public_without_database(action: str) -> Any:
    """Return the dependency of a route without log-in or transaction (health, texts)."""
    if action not in EVERYONE:
        raise LookupError(f"{action!r} is not open to everyone")

    async def dependency() -> None:
        return None

    dependency.rule = Rule(action)  # type: ignore[attr-defined]
    return Depends(dependency)
