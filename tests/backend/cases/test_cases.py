"""A case from the first contact to its end, at the HTTP seam."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from fellesgrep.areas.service import add_measure
from fellesgrep.cases.models import Case, HandOver, Stage
from fellesgrep.core.audit import verify
from fellesgrep.core.clock import MovableClock
from fellesgrep.core.problems import Invalid
from fellesgrep.identity.policy import Role
from fellesgrep.identity.service import register_person
from fellesgrep.workflow.models import DecisionTable, Instance, RuleTrace
from fellesgrep.workflow.store import import_shipped
from tests.backend.cases.stories import (
    EXPECTATIONS,
    FIRST_CONTACT,
    complete,
    open_case,
    solbakken,
    stand_in,
)
from tests.backend.partners.stories import register_business
from tests.conftest import ClientFor, World


def errors_of(answer: Any) -> dict[str, str]:
    assert answer.status_code == 422, answer.text
    return {error["pointer"]: error["detail"] for error in answer.json()["errors"]}


def page_of(client: TestClient, case: Case) -> Any:
    answer = client.get(f"/api/v1/cases/{case.id}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def do_task(client: TestClient, shown: Any, answers: dict[str, Any]) -> None:
    (task,) = shown["tasks"]
    done = client.post(
        f"/api/v1/tasks/{task['id']}/complete",
        json={"answers": answers},
        headers={"if-match": str(task["version"])},
    )
    assert done.status_code == 200, done.text


def test_a_liaison_opens_a_case_and_its_page_says_where_it_stands(
    client_for: ClientFor, world: World
) -> None:
    import_shipped(world.tx)
    partner = solbakken(world)
    measure = add_measure(world.tx, world.area, title="Gode uterom", goal="Møteplasser",
                          indicator="", budget_ore=100)  # fmt: skip
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    opened = client.post(
        "/api/v1/cases",
        json={
            "title": "Nytt gårdsrom",
            "summary": "Benker og trær.",
            "area_id": str(world.area.id),
            "lead_partner_id": str(partner.id),
            "measure_id": str(measure.id),
        },
    )
    assert opened.status_code == 201, opened.text
    shown = opened.json()
    assert shown["number"] == "2026-00001"
    assert shown["responsible"]["name"] == "Liaison Nordmann"
    assert shown["measure"] == {"id": str(measure.id), "number": 1, "title": "Gode uterom"}
    assert [step["state"] for step in shown["stages"]] == ["current", *["upcoming"] * 7]
    (task,) = shown["tasks"]
    assert (task["element"], task["can_complete"]) == ("log_first_contact", True)
    assert shown["turn"].startswith("Nå er det din tur: ")
    assert shown["next_due_on"] == task["due_on"]
    (party,) = shown["parties"]
    assert (party["partner"]["name"], party["lead"]) == ("Solbakken borettslag", True)
    assert [contact["name"] for contact in party["contacts"]] == ["Kari Berg"]
    assert shown["can"] == [
        "edit", "add_party", "remove_party", "hand_over", "hold", "withdraw", "log_engagement",
    ]  # fmt: skip


def test_clarified_goals_stand_on_the_page_and_every_step_in_the_timeline(
    client_for: ClientFor, world: World, clock: MovableClock
) -> None:
    case = open_case(world)
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    clock.move(hours=1)
    do_task(client, page_of(client, case), FIRST_CONTACT)
    clock.move(hours=1)
    do_task(client, page_of(client, case), EXPECTATIONS)
    do_task(client, page_of(client, case), {"confirmed": True})
    shown = page_of(client, case)
    assert shown["stage"] == "proposal"
    assert shown["expectation"]["goals"] == EXPECTATIONS["goals"]
    assert shown["expectation"]["recorded_by"]["name"] == "Liaison Nordmann"
    first, second, third = shown["stages"][:3]
    assert [first["state"], second["state"], third["state"]] == ["done", "done", "current"]
    assert first["left_at"] == second["entered_at"] != first["entered_at"]
    timeline = client.get(f"/api/v1/cases/{case.id}/timeline").json()
    said = [entry["sentence"] for entry in timeline]
    for sentence in (
        "Liaison Nordmann åpnet saken i Furulia med Solbakken borettslag.",
        "Liaison Nordmann loggførte et møte med Solbakken borettslag 2. mars 2026.",
        "Liaison Nordmann førte saken videre til trinnet «Avklaring».",
        "Liaison Nordmann avklarte mål og forventninger: formell avtale.",
        "Liaison Nordmann bekreftet at saken har én part.",
        "Liaison Nordmann førte saken videre til trinnet «Forslag».",
    ):
        assert sentence in said
    only = client.get(f"/api/v1/cases/{case.id}/timeline?kind=engagement").json()
    assert [entry["kind"] for entry in only] == ["engagement:logged"]
    assert list(verify(world.tx.session)) == []


def test_a_contact_that_leads_nowhere_closes_the_case(client_for: ClientFor, world: World) -> None:
    case = open_case(world)
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    do_task(client, page_of(client, case), FIRST_CONTACT | {"next_step": "close"})
    shown = page_of(client, case)
    assert (shown["stage"], shown["outcome"]) == ("closed", "not_pursued")
    assert (shown["tasks"], shown["turn"]) == ([], "Saken er avsluttet.")
    assert shown["can"] == ["reopen", "log_engagement"]
    assert [step["state"] for step in shown["stages"]] == ["done", *["skipped"] * 6, "current"]


def test_a_first_contact_must_be_with_a_party(world: World) -> None:
    case = open_case(world)
    _, stranger = register_business(world.tx)
    with pytest.raises(Invalid) as refused:
        complete(world, case, FIRST_CONTACT | {"contact_id": str(stranger.id)})
    assert refused.value.fields[0].key == "cases.problem.contact_of_no_party"


def test_parties_come_and_go_until_the_proposal_is_sent(
    client_for: ClientFor, world: World
) -> None:
    case = open_case(world)
    business, ola = register_business(world.tx)
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    address = f"/api/v1/cases/{case.id}/parties"
    body = {"partner_id": str(business.id), "contact_id": str(ola.id)}
    added = client.post(address, json=body)
    assert added.status_code == 201, added.text
    lead, second = added.json()
    assert second["contact"]["name"] == "Ola Moen"
    assert "er allerede part" in errors_of(client.post(address, json=body))["/partner_id"]
    assert client.post(f"{address}/{lead['id']}/remove").status_code == 409
    left = client.post(f"{address}/{second['id']}/remove")
    assert [party["id"] for party in left.json()] == [lead["id"]]
    assert client.post(f"{address}/{second['id']}/remove").status_code == 409
    assert client.post(address, json=body).status_code == 201
    stand_in(world, case, Stage.CO_FUNDING)
    world.tx.session.commit()
    refused = client.post(f"{address}/{second['id']}/remove")
    assert refused.status_code == 409
    assert "sendt til vedtak" in refused.json()["detail"]


def test_another_areas_measure_or_liaison_has_no_part_in_a_case(
    client_for: ClientFor, world: World
) -> None:
    import_shipped(world.tx)
    foreign = add_measure(world.tx, world.other_area, title="T", goal="G", indicator="",
                          budget_ore=0)  # fmt: skip
    partner = solbakken(world)
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    body = {
        "title": "T",
        "area_id": str(world.area.id),
        "lead_partner_id": str(partner.id),
        "measure_id": str(foreign.id),
    }
    assert "/measure_id" in errors_of(client.post("/api/v1/cases", json=body))
    elsewhere = body | {"area_id": str(world.other_area.id)}
    assert client.post("/api/v1/cases", json=elsewhere).status_code == 403
    assert client.get("/api/v1/cases").json()["total"] == 0


def test_a_case_is_handed_over_with_its_task_and_the_reason_is_kept(
    client_for: ClientFor, world: World
) -> None:
    case = open_case(world)
    colleague, stranger = (
        register_person(world.tx, name=name, email=f"{name}@solvik.example", title="",
                        unit="", grants=[(Role.LIAISON, area.id)])
        for name, area in (("Siri", world.area), ("Per", world.other_area))
    )  # fmt: skip
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    address = f"/api/v1/cases/{case.id}/hand-over"
    refused = client.post(address, json={"person_id": str(stranger.id), "reason": "Permisjon"})
    assert "ikke en rolle i dette området" in errors_of(refused)["/person_id"]
    handed = client.post(address, json={"person_id": str(colleague.id), "reason": "Permisjon"})
    assert handed.status_code == 200, handed.text
    shown = handed.json()
    assert shown["responsible"]["name"] == "Siri"
    assert shown["tasks"][0]["assignee"]["name"] == "Siri"
    assert shown["turn"].startswith("Venter på Siri (områdekontakt): ")
    kept = world.tx.session.query(HandOver).one()
    assert (kept.reason, kept.from_id) == ("Permisjon", world.people[Role.LIAISON].id)


def test_a_withdrawn_case_is_closed_and_asks_nobody_for_anything(
    client_for: ClientFor, world: World
) -> None:
    case = open_case(world)
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    address = f"/api/v1/cases/{case.id}/withdraw"
    gone = client.post(address, json={"reason": "Styret har trukket seg."})
    assert gone.status_code == 200, gone.text
    shown = gone.json()
    assert (shown["outcome"], shown["outcome_reason"]) == ("withdrawn", "Styret har trukket seg.")
    assert shown["tasks"] == []
    assert client.post(address, json={"reason": "igjen"}).status_code == 409


def test_a_case_shows_the_way_it_walks_and_the_rules_that_were_asked(
    client_for: ClientFor, world: World
) -> None:
    case = open_case(world)
    world.tx.session.commit()
    client = client_for(Role.AUDITOR)
    processes = client.get(f"/api/v1/cases/{case.id}/diagram").json()["processes"]
    assert processes[0]["process"] == "cooperation"
    assert processes[0]["current"] == ["log_first_contact"]
    instance = world.tx.session.scalars(select(Instance)).one()
    table = world.tx.session.scalars(select(DecisionTable)).first()
    assert table is not None
    world.tx.session.add(
        RuleTrace(
            instance_id=instance.id, subject_kind="case", subject_id=case.id,
            element="choose_decision_maker", table_id=table.id, table_name=table.name,
            rule_id="r", rule_number=2, inputs={"amount_ore": 100}, outputs={"level": "director"},
            annotation="Direktøren kan vedta bidraget.", at=world.tx.now(),
        )
    )  # fmt: skip
    world.tx.session.commit()
    (used,) = client.get(f"/api/v1/cases/{case.id}/rules").json()
    assert (used["table"], used["rule_number"]) == (table.name, 2)
    assert used["sentence"] == "Direktøren kan vedta bidraget."
    assert used["inputs"] == {"amount_ore": 100}


def test_a_case_gets_another_title_everywhere(client_for: ClientFor, world: World) -> None:
    case = open_case(world)
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    shown = page_of(client, case)
    edited = client.put(
        f"/api/v1/cases/{case.id}",
        json={"title": "Grønt gårdsrom", "summary": "Mer trær."},
        headers={"if-match": str(shown["version"])},
    )
    assert edited.status_code == 200, edited.text
    assert edited.json()["title"] == "Grønt gårdsrom"
    assert edited.json()["tasks"][0]["subject_title"] == "Grønt gårdsrom"
    stale = client.put(
        f"/api/v1/cases/{case.id}", json={"title": "x"}, headers={"if-match": str(shown["version"])}
    )
    assert stale.status_code == 409


def test_a_case_of_another_area_can_be_read_and_not_changed(
    client_for: ClientFor, world: World
) -> None:
    elsewhere = register_person(world.tx, name="Mona", email="mona@solvik.example", title="",
                                unit="", grants=[(Role.LIAISON, world.other_area.id)])  # fmt: skip
    case = open_case(world, area_id=world.other_area.id, responsible_id=elsewhere.id)
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    shown = page_of(client, case)
    assert shown["can"] == []
    assert shown["tasks"][0]["can_complete"] is False
    answer = client.post(f"/api/v1/cases/{case.id}/withdraw", json={"reason": "x"})
    assert answer.status_code == 403
