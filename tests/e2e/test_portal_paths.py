"""A partner on a phone: reads a draft, asks, wants it otherwise, and says that it is fine."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import check_accessible, check_fits, chromium, window
from tests.e2e.desk import Desk
from tests.product import Product

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e"), pytest.mark.timeout(300)]
LIAISON = "Ingrid Solheim"


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def find_draft(page: Page) -> str:
    """Return the id of a case whose agreement is being drafted, with somebody to send it to."""
    cases = page.request.get("/api/v1/cases?stage=agreement&per_page=100").json()["items"]
    for case in cases:
        view = page.request.get(f"/api/v1/cases/{case['id']}/agreement/discussion")
        shown = view.json() if view.ok else {}
        if shown.get("may_send") and any(each["reachable"] for each in shown["contacts"]):
            return str(case["id"])
    raise AssertionError("no case in the demo has a draft to send")


def newest_link(page: Page, known: set[str]) -> str:
    """Return the portal link of the newest mail that was not there before."""
    while True:
        for mail in page.request.get("/api/v1/outbox?per_page=50").json()["items"]:
            if mail["name"] not in known:
                known.add(mail["name"])
                read = page.request.get(f"/api/v1/outbox/{mail['name']}").json()
                if links := [link for link in read["links"] if "/p/" in link]:
                    return str(links[0])
        page.wait_for_timeout(200)


def mails(page: Page) -> set[str]:
    found = page.request.get("/api/v1/outbox?per_page=200").json()["items"]
    return {mail["name"] for mail in found}


def send_draft(desk: Desk, case_id: str) -> None:
    page = desk.page
    page.goto(f"/cases/{case_id}/show")
    expect(page.get_by_role("heading", name="Gjennomlesing hos partene")).to_be_visible()
    page.get_by_role("button", name="Send til gjennomlesing").first.click()
    box = page.get_by_role("dialog")
    box.get_by_role("checkbox").first.check()
    check_accessible(page)
    box.get_by_role("button", name="Send til gjennomlesing").click()
    expect(box).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_partner_comments_suggests_and_sees_the_answers(
    product: Product, browser: Browser, scripts: bool
) -> None:
    with window(browser, product.url) as desk_page:
        desk = Desk.log_in(desk_page, LIAISON)
        case_id = find_draft(desk_page)
        known = mails(desk_page)
        send_draft(desk, case_id)
        link = newest_link(desk_page, known)
        with window(browser, product.url, phone=True, scripts=scripts) as phone:
            phone.goto(link)
            expect(phone.get_by_text("ber deg lese dette utkastet")).to_be_visible()
            _check(phone, scripts=scripts)
            _suggest(phone, "Gården er åpen for alle.")
            _check(phone, scripts=scripts)
            _ask(phone, "Hvem rydder snø?")
        _answer(desk_page, case_id)
        link = newest_link(desk_page, known)
        with window(browser, product.url, phone=True, scripts=scripts) as phone:
            phone.goto(link)
            expect(phone.get_by_text("Det gjør kommunen.")).to_be_visible()
            expect(phone.get_by_text("Står i vedtaket.")).to_be_visible()
            phone.get_by_role("button", name="Jeg har ingen merknader").click()
            expect(phone.get_by_text("at du ikke har merknader")).to_be_visible()
            _check(phone, scripts=scripts)


def _check(page: Page, *, scripts: bool) -> None:
    """A page without scripts cannot be asked; it is the same page."""
    if scripts:
        check_accessible(page)
        check_fits(page)


def _suggest(phone: Page, sentence: str) -> None:
    phone.locator("summary").filter(has_text="Foreslå endring").first.click()
    field = phone.get_by_label("Teksten slik du vil ha den").first
    field.fill(f"{field.input_value()}\n\n{sentence}")
    phone.get_by_role("button", name="Send forslaget").first.click()
    expect(phone.locator("ins").filter(has_text=sentence).first).to_be_visible()
    expect(phone.get_by_text("Venter på svar").first).to_be_visible()


def _ask(phone: Page, question: str) -> None:
    phone.locator("summary").filter(has_text="Spør eller kommenter").first.click()
    phone.get_by_role("button", name="Send til kommunen").first.click()
    expect(phone.get_by_role("alert")).to_be_visible()
    phone.get_by_label("Spørsmål eller kommentar").first.fill(question)
    phone.get_by_role("button", name="Send til kommunen").first.click()
    expect(phone.get_by_text(question).first).to_be_visible()


def _answer(page: Page, case_id: str) -> None:
    page.goto(f"/cases/{case_id}/show")
    expect(page.get_by_text("Hvem rydder snø?").first).to_be_visible()
    page.get_by_role("button", name="Ikke ta inn").first.click()
    box = page.get_by_role("dialog")
    box.get_by_label(re.compile("Hvorfor ikke")).fill("Står i vedtaket.")
    box.get_by_role("button", name="Ikke ta inn").click()
    expect(box).to_be_hidden()
    expect(page.get_by_text("Ikke godtatt").first).to_be_visible()
    page.get_by_role("button", name="Svar", exact=True).first.click()
    box = page.get_by_role("dialog")
    box.get_by_label(re.compile("Svaret ditt")).fill("Det gjør kommunen.")
    box.get_by_role("button", name="Svar", exact=True).click()
    expect(box).to_be_hidden()
