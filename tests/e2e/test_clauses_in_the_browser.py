"""Two lawyers change a clause, see whom it concerns, and carry the new wording over."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import check_accessible, chromium, window
from tests.e2e.desk import Desk
from tests.product import Product

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e_clauses"), pytest.mark.timeout(300)]
CLAUSE = "Tvister"
LANGUAGES = {"Bokmål": "Megling først.", "Nynorsk": "Mekling først.", "English": "Mediate first."}


def open_clause(desk: Desk) -> None:
    desk.go("Klausuler")
    desk.look("Klausuler")
    desk.page.get_by_role("link", name=CLAUSE, exact=True).click()
    desk.look(CLAUSE)


def the_text(page: Page) -> Locator:
    return page.get_by_role("textbox", name=re.compile("^(Ordlyden|Teksten) i"))


def kept(page: Page) -> None:
    expect(page.get_by_role("status").get_by_text("Lagret", exact=True)).to_be_visible()


def write_new_wording(desk: Desk) -> None:
    page = desk.page
    desk.press("Skriv ny ordlyd")
    expect(the_text(page)).to_have_attribute("contenteditable", "true")
    for language, words in LANGUAGES.items():
        page.get_by_role("button", name=language, exact=True).click()
        the_text(page).locator("li").last.click()
        page.keyboard.press("End")
        page.keyboard.type(f" {words}")
        expect(the_text(page)).to_contain_text(words)
        kept(page)
    page.get_by_role("tab", name="Om klausulen").click()
    desk.fill("Hva er nytt, og hvorfor?", "Vi prøver megling før domstolene.")
    kept(page)
    desk.look(CLAUSE)


def test_a_clause_is_changed_by_two_and_reaches_templates(
    product: Product,
) -> None:
    with chromium() as browser:
        with window(browser, product.url) as page:
            desk = Desk.log_in(page, "Jonas Berg")
            open_clause(desk)
            impact = page.get_by_role("region", name="Hvem har hvilken ordlyd")
            expect(impact.get_by_text("Alle har ordlyden som gjelder nå.")).to_be_visible()
            write_new_wording(desk)
            desk.press("Send til godkjenning")
            expect(page.get_by_text("En annen jurist må godkjenne den.")).to_be_visible()
            page.get_by_role("link", name="Åpne", exact=True).first.click()
            expect(the_text(page)).to_have_attribute("contenteditable", "false")
            expect(page.get_by_role("button", name="Ta tilbake")).to_be_visible()
            expect(page.get_by_role("button", name="Godkjenn", exact=True)).to_be_hidden()
        with window(browser, product.url) as page:
            desk = Desk.log_in(page, "Sofie Haugen")
            open_clause(desk)
            page.get_by_role("link", name="Les og godkjenn").click()
            expect(page.locator("ins").filter(has_text="Megling").first).to_be_visible()
            desk.look(CLAUSE)
            desk.press("Godkjenn")
            check_accessible(page)
            desk.press("Godkjenn", page.get_by_role("dialog"))
            desk.look(CLAUSE)
            expect(page.get_by_text("Godkjent av Sofie Haugen")).to_be_visible()
            see_the_impact(desk)
            carry_over(desk)
            take_from_the_library(desk)


def see_the_impact(desk: Desk) -> None:
    impact = desk.page.get_by_role("region", name="Hvem har hvilken ordlyd")
    told = impact.get_by_text(re.compile(r"av dem har eldre ordlyd: \d+ under arbeid"))
    expect(told).to_be_visible()
    found = re.search(r"(\d+) under arbeid, (\d+) underskrevet", told.inner_text())
    assert found is not None
    assert int(found[1]) > 0, "the demo has agreements on their way"
    assert int(found[2]) > 0, "the demo has signed agreements"
    agreement = impact.get_by_role("link", name=re.compile(r"^\d{4}-\d+$")).first
    expect(agreement).to_have_attribute("href", re.compile(r"/cases/.+/show"))
    check_accessible(desk.page)


def carry_over(desk: Desk) -> None:
    page = desk.page
    impact = page.get_by_role("region", name="Hvem har hvilken ordlyd")
    for box in impact.get_by_role("checkbox", name=re.compile("^Ta med")).all():
        if box.get_attribute("aria-label") != "Ta med Samarbeidsavtale":
            box.uncheck()
    desk.press("Lag utkast med ny ordlyd")
    done = page.get_by_role("alert").filter(has_text="Samarbeidsavtale: utkast til versjon 2")
    expect(done).to_be_visible()
    check_accessible(page)
    done.get_by_role("link", name="Åpne utkastet").click()
    section = the_text(page).locator('section[data-clause="disputes"]')
    expect(section).to_contain_text("Megling først.")
    expect(section).to_have_attribute("data-clause-version", "2")
    page.get_by_role("tab", name="Om malen").click()
    expect(page.get_by_label("Hva er nytt, og hvorfor?")).to_have_value(
        "Ny ordlyd i klausulen «Tvister» (versjon 2)."
    )
    desk.look("Samarbeidsavtale")


def take_from_the_library(desk: Desk) -> None:
    page = desk.page
    desk.go("Avtalemaler")
    page.get_by_role("link", name="Frivillighetsavtale", exact=True).click()
    desk.press("Skriv ny versjon")
    section = the_text(page).locator('section[data-clause="disputes"]')
    expect(section).to_have_attribute("data-badge", re.compile("ny ordlyd finnes"))
    desk.look("Frivillighetsavtale")
    desk.press("Hent ny ordlyd: Tvister")
    expect(section).to_contain_text("Megling først.")
    expect(section).to_have_attribute("data-badge", re.compile("versjon 2$"))
    kept(page)
    desk.press("Sett inn klausul")
    field = page.get_by_role("combobox", name="Finn klausul")
    field.fill("avgift")
    check_accessible(page)
    page.get_by_role("option", name=re.compile("^Merverdiavgift")).click()
    vat = the_text(page).locator('section[data-clause="vat"]')
    expect(vat.get_by_role("heading")).to_contain_text("Merverdiavgift")
    kept(page)
    page.reload()
    expect(vat).to_have_attribute("data-clause-version", "1")
    expect(section).to_contain_text("Megling først.")
    desk.press("Til malen")
    desk.press("Forkast utkastet")
    desk.press("Forkast utkastet", page.get_by_role("dialog"))
    expect(page.get_by_role("button", name="Skriv ny versjon")).to_be_visible()
