"""What is left behind: in caches, referrers, cookies, search engines, and the types of files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from fellesgrep.app import create_app, make_registry
from fellesgrep.core.tx import House
from fellesgrep.identity.access import SESSION_COOKIE
from fellesgrep.identity.policy import Role
from fellesgrep.settings import Settings
from tests.backend.signing.stories import Signing
from tests.conftest import ClientFor, World

BELOW = ("", "?step=code", "?step=decline", "/document.pdf", "/sealed.pdf", "/hand-over",
         "/discussion", "/correct", "/eid?why=cancelled")  # fmt: skip
SECURE = "https://fellesgrep.solvik.example"


def test_no_page_of_a_partner_is_kept_by_a_cache_told_to_others_or_found_by_search(
    signing: Signing, link: str
) -> None:
    """Fails without `portal.frame.HEADERS` on a page, a file, a redirect or a refusal."""
    browser, form = signing.browser, signing.form(link)
    answers = [browser.get(f"{link}{below}", follow_redirects=False) for below in BELOW]
    answers += [
        browser.post(f"{link}/code", data=form, follow_redirects=False),
        browser.post(f"{link}/decline", data={}, follow_redirects=False),
        browser.get("/p/unknown"),
        browser.get("/p/new-link"),
        browser.post("/p/new-link", data={"old_link": link}),
        browser.get("/verify"),
        browser.post("/verify", data={"sha256": "x"}),
    ]
    for answer in answers:
        where = str(answer.request.url)
        assert answer.headers.get("cache-control") == "no-store", where
        assert answer.headers.get("referrer-policy") in {"no-referrer", "same-origin"}, where
        assert answer.headers.get("x-content-type-options") == "nosniff", where
        if "/p/" in where:
            assert answer.headers.get("referrer-policy") == "no-referrer", where
            assert answer.headers.get("x-robots-tag") == "noindex, nofollow", where


@pytest.mark.parametrize(
    "path", ["/api/v1/me", "/api/v1/cases", "/api/v1/nothing", "/api/v1/people"]
)
def test_no_answer_of_the_interface_is_kept_by_a_cache(client_for: ClientFor, path: str) -> None:
    """Fails without `core.headers.protect`."""
    assert client_for(Role.ADMIN).get(path).headers["cache-control"] == "no-store"


def test_files_are_given_the_type_they_were_kept_as_and_no_browser_guesses(
    signing: Signing, link: str
) -> None:
    """Fails where a file's type is what its sender called it."""
    answer = signing.browser.get(f"{link}/document.pdf", headers={"accept": "text/html"})
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_accident_is_told_without_its_cause_and_with_all_headers(
    house: House, settings: Settings, world: World
) -> None:
    """Fails without `protect` in `app.unexpected`, or where an error's words are shown."""
    world.tx.session.commit()
    app = create_app(settings, house)

    @app.get("/api/v1/accident")
    def accident() -> None:
        raise RuntimeError("secret-4711")

    app.router.routes.insert(0, app.router.routes.pop())
    with TestClient(app, base_url=settings.own_url, raise_server_exceptions=False) as browser:
        answer = browser.get("/api/v1/accident")
    assert answer.status_code == 500
    assert "4711" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "frame-ancestors" in answer.headers["content-security-policy"]


@pytest.fixture
def at_https(house: House, world: World, tmp_path: Path) -> Iterator[TestClient]:
    """A browser at an installation with a secure address."""
    world.tx.session.commit()
    settings = Settings(data_dir=tmp_path, public_url=SECURE)
    own = House(make_registry(settings), house.database, house.clock, house.jobs)
    with TestClient(create_app(settings, own), base_url=SECURE) as browser:
        yield browser


def log_in(browser: TestClient, world: World) -> str:
    person = str(world.people[Role.LIAISON].id)
    answer = browser.post("/api/v1/development-login", json={"person_id": person})
    assert answer.status_code == 204
    return str(answer.headers["set-cookie"])


def test_the_session_is_a_cookie_of_this_host_alone_that_no_script_reads(
    at_https: TestClient, world: World
) -> None:
    """Fails without `IdentitySettings.cookie`, or a flag in `sessions.set_session_cookie`."""
    name, *flags = log_in(at_https, world).split("; ")
    assert name.startswith(f"__Host-{SESSION_COOKIE}=")
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(flags)
    assert not any(flag.lower().startswith("domain") for flag in flags)
    assert at_https.get("/api/v1/me").status_code == 200
    ended = at_https.post("/api/v1/logout").headers["set-cookie"]
    assert ended.startswith(f'__Host-{SESSION_COOKIE}="";')
    assert "Secure" in ended


def test_a_cookie_that_a_sibling_site_has_set_is_no_session(
    at_https: TestClient, world: World
) -> None:
    """Fails where the name without `__Host-` is read too: a sibling site can set that one."""
    log_in(at_https, world)
    token = at_https.cookies[f"__Host-{SESSION_COOKIE}"]
    at_https.cookies.clear()
    at_https.cookies.set(SESSION_COOKIE, token, domain="fellesgrep.solvik.example")
    assert at_https.get("/api/v1/me").status_code == 401


def test_no_usable_link_or_code_is_stored_anywhere(signing: Signing, link: str) -> None:
    """Fails where a message, a job, an audit entry or a row holds a link or a code."""
    code = signing.ask_for_code(link)
    with signing.house.transaction() as tx:
        tables = tx.session.scalars(
            text("select tablename from pg_tables where schemaname = 'public'")
        ).all()
        for table in tables:
            rows = tx.session.execute(text(f'select t::text from "{table}" t')).scalars()
            for row in rows:
                assert link.removeprefix("/p/") not in row, table
                assert f'"{code}"' not in row, table
