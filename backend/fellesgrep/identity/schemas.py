"""What the identity routes take and answer."""

from uuid import UUID

from pydantic import Field

from fellesgrep.core.languages import Language
from fellesgrep.core.web import Body, View


class GrantView(View):
    role: str
    area_id: UUID | None


class PersonView(View):
    id: UUID
    name: str
    email: str
    title: str
    unit: str
    grants: list[GrantView]


class Me(PersonView):
    """Who is logged in, and every action that is open to them somewhere."""

    language: str
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
