"""Rules of notices, a sample by mail, mail that comes back, and reminders turned off on a phone."""

import re
import subprocess
from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.backend.notifications.reports import report
from tests.e2e.browser import check_accessible, check_fits, chromium, window
from tests.e2e.desk import Desk
from tests.e2e.test_portal_paths import LIAISON, find_request
from tests.product import FELLESGREP, Product, environment, eventually

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e_notices"), pytest.mark.timeout(300)]
ADMIN = "Tom Eriksen"


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def mail_to(page: Page, name: str, subject: str) -> dict[str, str]:
    """Return the newest mail to somebody whose subject holds some words, once there is one."""
    found: list[dict[str, str]] = []

    def look() -> bool:
        for mail in page.request.get("/api/v1/outbox?per_page=50").json()["items"]:
            if name in mail["to"] and subject in mail["subject"]:
                found.append(page.request.get(f"/api/v1/outbox/{mail['name']}").json())
                return True
        return False

    eventually(look)
    return found[0]


def settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    check_accessible(page)
    check_fits(page)


def test_an_administrator_decides_rules_and_reads_and_tries_messages(
    product: Product, browser: Browser
) -> None:
    with window(browser, product.url) as page:
        desk = Desk.log_in(page, ADMIN)
        desk.go("Varsler og påminnelser")
        desk.look("Varsler og påminnelser")
        page.get_by_role("button", name="Endre reglene", exact=True).first.click()
        dialog = page.get_by_role("dialog")
        settled(page)
        desk.choose("Stille tid fra", "19.00", dialog)
        desk.press("Lagre reglene", dialog)
        expect(dialog.get_by_text("Velg både når stille tid begynner")).to_be_visible()
        desk.choose("Stille tid til", "07.00", dialog)
        desk.choose("Høyst så mange", re.compile("^3 "), dialog)
        desk.press("Lagre reglene", dialog)
        expect(dialog).to_be_hidden()
        expect(page.get_by_text("kl. 19.00–07.00 (kommunen)")).to_be_visible()
        desk.choose("Gi en avtaletype egne regler", re.compile("^Samarbeidsbrev"))
        desk.choose("Helg og helligdager", "alle dager", dialog)
        desk.press("Lagre reglene", dialog)
        expect(page.get_by_text("alle dager (avtaletypen)")).to_be_visible()
        settled(page)
        page.get_by_role(
            "button", name="Vis meldingen: påminnelse om å signere", exact=True
        ).click()
        expect(dialog.get_by_text("Husk å signere")).to_be_visible()
        desk.press("English", dialog)
        expect(dialog.get_by_text("Remember to sign")).to_be_visible()
        settled(page)
        desk.press("Send en prøve til meg", dialog)
        assert "Remember to sign" in mail_to(page, ADMIN, "Sample: ")["subject"]


def test_somebody_chooses_how_often_notices_come(product: Product, browser: Browser) -> None:
    with window(browser, product.url, phone=True) as page:
        desk = Desk.log_in(page, LIAISON)
        for way in ("Én gang om dagen", "Med en gang"):
            page.get_by_role("button", name=re.compile(LIAISON)).click()
            page.get_by_role("menuitem", name="Mine varsler").click()
            dialog = page.get_by_role("dialog")
            expect(dialog.get_by_text("Velg hvor ofte")).to_be_visible()
            settled(page)
            desk.choose("Svar på mål og forventninger", way, dialog)
            desk.press("Lagre valgene", dialog)
            expect(dialog).to_be_hidden()


def test_a_bounce_is_seen_on_the_case_and_the_address_corrected(
    product: Product, browser: Browser
) -> None:
    with window(browser, product.url) as page:
        desk = Desk.log_in(page, LIAISON)
        case_id, request_id = find_request(page)
        path = f"/api/v1/cases/{case_id}"
        shown = page.request.get(f"{path}/signatories").json()["signatories"]
        [name] = [each["name"] for each in shown if each["id"] == request_id]
        assert page.request.post(f"{path}/signatories/{request_id}/resend", data={}).ok

        def sent() -> list[str]:
            messages = page.request.get(f"{path}/notices").json()["messages"]
            mine = (each for each in messages if each["recipient"] == name)
            return [each["id"] for each in mine if each["status"] == "sent"][:1]

        eventually(sent)
        [message_id] = sent()
        taken = subprocess.run(
            [*FELLESGREP, "mail", "take-bounce"],
            input=report(to=f"retur+{UUID(message_id).hex}@solvik.example"),
            env=environment(product.data_dir),
            capture_output=True,
            timeout=120,
            check=True,
        )
        assert b"taken in" in taken.stdout
        page.goto(f"/cases/{case_id}/show")
        warning = page.get_by_role("alert").filter(has_text=f"E-post til {name} kommer i retur")
        expect(warning).to_be_visible()
        page.get_by_role("tab", name="Varsler").click()
        log = page.get_by_role("tabpanel")
        expect(log.get_by_text("Kom i retur").first).to_be_visible()
        expect(log.get_by_role("heading", name="Regler for denne avtalen")).to_be_visible()
        settled(page)
        log.get_by_role("button", name=re.compile("^Vis meldingen: .*signer")).first.click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_text("•••").first).to_be_visible()
        settled(page)
        desk.press("Lukk", dialog)
        warning.get_by_role("button", name="Rett adressen").click()
        dialog.get_by_label("E-post").fill("riktig@partner.example")
        desk.press("Lagre", dialog)
        expect(warning).to_be_hidden()
        responsible = page.request.get(path).json()["responsible"]["name"]
        told = mail_to(page, responsible, f"E-post til {name} kom i retur")
        assert told["links"][0].endswith(f"/cases/{case_id}/show")


@pytest.mark.parametrize("scripts", [True, False])
def test_reminders_are_turned_off_and_on_again_on_a_phone(
    product: Product, browser: Browser, scripts: bool
) -> None:
    with window(browser, product.url) as page:
        Desk.log_in(page, LIAISON)
        path = f"/api/v1/cases/{find_request(page)[0]}/notices"
        rule = page.request.get(path).json()["rule"]
        always = {"quiet_from": 0, "quiet_until": 0, "working_days_only": False}
        decided = always | {"remind_days_before": 60, "at_most": 10 if scripts else 9}
        version = {"if-match": str(rule["version"])}
        assert page.request.put(f"{path}/rule", data=decided, headers=version).ok
        links = mail_to(page, "@", "Husk å signere")["links"]
        [off] = [link for link in links if "/p/reminders/" in link]
    with window(browser, product.url, phone=True, scripts=scripts) as phone:
        phone.goto(off)
        for button, outcome in (
            ("Slå av påminnelser", "Påminnelsene er slått av"),
            ("Slå på påminnelser", "Påminnelsene er slått på"),
        ):
            if scripts:
                settled(phone)
            phone.get_by_role("button", name=button).click()
            expect(phone.get_by_role("heading", name=outcome)).to_be_visible()
        if scripts:
            settled(phone)
