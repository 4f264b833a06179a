"""Two signatories log in at ID-porten on their phones, one of them without scripts."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from fellesgrep.core import embedded_postgres
from fellesgrep.core.jobs import psycopg_dsn
from fellesgrep.walk import steps
from fellesgrep.walk.colleague import Json
from fellesgrep.walk.steps import STEPS, Walk
from tests.contract_templates.expected import text_of
from tests.e2e.browser import check_accessible, check_fits, chromium, window
from tests.id_porten import CLIENT_ID, KARI, certified_provider, make_organisation
from tests.product import Product, copy_of, free_port

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e_eid"), pytest.mark.timeout(300)]
OTHER = "24018549147"


@pytest.fixture(scope="module")
def product(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of its own, which knows ID-porten."""
    port, organisation = free_port(), make_organisation(tmp_path_factory.mktemp("eid"))
    with copy_of(demo) as folder:
        running = Product(
            folder,
            EID_ISSUER=f"http://127.0.0.1:{port}",
            EID_CLIENT_ID=CLIENT_ID,
            EID_KEY_FILE=str(organisation.key_file),
            EID_ACR="idporten-loa-high",
        )
        with certified_provider(running.url, organisation, port=port):
            running.start()
            try:
                yield running
            finally:
                running.stop()


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def send_out(walk: Walk) -> None:
    """Walk to the signing, and ask the cooperative's people to log in."""
    for step in STEPS[: STEPS.index(steps.set_up_signing)]:
        step(walk)
    path = f"/cases/{walk.case_id}/signatories"
    must_log_in = {each["id"] for each in walk.cooperative["contacts"]}
    case = walk.liaison.get(f"/cases/{walk.case_id}")
    walk.liaison.replace(
        path,
        signatories=[
            {"party_id": party["id"], "contact_id": contact["id"]}
            | ({"method": "authenticated_eid"} if contact["id"] in must_log_in else {})
            for party in case["parties"]
            for contact in party["contacts"]
        ],
        countersigner_id=walk.liaison.get(path)["countersigner"]["id"],
        deadline_on=walk.day(14),
    )
    walk.complete(walk.liaison, "set_up_signing", deadline_on=walk.day(14))


def look(page: Page, *, scripts: bool) -> None:
    """A page without scripts cannot be asked; it is the same page."""
    if scripts:
        check_accessible(page)
        check_fits(page)


def sign(phone: Page, link: str, name: str, pid: str, *, scripts: bool) -> None:
    """Cancel once, log in, and sign: only the last button signs."""
    phone.goto(link)
    look(phone, scripts=scripts)
    phone.get_by_role("button", name="Logg inn med ID-porten og signer").click()
    expect(phone.get_by_role("heading", name="ID-porten for prøver")).to_be_visible()
    phone.get_by_role("button", name="Avbryt").click()
    expect(phone.get_by_text("Innloggingen ble avbrutt hos ID-porten.")).to_be_visible()
    look(phone, scripts=scripts)
    phone.get_by_role("button", name="Prøv igjen med ID-porten").click()
    phone.get_by_label("Fødselsnummer").fill(pid)
    phone.get_by_role("button", name="Logg inn").click()
    expect(phone.get_by_role("heading", name="Signer avtalen")).to_be_visible()
    expect(phone.get_by_text("Dokumentets fingeravtrykk")).to_be_visible()
    assert "code=" not in phone.url
    look(phone, scripts=scripts)
    phone.get_by_label("Skriv navnet ditt").fill(name)
    phone.get_by_role("checkbox").check()
    phone.get_by_role("button", name="Signer avtalen").click()
    expect(phone.get_by_role("heading", name="Du har signert")).to_be_visible()
    expect(phone.get_by_text("Innlogging med eID (ID-porten, nivå høyt)")).to_be_visible()
    look(phone, scripts=scripts)


def test_signing_with_id_porten_on_a_phone_ends_in_a_sealed_agreement(
    product: Product, browser: Browser
) -> None:
    walk = Walk(product.url)
    try:
        send_out(walk)
        people: list[Json] = walk.cooperative["contacts"]
        assert len(people) == 2
        for contact, pid, scripts in zip(people, (KARI, OTHER), (True, False), strict=True):
            link = walk.liaison.newest_mail(contact["email"])["links"][0]
            with window(browser, product.url, phone=True, scripts=scripts) as phone:
                sign(phone, link, contact["name"], pid, scripts=scripts)
        for contact in walk.business["contacts"]:
            steps.sign_as(walk, contact)
        steps.countersign(walk)
        steps.fetch_sealed_document(walk)
    finally:
        walk.close()
    evidence = check_sealed(walk)
    for contact in people:
        signed = next(each for each in evidence["signatures"] if each["name"] == contact["name"])
        facts = signed["particulars"]["method_result"]
        assert (signed["method"], facts["acr"]) == ("authenticated_eid", "idporten-loa-high")
    search_everywhere(product, walk.sealed)


def check_sealed(walk: Walk) -> Json:
    """The pages people read name the level; returns the record that machines read."""
    text = " ".join(text_of(walk.sealed).split())
    assert len(re.findall(r"Innlogging med eID \(ID-porten, nivå høyt\)", text)) == 2
    with pikepdf.open(io.BytesIO(walk.sealed)) as pdf:
        record = pdf.attachments[f"{walk.case_number}-signaturer.json"].get_file().read_bytes()
    return dict(json.loads(record))


def search_everywhere(product: Product, sealed: bytes) -> None:
    """No row, no log, no mail and no part of the PDF holds a national identity number."""
    found = [text_of(sealed), *rows(product)]
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        files = [each.get_file().read_bytes() for each in pdf.attachments.values()]
        streams = [each.read_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream)]
    logs = [path for path in product.data_dir.rglob("*") if path.suffix in {".log", ".eml"}]
    assert logs
    for pid in (KARI, OTHER):
        assert not any(pid in text for text in (*found, *product.said))
        assert not any(pid.encode() in content for content in (sealed, *files, *streams))
        assert not any(pid.encode() in path.read_bytes() for path in logs)


def rows(product: Product) -> list[str]:
    """Return every row of every table as text."""
    url = embedded_postgres.ensure_running(product.data_dir)
    with psycopg.connect(psycopg_dsn(url)) as connection:
        tables = connection.execute(
            "select tablename from pg_tables where schemaname = 'public'"
        ).fetchall()
        assert ("method_result",) in tables
        return [
            str(row)
            for (table,) in tables
            for (row,) in connection.execute(f'select t::text from "{table}" t').fetchall()
        ]
