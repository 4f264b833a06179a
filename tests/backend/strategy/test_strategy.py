from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from fellesgrep.areas.models import Phase
from fellesgrep.cases.models import Stage
from fellesgrep.core.problems import Invalid
from fellesgrep.identity.policy import Role
from fellesgrep.strategy import service
from fellesgrep.strategy.models import Horizon, InvolvementItem
from tests.backend.cases.stories import FIRST_CONTACT, complete, open_case, stand_in
from tests.conftest import ClientFor, World

ITEM = {
    "actor_group": "Borettslag og sameier",
    "question": "Hvordan kan uteområdene brukes av flere?",
    "method": "Beboermøter",
    "phase": "mobilisation",
    "horizon": "short",
}


def adopt(client: TestClient, world: World) -> str:
    address = f"/api/v1/areas/{world.area.id}/strategy"
    body = {"title": "Sammen om Furulia", "adopted_on": "2025-06-01"}
    assert client.post(address, json=body).status_code == 201
    return address


def first_item(client: TestClient, address: str) -> Any:
    return client.get(address).json()["items"][0]


def item_elsewhere(world: World) -> InvolvementItem:
    strategy = service.adopt_strategy(
        world.tx, world.other_area, title="Havnebyen", adopted_on=date(2025, 1, 1)
    )
    return service.add_item(
        world.tx, strategy, actor_group="Ungdom", question="Hva mangler?", decision_point="",
        method="", phase=Phase.PLANNING, horizon=Horizon.LONG,
    )  # fmt: skip


def test_an_area_adopts_one_strategy_and_its_items_are_numbered(
    client_for: ClientFor, world: World
) -> None:
    client = client_for(Role.LIAISON)
    missing = client.get(f"/api/v1/areas/{world.area.id}/strategy")
    assert missing.status_code == 404
    assert missing.json()["detail"] == "Området har ikke lagt inn en strategi ennå."
    address = adopt(client, world)
    again = client.post(address, json={"title": "x", "adopted_on": "2025-06-01"})
    assert again.status_code == 409
    for _ in range(2):
        assert client.post(f"{address}/items", json=ITEM).status_code == 201
    shown = client.get(address).json()
    assert [item["number"] for item in shown["items"]] == [1, 2]
    assert shown["items"][0]["title"].startswith("1. Borettslag og sameier: Hvordan")
    assert shown["coverage"] == {
        "items": 2, "reached": 0, "agreed": 0, "percent": 0, "not_reached": [1, 2],
    }  # fmt: skip
    assert shown["can"] == ["edit"]


def test_an_item_follows_what_happens_in_its_cases(client_for: ClientFor, world: World) -> None:
    client = client_for(Role.LIAISON)
    address = adopt(client, world)
    client.post(f"{address}/items", json=ITEM)
    item = first_item(client, address)
    case = open_case(world, involvement_item_id=item["id"])
    world.tx.session.commit()
    assert (first_item(client, address)["status"], first_item(client, address)["case_count"]) == (
        "planned",
        1,
    )
    complete(world, case, FIRST_CONTACT)
    stand_in(world, case, Stage.FIRST_CONTACT)
    world.tx.session.commit()
    assert first_item(client, address)["status"] == "contacted"
    stand_in(world, case, Stage.PROPOSAL)
    world.tx.session.commit()
    assert first_item(client, address)["status"] == "in_cooperation"
    stand_in(world, case, Stage.FOLLOW_UP)
    world.tx.session.commit()
    assert first_item(client, address)["status"] == "agreed"
    assert client.get(address).json()["coverage"]["percent"] == 100
    page = client.get(f"/api/v1/cases/{case.id}").json()
    assert page["involvement_item"] == {"id": item["id"], "title": item["title"]}


def test_a_case_cannot_answer_another_areas_item(world: World) -> None:
    item = item_elsewhere(world)
    with pytest.raises(Invalid) as refused:
        open_case(world, involvement_item_id=item.id)
    assert refused.value.fields[0].pointer == "/involvement_item_id"


def test_an_item_is_changed_in_its_own_strategy_only(client_for: ClientFor, world: World) -> None:
    elsewhere = item_elsewhere(world)
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    address = adopt(client, world)
    client.post(f"{address}/items", json=ITEM)
    item = first_item(client, address)
    edited = client.put(
        f"{address}/items/{item['id']}",
        json=ITEM | {"method": "Dugnad", "due_on": "2026-05-01"},
        headers={"if-match": str(item["version"])},
    )
    assert edited.status_code == 200, edited.text
    assert edited.json()["items"][0]["method"] == "Dugnad"
    foreign = client.put(f"{address}/items/{elsewhere.id}", json=ITEM, headers={"if-match": "1"})
    assert foreign.status_code == 404


def test_only_people_of_the_area_change_its_strategy(client_for: ClientFor, world: World) -> None:
    address = f"/api/v1/areas/{world.other_area.id}/strategy"
    body = {"title": "x", "adopted_on": "2025-06-01"}
    assert client_for(Role.LIAISON).post(address, json=body).status_code == 403
    assert client_for(Role.LEGAL).post(address, json=body).status_code == 403
