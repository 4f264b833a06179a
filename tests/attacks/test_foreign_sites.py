"""What another site's page can make a browser do: CSRF, clickjacking, rebinding, redirects."""

from urllib.parse import urlsplit

import pytest

from fellesgrep.identity.policy import Role
from fellesgrep.signing.models import RequestStatus
from tests.attacks.conftest import KARI, PER
from tests.backend.signing.stories import Signing
from tests.conftest import ClientFor, World

EVIL = "https://evil.example"
OWN = "http://127.0.0.1:8000"
POSTS = ("/sign", "/decline", "/correct", "/hand-over", "/code", "/sms-code", "/paper", "/eid",
         "/comment", "/suggest", "/no-remarks")  # fmt: skip


def test_a_form_on_another_site_does_nothing_at_any_page_of_a_link(
    signing: Signing, link: str
) -> None:
    """Fails without `_refuse_foreign` in `portal.access.allow_link`."""
    form = signing.form(f"{link}?step=decline") | {"reason": "Tull", "section": "x", "text": "Tull"}
    for below in POSTS:
        for headers in ({"origin": EVIL}, {"sec-fetch-site": "cross-site", "origin": "null"}):
            answer = signing.browser.post(f"{link}{below}", data=form, headers=headers)
            assert answer.status_code == 403, (below, headers)
    assert signing.request(KARI).status == RequestStatus.SENT


def test_a_form_without_our_seal_or_with_another_links_does_nothing(
    signing: Signing, link: str
) -> None:
    """Fails without `forms.require_ours`: a browser that tells no origin would send it."""
    others = signing.form(f"{signing.links[PER]}?step=decline")
    for seal in (others, {"key": others["key"], "proof": "0" * 64}):
        for below in POSTS:
            form = seal | {"reason": "Tull", "section": "x", "text": "Tull"}
            answer = signing.browser.post(f"{link}{below}", data=form)
            assert answer.status_code in {403, 410}, below
    assert signing.request(KARI).status == RequestStatus.SENT


def test_a_page_on_another_site_changes_nothing_with_an_employees_cookie(
    client_for: ClientFor, world: World
) -> None:
    """Fails without `_check_origin` in `identity.access`; a sibling site is foreign too."""
    client = client_for(Role.PROGRAMME_LEADER)
    path, body = f"/api/v1/areas/{world.area.id}/measures", {"title": "Tull", "goal": "Tull"}
    for origin in (EVIL, "null", "http://127.0.0.1:9999", "http://127.0.0.1.evil.example:8000"):
        assert client.post(path, json=body, headers={"origin": origin}).status_code == 403, origin
    assert client.post(path, json=body, headers={"origin": OWN}).status_code == 201


def test_a_form_of_another_site_cannot_pass_for_a_call_of_the_interface(
    client_for: ClientFor, world: World
) -> None:
    """Fails where a body is read as JSON whatever its type: then a plain form could send it."""
    client = client_for(Role.PROGRAMME_LEADER)
    path, body = f"/api/v1/areas/{world.area.id}/measures", '{"title": "Tull", "goal": "Tull"}'
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        answer = client.post(path, content=body, headers={"content-type": kind})
        assert answer.status_code == 422, kind


def test_a_name_that_leads_to_our_address_does_not_make_its_pages_ours(
    client_for: ClientFor, world: World, signing: Signing, link: str
) -> None:
    """Fails where `core.web.own_origins` takes the `Host` of the request for our own name."""
    rebound = {"host": "evil.example:8000", "origin": "http://evil.example:8000"}
    person = str(world.people[Role.ADMIN].id)
    client = client_for(None)
    log_in = client.post("/api/v1/development-login", json={"person_id": person}, headers=rebound)
    assert log_in.status_code == 403
    form = signing.form(f"{link}?step=decline") | {"reason": "Tull"}
    assert client.post(f"{link}/decline", data=form, headers=rebound).status_code == 403


def test_no_page_of_a_link_can_be_laid_under_another_sites_buttons(
    signing: Signing, link: str
) -> None:
    """Fails without `frame-ancestors` and `x-frame-options` in `portal.frame.HEADERS`."""
    for below in ("", "?step=decline", "?step=code", "/document.pdf", "/discussion", "/hand-over"):
        headers = signing.browser.get(f"{link}{below}").headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"], below
        assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "path", ["/", "/login", "/cases", "/verify", "/p/new-link", "/api/v1/me", "/health/live"]
)
def test_no_other_page_can_be_framed_or_run_foreign_scripts(
    client_for: ClientFor, path: str
) -> None:
    """Fails without `core.headers.SafeHeaders`."""
    policy = client_for(Role.ADMIN).get(path).headers["content-security-policy"]
    sources = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert sources["frame-ancestors"] in {"'none'", "'self'"}
    assert sources["script-src"] == "'self'"
    assert sources["base-uri"] == "'none'"
    assert sources["form-action"] == "'self'"


def test_nobody_is_sent_on_to_an_address_that_a_link_names(
    signing: Signing, link: str, client_for: ClientFor
) -> None:
    """Fails where a redirect is made of a parameter instead of the link's own address."""
    browser, form = client_for(None), signing.form(link)
    for target in (EVIL, "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        names = ("next", "url", "return", "redirect_uri", "step", "why", "state", "iss", "section")
        given = dict.fromkeys(names, target)
        answers = [
            browser.get("/auth/oidc/login", params=given, follow_redirects=False),
            browser.get("/auth/oidc/callback", params=given, follow_redirects=False),
            browser.get("/p/eid/callback", params=given, follow_redirects=False),
            browser.get(f"{link}/eid", params={"why": target}, follow_redirects=False),
            browser.post(f"{link}/eid", params=given, data=form, follow_redirects=False),
            browser.post(f"{link}/code", params={"url": target}, data=form, follow_redirects=False),
            browser.post(f"{link}/no-remarks", data=form | {"section": target}),
            browser.get("//evil.example/%2e%2e", follow_redirects=False),
            browser.get(f"{link}/", params=given, follow_redirects=False),
        ]
        for answer in answers:
            to = urlsplit(answer.headers.get("location", ""))
            assert to.netloc in {"", urlsplit(OWN).netloc}, answer.headers
            assert to.scheme in {"", "http"}
            assert not to.path.startswith(("//", "/\\"))
            assert "refresh" not in answer.headers
