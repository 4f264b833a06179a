"""A lawyer writes a new version of a template; another one comments, reads and approves it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import check_accessible, chromium, window
from tests.e2e.desk import Desk
from tests.product import Product

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e_templates"), pytest.mark.timeout(300)]
TEMPLATE = "Samarbeidsbrev"


def open_template(desk: Desk) -> None:
    desk.go("Avtalemaler")
    desk.page.get_by_role("link", name=TEMPLATE, exact=True).click()
    desk.look(TEMPLATE)


def the_text(page: Page) -> Locator:
    return page.get_by_role("textbox", name=re.compile("^Teksten i"))


def kept(page: Page) -> None:
    expect(page.get_by_role("status").get_by_text("Lagret", exact=True)).to_be_visible()


def write_clause(page: Page, desk: Desk, words: str) -> None:
    the_text(page).locator("h2").last.click()
    desk.press("Nytt punkt")
    page.keyboard.type("Møter")
    page.keyboard.press("ArrowDown")
    page.keyboard.type(words)


def insert(page: Page, desk: Desk, label: str) -> None:
    desk.press("Sett inn opplysning")
    page.get_by_role("combobox", name="Finn opplysning").fill(label)
    page.get_by_role("option", name=label, exact=True).click()


def in_each_language(page: Page, desk: Desk, words: dict[str, str]) -> None:
    for language, said in words.items():
        page.get_by_role("button", name=language, exact=True).click()
        write_clause(page, desk, said)
        insert(page, desk, "område")
        expect(the_text(page).locator("section").last.locator(".chip")).to_have_text("område")
        kept(page)


def test_two_lawyers_write_and_approve_a_new_version(product: Product) -> None:
    with chromium() as browser:
        with window(browser, product.url) as page:
            desk = Desk.log_in(page, "Jonas Berg")
            open_template(desk)
            desk.press("Skriv ny versjon")
            desk.look(TEMPLATE)
            words = {"Bokmål": "Vi møtes i ", "Nynorsk": "Vi møtest i ", "English": "We meet in "}
            in_each_language(page, desk, words)
            address = page.url
            page.get_by_role("button", name="Bokmål", exact=True).click()
            the_text(page).locator("section").last.locator("p").click()
            desk.press("Vilkår")
            dialog = page.get_by_role("dialog")
            desk.choose("Gjelder", "Hele punktet", dialog)
            desk.choose("Tas med", "Når det er svart ja eller fylt ut", dialog)
            desk.choose("Opplysning eller spørsmål", "vedtak om medfinansiering", dialog)
            desk.press("Bruk", dialog)
            kept(page)
            badge = the_text(page).locator("section").last
            expect(badge).to_have_attribute("data-badge", re.compile("vedtak om medfinansiering"))
            page.get_by_role("tab", name=re.compile("^Sjekkliste")).click()
            told = page.get_by_text("«decision» er ikke brukt likt i språkene.")
            expect(told.first).to_be_visible()
            check_accessible(page)
            page.reload()
            expect(the_text(page)).to_contain_text("Vi møtes i")
            desk.press("Send til godkjenning")
            desk.look(TEMPLATE)
            page.get_by_role("radio", name="Ta versjonen i bruk").check()
            desk.press("Fullfør")
            expect(page.get_by_text("kan ikke godkjenne den. Be en annen jurist")).to_be_visible()
        with window(browser, product.url) as page:
            desk = Desk.log_in(page, "Sofie Haugen")
            page.goto(address)
            expect(the_text(page)).to_have_attribute("contenteditable", "false")
            the_text(page).locator("section").last.locator("p").dblclick()
            desk.press("Merknad")
            desk.fill("Ny merknad", "Godt.")
            desk.press("Lagre merknaden")
            expect(page.get_by_role("article")).to_contain_text("Godt.")
            check_accessible(page)
            desk.press("Til malen")
            desk.look(TEMPLATE)
            new = page.locator("ins").filter(has_text="møtes")
            expect(new.first).to_be_visible()
            page.get_by_role("radio", name="Ta versjonen i bruk").check()
            desk.press("Fullfør")
            expect(page.get_by_role("heading", name="Les og godkjenn malen")).to_be_hidden()
            expect(page.get_by_role("button", name="Skriv ny versjon")).to_be_visible()


def test_two_windows_do_not_overwrite_each_other(product: Product) -> None:
    with chromium() as browser, window(browser, product.url) as first:
        desk = Desk.log_in(first, "Jonas Berg")
        open_page(desk, "Partnerskapsavtale")
        second = first.context.new_page()
        second.goto(first.url)
        expect(the_text(second)).to_be_visible()
        write_clause(first, desk, "Den første. ")
        kept(first)
        write_clause(second, Desk(second), "Den andre. ")
        expect(second.get_by_text("Noen andre har lagret dette utkastet")).to_be_visible()
        expect(the_text(second)).to_contain_text("Den andre.")
        desk.press("Til malen")
        desk.press("Forkast utkastet")
        desk.press("Forkast utkastet", first.get_by_role("dialog"))
        expect(first.get_by_role("button", name="Skriv ny versjon")).to_be_visible()


def open_page(desk: Desk, title: str) -> None:
    desk.go("Avtalemaler")
    desk.page.get_by_role("link", name=title, exact=True).click()
    desk.press("Skriv ny versjon")
    expect(the_text(desk.page)).to_be_visible()
