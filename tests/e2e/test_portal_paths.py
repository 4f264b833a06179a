"""A partner on a phone: reads a draft, asks, wants it otherwise, and says that it is fine."""

import io
import re
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import check_accessible, check_fits, chromium, window
from tests.e2e.desk import Desk
from tests.e2e.portal import mails, newest_link
from tests.product import Product

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.xdist_group("e2e_portal_paths"),
    pytest.mark.timeout(300),
]
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
            expect(phone.get_by_text("Det gjør kommunen.").first).to_be_visible()
            expect(phone.get_by_text("Står i vedtaket.").first).to_be_visible()
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


def find_task(page: Page, element: str) -> str:
    """Return the id of a case in which a step waits."""
    for stage in ("clarification", "signing"):
        cases = page.request.get(f"/api/v1/cases?stage={stage}&per_page=100").json()["items"]
        for case in cases:
            tasks = page.request.get(f"/api/v1/tasks?subject_id={case['id']}&per_page=20").json()
            if any(each["element"] == element and each["can_complete"] for each in tasks["items"]):
                return str(case["id"])
    raise AssertionError(f"no case in the demo waits at {element}")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_partner_wants_expectations_otherwise_and_then_confirms_them(
    product: Product, browser: Browser, scripts: bool
) -> None:
    with window(browser, product.url) as page:
        Desk.log_in(page, LIAISON)
        case_id = find_task(page, "clarify_expectations")
        known = mails(page)
        _clarify(page, case_id)
        link = newest_link(page, known)
        with window(browser, product.url, phone=True, scripts=scripts) as phone:
            phone.goto(link)
            phone.locator("summary").filter(has_text="Noe bør være annerledes").click()
            phone.get_by_label("Hva bør være annerledes?").fill("Vi møtes heller på kvelden.")
            _check(phone, scripts=scripts)
            phone.get_by_role("button", name="Send til kommunen").click()
            expect(phone.get_by_text("Kommunen ser på det.")).to_be_visible()
        _clarify(page, case_id)
        link = newest_link(page, known)
        with window(browser, product.url, phone=True, scripts=scripts) as phone:
            phone.goto(link)
            phone.get_by_role("button", name="Ja, dette stemmer").click()
            expect(phone.get_by_text(re.compile("Du bekreftet dette"))).to_be_visible()
            _check(phone, scripts=scripts)
            phone.get_by_role("link", name="Mine avtaler").click()
            expect(phone.get_by_role("heading", name="Mine avtaler")).to_be_visible()
            _check(phone, scripts=scripts)


def _clarify(page: Page, case_id: str) -> None:
    """Write expectations down and have the partner asked."""
    page.goto(f"/cases/{case_id}/show")
    for label in (
        "Hva vil dere oppnå sammen?",
        "Hva venter kommunen av partneren?",
        "Hva venter partneren av kommunen?",
        "Hvordan og når skal dere samarbeide?",
    ):
        page.get_by_label(label).first.fill("Et gårdsrom som alle vil bruke.")
    page.get_by_label("Avtale", exact=True).check()
    page.get_by_label(re.compile("Be partneren bekrefte")).check()
    page.get_by_role("button", name="Lagre avklaringen").click()
    expect(page.get_by_role("button", name="Lagre avklaringen")).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_link_that_no_longer_works_says_how_to_get_a_new_one(
    product: Product, browser: Browser, scripts: bool
) -> None:
    with window(browser, product.url, phone=True, scripts=scripts) as phone:
        phone.goto("/p/" + "A" * 43)
        expect(phone.get_by_role("heading", name="Lenken virker ikke")).to_be_visible()
        _check(phone, scripts=scripts)
        phone.get_by_role("button", name="Send meg en ny lenke").click()
        expect(phone.get_by_role("heading", name="Se etter e-post")).to_be_visible()
        _check(phone, scripts=scripts)


def find_request(page: Page) -> tuple[str, str]:
    """Return a case that is out for signature, and a request in it that waits for its answer."""
    cases = page.request.get("/api/v1/cases?stage=signing&per_page=100").json()["items"]
    for case in cases:
        answered = page.request.get(f"/api/v1/cases/{case['id']}/signatories")
        shown = answered.json() if answered.ok else {}
        if shown.get("may_resend"):
            path = f"/api/v1/cases/{case['id']}/signatories/hand-overs"
            wishes = page.request.get(path).json()
            taken = {wish["from_name"] for wish in wishes if wish["status"] == "open"}
            for request in shown["signatories"]:
                waiting = request["status"] == "sent" and not request["late"]
                if waiting and request["name"] not in taken:
                    return str(case["id"]), str(request["id"])
    raise AssertionError("no case in the demo is out for signature")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_signatory_hands_over_and_the_right_person_gets_a_link(
    product: Product, browser: Browser, scripts: bool
) -> None:
    somebody = f"Eva Lunde {'Med' if scripts else 'Uten'}"
    with window(browser, product.url) as page:
        Desk.log_in(page, LIAISON)
        case_id, request_id = find_request(page)
        known = mails(page)
        resend = f"/api/v1/cases/{case_id}/signatories/{request_id}/resend"
        assert page.request.post(resend, data={}).ok
        link = newest_link(page, known)
        with window(browser, product.url, phone=True, scripts=scripts) as phone:
            phone.goto(link)
            _check(phone, scripts=scripts)
            phone.get_by_role("link", name="Det er ikke jeg som skal signere").click()
            phone.get_by_role("button", name="Send til kommunen").click()
            expect(phone.get_by_role("alert")).to_be_visible()
            phone.get_by_label("Navn på den som skal signere").fill(somebody)
            phone.get_by_label(re.compile("^Rolle")).fill("Styreleder")
            phone.get_by_label("E-postadresse").fill(
                f"{somebody.rsplit(maxsplit=1)[-1]}@partner.example"
            )
            _check(phone, scripts=scripts)
            phone.get_by_role("button", name="Send til kommunen").click()
            expect(phone.get_by_text(re.compile(f"ser på om {somebody} kan"))).to_be_visible()
            _check(phone, scripts=scripts)
        page.goto(f"/cases/{case_id}/show")
        page.get_by_role("tab", name="Dokumenter").click()
        page.get_by_role("button", name=f"La {somebody} signere").click()
        fresh = newest_link(page, known)
        with window(browser, product.url, phone=True, scripts=scripts) as phone:
            phone.goto(link)
            expect(phone.get_by_role("heading", name="Lenken virker ikke")).to_be_visible()
            phone.goto(fresh)
            expect(phone.get_by_text(somebody).first).to_be_visible()


def set_phone(page: Page, case_id: str, request_id: str, phone: str) -> None:
    """Write down the mobile number of somebody who is asked to sign."""
    shown = page.request.get(f"/api/v1/cases/{case_id}/signatories").json()
    [asked] = [each for each in shown["signatories"] if each["id"] == request_id]
    parties = page.request.get(f"/api/v1/cases/{case_id}").json()["parties"]
    [partner] = [each["partner"]["id"] for each in parties if each["id"] == asked["party_id"]]
    contacts = page.request.get(f"/api/v1/partners/{partner}").json()["contacts"]
    [contact] = [each for each in contacts if each["id"] == asked["contact_id"]]
    fields = ("name", "role_title", "email", "language", "status")
    path = f"/api/v1/partners/{partner}/contacts/{contact['id']}"
    answer = page.request.put(
        path,
        data={name: contact[name] for name in fields if name in contact} | {"phone": phone},
        headers={"if-match": str(contact["version"])},
    )
    assert answer.ok, answer.text()


def newest_sms(page: Page, known: set[str]) -> str:
    """Return the code in the newest text message that was not there before."""
    while True:
        for mail in page.request.get("/api/v1/outbox?per_page=50").json()["items"]:
            if mail["name"] not in known and "sms.invalid" in mail["to"]:
                known.add(mail["name"])
                read = page.request.get(f"/api/v1/outbox/{mail['name']}").json()
                return str(read["text"])[:6]
        page.wait_for_timeout(200)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_signatory_signs_with_a_code_on_the_phone(
    product: Product, browser: Browser, scripts: bool
) -> None:
    with window(browser, product.url) as page:
        Desk.log_in(page, LIAISON)
        case_id, request_id = find_request(page)
        set_phone(page, case_id, request_id, "900 00 00" + ("1" if scripts else "2"))
        known = mails(page)
        resend = f"/api/v1/cases/{case_id}/signatories/{request_id}/resend"
        assert page.request.post(resend, data={}).ok
        link = newest_link(page, known)
        with window(browser, product.url, phone=True, scripts=scripts) as phone:
            phone.goto(link)
            phone.get_by_role("button", name="Signer heller slik: Kode på SMS").click()
            expect(phone.get_by_text(re.compile("sendt en kode på SMS"))).to_be_visible()
            _check(phone, scripts=scripts)
            phone.get_by_role("button", name="Signer avtalen", exact=True).click()
            expect(phone.get_by_role("alert")).to_be_visible()
            _check(phone, scripts=scripts)
            phone.get_by_label("Koden vi sendte").fill(newest_sms(page, known))
            phone.get_by_label("Skriv navnet ditt").fill("Kari Berg")
            phone.get_by_role("checkbox").check()
            place = phone.locator("[data-drawing] canvas")
            expect(place).to_be_visible(visible=scripts)
            if scripts:
                _draw(phone)
            phone.get_by_role("button", name="Signer avtalen", exact=True).click()
            expect(phone.get_by_role("heading", name="Du har signert")).to_be_visible()
            expect(phone.get_by_text("Kode på SMS")).to_be_visible()
            _check(phone, scripts=scripts)
            phone.goto(link)
            expect(phone.get_by_role("heading", name="Du har signert")).to_be_visible()


def _draw(phone: Page) -> None:
    """Draw something that looks like a name."""
    place = phone.locator("[data-drawing] canvas")
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box
    phone.mouse.move(box["x"] + 30, box["y"] + 60)
    phone.mouse.down()
    for step in range(1, 20):
        phone.mouse.move(box["x"] + 30 + 8 * step, box["y"] + 60 + (step % 4) * 12)
    phone.mouse.up()
    kept = phone.locator("input[name=mark]")
    assert kept.input_value().startswith("data:image/png;base64,")


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(out, "JPEG")
    return out.getvalue()


def test_signatories_sign_on_paper_and_the_liaison_has_seen_the_originals(
    product: Product, browser: Browser
) -> None:
    with window(browser, product.url) as page:
        desk = Desk.log_in(page, LIAISON)
        case_id = find_task(page, "set_up_signing")
        page.goto(f"/cases/{case_id}/show")
        desk.task("Velg underskrivere og frist")
        choices = page.get_by_role("combobox", name=re.compile("skal signere på"))
        expect(choices.first).to_be_visible()
        for choice in choices.all():
            choice.click()
            page.get_by_role("option", name=re.compile("Underskrift på papir")).click()
        expect(
            page.get_by_text("Kommunen bekrefter at den har sett originalen.").first
        ).to_be_visible()
        check_accessible(page)
        check_fits(page)
        known = mails(page)
        desk.press("Send til signering")
        expect(page.get_by_text(re.compile("^Venter på svar fra")).first).to_be_visible()
        signatories = page.request.get(f"/api/v1/cases/{case_id}/signatories").json()
        for number, _ in enumerate(signatories["signatories"]):
            link = newest_link(page, known)
            scripts = number % 2 == 0
            with window(browser, product.url, phone=True, scripts=scripts) as phone:
                phone.goto(link)
                phone.get_by_role("link", name="Gå videre til signering").click()
                expect(phone.get_by_role("heading", name="Underskriv på papir")).to_be_visible()
                _check(phone, scripts=scripts)
                file = phone.get_by_label("Bilde eller skanning")
                file.set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"no"})
                phone.get_by_role("button", name="Send bildet").click()
                expect(phone.get_by_role("alert")).to_be_visible()
                file.set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()})
                phone.get_by_role("button", name="Send bildet").click()
                expect(phone.get_by_role("status")).to_be_visible()
                _check(phone, scripts=scripts)
        page.reload()
        page.get_by_role("tab", name="Dokumenter").click()
        for each in signatories["signatories"]:
            page.get_by_role("button", name=f"Registrer papiret som {each['name']} har").click()
            box = page.get_by_role("dialog")
            expect(box.get_by_role("link", name=re.compile("åpne bildet"))).to_be_visible()
            check_accessible(page)
            box.get_by_label("Jeg har sett originalen").check()
            box.get_by_role("button", name="Bekreft underskriften").click()
            expect(box).to_be_hidden()
        waiting = page.request.get(f"/api/v1/tasks?subject_id={case_id}&per_page=20").json()
        assert {each["element"] for each in waiting["items"]} == {"countersign"}
