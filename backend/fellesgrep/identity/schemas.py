"""What the identity routes take and answer."""

from uuid import UUID

from pydantic import Field

from fellesgrep.core.languages import Language
from fellesgrep.core.web import Body, View
from fellesgrep.identity.policy import Role


class GrantView(View):
    role: str
    area_id: UUID | None


class GrantEdit(Body):
    """A role, in one area or (no area) in all."""

    role: Role
    area_id: UUID | None = None


class PersonView(View):
    id: UUID
    name: str
    email: str
    title: str
    unit: str
    language: str
    active: bool
    version: int
    grants: list[GrantView]


class PersonEdit(Body):
    """What an administrator writes about an employee."""

    name: str = Field(min_length=1, max_length=200)
    email: str = Field(min_length=3, max_length=254)
    title: str = Field(min_length=1, max_length=200)
    unit: str = Field(min_length=1, max_length=200)
    language: Language = "nb"
    active: bool = True
    grants: list[GrantEdit] = Field(max_length=50)


class Me(PersonView):
    """Who is logged in, and every action that is open to them somewhere."""

    actions: list[str]


class LoginOptions(View):
    """How one may log in here; `people` only in development."""

    oidc: bool
    development: bool
    people: list[PersonView] = Field(default_factory=list)


class DevelopmentLogin(Body):
    person_id: UUID


class MyLanguage(Body):
    language: Language
