"""The walk, a function per step, in the order of the story."""

import re
import secrets
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from fellesgrep.core.clock import local_date
from fellesgrep.core.refusals import Refusal
from fellesgrep.demo.numbers import FIRST, synthetic_numbers
from fellesgrep.walk.colleague import Colleague, Json, people_of, until
from fellesgrep.walk.visitor import Visitor

ORE = 100


class Walk:
    """What the walk knows so far; each step adds to it."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.opened = ExitStack()
        self.people = people_of(self.url)
        self.run = secrets.token_hex(3)
        self.numbers = synthetic_numbers(FIRST + 100_000 + secrets.randbelow(800_000))
        self.today = local_date(datetime.now(UTC))
        self.area: Json = {}
        self.liaison: Colleague
        self.cooperative: Json = {}
        self.business: Json = {}
        self.case_id = ""
        self.case_number = ""
        self.sealed = b""

    def close(self) -> None:
        """Put all connections away."""
        self.opened.close()

    def day(self, days: int) -> str:
        """Return the day so many days from today, as the API writes it."""
        return (self.today + timedelta(days=days)).isoformat()

    def log_in(self, person: Json) -> Colleague:
        """Log somebody in, by the development log-in."""
        colleague = Colleague(self.url, person)
        self.opened.callback(colleague.close)
        return colleague

    def visit(self, link: str) -> Visitor:
        """Open a partner's link in a browser of its own."""
        visitor = Visitor(self.url, link)
        self.opened.callback(visitor.close)
        return visitor

    def complete(self, colleague: Colleague, element: str, **answers: Any) -> None:
        """Complete the case's open task of a step."""
        colleague.complete(colleague.task(self.case_id, element), **answers)

    def whose(self, element: str) -> Colleague:
        """Log in whoever a step waits for: the person assigned, else somebody with its role."""
        task = self.liaison.task(self.case_id, element)
        if task["assignee"]:
            wanted = [each for each in self.people if each["id"] == task["assignee"]["id"]]
        else:
            wanted = with_role(self.people, task["role"], self.area["id"])
        return self.log_in(wanted[0])


def with_role(people: Sequence[Json], role: str, area_id: str) -> list[Json]:
    """Return who holds a role in an area."""
    return [
        person
        for person in people
        if any(
            grant["role"] == role and grant["area_id"] in (None, area_id)
            for grant in person["grants"]
        )
    ]


def register_partners(walk: Walk) -> None:
    """Registrer Solbakken borettslag og en lokal bedrift, med kontaktpersoner"""
    reader = walk.log_in(walk.people[0])
    walk.area = next(
        found
        for area in reader.get("/areas")["items"]
        if (found := reader.get(f"/areas/{area['id']}"))["measures"]
        and with_role(walk.people, "liaison", area["id"])
    )
    walk.liaison = walk.log_in(with_role(walk.people, "liaison", walk.area["id"])[0])
    walk.cooperative = _register(
        walk,
        "Solbakken borettslag",
        {"kind": "housing_cooperative", "dwellings": 84, "address": "Solbakken 1–11"},
        [("Kari Solberg", "Styreleder"), ("Ahmed Ali", "Styremedlem")],
    )
    walk.business = _register(
        walk,
        "Bakken Anlegg AS",
        {"kind": "business", "address": "Verkstedveien 20"},
        [("Lise Bakken", "Daglig leder")],
    )


def _register(walk: Walk, name: str, facts: Json, contacts: Sequence[tuple[str, str]]) -> Json:
    known = {each["name"] for each in walk.liaison.get("/partners", q=name, per_page=200)["items"]}
    free = (f"{name} {number}" if number > 1 else name for number in count(1))
    partner = walk.liaison.post(
        "/partners",
        name=next(each for each in free if each not in known),
        organisation_number=next(walk.numbers),
        area_id=walk.area["id"],
        postal_code="1472",
        city="Solvik",
        **facts,
    )
    speak_for_it = [
        walk.liaison.post(
            f"/partners/{partner['id']}/contacts",
            name=person,
            role_title=title,
            email=f"{person.lower().replace(' ', '.')}.{walk.run}@partner.example",
        )
        for person, title in contacts
    ]
    return {**partner, "contacts": speak_for_it}


def open_case(walk: Walk) -> None:
    """Opprett saken, som svarer på strategien og et tiltak i handlingsplanen"""
    strategy = walk.liaison.get(f"/areas/{walk.area['id']}/strategy")
    case = walk.liaison.post(
        "/cases",
        title="Oppgradering av gårdsrommet på Solbakken",
        summary="Asfalten mellom blokkene blir til et grønt gårdsrom med lek og langbord.",
        area_id=walk.area["id"],
        measure_id=walk.area["measures"][0]["id"],
        involvement_item_id=strategy["items"][0]["id"],
        lead_partner_id=walk.cooperative["id"],
        contact_id=walk.cooperative["contacts"][0]["id"],
    )
    walk.case_id, walk.case_number = case["id"], case["number"]


def log_first_contact(walk: Walk) -> None:
    """Loggfør den første kontakten"""
    walk.complete(
        walk.liaison,
        "log_first_contact",
        held_on=walk.day(0),
        channel="visit",
        contact_id=walk.cooperative["contacts"][0]["id"],
        summary="Gikk gjennom gårdsrommet med styret. De ønsker lek, trær og et sted å spise.",
        next_step="clarify",
    )


def clarify_expectations(walk: Walk) -> None:
    """Avklar mål og forventninger, og legg til bedriften som part"""
    walk.complete(
        walk.liaison,
        "clarify_expectations",
        goals="Et gårdsrom som alle i nabolaget vil bruke.",
        municipality_expects="Gårdsrommet er åpent for alle, og borettslaget vedlikeholder det.",
        partner_expects="Kommunen er med og betaler, og svarer raskt.",
        working_method="Byggemøte hver fjortende dag, åpent møte for beboerne før valg av lek.",
        way="formal",
    )
    walk.liaison.post(
        f"/cases/{walk.case_id}/parties",
        partner_id=walk.business["id"],
        contact_id=walk.business["contacts"][0]["id"],
    )
    walk.complete(walk.liaison, "settle_parties", confirmed=True)


def write_proposal(walk: Walk) -> None:
    """Skriv prosjektforslaget med framdriftsplan, budsjett og finansiering, og send det inn"""
    case = f"/cases/{walk.case_id}"
    lead, business = (party["id"] for party in walk.liaison.get(case)["parties"])
    walk.liaison.replace(
        f"{case}/proposal",
        title="Nytt gårdsrom på Solbakken",
        background="Gårdsrommet er asfaltert og brukes til parkering.",
        goals="Et grønt og trygt gårdsrom for lek og samvær.",
        target_groups="Barnefamilier og eldre i 84 leiligheter, og naboene.",
        results="Halvparten av beboerne bruker gårdsrommet hver uke.",
        maintenance="Borettslaget vedlikeholder anlegget i ti år.",
        activities=[
            activity("Tegneverksted", walk.day(20), walk.day(35), "Solbakken borettslag"),
            activity("Graving og planting", walk.day(50), walk.day(90), "Bakken Anlegg AS"),
        ],
    )
    walk.liaison.replace(
        f"{case}/funding-plan",
        lines=[
            line("Grunnarbeid", "works", 260_000),
            line("Lekeapparater og langbord", "equipment", 120_000),
            line("Trær og jord", "materials", 40_000),
        ],
        contributions=[
            contribution(None, "cash", "Samfinansiering", 210_000),
            contribution(None, "in_kind", "Prosjektledelse", 30_000),
            contribution(lead, "cash", "Egenandel", 100_000),
            contribution(lead, "in_kind", "Dugnad", 30_000),
            contribution(business, "cash", "Støtte", 10_000),
            contribution(business, "in_kind", "Maskiner", 40_000),
        ],
    )
    walk.complete(walk.liaison, "write_proposal", note="Styret har behandlet forslaget.")


def activity(title: str, starts_on: str, ends_on: str, responsible: str) -> Json:
    """Return an activity of the time plan."""
    return {"title": title, "starts_on": starts_on, "ends_on": ends_on, "responsible": responsible}


def line(description: str, category: str, kroner: int) -> Json:
    """Return a line of the budget."""
    return {"description": description, "category": category, "amount_ore": kroner * ORE}


def contribution(party_id: str | None, kind: str, description: str, kroner: int) -> Json:
    """Return what a party (None: the municipality) brings."""
    return {
        "party_id": party_id,
        "kind": kind,
        "description": description,
        "amount_ore": kroner * ORE,
    }


def decide_co_funding(walk: Walk) -> None:
    """Vedta samfinansieringen, på det nivået beløpet krever"""
    walk.complete(
        walk.whose("decide_co_funding"),
        "decide_co_funding",
        outcome="approved",
        reasons="Tiltaket følger handlingsplanen, og partene bærer halvparten av kostnaden selv.",
        conditions="Gårdsrommet skal være åpent for alle i området.",
    )


def clear_parties(walk: Walk) -> None:
    """Avklar at hver part kan binde seg, med generalforsamling i borettslaget"""
    walk.complete(
        walk.liaison,
        "assess_measure",
        measure_kind="alteration",
        ordinary_management="no",
        cost_share_percent=6,
    )
    walk.complete(
        walk.liaison,
        "record_meeting",
        held_on=walk.day(0),
        meeting_result="adopted",
        minutes="Sak 4, enstemmig vedtatt",
    )
    walk.complete(
        walk.liaison,
        "confirm_authority",
        authority="yes",
        who="Lise Bakken, daglig leder",
        source="register",
    )


def draft_agreement(walk: Walk) -> None:
    """Utform avtalen av en godkjent mal, med sakens opplysninger"""
    agreement = walk.liaison.get(f"/cases/{walk.case_id}/agreement")
    answers = {
        "starts_on": walk.day(14),
        "ends_on": walk.day(90),
        "report_on": walk.day(150),
        "special_terms": "Borettslaget lar gårdsrommet stå åpent for naboene.",
    }
    walk.liaison.replace(
        f"/cases/{walk.case_id}/agreement",
        template_id=next(each["id"] for each in agreement["templates"] if each["fits"]),
        language="nb",
        fields=answers,
    )
    walk.complete(walk.liaison, "draft_agreement", note="")


def approve_agreement(walk: Walk) -> None:
    """La juristen kontrollere og godkjenne avtalen"""
    walk.complete(walk.whose("approve_agreement"), "approve_agreement", verdict="approved")


def set_up_signing(walk: Walk) -> None:
    """Velg underskrivere og frist, og send avtalen til signering"""
    case = walk.liaison.get(f"/cases/{walk.case_id}")
    planned = walk.liaison.get(f"/cases/{walk.case_id}/signatories")
    walk.liaison.replace(
        f"/cases/{walk.case_id}/signatories",
        signatories=[
            {"party_id": party["id"], "contact_id": contact["id"]}
            for party in case["parties"]
            for contact in party["contacts"]
        ],
        countersigner_id=planned["countersigner"]["id"],
        deadline_on=walk.day(14),
    )
    walk.complete(walk.liaison, "set_up_signing", deadline_on=walk.day(14))


def sign_as_partners(walk: Walk) -> None:
    """Les og signer avtalen på portalen, som tre personer hos partnerne"""
    for contact in (*walk.cooperative["contacts"], *walk.business["contacts"]):
        sign_as(walk, contact)


def sign_as(walk: Walk, contact: Json) -> None:
    """Follow the link of one's mail, read the document, ask for a code, sign."""
    invitation = walk.liaison.newest_mail(contact["email"])
    visitor = walk.visit(invitation["links"][0])
    if not visitor.download("/document.pdf").startswith(b"%PDF"):
        raise Refusal("What the portal shows is no PDF.")
    visitor.submit("/code")
    mail = walk.liaison.newest_mail(contact["email"], after=invitation["name"])
    visitor.submit("/sign", code=code_in(mail), name=contact["name"])


def code_in(mail: Json) -> str:
    """Return the one-time code of a mail."""
    found = re.search(r"\b\d{6}\b", mail["text"])
    if found is None:
        raise Refusal(f"The mail «{mail['subject']}» holds no code.")
    return found[0]


def countersign(walk: Walk) -> None:
    """Signer for kommunen"""
    walk.complete(walk.whose("countersign"), "countersign", confirm=True)


def fetch_sealed_document(walk: Walk) -> None:
    """Hent det forseglede dokumentet; saken står nå i oppfølging"""

    def sealed() -> Json | None:
        documents = walk.liaison.get(f"/cases/{walk.case_id}/documents")
        return next((each for each in documents if each["kind"] == "sealed"), None)

    walk.sealed = walk.liaison.download(until(sealed, "the sealed document")["url"])
    walk.liaison.task(walk.case_id, "conclude_cooperation")


STEPS: tuple[Callable[[Walk], None], ...] = (
    register_partners,
    open_case,
    log_first_contact,
    clarify_expectations,
    write_proposal,
    decide_co_funding,
    clear_parties,
    draft_agreement,
    approve_agreement,
    set_up_signing,
    sign_as_partners,
    countersign,
    fetch_sealed_document,
)
