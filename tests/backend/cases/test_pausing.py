"""Cases that rest, and closed cases that are opened again."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from fellesgrep.cases.models import Case
from fellesgrep.cases.pausing import resume_due
from fellesgrep.core.audit import verify
from fellesgrep.core.clock import MovableClock
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from fellesgrep.workflow import service as workflow
from fellesgrep.workflow.models import Instance
from fellesgrep.workflow.oversight import stuck
from tests.backend.cases.stories import (
    EXPECTATIONS,
    FIRST_CONTACT,
    complete,
    only_task,
    open_case,
    subject,
)
from tests.conftest import ClientFor, World

WHY = {"reason": "Styret venter på ny leder."}


def act(client: Any, case: Case, verb: str, body: dict[str, Any] | None = None) -> Any:
    return client.post(f"/api/v1/cases/{case.id}/{verb}", json=body or {})


def page(client: Any, case: Case) -> Any:
    return client.get(f"/api/v1/cases/{case.id}").json()


def said(client: Any, case: Case) -> list[str]:
    entries = client.get(f"/api/v1/cases/{case.id}/timeline").json()
    return [entry["sentence"] for entry in entries]


def test_a_case_on_hold_asks_nobody_for_anything_and_is_not_late(
    client_for: ClientFor, world: World, clock: MovableClock
) -> None:
    case = open_case(world)
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    held = act(client, case, "hold", WHY)
    assert held.status_code == 200, held.text
    clock.move(days=30)
    client = client_for(Role.LIAISON)
    shown = page(client, case)
    assert shown["turn"] == "Saken er satt på vent."
    assert (shown["hold"]["reason"], shown["hold"]["held_by"]["name"]) == (
        WHY["reason"], "Liaison Nordmann",
    )  # fmt: skip
    (task,) = shown["tasks"]
    assert (task["status"], task["can_complete"], task["overdue"]) == ("resting", False, False)
    assert (shown["overdue"], shown["next_due_on"]) == (False, None)
    (listed,) = client.get("/api/v1/cases?on_hold=true").json()["items"]
    assert (listed["on_hold"], listed["overdue"], listed["whose_turn"]) == (True, False, None)
    assert client.get("/api/v1/cases?late=true").json()["items"] == []
    assert client.get("/api/v1/tasks?mine=true").json()["items"] == []
    assert "Liaison Nordmann satte saken på vent." in said(client, case)


def test_a_task_that_rests_can_be_completed_only_after_the_case_is_taken_up(
    client_for: ClientFor, world: World, clock: MovableClock
) -> None:
    case = open_case(world)
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    due_before = page(client, case)["next_due_on"]
    act(client, case, "hold", WHY)
    (task,) = page(client, case)["tasks"]
    address = f"/api/v1/tasks/{task['id']}/complete"
    refused = client.post(
        address, json={"answers": FIRST_CONTACT}, headers={"if-match": str(task["version"])}
    )
    assert refused.status_code == 409
    assert "satt på vent" in refused.json()["detail"]
    clock.move(days=10)
    client = client_for(Role.LIAISON)
    resumed = act(client, case, "resume").json()
    (task,) = resumed["tasks"]
    assert (task["status"], task["can_complete"], resumed["hold"]) == ("open", True, None)
    assert days_between(due_before, resumed["next_due_on"]) == 10
    done = client.post(
        address, json={"answers": FIRST_CONTACT}, headers={"if-match": str(task["version"])}
    )
    assert done.status_code == 200, done.text
    assert "Liaison Nordmann tok saken opp igjen." in said(client, case)
    assert act(client, case, "resume").status_code == 409
    assert list(verify(world.tx.session)) == []


def days_between(first: str, second: str) -> int:
    return (date.fromisoformat(second) - date.fromisoformat(first)).days


def test_a_case_is_taken_up_by_itself_on_its_day(
    client_for: ClientFor, world: World, house: House, clock: MovableClock
) -> None:
    case = open_case(world)
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    until = world.tx.today() + timedelta(days=14)
    passed = act(client, case, "hold", WHY | {"until_on": world.tx.today().isoformat()})
    assert passed.json()["errors"][0]["pointer"] == "/until_on"
    act(client, case, "hold", WHY | {"until_on": until.isoformat()})
    clock.move(days=13)
    client = client_for(Role.LIAISON)
    resume_due(house)
    assert page(client, case)["hold"]["until_on"] == until.isoformat()
    clock.move(days=1)
    client = client_for(Role.LIAISON)
    resume_due(house)
    assert page(client, case)["hold"] is None
    assert page(client, case)["tasks"][0]["status"] == "open"


def test_a_case_on_hold_is_not_held_twice_nor_taken_for_stuck_and_can_be_handed_over(
    client_for: ClientFor, world: World
) -> None:
    case = open_case(world)
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    act(client, case, "hold", WHY)
    assert act(client, case, "hold", WHY).status_code == 409
    assert list(stuck(world.tx)) == []
    leader = world.people[Role.PROGRAMME_LEADER].id
    moved = act(client, case, "hand-over", {"person_id": str(leader), "reason": "Permisjon"})
    assert moved.json()["tasks"][0]["assignee"]["id"] == str(leader)
    gone = act(client_for(Role.PROGRAMME_LEADER), case, "withdraw", {"reason": "Slutt."}).json()
    assert (gone["hold"], gone["tasks"], gone["stage"]) == (None, [], "closed")


def test_a_withdrawn_case_is_opened_again_where_it_stood(
    client_for: ClientFor, world: World
) -> None:
    case = open_case(world)
    complete(world, case, FIRST_CONTACT)
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    act(client, case, "withdraw", {"reason": "Styret trakk seg."})
    shown = act(client, case, "reopen", {"reason": "Nytt styre."}).json()
    assert (shown["stage"], shown["outcome"], shown["closed_at"]) == ("clarification", None, None)
    assert [task["element"] for task in shown["tasks"]] == ["clarify_expectations"]
    complete(world, case, EXPECTATIONS)
    assert only_task(world, case).element == "settle_parties"
    assert "Liaison Nordmann gjenåpnet saken, som var avsluttet: Trukket." in said(client, case)
    assert len(world.tx.session.scalars(select(Instance)).all()) == 1


@pytest.mark.parametrize(
    ("ending", "stage", "first_task"),
    [
        ([FIRST_CONTACT | {"next_step": "close"}], "first_contact", "log_first_contact"),
        (
            [FIRST_CONTACT, EXPECTATIONS | {"way": "informal"}, {"confirmed": True}],
            "clarification",
            "clarify_expectations",
        ),
    ],
)
def test_a_case_that_ended_by_itself_begins_at_what_is_not_clear_yet_and_keeps_its_history(
    client_for: ClientFor,
    world: World,
    ending: list[dict[str, Any]],
    stage: str,
    first_task: str,
) -> None:
    case = open_case(world)
    for answers in ending:
        complete(world, case, answers)
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    assert page(client, case)["can"] == ["reopen", "log_engagement"]
    shown = act(client, case, "reopen", {"reason": "De tok kontakt igjen."}).json()
    assert (shown["stage"], shown["outcome"]) == (stage, None)
    assert shown["reopened"]["reason"] == "De tok kontakt igjen."
    assert shown["reopened"]["by"]["name"] == "Liaison Nordmann"
    assert [task["element"] for task in shown["tasks"]] == [first_task]
    assert any("åpnet saken i Furulia" in sentence for sentence in said(client, case))
    assert act(client, case, "reopen", {"reason": "Igjen"}).status_code == 409
    assert len(workflow.open_tasks(world.tx, subject(case))) == 1


def test_who_may_only_read_a_case_neither_holds_nor_reopens_it(
    client_for: ClientFor, world: World
) -> None:
    case = open_case(world)
    world.tx.session.commit()
    client = client_for(Role.AUDITOR)
    for verb in ("hold", "resume", "reopen"):
        assert act(client, case, verb, WHY).status_code == 403
