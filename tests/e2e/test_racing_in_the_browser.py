"""Phones at the same instant, double clicks, answers that are lost, links that were replaced.

Nothing is lost and nothing is done twice, with and without scripts. Four requests of the demo are
signed here, so what signs none comes first.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.e2e.browser import check_accessible, check_fits, chromium, window
from tests.e2e.desk import Desk
from tests.e2e.portal import mails, newest_link
from tests.e2e.test_portal_paths import LIAISON, find_draft, send_draft
from tests.e2e.test_sealing_in_the_browser import code_of, link_for
from tests.product import Product

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e_racing"), pytest.mark.timeout(600)]
SIGNED = "Du har signert"


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def out_for_signature(page: Page, least: int) -> tuple[str, list[str]]:
    """Return a case and its requests that wait for an answer, so many of them or more."""
    cases = page.request.get("/api/v1/cases?stage=signing&per_page=100").json()["items"]
    for case in cases:
        answered = page.request.get(f"/api/v1/cases/{case['id']}/signatories")
        shown = answered.json() if answered.ok else {}
        waiting = [
            str(each["id"])
            for each in shown.get("signatories", [])
            if each["status"] == "sent" and not each["late"]
        ]
        if shown.get("may_resend") and len(waiting) >= least:
            return str(case["id"]), waiting
    raise AssertionError(f"no case in the demo waits for {least} signatures")


def fill_in(desk: Page, phone: Page, link: str, name: str) -> None:
    """Go to the last step and fill it in; what is left is one press."""
    phone.goto(link)
    known = mails(desk)
    phone.get_by_role("button", name="Gå videre til signering").click()
    phone.get_by_label("Koden vi sendte").fill(code_of(desk, known))
    phone.get_by_label("Skriv navnet ditt").fill(name)
    phone.get_by_role("checkbox").check()


def look(phone: Page, *, scripts: bool) -> None:
    if scripts:
        check_accessible(phone)
        check_fits(phone)


def signed(desk: Page, case_id: str) -> int:
    """Return how often the history of a case tells of a signature."""
    path = f"/api/v1/cases/{case_id}/signatures"
    return len(desk.request.get(path).json())


@pytest.mark.parametrize("scripts", [True, False])
def test_a_link_that_was_replaced_asks_for_a_new_one_that_goes_to_the_known_address(
    product: Product, browser: Browser, scripts: bool
) -> None:
    with (
        window(browser, product.url) as desk,
        window(browser, product.url, phone=True, scripts=scripts) as phone,
    ):
        Desk.log_in(desk, LIAISON)
        case_id, [request_id, *_] = out_for_signature(desk, 1)
        old = link_for(desk, case_id, request_id)
        addressee = newest(desk)["to"]
        link_for(desk, case_id, request_id)
        known = mails(desk)
        phone.goto(old)
        expect(phone.get_by_role("heading", name="Lenken virker ikke")).to_be_visible()
        look(phone, scripts=scripts)
        phone.get_by_role("button", name="Send meg en ny lenke").click()
        expect(phone.get_by_role("heading", name="Se etter e-post")).to_be_visible()
        expect(phone.get_by_text(re.compile("@"))).to_have_count(0)
        look(phone, scripts=scripts)
        fresh = newest_link(desk, known)
        assert newest(desk)["to"] == addressee
        phone.goto(fresh)
        expect(phone.get_by_role("button", name="Gå videre til signering")).to_be_visible()


def newest(desk: Page) -> dict[str, str]:
    """Return the newest mail as the outbox lists it."""
    found: dict[str, str] = desk.request.get("/api/v1/outbox?per_page=1").json()["items"][0]
    return found


def test_two_sign_on_two_phones_at_the_same_instant(product: Product, browser: Browser) -> None:
    """One phone runs scripts, the other does not."""
    with (
        window(browser, product.url) as desk,
        window(browser, product.url, phone=True) as kari,
        window(browser, product.url, phone=True, scripts=False) as per,
    ):
        Desk.log_in(desk, LIAISON)
        case_id, requests = out_for_signature(desk, 2)
        before = signed(desk, case_id)
        phones = dict(zip(requests, (kari, per), strict=False))
        for request_id, phone in phones.items():
            fill_in(desk, phone, link_for(desk, case_id, request_id), "Eva Lunde")
        for phone in phones.values():
            sign = phone.get_by_role("button", name="Signer avtalen", exact=True)
            sign.click(no_wait_after=True)
        for phone in phones.values():
            expect(phone.get_by_role("heading", name=SIGNED)).to_be_visible()
        look(kari, scripts=True)
        assert signed(desk, case_id) == before + 2


def test_an_answer_is_lost_on_its_way_and_the_form_is_sent_again_and_again(
    product: Product, browser: Browser
) -> None:
    with window(browser, product.url) as desk, window(browser, product.url, phone=True) as phone:
        Desk.log_in(desk, LIAISON)
        case_id, [request_id, *_] = out_for_signature(desk, 1)
        before = signed(desk, case_id)
        link = link_for(desk, case_id, request_id)
        fill_in(desk, phone, link, "Eva Lunde")
        lost: list[Request] = []

        def lose(route: Route) -> None:
            """The server gets the form; what it answers comes to nobody."""
            lost.append(route.request)
            route.fetch(max_redirects=0)
            route.abort("connectionreset")

        phone.route("**/sign*", lose, times=1)
        press = phone.get_by_role("button", name="Signer avtalen", exact=True)
        with phone.expect_event("requestfailed"):
            press.click(no_wait_after=True)
        [request] = lost
        for _ in range(2):
            again = phone.request.post(
                request.url,
                data=request.post_data_buffer or b"",
                headers={"content-type": request.headers["content-type"]},
            )
            assert SIGNED in again.text()
        phone.goto(f"{link}?step=code")
        expect(phone.get_by_role("heading", name=SIGNED)).to_be_visible()
        look(phone, scripts=True)
        assert signed(desk, case_id) == before + 1
        expect(press).to_be_hidden()


def test_a_double_click_signs_once_and_the_back_button_shows_the_receipt(
    product: Product, browser: Browser
) -> None:
    with (
        window(browser, product.url) as desk,
        window(browser, product.url, phone=True, scripts=False) as phone,
    ):
        Desk.log_in(desk, LIAISON)
        case_id, [request_id, *_] = out_for_signature(desk, 1)
        before = signed(desk, case_id)
        fill_in(desk, phone, link_for(desk, case_id, request_id), "Eva Lunde")
        phone.get_by_role("button", name="Signer avtalen", exact=True).dblclick()
        expect(phone.get_by_role("heading", name=SIGNED)).to_be_visible()
        phone.go_back()
        expect(phone.get_by_role("heading", name=SIGNED)).to_be_visible()
        assert signed(desk, case_id) == before + 1


@pytest.mark.parametrize("scripts", [True, False])
def test_a_suggestion_that_is_taken_in_is_shown_to_the_partner(
    product: Product, browser: Browser, scripts: bool
) -> None:
    with (
        window(browser, product.url) as page,
        window(browser, product.url, phone=True, scripts=scripts) as phone,
    ):
        desk = Desk.log_in(page, LIAISON)
        case_id = find_draft(page)
        known = mails(page)
        send_draft(desk, case_id)
        phone.goto(newest_link(page, known))
        phone.locator("summary").filter(has_text="Foreslå endring").first.click()
        field = phone.get_by_label("Teksten slik du vil ha den").first
        sentence = f"Gården er åpen for alle{' alltid' if scripts else ''}."
        field.fill(f"{field.input_value()}\n\n{sentence}")
        phone.get_by_role("button", name="Send forslaget").first.click()
        expect(phone.get_by_text("Venter på svar").first).to_be_visible()
        page.goto(f"/cases/{case_id}/show")
        page.get_by_role("button", name="Ta inn i utkastet").first.click()
        expect(page.get_by_role("button", name="Ta inn i utkastet")).to_be_hidden()
        phone.goto(newest_link(page, known))
        expect(phone.get_by_text("Godtatt").first).to_be_visible()
        expect(phone.get_by_text("Forslaget er tatt inn i utkastet").first).to_be_visible()
        expect(phone.get_by_text(sentence).first).to_be_visible()
        look(phone, scripts=scripts)
