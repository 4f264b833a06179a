"""A seal that fails and recovers by a button; a signatory who wants a correction, on a phone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import check_accessible, check_fits, chromium, window
from tests.e2e.desk import Desk
from tests.e2e.portal import mails, newest_link
from tests.e2e.test_portal_paths import LIAISON
from tests.product import Product, eventually, running_product

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e_sealing"), pytest.mark.timeout(300)]
ADMIN = "Tom Eriksen"


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def open_requests(page: Page) -> tuple[str, list[str]]:
    """Return a case that is out for signature, and the requests in it that wait."""
    found = []
    cases = page.request.get("/api/v1/cases?stage=signing&per_page=100").json()["items"]
    for case in cases:
        answered = page.request.get(f"/api/v1/cases/{case['id']}/signatories")
        shown = answered.json() if answered.ok else {}
        waiting = [each["id"] for each in shown.get("signatories", []) if each["status"] == "sent"]
        late = any(each["late"] for each in shown.get("signatories", []))
        if waiting and shown.get("may_recall") and not late:
            found.append((str(case["id"]), waiting))
    assert found, "no case in the demo is out for signature"
    return min(found, key=lambda each: len(each[1]))


def link_for(page: Page, case_id: str, request_id: str) -> str:
    """Have a new link sent, and return it."""
    known = mails(page)
    resend = f"/api/v1/cases/{case_id}/signatories/{request_id}/resend"
    assert page.request.post(resend, data={}).ok
    return newest_link(page, known)


def code_of(page: Page, known: set[str]) -> str:
    """Return the code in the newest mail."""
    while True:
        for mail in page.request.get("/api/v1/outbox?per_page=50").json()["items"]:
            if mail["name"] not in known:
                text = page.request.get(f"/api/v1/outbox/{mail['name']}").json()["text"]
                if found := re.search(r"\b\d{6}\b", text):
                    return found[0]
        page.wait_for_timeout(200)


def sign(desk: Page, phone: Page, link: str) -> None:
    phone.goto(link)
    known = mails(desk)
    phone.get_by_role("button", name="Gå videre til signering").click()
    phone.get_by_label("Koden vi sendte").fill(code_of(desk, known))
    phone.get_by_label("Skriv navnet ditt").fill("Eva Lunde")
    phone.get_by_role("checkbox").check()
    phone.get_by_role("button", name="Signer avtalen", exact=True).click()
    expect(phone.get_by_role("heading", name="Du har signert")).to_be_visible()


def test_a_seal_that_fails_is_seen_and_recovers_by_the_button(
    product: Product, browser: Browser
) -> None:
    key_file = product.data_dir / "seal-key.pem"
    with window(browser, product.url) as liaison, window(browser, product.url, phone=True) as phone:
        Desk.log_in(liaison, LIAISON)
        case_id, requests = open_requests(liaison)
        link = ""
        for request_id in requests:
            link = link_for(liaison, case_id, request_id)
            sign(liaison, phone, link)
        key = key_file.read_bytes()
        key_file.unlink()
        try:
            _countersign(product, browser, liaison, case_id)
            phone.goto(link)
            expect(phone.get_by_text("dokumentet forsegles nå")).to_be_visible()
            check_accessible(phone)
            check_fits(phone)
            liaison.goto(f"/cases/{case_id}/show")
            expect(liaison.get_by_text("seglet lot seg ikke sette")).to_be_visible()
            expect(liaison.get_by_text("Legg den tilbake fra sikkerhetskopien")).to_be_visible()
            expect(liaison.get_by_role("button", name="Segl på nytt")).to_be_hidden()
            check_accessible(liaison)
        finally:
            key_file.write_bytes(key)
            key_file.chmod(0o600)
        _seal_again(product, browser, case_id)
        phone.goto(link)
        expect(phone.get_by_text("avtalen er forseglet")).to_be_visible()
        expect(phone.get_by_text("PAdES B-B")).to_be_visible()
        check_accessible(phone)
        check_fits(phone)


def _countersign(product: Product, browser: Browser, liaison: Page, case_id: str) -> None:
    shown = liaison.request.get(f"/api/v1/cases/{case_id}/signatories").json()
    with window(browser, product.url) as page:
        desk = Desk.log_in(page, shown["countersigner"]["name"])
        page.goto(f"/cases/{case_id}/show")
        desk.task("Signer for kommunen")
        page.get_by_role("checkbox").first.check()
        desk.finish("Signer for kommunen")


def _seal_again(product: Product, browser: Browser, case_id: str) -> None:
    with window(browser, product.url) as page:
        Desk.log_in(page, ADMIN)
        page.goto("/operations")
        expect(page.get_by_text("Avtaler som venter på segl")).to_be_visible()
        check_accessible(page)
        page.goto(f"/cases/{case_id}/show")
        page.get_by_role("button", name="Segl på nytt").click()
        eventually(
            lambda: page.request.get(f"/api/v1/cases/{case_id}/seal").json()["state"] == "sealed",
            seconds=60,
        )
        expect(page.get_by_text("seglet lot seg ikke sette")).to_be_hidden()


def test_a_signatory_wants_a_correction_and_everybody_reads_why(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> None:
    with (
        running_product(tmp_path_factory.mktemp("correction")) as own,
        window(browser, own.url) as liaison,
    ):
        Desk.log_in(liaison, LIAISON)
        case_id, requests = open_requests(liaison)
        # Without scripts the page is the same; the wish is refused, and can be made again.
        link = link_for(liaison, case_id, requests[0])
        with window(browser, own.url, phone=True, scripts=False) as phone:
            _want(phone, link, scripts=False)
            _answer(liaison, case_id, "Si nei")
            phone.goto(f"{link}/correct")
            expect(phone.get_by_text("Det står i vedtaket.")).to_be_visible()
        with window(browser, own.url, phone=True) as phone:
            _want(phone, link, scripts=True)
            _answer(liaison, case_id, "Ta tilbake for retting")
            phone.goto(link)
            expect(phone.get_by_role("heading", name="Avtalen blir rettet")).to_be_visible()
            expect(phone.get_by_text("Det står i vedtaket.")).to_be_visible()
            _check(phone, scripts=True)


def _want(phone: Page, link: str, *, scripts: bool) -> None:
    phone.goto(link)
    phone.get_by_role("link", name="Noe må rettes").click()
    phone.get_by_role("button", name="Be om retting").click()
    expect(phone.get_by_text("Skriv kort hvorfor.")).to_be_visible()
    _check(phone, scripts=scripts)
    phone.get_by_label("Hva må rettes?").fill("Beløpet i punkt 4 er feil.")
    phone.get_by_role("button", name="Be om retting").click()
    expect(phone.get_by_text("ser på det du har skrevet")).to_be_visible()
    _check(phone, scripts=scripts)


def _answer(page: Page, case_id: str, button: str) -> None:
    page.goto(f"/cases/{case_id}/show")
    page.get_by_role("tab", name="Dokumenter").click()
    expect(page.get_by_text("Beløpet i punkt 4 er feil.")).to_be_visible()
    page.get_by_role("button", name=button, exact=True).click()
    box = page.get_by_role("dialog")
    box.get_by_label("Begrunnelse").fill("Det står i vedtaket.")
    check_accessible(page)
    box.get_by_role("button", name=button, exact=True).click()
    expect(box).to_be_hidden()


def _check(page: Page, *, scripts: bool) -> None:
    """A page without scripts cannot be asked; it is the same page."""
    if scripts:
        check_accessible(page)
        check_fits(page)
