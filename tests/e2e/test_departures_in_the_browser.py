"""A liaison rewrites a clause; legal reads just that, says no, and approves what is mended."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import check_accessible, check_fits, chromium, window
from tests.e2e.browser_walk import day
from tests.e2e.desk import Desk
from tests.product import Product

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e_departures"), pytest.mark.timeout(300)]
LIAISON, LAWYER = "Yusuf Demir", "Jonas Berg"
SECTION = "Utbetaling"
SEND = "Send til juridisk godkjenning"
REASON = "Styret ba om det på årsmøtet."
OBJECTION = "Si hvem i borettslaget som måker."


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def case_in_drafting(page: Page) -> str:
    """Return a case whose agreement the liaison writes now, with all that its template asks."""
    cases = page.request.get("/api/v1/cases?stage=agreement&per_page=100").json()["items"]
    for case in cases:
        path = f"/api/v1/cases/{case['id']}/agreement"
        found = page.request.get(path)
        shown = found.json() if found.ok else {}
        if shown.get("editable") and not shown["reviews"]:
            fields = {each["name"]: each["value"] for each in shown["fields"]}
            fields |= {"starts_on": day(14), "ends_on": day(90), "report_on": day(150)}
            edit = {"template_id": shown["template"]["id"], "language": "nb", "fields": fields}
            answered = page.request.put(
                path, data=edit, headers={"if-match": str(shown["version"])}
            )
            assert answered.ok, answered.text()
            return str(case["id"])
    raise AssertionError("nobody in the demo writes on an agreement")


def open_section(page: Page) -> Locator:
    """Open the clause in the editor."""
    page.get_by_role("button", name=re.compile(rf"^Endre teksten: \d+\. {SECTION}$")).first.click()
    box = page.get_by_role("dialog")
    expect(box.get_by_role("textbox", name=re.compile(f"{SECTION}»$"))).to_be_visible()
    return box


def write_at_the_end(box: Locator, words: str) -> None:
    text = box.get_by_role("textbox", name=re.compile(f"{SECTION}»$"))
    text.click()
    text.press("Control+End")
    text.press_sequentially(words)
    expect(box.locator("ins", has_text=words.strip())).to_be_visible()


def keep(box: Locator) -> None:
    box.get_by_role("button", name="Lagre endringen").click()
    expect(box).to_be_hidden()


def rewrite(page: Page) -> None:
    """Keep a version, then rewrite the clause; what is missing or wrong is said at its field."""
    page.get_by_role("button", name="Versjoner av teksten").click()
    page.get_by_role("button", name="Ta vare på denne versjonen").click()
    expect(page.get_by_text("Versjon 1: tatt vare på")).to_be_visible()
    page.get_by_role("button", name=re.compile(r"^Alle \d+ punktene i avtalen")).click()
    box = open_section(page)
    text = box.get_by_role("textbox", name=re.compile(f"{SECTION}»$"))
    box.get_by_label("Hvorfor må punktet endres?").fill(REASON)
    text.click()
    text.press("Control+a")
    text.press("Delete")
    box.get_by_role("button", name="Lagre endringen").click()
    expect(box.get_by_role("alert").first).to_contain_text("overskrift")
    text.press("Control+z")
    box.get_by_label("Hvorfor må punktet endres?").fill("")
    write_at_the_end(box, " Borettslaget måker snø.")
    box.get_by_role("button", name="Lagre endringen").click()
    expect(box.get_by_text("Fyll ut dette feltet.")).to_be_visible()
    box.get_by_label("Hvorfor må punktet endres?").fill(REASON)
    check_accessible(page)
    keep(box)
    expect(page.get_by_text("Ikke vurdert ennå")).to_be_visible()
    expect(page.frame_locator("iframe").get_by_text("Borettslaget måker snø.")).to_be_visible()
    check_accessible(page)
    check_fits(page)


def send(desk: Desk) -> None:
    desk.press(SEND)
    expect(desk.page.get_by_role("button", name=SEND)).to_be_hidden()


def test_a_departure_is_written_rejected_mended_and_approved(
    product: Product, browser: Browser
) -> None:
    with window(browser, product.url) as page, window(browser, product.url) as other:
        liaison = Desk.log_in(page, LIAISON)
        path = f"/cases/{case_in_drafting(page)}/show"
        page.goto(path)
        rewrite(page)
        send(liaison)
        lawyer = Desk.log_in(other, LAWYER)
        other.goto(path)
        reject(lawyer)
        page.goto(path)
        mend(liaison)
        other.goto(path)
        approve(lawyer)


def reject(desk: Desk) -> None:
    """Read just what departs; the whole cannot be approved before it is, and may be sent back."""
    page = desk.page
    expect(page.get_by_role("heading", name="Én endring fra den godkjente teksten")).to_be_visible()
    expect(page.locator("ins")).to_have_text(re.compile("Borettslaget måker snø."))
    expect(page.locator("iframe")).to_have_count(0)
    expect(page.get_by_text(REASON)).to_be_visible()
    desk.settle()
    check_accessible(page)
    check_fits(page)
    page.get_by_label("Ja, godkjent").check()
    desk.press("Godkjenn avtalen")
    expect(page.get_by_text(f"Det gjelder «{SECTION}»")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Si nei: ")).click()
    box = page.get_by_role("dialog")
    box.get_by_role("button", name="Si nei").click()
    expect(box.get_by_text("Fyll ut dette feltet.")).to_be_visible()
    box.get_by_label("Hvorfor ikke?").fill(OBJECTION)
    check_accessible(page)
    box.get_by_role("button", name="Si nei").click()
    expect(box).to_be_hidden()
    expect(page.get_by_text("Alle endringene har fått svar")).to_be_visible()
    page.get_by_label("Nei, sendes tilbake").check()
    desk.press("Send avtalen tilbake")
    expect(page.get_by_role("button", name="Send avtalen tilbake")).to_be_hidden()


def mend(desk: Desk) -> None:
    """Read the objection, find that it must be met, and meet it."""
    page = desk.page
    expect(page.get_by_text(re.compile(re.escape(OBJECTION)))).to_be_visible()
    desk.press(SEND)
    expect(page.get_by_text("Juristen har sagt nei til endringen")).to_be_visible()
    box = open_section(page)
    expect(box.get_by_label("Hvorfor må punktet endres?")).to_have_value(REASON)
    write_at_the_end(box, " Styret har ansvaret.")
    keep(box)
    expect(page.get_by_text("sa nei til en tidligere tekst her")).to_be_visible()
    send(desk)


def approve(desk: Desk) -> None:
    """Compare what was sent both times, then approve the departure and the whole."""
    page = desk.page
    page.get_by_role("button", name="Versjoner av teksten").click()
    expect(page.get_by_text("Versjon 3: sendt til juridisk")).to_be_visible()
    page.get_by_role("button", name="Sammenlign").click()
    box = page.get_by_role("dialog", name="Versjon 2 og 3")
    expect(box.locator("ins")).to_have_text(re.compile("Styret har ansvaret."))
    expect(box.get_by_role("heading", level=2, name="Budsjett", exact=True)).to_be_hidden()
    check_accessible(page)
    link = box.get_by_role("link", name="Åpne som PDF").get_attribute("href")
    assert link
    assert page.request.get(link).body().startswith(b"%PDF")
    box.get_by_label("Vis også det som ikke er endret").check()
    expect(box.get_by_role("heading", level=2, name="Budsjett", exact=True)).to_be_visible()
    box.get_by_role("button", name="Lukk").click()
    expect(box).to_be_hidden()
    page.get_by_role("button", name=re.compile("^Godkjenn: ")).click()
    expect(page.get_by_text(f"{LAWYER} godkjente endringen")).to_be_visible()
    page.get_by_label("Ja, godkjent").check()
    desk.press("Godkjenn avtalen")
    expect(page.get_by_role("button", name="Godkjenn avtalen")).to_be_hidden()
