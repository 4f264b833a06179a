"""What was used once is used again: forms, codes, log-ins, sessions.

Answers of ID-porten: `tests/backend/signing/test_eid.py` and `test_eid_lies.py`.
"""

from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from fellesgrep.core.tx import House
from fellesgrep.identity.access import SESSION_COOKIE
from fellesgrep.identity.models import LoginSession
from fellesgrep.identity.oidc import ATTEMPT_COOKIE, LoginAttempt
from fellesgrep.identity.policy import Role
from tests.attacks.conftest import KARI
from tests.backend.identity.test_oidc import (  # noqa: F401 (fixtures are found by their names)
    OWN_URL,
    _at_provider,
    _back,
    _begin,
    client,
    issuer,
    settings,
)
from tests.backend.signing.stories import Signing
from tests.conftest import ClientFor, World

FAILED = "/login?problem=oidc_failed"


def test_a_signature_sent_again_signs_nothing_more(signing: Signing, link: str) -> None:
    """Fails without `forms.claim` (the form) and `acts.open_request` (the request)."""
    form = signing.filled(KARI)
    first = signing.browser.post(f"{link}/sign", data=form)
    signed_at = signing.request(KARI).answered_at
    signing.later(minutes=1)
    again = signing.browser.post(f"{link}/sign", data=form)
    fresh = signing.browser.post(f"{link}/sign", data=form | signing.form(f"{link}?step=decline"))
    assert {first.status_code, again.status_code, fresh.status_code} == {200}
    assert signing.request(KARI).answered_at == signed_at


def test_a_used_code_is_good_for_nothing_else(signing: Signing, link: str) -> None:
    """Fails without `used_at` in `portal.codes`; another window's code is dead too."""
    code = signing.ask_for_code(link)
    form = signing.form(f"{link}?step=code") | {"code": code, "consent": "yes", "name": "Kari"}
    assert signing.browser.post(f"{link}/sign", data=form | {"name": "K"}).status_code == 422
    assert signing.browser.post(f"{link}/sign", data=form).status_code == 200
    other = signing.form(f"{signing.links['Per Dahl']}?step=code")
    again = {"code": code, "consent": "yes", "name": "Per Dahl"}
    answer = signing.browser.post(f"{signing.links['Per Dahl']}/sign", data=other | again)
    assert answer.status_code == 422


def test_a_session_that_was_ended_or_is_over_opens_nothing(
    client_for: ClientFor, house: House, signing: Signing
) -> None:
    """Fails without the deletion in `identity.sessions.log_out`, or `expires_at` in the query."""
    browser = client_for(Role.LIAISON)
    token = browser.cookies[SESSION_COOKIE]
    assert browser.post("/api/v1/logout").status_code == 204
    thief = client_for(None)
    thief.cookies.set(SESSION_COOKIE, token)
    assert thief.get("/api/v1/me").status_code == 401
    old = client_for(Role.LIAISON)
    signing.later(hours=11)
    assert old.get("/api/v1/me").status_code == 401


def test_whoever_reads_the_table_of_sessions_has_no_session(
    client_for: ClientFor, house: House
) -> None:
    """Fails where `identity.sessions` keeps the token instead of its hash."""
    browser, thief = client_for(Role.ADMIN), client_for(None)
    with house.transaction() as tx:
        [stored] = tx.session.scalars(select(LoginSession.token_hash))
    assert browser.cookies[SESSION_COOKIE] not in stored
    thief.cookies.set(SESSION_COOKIE, stored)
    assert thief.get("/api/v1/me").status_code == 401


class TestLogInAtTheProvider:
    """The employees' log-in, against a real provider."""

    def test_an_answer_with_another_attempts_nonce_is_refused(
        self,
        client: TestClient,  # noqa: F811 (the fixture)
        house: House,
    ) -> None:
        """Fails where `oidc.finish` does not hand `nonce` to the check of the ID token."""
        answer = _at_provider(_begin(client), "liaison@solvik.example")
        with house.transaction() as tx:
            tx.session.scalars(select(LoginAttempt)).one().nonce = "of-another-attempt"
        assert _back(client, answer) == FAILED

    def test_an_answer_of_another_attempt_of_the_same_browser_is_refused(
        self,
        client: TestClient,  # noqa: F811 (the fixture)
    ) -> None:
        """Fails without `browser_hash`, or PKCE: the code is bound to the attempt that asked."""
        stolen = _at_provider(_begin(client), "liaison@solvik.example")
        own = _at_provider(_begin(client), "legal@solvik.example")
        code = parse_qs(urlsplit(stolen).query)["code"][0]
        mixed = own.replace(parse_qs(urlsplit(own).query)["code"][0], code)
        assert _back(client, mixed) == FAILED
        assert client.get("/api/v1/me").status_code == 401

    def test_an_attackers_answer_logs_nobody_else_in(
        self,
        client: TestClient,  # noqa: F811 (the fixture)
    ) -> None:
        """Fails without `browser_hash` in `oidc.finish` (log-in CSRF)."""
        answer = _at_provider(_begin(client), "liaison@solvik.example")
        client.cookies.clear()
        client.cookies.set(ATTEMPT_COOKIE, "somebody-elses")
        assert _back(client, answer) == FAILED

    def test_an_attempt_is_over_after_ten_minutes(
        self,
        client: TestClient,  # noqa: F811 (the fixture)
        world: World,
        house: House,
    ) -> None:
        """Fails without `expires_at` in `oidc.finish`."""
        answer = _at_provider(_begin(client), "liaison@solvik.example")
        house.clock.move(minutes=10)  # type: ignore[attr-defined]
        assert _back(client, answer) == FAILED

    @pytest.mark.parametrize("state", ["", "\x00", "a" * 500, "' or ''='"])
    def test_a_made_up_state_logs_nobody_in(
        self,
        client: TestClient,  # noqa: F811 (the fixture)
        state: str,
    ) -> None:
        """Fails where a state is looked up otherwise than by its hash."""
        answer = client.get("/auth/oidc/callback", params={"state": state, "code": "x"})
        assert answer.headers["location"] == FAILED
