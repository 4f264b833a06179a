"""The portal's own pages. Features add theirs below `/p/{token}/`."""

import re
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from fellesgrep.core.languages import LANGUAGES, Language, choose_language, say
from fellesgrep.core.problems import Problem, TooManyRequests
from fellesgrep.core.web import house_of, language_of
from fellesgrep.portal import service
from fellesgrep.portal.access import (
    AnyoneAccess,
    LinkAccess,
    LinkDoesNotOpen,
    Seal,
    allow_anyone,
    allow_link,
    client_address,
    plain_page,
)
from fellesgrep.portal.forms import claim
from fellesgrep.portal.limits import GUESSES_PER_ADDRESS, require_within, within

router = APIRouter(prefix="/p", tags=["portal"], include_in_schema=False)
_TOKEN = re.compile(r"/p/([A-Za-z0-9_-]{1,100})")


@router.get("/new-link")
def new_link_form(access: Annotated[AnyoneAccess, allow_anyone("portal:open")]) -> Response:
    """Show the form that asks for a new link."""
    return access.page("portal/pages/new_link.html", token="")


@router.post("/new-link")
def new_link(
    old_link: Annotated[str, Form(max_length=500)],
    access: Annotated[AnyoneAccess, allow_anyone("portal:open")],
) -> Response:
    """Send a new link to whom the old one was for; the answer is always the same."""
    require_within(access.tx.house, GUESSES_PER_ADDRESS, access.address)
    found = _TOKEN.search(old_link)
    service.ask_for_new_link(access.tx, found[1] if found else old_link.strip())
    return access.page("portal/pages/new_link_asked.html")


@router.get("/{token}")
def show(access: Annotated[LinkAccess, allow_link("portal:read")]) -> Response:
    """Show what the link is for. Changes nothing."""
    return access.own_page.show(access)


@router.head("/{token}")
def look(access: Annotated[LinkAccess, allow_link("portal:read")]) -> Response:
    """Answer a scanner that only asks whether the address is there. Changes nothing."""
    return access.own_page.show(access)


@router.post("/{token}/code")
def ask_for_code(
    seal: Seal, access: Annotated[LinkAccess, allow_link("portal:confirm")]
) -> Response:
    """Send a one-time code by e-mail."""
    if claim(access.tx, access.link, seal):
        service.ask_for_code(access.tx, access.link)
    return access.back(step="code")


def problem_page(request: Request, problem: Problem) -> Response:
    """Return the page for a refusal."""
    language = _language(request)
    house = house_of(request)
    if isinstance(problem, LinkDoesNotOpen):
        # Counted here, after the transaction that found nothing has been rolled back.
        if not within(house, GUESSES_PER_ADDRESS, client_address(request)):
            return problem_page(request, TooManyRequests("portal.problem.too_many"))
        found = _TOKEN.match(request.url.path)
        return plain_page(
            house,
            "portal/pages/link.html",
            language,
            status=problem.status,
            token=found[1] if found else "",
        )
    details = [say(language, each.key, **each.params) for each in problem.fields]
    return plain_page(
        house,
        "portal/pages/problem.html",
        language,
        status=problem.status,
        title=say(language, f"core.status.s{problem.status}"),
        detail=say(language, problem.key, **problem.params),
        details=details,
    )


def _language(request: Request) -> Language:
    chosen = request.query_params.get("lang")
    return choose_language(chosen) if chosen in LANGUAGES else language_of(request)
