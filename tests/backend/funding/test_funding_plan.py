import pytest
from fastapi.testclient import TestClient

from fellesgrep.cases.models import CaseParty, Stage
from fellesgrep.contract_templates.variables import gather
from fellesgrep.core.audit import Subject, sentences, timeline
from fellesgrep.core.ids import new_id
from fellesgrep.core.tx import House
from fellesgrep.funding.service import cost_by_case
from fellesgrep.identity.policy import Role
from tests.backend.funding.stories import Story, tell
from tests.conftest import ClientFor, World


@pytest.fixture
def story(world: World) -> Story:
    return tell(world)


@pytest.fixture
def liaison(story: Story, client_for: ClientFor) -> TestClient:
    return client_for(Role.LIAISON)


def test_a_liaison_writes_a_plan_and_reads_what_each_party_brings(
    story: Story, liaison: TestClient, house: House
) -> None:
    address = f"{story.address}/funding-plan"
    empty = liaison.get(address).json()
    assert (empty["version"], empty["editable"], empty["lines"]) == (0, True, [])
    answer = liaison.put(address, json=story.plan(), headers={"if-match": "0"})
    assert answer.status_code == 200, answer.text
    plan = answer.json()
    assert plan == liaison.get(address).json()
    assert plan["balanced"]
    assert plan["total_ore"] == plan["funded_ore"] == 400_000_00
    assert plan["municipality_cash_ore"] == 200_000_00
    assert [(each["name"], each["cash_ore"], each["in_kind_ore"]) for each in plan["by_party"]] == [
        ("Solvik kommune", 200_000_00, 0),
        ("Solbakken borettslag", 50_000_00, 50_000_00),
        ("Furulia Kaffebrenneri", 100_000_00, 0),
    ]
    with house.transaction() as tx:
        assert cost_by_case(tx.session, [story.case.id]) == {story.case.id: 400_000_00}
        entries = timeline(tx.session, Subject("case", story.case.id))
        said = sentences(tx.session, house.registry, entries, "nb")
    assert "Liaison Nordmann endret finansieringsplanen: budsjett 400\xa0000\xa0kr" in said[0]


def test_a_plan_under_way_may_be_unbalanced_and_says_what_is_missing(
    story: Story, liaison: TestClient
) -> None:
    body = story.plan()
    body["contributions"].pop()
    address = f"{story.address}/funding-plan"
    plan = liaison.put(address, json=body, headers={"if-match": "0"}).json()
    assert (plan["balanced"], plan["missing_ore"]) == (False, 100_000_00)
    again = liaison.put(
        address, json=story.plan(), headers={"if-match": str(plan["version"])}
    ).json()
    assert (again["balanced"], again["missing_ore"]) == (True, 0)
    assert again["version"] > plan["version"]


def test_a_row_that_is_wrong_is_pointed_at(story: Story, liaison: TestClient) -> None:
    address = f"{story.address}/funding-plan"
    body = story.plan()
    body["lines"][1]["amount_ore"] = -1
    answer = liaison.put(address, json=body, headers={"if-match": "0"})
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/lines/1/amount_ore"]
    body = story.plan()
    body["contributions"][3]["party_id"] = str(new_id())
    answer = liaison.put(address, json=body, headers={"if-match": "0"})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {
            "pointer": "/contributions/3/party_id",
            "code": "funding.problem.no_such_party",
            "detail": "Velg en part som er med i saken, eller kommunen.",
        }
    ]


def test_a_party_that_left_the_case_brings_nothing_any_more(
    story: Story, liaison: TestClient, house: House
) -> None:
    with house.transaction() as tx:
        tx.session.get_one(CaseParty, story.business.id).removed_at = tx.now()
    answer = liaison.put(
        f"{story.address}/funding-plan", json=story.plan(), headers={"if-match": "0"}
    )
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/contributions/3/party_id"]


def test_two_people_who_write_at_once_do_not_overwrite_each_other(
    story: Story, liaison: TestClient
) -> None:
    address = f"{story.address}/funding-plan"
    assert liaison.put(address, json=story.plan(), headers={"if-match": "0"}).status_code == 200
    second = liaison.put(address, json=story.plan(), headers={"if-match": "0"})
    assert second.status_code == 409
    assert liaison.put(address, json=story.plan()).status_code == 428


def test_what_is_being_decided_cannot_be_changed(
    story: Story, liaison: TestClient, house: House
) -> None:
    story.move_to(house, Stage.CO_FUNDING)
    address = f"{story.address}/funding-plan"
    answer = liaison.put(address, json=story.plan(), headers={"if-match": "0"})
    assert answer.status_code == 409
    assert answer.json()["detail"].startswith("Forslaget er sendt til vedtak")
    assert liaison.get(address).json()["editable"] is False


def test_who_may_not_write_proposals_may_only_read(story: Story, client_for: ClientFor) -> None:
    legal = client_for(Role.LEGAL)
    address = f"{story.address}/funding-plan"
    assert legal.get(address).status_code == 200
    assert legal.put(address, json=story.plan(), headers={"if-match": "0"}).status_code == 403


def test_an_agreement_can_tell_who_pays_what(
    story: Story, liaison: TestClient, house: House
) -> None:
    with house.transaction() as tx:
        assert gather(tx, story.case.id)["funding"] is None
    liaison.put(f"{story.address}/funding-plan", json=story.plan(), headers={"if-match": "0"})
    with house.transaction() as tx:
        funding = gather(tx, story.case.id)["funding"]
    assert funding["total_ore"] == 400_000_00
    assert funding["shares"][1] == {
        "party": "Solbakken borettslag",
        "cash_ore": 50_000_00,
        "in_kind_ore": 50_000_00,
        "total_ore": 100_000_00,
    }
    assert funding["contributions"][0]["party"] == "Solvik kommune"


def test_a_party_that_leaves_takes_its_contributions_along(
    story: Story, liaison: TestClient
) -> None:
    address = f"{story.address}/funding-plan"
    before = liaison.put(address, json=story.plan(), headers={"if-match": "0"}).json()
    leaving = next(each for each in before["by_party"] if each["name"] == "Furulia Kaffebrenneri")
    gone = liaison.post(f"{story.address}/parties/{leaving['party_id']}/remove")
    assert gone.status_code == 200, gone.text
    plan = liaison.get(address).json()
    assert (plan["missing_ore"], plan["version"]) == (100_000_00, before["version"] + 1)
    assert leaving["party_id"] not in {each["party_id"] for each in plan["contributions"]}
