"""Signing with a log-in at ID-porten, at a certified provider (npm's oidc-provider)."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import text

from fellesgrep.core.audit import sentences, timeline
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from fellesgrep.settings import Settings
from fellesgrep.signing import eid
from fellesgrep.signing.eid_rules import is_person
from fellesgrep.signing.models import SigningRequest
from fellesgrep.signing.verify_seal import extract_attachment
from tests.backend.signing.stories import Signing
from tests.contract_templates.expected import text_of
from tests.id_porten import (
    CLIENT_ID,
    KARI,
    Organisation,
    certified_provider,
    log_in_there,
    make_organisation,
)

OWN_URL = "http://127.0.0.1:8000"
OLA = "24018549147"
GO_ON = re.compile(r'<a class="ds-button" href="([^"]+)">Gå til ID-porten')


@pytest.fixture(scope="module")
def organisation(tmp_path_factory: pytest.TempPathFactory) -> Organisation:
    return make_organisation(tmp_path_factory.mktemp("organisation"))


@pytest.fixture(scope="module")
def issuer(organisation: Organisation) -> Iterator[str]:
    with certified_provider(OWN_URL, organisation) as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path, issuer: str, organisation: Organisation) -> Settings:
    return Settings(
        data_dir=tmp_path,
        eid_issuer=issuer,
        eid_client_id=CLIENT_ID,
        eid_key_file=organisation.key_file,
        eid_acr="idporten-loa-high",
    )


def demand(signing: Signing, *names: str) -> None:
    """Have requests ask for a log-in, as if planned so."""
    for name in names:
        found = signing.request(name)
        with signing.house.transaction() as tx:
            tx.session.get_one(SigningRequest, found.id).required_method = "authenticated_eid"


@pytest.fixture
def asked(planned: Signing) -> Signing:
    """An agreement out for signature, where Kari must log in."""
    demand(planned, "Kari Berg")
    planned.send_out()
    planned.browser.follow_redirects = False
    return planned


def leave(signing: Signing, name: str = "Kari Berg") -> str:
    """Press the button of the signing page; returns where the browser is sent."""
    link = signing.links[name]
    answer = signing.browser.post(f"{link}/eid", data=signing.form(link))
    assert answer.status_code == 200, answer.text
    found = GO_ON.search(answer.text)
    assert found
    address = unescape(found[1])
    assert answer.headers["refresh"] == f"0; url={address}"
    return address


def come_back(signing: Signing, address: str) -> str:
    """Follow the provider's answer; returns where it leads."""
    answer = signing.browser.get(address.removeprefix(OWN_URL))
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def sign(signing: Signing, page: str, name: str = "Kari Berg") -> str:
    """Fill in the last page; returns the page that follows."""
    form = signing.form(page) | {"name": name, "consent": "yes"}
    answer = signing.browser.post(f"{signing.links[name]}/sign", data=form)
    assert answer.status_code == 303, answer.text
    return signing.browser.get(signing.links[name]).text


def everything_in(house: House) -> str:
    """Return every row of every table as text."""
    with house.transaction() as tx:
        tables = tx.session.scalars(
            text("select tablename from pg_tables where schemaname = 'public'")
        ).all()
        return "\n".join(
            str(row)
            for table in tables
            for row in tx.session.scalars(text(f'select t::text from "{table}" t'))
        )


def test_a_log_in_a_confirmation_and_a_sealed_agreement_without_the_identity_number(
    asked: Signing, capfd: pytest.CaptureFixture[str]
) -> None:
    link = asked.links["Kari Berg"]
    shown = asked.browser.get(link).text
    assert "Logg inn med ID-porten og signer" in shown
    assert "Send meg" not in shown
    page = come_back(asked, log_in_there(leave(asked), OWN_URL))
    assert page == f"{link}?step=eid"
    assert asked.request("Kari Berg").status == "sent"  # a log-in is no signature
    confirm = asked.browser.get(page).text
    assert (asked.request("Kari Berg").shown_sha256 or "-") in confirm
    assert asked.agreement().title in confirm
    assert "ikke en kvalifisert elektronisk signatur" in confirm
    receipt = sign(asked, page)
    assert "Innlogging med eID (ID-porten, nivå høyt)" in receipt
    asked.browser.follow_redirects = True
    asked.sign("Per Dahl")
    asked.sign("Ola Moen")
    asked.complete("countersign", Role.DECISION_MAKER, confirm=True)
    asked.mailed()
    sealed = asked.sealed()
    inside = extract_attachment(sealed, "2026-00001-signaturer.json").decode()
    evidence = json.loads(inside)
    signed = next(each for each in evidence["signatures"] if each["name"] == "Kari Berg")
    facts = signed["particulars"]["method_result"]
    assert (signed["method"], facts["level"]) == ("authenticated_eid", "high")
    assert facts["acr"] == "idporten-loa-high"
    assert facts["amr"] == "BankID"
    assert facts["birth_date"] == "not_known"
    assert len(facts["id_token_sha256"]) == 64
    key = eid.person_key(asked.house)
    assert is_person(facts, key, KARI)
    assert not is_person(facts, key, OLA)
    assert KARI not in everything_in(asked.house)
    assert KARI.encode() not in sealed
    assert KARI not in inside
    assert KARI not in text_of(sealed)
    assert "Innlogging med eID (ID-porten, nivå høyt)" in text_of(sealed)
    captured = capfd.readouterr()
    assert KARI not in captured.out + captured.err
    with asked.house.transaction() as tx:
        said = sentences(
            tx.session, asked.house.registry, timeline(tx.session, asked.subject), "nb"
        )
    assert any("ID-porten, nivå høyt" in each for each in said)
