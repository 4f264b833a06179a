"""The list of cases: found, sorted and filtered in SQL, whatever its length."""

from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from fellesgrep.cases.models import Stage
from fellesgrep.cases.service import add_party
from fellesgrep.core.clock import MovableClock
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from tests.backend.cases.stories import counted, due, open_case, solbakken, stand_in
from tests.backend.partners.stories import register_business
from tests.conftest import ClientFor, World


def items_of(client: TestClient, query: str = "") -> list[Any]:
    answer = client.get(f"/api/v1/cases?{query}")
    assert answer.status_code == 200, answer.text
    items: list[Any] = answer.json()["items"]
    return items


def titles_of(client: TestClient, query: str = "") -> list[str]:
    return [item["title"] for item in items_of(client, query)]


def test_a_line_says_who_has_the_ball_by_when_and_with_whom(
    client_for: ClientFor, world: World
) -> None:
    case = open_case(world)
    business, _ = register_business(world.tx)
    add_party(world.tx, case, partner_id=business.id)
    due(world, case, date(2026, 3, 1))
    world.tx.session.commit()
    (line,) = items_of(client_for(Role.LEGAL))
    assert line["area"]["name"] == "Furulia"
    assert line["responsible"]["name"] == "Liaison Nordmann"
    assert line["lead_partner"]["name"] == "Solbakken borettslag"
    assert line["lead_partner"]["kind"] == "housing_cooperative"
    assert line["party_count"] == 2
    assert (line["next_due_on"], line["overdue"]) == ("2026-03-01", True)
    assert line["whose_turn"] == {
        "role": "liaison",
        "label": "Områdekontakt",
        "person_name": "Liaison Nordmann",
    }
    assert line["total_ore"] is None


def test_cases_are_found_by_number_words_and_names_of_parties(
    client_for: ClientFor, world: World
) -> None:
    business, _ = register_business(world.tx)
    open_case(world, title="Nytt gårdsrom", summary="Benker og trær.")
    open_case(world, title="Åpen kafé", summary="Hver torsdag.", lead_partner_id=business.id)
    world.tx.session.commit()
    client = client_for(Role.AUDITOR)
    assert titles_of(client) == ["Åpen kafé", "Nytt gårdsrom"]
    for query in ("q=gårds", "q=2026-00001", "q=benk", "q=solbakken"):
        assert titles_of(client, query) == ["Nytt gårdsrom"], query
    assert titles_of(client, "q=2026") == ["Åpen kafé", "Nytt gårdsrom"]
    assert titles_of(client, "q=kaffebr") == ["Åpen kafé"]
    assert titles_of(client, f"partner_id={business.id}") == ["Åpen kafé"]
    of_partner = client.get(f"/api/v1/partners/{business.id}/cases").json()
    assert [item["title"] for item in of_partner["items"]] == ["Åpen kafé"]
    assert titles_of(client, f"area_id={world.other_area.id}") == []


def test_cases_are_filtered_by_stage_and_lateness_and_sorted_by_deadline(
    client_for: ClientFor, world: World, clock: MovableClock
) -> None:
    late = open_case(world, title="Forsinket")
    early = open_case(world, title="Snart", lead_partner_id=register_business(world.tx)[0].id)
    due(world, late, date(2026, 3, 1))
    due(world, early, date(2026, 3, 20))
    clock.move(hours=1)
    stand_in(world, early, Stage.PROPOSAL)
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    assert titles_of(client, "sort=next_due") == ["Forsinket", "Snart"]
    assert titles_of(client, "sort=-next_due") == ["Snart", "Forsinket"]
    assert titles_of(client, "sort=-stage_since") == ["Snart", "Forsinket"]
    assert titles_of(client, "late=true") == ["Forsinket"]
    assert titles_of(client, "late=false") == ["Snart"]
    assert titles_of(client, "stage=proposal") == ["Snart"]
    assert titles_of(client, "open=false") == []
    assert client.get("/api/v1/cases?stage=nowhere").status_code == 422


def test_pages_follow_each_other_without_gaps(client_for: ClientFor, world: World) -> None:
    for _ in range(5):
        open_case(world, title="Samme tittel")
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    found = [
        item["number"]
        for page in (1, 2, 3)
        for item in items_of(client, f"sort=title&per_page=2&page={page}")
    ]
    assert sorted(found) == [f"2026-0000{serial}" for serial in range(1, 6)]


@pytest.mark.parametrize(
    "address", ["/api/v1/cases?sort=next_due", "/api/v1/overview/board", "/api/v1/overview/start"]
)
def test_a_longer_list_takes_no_more_statements(
    client_for: ClientFor, world: World, house: House, address: str
) -> None:
    client = client_for(Role.LIAISON)

    def statements() -> int:
        world.tx.session.commit()
        with counted(house) as seen:
            answer = client.get(address)
        assert answer.status_code == 200, answer.text
        return len(seen)

    open_case(world)
    open_case(world, lead_partner_id=register_business(world.tx)[0].id)
    few = statements()
    for serial in range(8):
        open_case(world, title=f"Sak {serial}", lead_partner_id=solbakken(world).id)
    assert statements() == few
