"""A changed form: uploaded by one administrator, published by another, cases moved and back."""

import json
import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from fellesgrep.workflow.catalogue import read_folder
from tests.e2e.browser import chromium, window
from tests.e2e.desk import Desk
from tests.product import Product

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e_publishing"), pytest.mark.timeout(300)]
FORM = "cooperation/forms/send_letter.json"
TABLE = "co_funding/delegation.2026.dmn"


def changed_form() -> str:
    form = json.loads(read_folder()[FORM])
    form["description"] = dict.fromkeys(("nb", "nn", "en"), "Skriv kort.")
    return json.dumps(form, ensure_ascii=False)


def upload(page: Page, name: str, text: str) -> None:
    page.locator("input[type=file]").set_input_files(
        FilePayload(name=name, mimeType="text/plain", buffer=text.encode())
    )


def test_four_eyes_publish_a_change_and_the_cases_move_there_and_back(product: Product) -> None:
    with chromium() as browser:
        with window(browser, product.url) as page:
            desk = Desk.log_in(page, "Tom Eriksen")
            desk.go("Prosesser")
            desk.look("Prosesser")
            page.get_by_label("Prosessen som skjemaene og navnene hører til").select_option(
                "cooperation"
            )
            upload(page, "send_letter.json", changed_form())
            expect(page.get_by_text("Endringen er tatt imot")).to_be_visible()
            expect(page.get_by_text(f"Endret fil: {FORM}")).to_be_visible()
            desk.look("Prosesser")
            draft = page.get_by_role("row").filter(has_text="Venter").first
            address = draft.get_by_role("link").get_attribute("href")
            draft.get_by_role("link").click()
            desk.look("Samarbeid")
            expect(page.get_by_text("En annen administrator må publisere den")).to_be_visible()
            expect(page.get_by_role("button", name="Publiser")).to_have_count(0)
        with window(browser, product.url) as page:
            desk = Desk.log_in(page, "Solveig Haug")
            page.goto(str(address))
            desk.look("Samarbeid")
            desk.press("Publiser")
            expect(page.get_by_text("Gjelder for alle nye saker.")).to_be_visible()
            desk.press("Prøv uten å endre noe")
            told = page.get_by_text(re.compile(r"Kan flyttes: \d+\..* Gjenstår: 0\."))
            expect(told.first).to_be_visible()
            would = _number(told.first.inner_text())
            assert would > 20
            desk.press("Flytt sakene hit")
            done = page.get_by_text(re.compile(r"Ferdig: \d+\..* Gjenstår: 0\."))
            expect(done.first).to_be_visible()
            assert _number(done.first.inner_text()) == would
            desk.look("Samarbeid")
            desk.press("Ta flyttingen tilbake")
            expect(page.get_by_text(f"Ferdig: {would}.").first).to_be_visible()


def test_a_changed_table_is_shown_cell_by_cell_and_can_be_discarded(product: Product) -> None:
    text = read_folder()[TABLE].replace("25000000", "30000000")
    with chromium() as browser, window(browser, product.url) as page:
        desk = Desk.log_in(page, "Tom Eriksen")
        desk.go("Prosesser")
        upload(page, "delegation.2026.dmn", text)
        expect(page.get_by_text("Endringen er tatt imot")).to_be_visible()
        row = page.get_by_role("row").filter(has_text="delegation").filter(has_text="Venter")
        row.get_by_role("link").click()
        desk.look(re.compile("Beslutningstabellen"))
        rule = page.get_by_role("row").filter(has_text="Endret").first
        expect(rule.locator("ins")).to_have_text("<= 30000000")
        expect(rule.locator("del")).to_have_text("<= 25000000")
        desk.go("Prosesser")
        row.get_by_role("button", name=re.compile("Forkast")).click()
        expect(row).to_have_count(0)


def _number(said: str) -> int:
    found = re.search(r"\d+", said)
    assert found is not None
    return int(found[0])
