"""A partner on a phone: reads the proposal, asks, cannot confirm it, and then confirms it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import check_accessible, check_fits, chromium, window
from tests.e2e.desk import Desk
from tests.e2e.portal import mails, newest_link
from tests.product import Product

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e_proposal"), pytest.mark.timeout(300)]
LIAISON = "Ingrid Solheim"
SEND = "Send forslaget til partnerne"


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def find_proposal(page: Page) -> str:
    """Return the id of a case whose proposal is being written, with a party that can read it."""
    cases = page.request.get("/api/v1/cases?stage=proposal&per_page=100").json()["items"]
    for case in cases:
        own = f"/api/v1/cases/{case['id']}/proposal"
        shown = page.request.get(f"{own}/readings").json()
        written = page.request.get(own).json()
        reachable = any(each["reachable"] for each in shown["contacts"])
        if shown["may_send"] and not shown["sent"] and reachable and written["goals"]:
            return str(case["id"])
    raise AssertionError("no case in the demo has a proposal to send")


def send(page: Page, case_id: str) -> None:
    page.goto(f"/cases/{case_id}/show")
    page.get_by_role("button", name=SEND).click()
    box = page.get_by_role("dialog")
    box.get_by_role("checkbox").first.check()
    check_accessible(page)
    box.get_by_role("button", name=SEND).click()
    expect(box).to_be_hidden()


def panel(page: Page) -> Locator:
    return page.get_by_role("list", name="Hva partene sier")


def _check(page: Page, *, scripts: bool) -> None:
    """A page without scripts cannot be asked; it is the same page."""
    if scripts:
        check_accessible(page)
        check_fits(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_partner_asks_cannot_confirm_and_confirms_what_was_changed(
    product: Product, browser: Browser, scripts: bool
) -> None:
    with window(browser, product.url) as page:
        Desk.log_in(page, LIAISON)
        case_id = find_proposal(page)
        known = mails(page)
        send(page, case_id)
        first = newest_link(page, known)
        with window(browser, product.url, phone=True, scripts=scripts) as phone:
            phone.goto(first)
            expect(phone.get_by_text("ber deg lese dette prosjektforslaget")).to_be_visible()
            expect(phone.get_by_role("heading", name=re.compile("Hvem betaler"))).to_be_visible()
            _check(phone, scripts=scripts)
            _ask(phone, "Hvem rydder snø?")
            _refuse(phone, "Styret må møtes først.", scripts=scripts)
        page.goto(f"/cases/{case_id}/show")
        expect(panel(page).get_by_text("Kan ikke bekrefte")).to_be_visible()
        expect(panel(page).get_by_text("Styret må møtes først.")).to_be_visible()
        _answer_and_settle(page)
        with window(browser, product.url, phone=True, scripts=scripts) as phone:
            phone.goto(newest_link(page, known))
            expect(phone.get_by_text("Det gjør kommunen.")).to_be_visible()
            expect(phone.get_by_text("Avklart", exact=True)).to_be_visible()
            _confirm(phone, scripts=scripts)
        page.reload()
        expect(panel(page).get_by_text("Bekreftet", exact=True)).to_be_visible()
        _change(page, "Et gårdsrom som alle bruker, hele året.")
        expect(panel(page).get_by_text("Bekreftet en annen versjon")).to_be_visible()
        check_accessible(page)
        send(page, case_id)
        with window(browser, product.url, phone=True, scripts=scripts) as phone:
            phone.goto(first)
            expect(phone.get_by_role("heading", name="Lenken virker ikke")).to_be_visible()
            phone.goto(newest_link(page, known))
            expect(phone.get_by_text("Dere bekreftet en annen versjon")).to_be_visible()
            expect(phone.locator("ins").filter(has_text="hele").first).to_be_visible()
            _check(phone, scripts=scripts)
            _confirm(phone, scripts=scripts)
        page.reload()
        expect(panel(page).get_by_text("Bekreftet", exact=True)).to_be_visible()


def _ask(phone: Page, question: str) -> None:
    phone.locator("summary").filter(has_text="Spør eller kommenter").first.click()
    phone.get_by_role("button", name="Send til kommunen").first.click()
    expect(phone.get_by_role("alert")).to_be_visible()
    phone.get_by_label("Spørsmål eller kommentar").first.fill(question)
    phone.get_by_role("button", name="Send til kommunen").first.click()
    expect(phone.get_by_text(question).first).to_be_visible()


def _refuse(phone: Page, reason: str, *, scripts: bool) -> None:
    phone.get_by_role("link", name="Vi kan ikke bekrefte").click()
    phone.get_by_role("button", name="Send til kommunen").click()
    field = phone.get_by_label("Hvorfor kan dere ikke bekrefte?")
    expect(field).to_have_attribute("aria-invalid", "true")
    _check(phone, scripts=scripts)
    field.fill(reason)
    phone.get_by_role("button", name="Send til kommunen").click()
    expect(phone.get_by_text("at dere ikke kan bekrefte forslaget")).to_be_visible()
    _check(phone, scripts=scripts)


def _confirm(phone: Page, *, scripts: bool) -> None:
    phone.get_by_role("link", name="Bekreft forslaget").click()
    phone.get_by_label("Navnet ditt").fill(" ")
    phone.get_by_label(re.compile("^Rollen din")).fill("Styreleder")
    phone.get_by_role("button", name="Vi bekrefter forslaget").click()
    expect(phone.get_by_role("alert")).to_be_visible()
    _check(phone, scripts=scripts)
    phone.get_by_label("Navnet ditt").fill("Kari Berg")
    phone.get_by_role("button", name="Vi bekrefter forslaget").click()
    expect(phone.get_by_text("Kari Berg (Styreleder)")).to_be_visible()
    expect(phone.get_by_role("link", name="Bekreft forslaget")).to_be_hidden()
    _check(phone, scripts=scripts)


def _answer_and_settle(page: Page) -> None:
    page.get_by_role("button", name="Svar", exact=True).click()
    box = page.get_by_role("dialog")
    box.get_by_label(re.compile("Svaret ditt")).fill("Det gjør kommunen.")
    box.get_by_role("button", name="Svar", exact=True).click()
    expect(box).to_be_hidden()
    page.get_by_role("button", name="Marker som avklart").click()
    expect(page.get_by_text("(avklart)")).to_be_visible()


def _change(page: Page, goals: str) -> None:
    page.get_by_label("Mål", exact=True).fill(goals)
    expect(page.get_by_text(re.compile("^Lagret kl")).first).to_be_visible()
