from typing import Any
from uuid import UUID

import pytest

from fellesgrep.core import events
from fellesgrep.core.audit import Subject, sentences, timeline
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from fellesgrep.partners.events import ContactAddressChanged
from tests.backend.partners.stories import (
    organisation_number,
    register_business,
    register_cooperative,
)
from tests.conftest import ClientFor, World

NUMBER = organisation_number(81000000)
SOLBAKKEN = {
    "kind": "housing_cooperative",
    "name": "Solbakken borettslag",
    "organisation_number": f"{NUMBER[:3]} {NUMBER[3:6]} {NUMBER[6:]}",
    "dwellings": 120,
    "about": "Fire blokker rundt et felles gårdsrom.",
}
KARI = {"name": "Kari Berg", "role_title": "styreleder", "email": "kari@solbakken.example"}


def said_about(house: House, partner_id: str) -> list[str]:
    with house.transaction() as tx:
        entries = timeline(tx.session, Subject("partner", UUID(partner_id)))
        return sentences(tx.session, house.registry, entries, "nb")


def errors_of(answer: Any) -> dict[str, str]:
    assert answer.status_code == 422, answer.text
    return {error["pointer"]: error["detail"] for error in answer.json()["errors"]}


def test_a_liaison_registers_a_cooperative_its_contact_and_a_meeting(
    client_for: ClientFor, world: World, house: House
) -> None:
    client = client_for(Role.LIAISON)
    made = client.post("/api/v1/partners", json=SOLBAKKEN | {"area_id": str(world.area.id)})
    assert made.status_code == 201, made.text
    address = f"/api/v1/partners/{made.json()['id']}"
    kari = client.post(f"{address}/contacts", json=KARI).json()
    met = client.post(
        f"{address}/engagements",
        json={
            "channel": "meeting",
            "held_on": "2026-03-01",
            "summary": "Styret vil ruste opp gårdsrommet.",
            "contact_id": kari["id"],
        },
    )
    assert met.status_code == 201, met.text
    shown = client.get(address).json()
    assert shown["organisation_number"] == NUMBER
    assert shown["area"] == {"id": str(world.area.id), "name": "Furulia"}
    assert [contact["name"] for contact in shown["contacts"]] == ["Kari Berg"]
    line = shown["engagements"][0]
    assert (line["contact"]["name"], line["logged_by"]["name"]) == ("Kari Berg", "Liaison Nordmann")
    assert line["area_id"] == str(world.area.id)
    assert shown["can"] == ["edit", "log_engagement"]
    assert said_about(house, shown["id"]) == [
        "Liaison Nordmann loggførte et møte med Solbakken borettslag 1. mars 2026.",
        "Liaison Nordmann la til Kari Berg som kontaktperson hos Solbakken borettslag.",
        "Liaison Nordmann registrerte Solbakken borettslag (Borettslag).",
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "er allerede registrert"),
        ("nn", "er alt registrert"),
        ("en", "is already registered"),
    ],
)
def test_a_number_that_another_partner_has_is_answered_with_that_partner(
    client_for: ClientFor, language: str, said: str
) -> None:
    client = client_for(Role.LIAISON)
    first = client.post("/api/v1/partners", json=SOLBAKKEN).json()
    again = client.post(
        "/api/v1/partners",
        json=SOLBAKKEN | {"name": "Solbakken B/L"},
        headers={"accept-language": language},
    )
    error = errors_of(again)["/organisation_number"]
    assert error.startswith(f"Solbakken borettslag {said}")
    assert again.json()["existing"] == {"id": first["id"], "name": "Solbakken borettslag"}


def test_a_wrong_number_is_refused_at_its_field_and_nothing_is_kept(
    client_for: ClientFor,
) -> None:
    client = client_for(Role.LIAISON)
    wrong = SOLBAKKEN | {"organisation_number": str(int(NUMBER) + 1)}
    assert (
        "Nummeret stemmer ikke"
        in errors_of(client.post("/api/v1/partners", json=wrong))["/organisation_number"]
    )
    assert client.get("/api/v1/partners").json()["total"] == 0


def test_a_partner_is_changed_as_a_whole_and_may_keep_its_number(client_for: ClientFor) -> None:
    client = client_for(Role.LIAISON)
    made = client.post("/api/v1/partners", json=SOLBAKKEN).json()
    address = f"/api/v1/partners/{made['id']}"
    body = SOLBAKKEN | {"city": "Solvik", "status": "ended"}
    edited = client.put(address, json=body, headers={"if-match": str(made["version"])})
    assert edited.status_code == 200, edited.text
    assert (edited.json()["city"], edited.json()["version"]) == ("Solvik", made["version"] + 1)
    assert client.put(address, json=body, headers={"if-match": "1"}).status_code == 409


def test_a_partner_cannot_take_anothers_number_by_an_edit(
    client_for: ClientFor, world: World
) -> None:
    register_cooperative(world.tx)
    business, _ = register_business(world.tx)
    world.tx.session.commit()
    answer = client_for(Role.LIAISON).put(
        f"/api/v1/partners/{business.id}",
        json={
            "kind": "business",
            "name": "Furulia Kaffebrenneri",
            "organisation_number": NUMBER,
            "status": "active",
        },
        headers={"if-match": str(business.version)},
    )
    assert "Solbakken borettslag" in errors_of(answer)["/organisation_number"]


def test_the_list_finds_by_beginnings_of_words_stories_and_numbers(
    client_for: ClientFor, world: World
) -> None:
    register_cooperative(world.tx, area_id=world.area.id, about="Et felles gårdsrom med benker.")
    register_business(world.tx)
    world.tx.session.commit()
    client = client_for(Role.AUDITOR)

    def found(query: str) -> list[str]:
        answer = client.get(f"/api/v1/partners?{query}")
        assert answer.status_code == 200, answer.text
        return [item["name"] for item in answer.json()["items"]]

    assert found("") == ["Furulia Kaffebrenneri", "Solbakken borettslag"]
    assert found("sort=-name") == ["Solbakken borettslag", "Furulia Kaffebrenneri"]
    for query in ("q=solb", "q=borettsl", "q=benk", f"q={NUMBER[:4]}", "kind=housing_cooperative",
                  f"area_id={world.area.id}"):  # fmt: skip
        assert found(query) == ["Solbakken borettslag"], query
    assert found("q=%25") == []
    assert found("status=ended") == []
    assert client.get("/api/v1/partners?sort=secret").status_code == 422


def test_contact_persons_need_a_way_to_be_reached(client_for: ClientFor) -> None:
    client = client_for(Role.LIAISON)
    made = client.post("/api/v1/partners", json=SOLBAKKEN).json()
    address = f"/api/v1/partners/{made['id']}/contacts"
    errors = errors_of(client.post(address, json={"name": "Kari", "email": "kari"}))
    assert errors == {"/email": "Skriv en e-postadresse som navn@eksempel.no."}
    assert "/email" in errors_of(client.post(address, json={"name": "Kari"}))
    assert client.post(address, json={"name": "Kari", "phone": "900 00 000"}).status_code == 201


def test_later_packages_hear_of_another_address_only(client_for: ClientFor, house: House) -> None:
    heard: list[str] = []
    events.on(
        house.registry,
        ContactAddressChanged,
        lambda _, event: heard.append(event.contact.email),
    )
    client = client_for(Role.LIAISON)
    made = client.post("/api/v1/partners", json=SOLBAKKEN).json()
    kari = client.post(f"/api/v1/partners/{made['id']}/contacts", json=KARI).json()
    address = f"/api/v1/partners/{made['id']}/contacts/{kari['id']}"
    body = KARI | {"role_title": "nestleder", "status": "active"}
    first = client.put(address, json=body, headers={"if-match": str(kari["version"])})
    assert (first.status_code, heard) == (200, [])
    body["email"] = "kari.berg@solbakken.example"
    version = str(first.json()["version"])
    assert client.put(address, json=body, headers={"if-match": version}).status_code == 200
    assert heard == ["kari.berg@solbakken.example"]
    assert "endret e-postadressen til Kari Berg" in said_about(house, made["id"])[0]


def test_what_has_not_happened_or_was_with_others_is_not_logged(
    client_for: ClientFor, world: World
) -> None:
    cooperative, _ = register_cooperative(world.tx)
    _, ola = register_business(world.tx)
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    address = f"/api/v1/partners/{cooperative.id}/engagements"
    body = {"channel": "call", "held_on": "2026-03-03", "summary": "x"}
    assert errors_of(client.post(address, json=body)) == {
        "/held_on": "Datoen er ikke kommet ennå. Loggfør det som har skjedd."
    }
    body |= {"held_on": "2026-03-02", "contact_id": str(ola.id)}
    assert "/contact_id" in errors_of(client.post(address, json=body))


def test_a_liaison_logs_contact_in_the_own_area_only(client_for: ClientFor, world: World) -> None:
    partner, _ = register_cooperative(world.tx, area_id=world.other_area.id)
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    address = f"/api/v1/partners/{partner.id}/engagements"
    body = {"channel": "visit", "held_on": "2026-03-02", "summary": "Felles dugnad."}
    assert client.post(address, json=body).status_code == 403
    here = client.post(address, json=body | {"area_id": str(world.area.id)})
    assert here.status_code == 201
    assert here.json()["area_id"] == str(world.area.id)
