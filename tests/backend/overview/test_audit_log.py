from fellesgrep.identity.policy import Role
from tests.conftest import ClientFor, World


def test_the_auditor_reads_everything_that_happened_as_sentences(
    client_for: ClientFor, world: World
) -> None:
    leader, auditor = client_for(Role.PROGRAMME_LEADER), client_for(Role.AUDITOR)
    leader.post(
        f"/api/v1/areas/{world.area.id}/measures",
        json={"title": "Benker", "goal": "Møteplasser", "budget_ore": 5_000_000},
    )
    log = auditor.get("/api/v1/audit", params={"kind": "measure"}).json()
    [entry] = log["items"]
    assert entry["sentence"] == (
        "Programme Leader Nordmann la til tiltak nr. 1 med ramme 50\u00a0000\u00a0kr."
    )
    assert (entry["stream_kind"], entry["stream_name"]) == ("area", "Furulia")
    person = str(world.people[Role.PROGRAMME_LEADER].id)
    mine = auditor.get("/api/v1/audit", params={"person_id": person, "since": "2026-03-02"}).json()
    assert {item["kind"] for item in mine["items"]} == {"measure:added", "person:logged_in"}
    assert auditor.get("/api/v1/audit", params={"until": "2026-03-01"}).json()["items"] == []
