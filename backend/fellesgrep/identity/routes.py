"""Log-in, log-out, who am I, and the list of colleagues."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import or_, select

from fellesgrep.core.problems import NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import IfMatch, Page, Paged, expect_version, fetch_page
from fellesgrep.identity import policy, service
from fellesgrep.identity.access import SESSION_COOKIE, Access, allow, public
from fellesgrep.identity.models import Person, RoleGrant
from fellesgrep.identity.policy import Role
from fellesgrep.identity.schemas import (
    DevelopmentLogin,
    LoginOptions,
    Me,
    MyLanguage,
    PersonEdit,
    PersonView,
)
from fellesgrep.identity.sessions import log_in, log_out, set_session_cookie
from fellesgrep.identity.settings import IDENTITY

router = APIRouter(tags=["identity"])


@router.get("/api/v1/login-options")
def login_options(tx: Annotated[Tx, public("login:use")]) -> LoginOptions:
    """Tell the log-in page what to offer."""
    settings = tx.house.settings(IDENTITY)
    people = (
        tx.session.scalars(select(Person).where(Person.active).order_by(Person.name)).all()
        if settings.development_login
        else []
    )
    return LoginOptions(
        oidc=settings.oidc is not None,
        development=settings.development_login,
        people=[PersonView.model_validate(person) for person in people],
    )


@router.post("/api/v1/development-login", status_code=204)
def development_login(
    body: DevelopmentLogin, response: Response, tx: Annotated[Tx, public("login:use")]
) -> None:
    """Log in as one of the demo people; does not exist where a real provider is configured."""
    settings = tx.house.settings(IDENTITY)
    person = tx.session.get(Person, body.person_id) if settings.development_login else None
    if person is None:
        raise NotFound("core.problem.not_found")
    set_session_cookie(response, log_in(tx, person, "development"), settings)


@router.post("/api/v1/logout", status_code=204)
def logout(request: Request, response: Response, tx: Annotated[Tx, public("login:use")]) -> None:
    """End the session."""
    settings = tx.house.settings(IDENTITY)
    name = settings.cookie(SESSION_COOKIE)
    log_out(tx, request.cookies.get(name, ""))
    response.delete_cookie(name, secure=settings.secure_cookies)


def _me(access: Access) -> Me:
    person = PersonView.model_validate(access.person)
    return Me(**person.model_dump(), actions=sorted(policy.actions_of(access.grants)))


@router.get("/api/v1/me")
def me(access: Annotated[Access, allow("me:read")]) -> Me:
    """Return the person who is logged in."""
    return _me(access)


@router.post("/api/v1/me/language")
def choose_language(body: MyLanguage, access: Annotated[Access, allow("me:edit")]) -> Me:
    """Remember which language the person reads."""
    access.person.language = body.language
    return _me(access)


@router.get("/api/v1/people")
def list_people(
    access: Annotated[Access, allow("person:read")],
    paged: Paged,
    role: Annotated[Role | None, Query()] = None,
    active: Annotated[bool, Query()] = True,
    q: Annotated[str | None, Query(max_length=100)] = None,
) -> Page[PersonView]:
    """List colleagues, by role or by part of the name; `active=false` lists those who left."""
    statement = select(Person).where(Person.active == active)
    if role is not None:
        statement = statement.where(Person.grants.any(RoleGrant.role == role))
    if q:
        pattern = f"%{q}%"
        statement = statement.where(or_(Person.name.ilike(pattern), Person.unit.ilike(pattern)))
    rows, total, more = fetch_page(
        access.tx.session,
        statement,
        paged,
        {"name": Person.name, "unit": Person.unit},
        default="name",
    )
    items = [PersonView.model_validate(row) for row in rows]
    return Page(items=items, total=total, more=more)


@router.get("/api/v1/people/{person_id}")
def show_person(
    person_id: UUID, access: Annotated[Access, allow("person:read", on="person")]
) -> PersonView:
    """Return one colleague."""
    return PersonView.model_validate(access.tx.session.get_one(Person, person_id))


def _changes(body: PersonEdit) -> dict[str, Any]:
    grants = [(grant.role, grant.area_id) for grant in body.grants]
    return body.model_dump(exclude={"grants"}) | {"grants": grants}


@router.post("/api/v1/people", status_code=201)
def register_person(
    body: PersonEdit, access: Annotated[Access, allow("person:edit")]
) -> PersonView:
    """Register an employee with roles."""
    person = service.register_person(access.tx, **_changes(body))
    return PersonView.model_validate(person)


@router.put("/api/v1/people/{person_id}")
def edit_person(
    person_id: UUID,
    body: PersonEdit,
    version: IfMatch,
    access: Annotated[Access, allow("person:edit", on="person")],
) -> PersonView:
    """Change what is known of an employee, the roles, or whether they may log in."""
    person = access.tx.session.get_one(Person, person_id)
    expect_version(person, version)
    service.edit_person(access.tx, person, **_changes(body))
    return PersonView.model_validate(person)
