from fellesgrep.areas import service
from fellesgrep.core.audit import Subject, sentences, timeline, verify
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from tests.conftest import ClientFor, World


def test_the_programme_leader_changes_the_area_and_its_history_says_so(
    client_for: ClientFor, world: World, house: House
) -> None:
    client = client_for(Role.PROGRAMME_LEADER)
    shown = client.get(f"/api/v1/areas/{world.area.id}").json()
    answer = client.put(
        f"/api/v1/areas/{world.area.id}",
        json={"phase": "implementation", "summary": "Nå bygger vi."},
        headers={"if-match": str(shown["version"])},
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["version"] == shown["version"] + 1
    with house.transaction() as tx:
        entries = timeline(tx.session, Subject("area", world.area.id))
        said = sentences(tx.session, house.registry, entries, "nb")
    assert said[0] == "Programme Leader Nordmann flyttet området til fasen «Gjennomføring»."


def test_a_change_on_an_old_version_is_refused_and_says_so(
    client_for: ClientFor, world: World
) -> None:
    client = client_for(Role.ADMIN)
    body = {"phase": "planning", "summary": "x"}
    address = f"/api/v1/areas/{world.area.id}"
    assert client.put(address, json=body).status_code == 428
    stale = client.put(address, json=body, headers={"if-match": "99"})
    assert stale.status_code == 409
    assert "Noen andre har endret dette" in stale.json()["detail"]


def test_a_field_that_is_wrong_is_named_with_its_reason(
    client_for: ClientFor, world: World
) -> None:
    answer = client_for(Role.PROGRAMME_LEADER).post(
        f"/api/v1/areas/{world.area.id}/measures", json={"title": "", "budget_ore": "mye"}
    )
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    errors = {error["pointer"]: error["detail"] for error in answer.json()["errors"]}
    assert errors["/goal"] == "Må fylles ut."
    assert errors["/title"] == "Må ha minst 1 tegn."
    assert errors["/budget_ore"] == "Skriv et helt tall."


def test_a_programme_leader_may_not_change_another_area(
    client_for: ClientFor, world: World
) -> None:
    answer = client_for(Role.PROGRAMME_LEADER).post(
        f"/api/v1/areas/{world.other_area.id}/measures", json={"title": "x", "goal": "y"}
    )
    assert answer.status_code == 403
    assert answer.json()["detail"] == "Du har ikke tilgang til å gjøre dette."


def test_measures_are_numbered_in_their_area(world: World) -> None:
    tx = world.acting(Role.ADMIN)
    made = [
        service.add_measure(tx, area, title="T", goal="G", indicator="", budget_ore=100)
        for area in (world.area, world.area, world.other_area)
    ]
    assert [measure.number for measure in made] == [1, 2, 1]
    assert list(verify(tx.session)) == []
