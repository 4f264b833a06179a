"""The walk of one case through the product, as its people see it: a function per step."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Browser, Page, expect

from fellesgrep.core.clock import local_date
from tests.e2e.browser import check_accessible, check_fits, window
from tests.e2e.desk import Desk

COOPERATIVE = "Solbakken borettslag"
BUSINESS = "Bakken Anlegg AS"
TITLE = "Nytt gårdsrom på Solbakken"
LIAISON = "Ingrid Solheim"
DECISION_MAKER = "Anders Myhre"
SIGNATORIES = {
    "Kari Solberg": COOPERATIVE,
    "Ahmed Ali": COOPERATIVE,
    "Lise Bakken": BUSINESS,
}
BUDGET = (("Grunnarbeid", "180000"), ("Lekeapparater og langbord", "90000"))
FUNDING = (
    ("Kommunen", "Penger", "Tilskudd", "150000"),
    ("Kommunen", "Egeninnsats", "Prosjektledelse", "20000"),
    (COOPERATIVE, "Penger", "Egenandel", "50000"),
    (COOPERATIVE, "Egeninnsats", "Dugnad", "20000"),
    (BUSINESS, "Penger", "Støtte", "10000"),
)
LAST_CONTRIBUTION = (BUSINESS, "Egeninnsats", "Maskiner", "20000")


def day(days: int) -> str:
    """Return the day so many days from today."""
    return (local_date(datetime.now(UTC)) + timedelta(days=days)).isoformat()


@dataclass
class Walk:
    """Where the walk goes on, and what it knows."""

    browser: Browser
    url: str
    case_path: str = ""
    mails: dict[str, str] = field(default_factory=dict)


def register_partner(desk: Desk, kind: str, name: str, number: str, people: list[str]) -> None:
    desk.go("Samarbeidspartnere")
    desk.page.get_by_role("link", name="Ny samarbeidspartner").click()
    desk.look("Ny samarbeidspartner")
    desk.choose("Type", kind)
    desk.fill("Navn", name)
    desk.fill("Organisasjonsnummer", "123456789")
    desk.press("Registrer partneren")
    expect(desk.page.get_by_text("Nummeret stemmer ikke.")).to_be_visible()
    expect(desk.page.get_by_label("Navn").first).to_have_value(name)
    desk.fill("Organisasjonsnummer", number)
    desk.press("Registrer partneren")
    desk.look(name)
    for person in people:
        desk.press("Ny kontaktperson")
        box = desk.page.get_by_role("dialog")
        desk.fill("Navn", person, box)
        desk.fill("Rolle", "Styreleder" if name == COOPERATIVE else "Daglig leder", box)
        desk.fill("E-post", address_of(person), box)
        box.get_by_role("button", name=re.compile("Legg til|Lagre")).click()
        expect(box).to_be_hidden()


def address_of(person: str) -> str:
    """Return somebody's e-mail address."""
    return f"{person.lower().replace(' ', '.')}@partner.example"


def open_case(walk: Walk, desk: Desk) -> None:
    desk.go("Saker")
    desk.page.get_by_role("link", name="Ny sak").click()
    desk.look("Ny sak")
    desk.choose("Område", "Furulia")
    desk.choose("Tiltak", re.compile(r"\d+\. "))
    desk.choose("Punkt i strategien", re.compile("Styrer i borettslag"))
    desk.find("Hovedpart", COOPERATIVE)
    desk.choose("Kontaktperson", re.compile("Kari Solberg"))
    desk.fill("Tittel", TITLE)
    desk.fill("Kort om saken", "Asfalten mellom blokkene blir et grønt gårdsrom.")
    check_accessible(desk.page)
    desk.press("Åpne saken")
    desk.look(TITLE)
    walk.case_path = desk.page.url.removeprefix(walk.url)


def log_first_contact(desk: Desk) -> None:
    desk.task("Loggfør første kontakt")
    desk.fill("Dato", day(0))
    desk.choose("Hvordan hadde dere kontakt?", "Besøk")
    desk.fill("Hva ble sagt?", "Gikk gjennom gårdsrommet med styret.")
    desk.page.get_by_label("Går videre til avklaring").check()
    check_accessible(desk.page)
    desk.press("Loggfør kontakten")


def clarify(desk: Desk) -> None:
    desk.task("Avklar mål og gjensidige forventninger")
    desk.fill("Hva vil dere oppnå sammen?", "Et gårdsrom som alle i nabolaget vil bruke.")
    desk.fill("Hva venter kommunen av partneren?", "Åpent for alle, og vedlikehold i ti år.")
    desk.fill("Hva venter partneren av kommunen?", "Penger og raske svar.")
    desk.fill("Hvordan og når skal dere samarbeide?", "Byggemøte hver fjortende dag.")
    desk.page.get_by_label("Avtale", exact=True).check()
    desk.press("Lagre avklaringen")


def add_the_business(desk: Desk) -> None:
    desk.task("Bekreft hvem som er parter")
    desk.find("Samarbeidspartner", BUSINESS)
    desk.press("Ta med i saken")
    expect(desk.page.get_by_role("main").get_by_text(BUSINESS).first).to_be_visible()
    desk.page.get_by_label("Listen over parter er riktig").check()
    desk.press("Bekreft partene")


def write_proposal(desk: Desk) -> None:
    desk.task("Skriv og send inn prosjektforslaget")
    desk.fill("Tittel på prosjektet", TITLE)
    for label, text in (
        ("Bakgrunn", "Gårdsrommet er asfaltert og brukes til parkering."),
        ("Mål", "Et grønt og trygt gårdsrom."),
        ("Hvem det er til for", "Barnefamilier og eldre i 84 leiligheter."),
        ("Det vi skal få til", "Halvparten av beboerne bruker det hver uke."),
        ("Drift og vedlikehold", "Borettslaget vedlikeholder i ti år."),
    ):
        desk.fill(label, text)
    desk.press("Legg til aktivitet")
    for column, value in (
        ("Aktivitet", "Graving og planting"),
        ("Fra", day(30)),
        ("Til", day(90)),
        ("Ansvarlig", BUSINESS),
    ):
        desk.cell("Fremdriftsplan", column, 1).fill(value)
    desk.page.get_by_role("tab", name=re.compile("Budsjett og finansiering")).click()
    for row, (what, amount) in enumerate(BUDGET, 1):
        desk.press("Legg til budsjettlinje")
        desk.cell("Budsjett", "Hva", row).fill(what)
        desk.cell("Budsjett", "Beløp i kr", row).fill(amount)
    for row, contribution in enumerate(FUNDING, 1):
        add_contribution(desk, row, contribution)


def add_contribution(desk: Desk, row: int, contribution: tuple[str, str, str, str]) -> None:
    who, how, what, amount = contribution
    desk.press("Legg til bidrag")
    desk.cell("Finansiering", "Hvem", row).select_option(label=who)
    desk.cell("Finansiering", "Hvordan", row).select_option(label=how)
    desk.cell("Finansiering", "Med hva", row).fill(what)
    desk.cell("Finansiering", "Beløp i kr", row).fill(amount)


def send_an_unbalanced_plan_in_vain_and_mend_it(desk: Desk) -> None:
    said = desk.page.get_by_text(re.compile(r"Det mangler 20.000.kr for å gå i balanse"))
    expect(said.first).to_be_visible()
    check_accessible(desk.page)
    desk.press("Send til vedtak")
    expect(desk.page.get_by_text(re.compile("Finansieringen mangler")).first).to_be_visible()
    expect(desk.cell("Budsjett", "Hva", 1)).to_have_value("Grunnarbeid")
    add_contribution(desk, len(FUNDING) + 1, LAST_CONTRIBUTION)
    expect(desk.page.get_by_text("Finansieringen er i balanse.").first).to_be_visible()
    desk.press("Send til vedtak")
    expect(desk.page.get_by_text(re.compile("^Venter på Anders Myhre")).first).to_be_visible()


def with_person(walk: Walk, act: Callable[[Walk, Page], None]) -> None:
    """Let somebody else act in a window of their own."""
    with window(walk.browser, walk.url) as page:
        act(walk, page)


def open_as(walk: Walk, page: Page, name: str) -> Desk:
    """Log in as somebody and open the case from the search box."""
    desk = Desk.log_in(page, name)
    desk.open_case(TITLE)
    desk.look(TITLE)
    return desk


def decide(walk: Walk, page: Page) -> None:
    desk = open_as(walk, page, DECISION_MAKER)
    expect(page.get_by_text(re.compile("Vedtas av: Programleder")).first).to_be_visible()
    page.get_by_label("Innvilget", exact=True).check()
    desk.fill("Begrunnelse", "Tiltaket følger handlingsplanen, og partene bærer sin del.")
    desk.fill("Vilkår", "Gårdsrommet skal være åpent for alle.")
    check_accessible(page)
    page.get_by_role("button", name=re.compile(r"^Innvilg 150.000.kr")).click()
    expect(page.get_by_role("button", name=re.compile("^Innvilg"))).to_be_hidden()


def clear_parties(desk: Desk) -> None:
    """Say what binds each party: the cooperative's general meeting, the business's own people."""
    desk.page.reload()
    desk.choose_task(re.compile("^Beskriv tiltaket"))
    desk.choose("Hva slags tiltak er det?", re.compile("^Ombygging"))
    desk.page.get_by_label("Nei", exact=True).check()
    desk.fill("Hvor mange prosent av de årlige felleskostnadene koster det?", "6")
    desk.finish("Vurder tiltaket")
    desk.choose_task(re.compile("Registrer vedtaket i general"))
    desk.fill("Når ble møtet holdt?", day(0))
    desk.page.get_by_label("Møtet sa ja med det flertallet som kreves").check()
    desk.fill("Protokollsak eller stemmetall", "Sak 4, enstemmig")
    desk.finish("Registrer møtet")
    desk.choose_task(re.compile("^Bekreft hvem som kan binde"))
    desk.page.get_by_label("Ja, det er bekreftet").check()
    desk.fill("Navn og rolle", "Lise Bakken, daglig leder")
    desk.choose("Hvordan er det bekreftet?", "Brønnøysundregistrene")
    desk.finish("Bekreft")


def draft_agreement(desk: Desk) -> None:
    desk.task("Utform avtalen")
    desk.fill("Avtalen gjelder fra", day(14))
    desk.fill("Avtalen gjelder til", day(90))
    desk.fill("Frist for sluttrapport og regnskap", day(150))
    desk.fill("Særlige vilkår", "Borettslaget lar gårdsrommet stå åpent for naboene.")
    shown = desk.page.frame_locator("iframe").first
    expect(shown.get_by_text("Solbakken").first).to_be_visible()
    check_accessible(desk.page)
    desk.press("Send til juridisk godkjenning")
    expect(desk.page.get_by_text(re.compile("Kontroller og godkjenn")).first).to_be_visible()


def approve(walk: Walk, page: Page) -> None:
    open_as(walk, page, "Jonas Berg")
    page.get_by_label("Ja, godkjent").check()
    check_accessible(page)
    page.get_by_role("button", name="Godkjenn avtalen", exact=True).click()
    expect(page.get_by_role("button", name="Godkjenn avtalen", exact=True)).to_be_hidden()


def send_for_signing(desk: Desk) -> None:
    desk.page.reload()
    desk.task("Velg underskrivere og frist")
    for person in SIGNATORIES:
        desk.page.get_by_label(re.compile(f"^{person}")).check()
    desk.fill("Frist for å signere", day(14))
    check_accessible(desk.page)
    desk.press("Send til signering")
    expect(desk.page.get_by_text(re.compile("^Venter på svar fra")).first).to_be_visible()


def newest_mail(walk: Walk, desk: Desk, person: str) -> dict[str, Any]:
    """Return the newest mail to somebody that was not read yet, from the outbox."""
    while True:
        mails = desk.page.request.get("/api/v1/outbox?per_page=200").json()["items"]
        mine = [mail for mail in mails if address_of(person) in mail["to"]]
        if mine and mine[0]["name"] != walk.mails.get(person):
            walk.mails[person] = mine[0]["name"]
            read: dict[str, Any] = desk.page.request.get(f"/api/v1/outbox/{mine[0]['name']}").json()
            return read
        desk.page.wait_for_timeout(200)


def sign_on_a_phone(walk: Walk, desk: Desk, person: str) -> None:
    link = newest_mail(walk, desk, person)["links"][0]
    with window(walk.browser, walk.url, phone=True, scripts=person != "Ahmed Ali") as page:
        page.goto(link)
        expect(page.get_by_role("heading", name=TITLE).first).to_be_visible()
        expect(page.get_by_text(SIGNATORIES[person]).first).to_be_visible()
        if person != "Ahmed Ali":
            check_accessible(page)
            check_fits(page)
        page.get_by_role("button", name="Gå videre til signering").click()
        code = re.search(r"\b\d{6}\b", newest_mail(walk, desk, person)["text"])
        assert code
        page.get_by_label("Koden vi sendte").fill(code[0])
        page.get_by_label("Skriv navnet ditt").fill(person)
        page.get_by_role("checkbox").check()
        page.get_by_role("button", name="Signer avtalen", exact=True).click()
        expect(page.get_by_role("heading", name="Du har signert")).to_be_visible()


def countersign(walk: Walk, page: Page) -> None:
    desk = open_as(walk, page, DECISION_MAKER)
    desk.task("Signer for kommunen")
    page.get_by_role("checkbox").first.check()
    check_accessible(page)
    desk.finish("Signer for kommunen")


def fetch_the_sealed_file(walk: Walk, desk: Desk) -> bytes:
    """Wait until the case stands in follow-up, look at its pages, and take the sealed file."""
    page = desk.page
    page.goto(walk.case_path)
    expect(page.get_by_role("heading", name="Følg opp og avslutt samarbeidet")).to_be_visible()
    page.get_by_role("tab", name="Prosess").click()
    expect(page.locator(".djs-container").first).to_be_visible()
    check_accessible(page)
    page.get_by_role("tab", name="Dokumenter").click()
    link = page.get_by_role("link", name=re.compile("underskrevet og forseglet")).first
    address = link.get_attribute("href")
    assert address
    return page.request.get(address).body()
