from datetime import date
from typing import Any

from fastapi.testclient import TestClient

from fellesgrep.areas.service import add_measure
from fellesgrep.cases import pausing
from fellesgrep.cases.models import Case, Stage
from fellesgrep.core.clock import MovableClock
from fellesgrep.funding.models import BudgetLine, FundingPlan
from fellesgrep.funding.rules import Category
from fellesgrep.identity.policy import Role
from fellesgrep.partners.models import Channel
from fellesgrep.partners.service import log_engagement
from tests.backend.cases.stories import due, open_case, solbakken, stand_in
from tests.backend.partners.stories import organisation_number, register_business
from tests.conftest import ClientFor, World


def budget(world: World, case: Case, *amounts_ore: int) -> None:
    plan = FundingPlan(case_id=case.id)
    plan.lines = [
        BudgetLine(position=at, description="x", category=Category.WORKS, amount_ore=ore)
        for at, ore in enumerate(amounts_ore)
    ]
    world.tx.session.add(plan)
    world.tx.session.flush()


def start_page(client: TestClient) -> Any:
    answer = client.get("/api/v1/overview/start")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_my_tasks_are_grouped_by_when_they_are_due(client_for: ClientFor, world: World) -> None:
    deadlines = {
        "late": date(2026, 3, 1),  # today is Monday the 2nd of March
        "today": date(2026, 3, 2),
        "week": date(2026, 3, 8),
        "later": date(2026, 3, 9),
    }
    for title, day in deadlines.items():
        due(world, open_case(world, title=title), day)
    world.tx.session.commit()
    mine = start_page(client_for(Role.LIAISON))["tasks"]
    for group in deadlines:
        assert [task["subject_title"] for task in mine[group]] == [group]
    assert mine["total"] == 4
    assert start_page(client_for(Role.LEGAL))["tasks"]["total"] == 0


def test_the_start_page_tells_what_others_did_since_yesterday(
    client_for: ClientFor, world: World, clock: MovableClock
) -> None:
    client_for(Role.PROGRAMME_LEADER)
    clock.move(days=1)
    case = open_case(world)
    log_engagement(
        world.acting(Role.LIAISON), solbakken(world), channel=Channel.CALL,
        held_on=date(2026, 3, 3), summary="x", case_id=case.id,
    )  # fmt: skip
    world.tx.session.commit()
    news = start_page(client_for(Role.PROGRAMME_LEADER))["since_last_visit"]
    assert news["since"].startswith("2026-03-02T11:00")
    said = [item["sentence"] for item in news["items"]]
    assert said[0].startswith("Liaison Nordmann loggførte en telefonsamtale med Solbakken")
    assert "Liaison Nordmann åpnet saken i Furulia med Solbakken borettslag." in said
    assert {item["case"]["number"] for item in news["items"]} == {case.number}
    assert start_page(client_for(Role.LIAISON))["since_last_visit"]["items"] == []


def test_the_pulse_counts_my_areas_only(client_for: ClientFor, world: World) -> None:
    case = open_case(world)
    budget(world, case, 150_000_00, 50_000_00)
    due(world, case, date(2026, 3, 1))
    add_measure(world.tx, world.area, title="T", goal="G", indicator="", budget_ore=900_000_00)
    add_measure(world.tx, world.other_area, title="T", goal="G", indicator="", budget_ore=100)
    world.tx.session.commit()
    here = start_page(client_for(Role.LIAISON))["pulse"]
    assert [area["name"] for area in here["areas"]] == ["Furulia"]
    assert here["by_stage"][0] == {"stage": "first_contact", "count": 1, "sum_ore": 200_000_00}
    assert sum(each["count"] for each in here["by_stage"]) == 1
    assert (here["decided_ore"], here["available_ore"]) == (0, 900_000_00)
    assert here["late_count"] == 1
    everywhere = start_page(client_for(Role.LEGAL))["pulse"]
    assert [area["name"] for area in everywhere["areas"]] == ["Furulia", "Havnebyen"]
    assert everywhere["available_ore"] == 900_001_00


def test_the_pulse_counts_what_rests_and_calls_none_of_it_late(
    client_for: ClientFor, world: World
) -> None:
    case = open_case(world)
    due(world, case, date(2026, 2, 1))
    pausing.put_on_hold(world.acting(Role.LIAISON), case, reason="Venter.", until_on=None)
    world.tx.session.commit()
    pulse = start_page(client_for(Role.LIAISON))["pulse"]
    assert (pulse["on_hold_count"], pulse["late_count"]) == (1, 0)


def test_the_board_has_a_column_for_each_open_stage_with_the_late_ones_first(
    client_for: ClientFor, world: World, clock: MovableClock
) -> None:
    calm = open_case(world, title="Rolig")
    budget(world, calm, 100_00)
    clock.move(hours=1)
    late = open_case(world, title="Forsinket")
    due(world, late, date(2026, 3, 1))
    moved = open_case(world, title="Videre")
    stand_in(world, moved, Stage.PROPOSAL)
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    columns = client.get("/api/v1/overview/board").json()["columns"]
    assert [column["stage"] for column in columns] == [s.value for s in list(Stage)[:-1]]
    first = columns[0]
    assert (first["label"], first["count"], first["sum_ore"]) == ("Første kontakt", 2, 100_00)
    assert [card["title"] for card in first["cards"]] == ["Forsinket", "Rolig"]
    assert first["cards"][1]["total_ore"] == 100_00
    assert [card["title"] for card in columns[2]["cards"]] == ["Videre"]
    only_late = client.get("/api/v1/overview/board?late=true").json()["columns"]
    assert [column["count"] for column in only_late] == [1, 0, 0, 0, 0, 0, 0]
    here = client.get(f"/api/v1/overview/board?area_id={world.other_area.id}").json()["columns"]
    assert sum(column["count"] for column in here) == 0


def test_the_search_box_finds_cases_partners_and_people(
    client_for: ClientFor, world: World
) -> None:
    open_case(world, title="Nytt gårdsrom på Solbakken")
    register_business(world.tx)
    world.tx.session.commit()
    client = client_for(Role.ARCHIVIST)

    def found(typed: str) -> list[tuple[str, str, str]]:
        answer = client.get("/api/v1/overview/search", params={"q": typed})
        assert answer.status_code == 200, answer.text
        return [(each["kind"], each["title"], each["subtitle"]) for each in answer.json()]

    case = ("case", "Nytt gårdsrom på Solbakken", "2026-00001 · Første kontakt")
    partner = ("partner", "Solbakken borettslag", "Borettslag · Solvik")
    assert found("solb") == [case, partner]
    assert found("2026-0000") == [case]
    assert found(organisation_number(81000000)[:5]) == [case, partner]
    assert found("kari") == [("contact", "Kari Berg", "styreleder · Solbakken borettslag")]
    assert found("ola moen") == [("contact", "Ola Moen", "daglig leder · Furulia Kaffebrenneri")]
    assert found("%%") == []
    assert client.get("/api/v1/overview/search?q=a").status_code == 422
