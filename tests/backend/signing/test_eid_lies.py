"""A provider that lies, or does not answer: no log-in comes of it, and the page says why."""

import json
import time
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from joserfc.jwk import RSAKey

from fellesgrep.settings import Settings
from tests.backend.signing.eid_stories import OWN_URL, come_back, demand, leave, sign
from tests.backend.signing.stories import Signing
from tests.id_porten import CLIENT_ID, Liar, Organisation, lying_provider, make_organisation

LONG_AGO = int(time.time()) - 7200


@pytest.fixture(scope="module")
def organisation(tmp_path_factory: pytest.TempPathFactory) -> Organisation:
    return make_organisation(tmp_path_factory.mktemp("organisation"))


@pytest.fixture
def liar() -> Iterator[Liar]:
    with lying_provider() as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path, liar: Liar, organisation: Organisation) -> Settings:
    return Settings(
        data_dir=tmp_path,
        eid_issuer=liar.issuer,
        eid_client_id=CLIENT_ID,
        eid_key_file=organisation.key_file,
    )


@pytest.fixture
def asked(planned: Signing) -> Signing:
    demand(planned, "Kari Berg")
    planned.send_out()
    planned.browser.follow_redirects = False
    return planned


def answer_to(signing: Signing, liar: Liar, **more: str) -> str:
    """Leave for the provider; returns the address of its answer."""
    leave(signing)
    query = {"state": liar.pushed[-1]["state"], "code": "a-code", **more}
    return f"{OWN_URL}/p/eid/callback?{httpx2.QueryParams(query)}"


def test_what_is_asked_for_is_pushed_and_the_client_proves_itself(
    asked: Signing, liar: Liar
) -> None:
    asked.links["Kari Berg"] += "?lang=en"
    link = asked.links["Kari Berg"]
    path, _, query = link.partition("?")
    answer = asked.browser.post(f"{path}/eid?{query}", data=asked.form(link))
    pushed = liar.pushed[-1]
    assert pushed["ui_locales"] == "en"
    assert pushed["prompt"] == "login"
    assert pushed["acr_values"] == "idporten-loa-substantial"
    assert pushed["code_challenge_method"] == "S256"
    assert pushed["redirect_uri"] == f"{OWN_URL}/p/eid/callback"
    assert pushed["state"] not in answer.text
    head, body, _ = pushed["client_assertion"].split(".")
    assert json.loads(urlsafe_b64decode(head + "=="))["kid"] == "municipality-2026"
    claims = json.loads(urlsafe_b64decode(body + "=="))
    assert claims["aud"] == liar.issuer
    assert claims["exp"] - claims["iat"] <= 120


def test_an_honest_answer_is_taken(asked: Signing, liar: Liar) -> None:
    liar.claims = {"name": "KARI BERG"}
    page = come_back(asked, answer_to(asked, liar, iss=liar.issuer))
    assert "nivå betydelig" in sign(asked, page)
    request = asked.request("Kari Berg")
    assert request.typed_name == "Kari Berg"
    facts = request.evidence["method_result"]
    assert facts["name"] == "KARI BERG"
    assert (facts["issuer"], facts["subject"]) == (liar.issuer, "pairwise-1")


@pytest.mark.parametrize(
    ("lies", "left_out", "why"),
    [
        ({"aud": "somebody-else"}, "", "invalid"),
        ({"aud": "somebody-else", "azp": CLIENT_ID}, "", "invalid"),
        ({"aud": ["somebody-else", "a-third"]}, "", "invalid"),
        ({"azp": "somebody-else"}, "", "invalid"),
        ({"iss": "https://idporten.example"}, "", "invalid"),
        ({"exp": LONG_AGO}, "", "invalid"),
        ({}, "exp", "invalid"),
        ({"nonce": "of another log-in"}, "", "invalid"),
        ({}, "nonce", "invalid"),
        ({}, "auth_time", "invalid"),
        ({"auth_time": LONG_AGO}, "", "stale"),
        ({"auth_time": int(time.time()) + 7200}, "", "stale"),
        ({"auth_time": 1e300}, "", "invalid"),
        ({"acr": "idporten-loa-low"}, "", "level"),
        ({"acr": ["idporten-loa-high"]}, "", "level"),
        ({}, "acr", "level"),
        ({}, "pid", "nobody"),
        ({"pid": "not a number"}, "", "nobody"),
        ({"pid": "١٣٠٩٧٢٤٨٠٢٢"}, "", "nobody"),
    ],
)
def test_a_token_that_does_not_hold_is_refused(
    asked: Signing, liar: Liar, lies: dict[str, Any], left_out: str, why: str
) -> None:
    liar.claims, liar.left_out = lies, {left_out}
    page = come_back(asked, answer_to(asked, liar))
    assert page.endswith(f"/eid?why={why}")
    shown = asked.browser.get(page).text
    assert "Du er ikke logget inn" in shown
    assert "Prøv igjen med ID-porten" in shown
    assert asked.request("Kari Berg").status == "sent"


@pytest.mark.parametrize("how", ["another key", "PS256", "HS256", "none"])
def test_a_token_that_the_provider_did_not_sign_is_refused(
    asked: Signing, liar: Liar, how: str
) -> None:
    if how == "another key":
        liar.signing_key = RSAKey.generate_key(2048, {"kid": "its-own"})
    else:  # with the public key as a secret, or with nothing
        liar.algorithm = how
    assert come_back(asked, answer_to(asked, liar)).endswith("/eid?why=invalid")


def test_a_replayed_nonce_or_code_is_refused(asked: Signing, liar: Liar) -> None:
    come_back(asked, answer_to(asked, liar))
    address = answer_to(asked, liar)  # the code is used up at the provider
    assert come_back(asked, address).endswith("/eid?why=refused")
    liar.codes, liar.claims = 0, {"nonce": liar.pushed[0]["nonce"]}
    assert come_back(asked, answer_to(asked, liar)).endswith("/eid?why=invalid")


def test_an_answer_in_another_providers_name_is_refused(asked: Signing, liar: Liar) -> None:
    address = answer_to(asked, liar, iss="https://mixed-up.example")
    assert come_back(asked, address).endswith("/eid?why=invalid")


def test_other_errors_of_the_provider_are_told(asked: Signing, liar: Liar) -> None:
    address = answer_to(asked, liar, error="server_error", error_description="<b>13097248022</b>")
    page = come_back(asked, address)
    assert page.endswith("/eid?why=refused")
    assert "<b>" not in asked.browser.get(page).text


def test_a_provider_that_is_down_is_told_before_and_after(asked: Signing, liar: Liar) -> None:
    link = asked.links["Kari Berg"]
    address = answer_to(asked, liar)
    liar.status = 503
    page = come_back(asked, address)
    assert "Vi får ikke kontakt med ID-porten nå" in asked.browser.get(page).text
    answer = asked.browser.post(f"{link}/eid", data=asked.form(link))
    assert answer.status_code == 503
    assert "Vi får ikke kontakt med ID-porten nå" in answer.text
    assert "Prøv igjen med ID-porten" in answer.text
    liar.status = 200
    assert "Du har signert" in sign(asked, come_back(asked, answer_to(asked, liar)))
