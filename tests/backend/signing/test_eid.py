"""Signing with a log-in at ID-porten, at a certified provider (npm's oidc-provider)."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from typer.testing import CliRunner, Result

from fellesgrep.cases.models import CaseParty
from fellesgrep.cli import app
from fellesgrep.core.audit import Actor, sentences, timeline
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from fellesgrep.settings import Settings
from fellesgrep.signing import authority, eid
from fellesgrep.signing.authority_rules import Holder, together
from fellesgrep.signing.eid_pages import cookie_name
from fellesgrep.signing.eid_rules import is_person
from fellesgrep.signing.method_results import MethodResult
from fellesgrep.signing.scans import Scan
from fellesgrep.signing.settings import SIGNING
from fellesgrep.signing.verify_seal import extract_attachment
from tests.backend.signing.eid_stories import OWN_URL, come_back, demand, leave, sign
from tests.backend.signing.stories import Signing
from tests.contract_templates.expected import text_of
from tests.id_porten import (
    CLIENT_ID,
    KARI,
    Organisation,
    certified_provider,
    log_in_there,
    make_organisation,
    state_of,
)

OLA = "24018549147"


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


@pytest.fixture
def asked(planned: Signing) -> Signing:
    """An agreement out for signature, where Kari must log in."""
    demand(planned, "Kari Berg")
    planned.send_out()
    planned.browser.follow_redirects = False
    return planned


def ask_whose(signing: Signing, sealed: bytes, number: str) -> Result:
    folder = signing.house.settings(SIGNING).data_dir
    (folder / "sealed.pdf").write_bytes(sealed)
    given = {"FELLESGREP_DATA_DIR": str(folder)}
    return CliRunner().invoke(
        app, ["same-person", str(folder / "sealed.pdf")], input=f"{number}\n", env=given
    )


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
    evidence = asked.evidence()
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
    for number, words, status in ((KARI, "the same person", 0), (OLA, "somebody else", 1)):
        told = ask_whose(asked, sealed, number)
        assert f"Kari Berg: {words}" in told.output
        assert told.exit_code == status
        assert number not in told.output
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


def test_cancelling_keeps_the_request_open_and_one_may_try_again(asked: Signing) -> None:
    link = asked.links["Kari Berg"]
    page = come_back(asked, log_in_there(leave(asked), OWN_URL, cancel=True))
    told = asked.browser.get(page)
    assert told.status_code == 200
    assert "Innloggingen ble avbrutt hos ID-porten." in told.text
    assert "Ingenting er signert." in told.text
    form = asked.form(page)
    assert asked.browser.post(f"{link}/eid", data=form).status_code == 200
    page = come_back(asked, log_in_there(leave(asked), OWN_URL))
    assert "Du har signert" in sign(asked, page)


def test_a_lower_level_than_demanded_signs_nothing(asked: Signing) -> None:
    answer = log_in_there(leave(asked), OWN_URL, acr="idporten-loa-substantial")
    page = come_back(asked, answer)
    assert "et lavere nivå enn avtalen krever" in asked.browser.get(page).text
    again = asked.form(f"{asked.links['Kari Berg']}?step=eid")
    assert "how" not in again  # there is no form to sign with
    assert_nothing_signed(asked)


def assert_nothing_signed(signing: Signing, name: str = "Kari Berg") -> None:
    """A form made up by hand signs nothing either."""
    link = signing.links[name]
    found = signing.request(name)
    form = signing.form(link) | {
        "how": "eid", "name": name, "consent": "yes", "document": found.shown_sha256 or "",
    }  # fmt: skip
    answer = signing.browser.post(f"{link}/sign", data=form)
    assert answer.status_code == 422
    assert "Logg inn på nytt" in answer.text
    assert signing.request(name).status == "sent"


def assert_lost(signing: Signing, address: str) -> None:
    answer = signing.browser.get(address.removeprefix(OWN_URL))
    assert answer.status_code == 410
    assert "Innloggingen hører ikke til her" in answer.text
    assert "Ingenting er signert" in answer.text


def test_an_answer_is_taken_once(asked: Signing) -> None:
    answer = log_in_there(leave(asked), OWN_URL)
    cookies = dict(asked.browser.cookies)
    come_back(asked, answer)
    for name, value in cookies.items():
        asked.browser.cookies.set(name, value)
    assert_lost(asked, answer)


def test_a_code_is_good_for_its_own_attempt_only(asked: Signing) -> None:
    first = log_in_there(leave(asked), OWN_URL)
    second = log_in_there(leave(asked), OWN_URL)
    crossed = first.replace(state_of(first), state_of(second))
    page = come_back(asked, crossed)
    assert page.endswith("/eid?why=refused")
    assert "ID-porten godtok ikke innloggingen" in asked.browser.get(page).text
    assert_nothing_signed(asked)


def test_an_answer_is_taken_in_the_browser_that_asked(asked: Signing) -> None:
    """Whoever is sent to another's log-in brings nobody else their identity."""
    answer = log_in_there(leave(asked), OWN_URL)
    cookies = dict(asked.browser.cookies)
    asked.browser.cookies.clear()
    assert_lost(asked, answer)
    for name, value in cookies.items():
        asked.browser.cookies.set(name, value)
    assert_lost(asked, answer)  # used up
    assert_nothing_signed(asked)


def test_an_answer_goes_to_the_link_that_asked(asked: Signing) -> None:
    answer = log_in_there(leave(asked), OWN_URL)
    name = cookie_name(state_of(answer))
    mine = asked.browser.cookies[name]
    kari, per = (asked.links[each].rpartition("/")[2] for each in ("Kari Berg", "Per Dahl"))
    asked.browser.cookies.clear()
    asked.browser.cookies.set(name, mine.replace(kari, per))
    assert_lost(asked, answer)


def test_the_link_alone_is_not_the_browser_that_asked(asked: Signing) -> None:
    answer = log_in_there(leave(asked), OWN_URL)
    name = cookie_name(state_of(answer))
    secret, rest = asked.browser.cookies[name].split(".", 1)
    asked.browser.cookies.clear()
    asked.browser.cookies.set(name, f"{secret[::-1]}.{rest}")
    assert_lost(asked, answer)


def test_an_attempt_is_over_after_ten_minutes(asked: Signing) -> None:
    answer = log_in_there(leave(asked), OWN_URL)
    asked.later(minutes=11)
    assert_lost(asked, answer)


def test_a_log_in_is_good_for_a_quarter_of_an_hour_and_one_signature(asked: Signing) -> None:
    come_back(asked, log_in_there(leave(asked), OWN_URL))
    asked.later(minutes=16)
    assert_nothing_signed(asked)
    page = come_back(asked, log_in_there(leave(asked), OWN_URL))
    form = asked.form(page)
    other = asked.form(page)
    for each in (form, other):
        asked.browser.post(
            f"{asked.links['Kari Berg']}/sign", data=each | {"name": "Kari Berg", "consent": "yes"}
        )
    assert asked.request("Kari Berg").status == "signed"
    with asked.house.transaction() as tx:
        used = tx.session.scalars(select(MethodResult.used_at)).all()
    assert [each is not None for each in used] == [True]  # the old one is forgotten


def test_the_log_in_is_offered_to_whoever_need_not_use_it(asked: Signing) -> None:
    shown = asked.browser.get(asked.links["Per Dahl"]).text
    assert "Signer heller slik: Innlogging med ID-porten" in shown
    page = come_back(asked, log_in_there(leave(asked, "Per Dahl"), OWN_URL, pid=OLA))
    assert "nivå høyt" in sign(asked, page, "Per Dahl")


def test_opening_the_link_and_a_form_of_somebody_else_begin_nothing(asked: Signing) -> None:
    link = asked.links["Kari Berg"]
    foreign = asked.form(asked.links["Per Dahl"])
    assert asked.browser.post(f"{link}/eid", data=foreign).status_code == 403
    asked.browser.get(link)
    asked.browser.get(f"{link}?step=eid")
    asked.browser.get(f"{link}/eid?why=cancelled")
    with asked.house.transaction() as tx:
        assert tx.session.scalar(select(func.count()).select_from(eid.EidAttempt)) == 0


def test_whoever_reads_the_table_can_finish_no_log_in(asked: Signing) -> None:
    answer = log_in_there(leave(asked), OWN_URL)
    with asked.house.transaction() as tx:
        [row] = tx.session.scalars(text("select t::text from eid_attempt t")).all()
    cookie = asked.browser.cookies[cookie_name(state_of(answer))]
    for secret in (state_of(answer), *cookie.split(".")):
        assert not secret or secret not in row


@pytest.mark.parametrize(
    ("born_on", "agrees"), [(date(1972, 9, 13), True), (date(1972, 9, 14), False)]
)
def test_a_birth_date_of_the_register_is_compared(
    asked: Signing, born_on: date, agrees: bool
) -> None:
    asked.house.registry.put(eid.BIRTH_DATES, "test", lambda tx, request: born_on)
    page = come_back(asked, log_in_there(leave(asked), OWN_URL))
    shown = asked.browser.get(page).text
    if agrees:
        sign(asked, page)
        facts = asked.request("Kari Berg").evidence["method_result"]
        assert facts["birth_date"] == "agrees"
        assert "1972" not in json.dumps(facts)
    else:
        assert "har en annen fødselsdato" in shown
        assert "Det er ikke jeg som skal signere" in shown
        assert_nothing_signed(asked)


def test_the_birth_date_comes_from_who_may_sign(planned: Signing) -> None:
    kari = planned.contact("Kari Berg")
    liaison = Actor("person", planned.world.people[Role.LIAISON].id)
    with planned.house.transaction(liaison) as tx:
        party = tx.session.get_one(CaseParty, planned.request("Kari Berg").party_id)
        holder = Holder(name="Kari Berg", born_on=date(1972, 9, 14), contact_id=kari.id)
        authority.upload_minutes(
            tx, party, together([holder]), Scan(b"%PDF-minutes", "application/pdf")
        )
    demand(planned, "Kari Berg")
    planned.send_out()
    planned.browser.follow_redirects = False
    page = come_back(planned, log_in_there(leave(planned), OWN_URL))
    assert page.endswith("why=other_person")
