from datetime import date

import pytest
from fastapi.testclient import TestClient

from fellesgrep.agreements.models import Agreement, AgreementParty
from fellesgrep.cases.models import Stage
from fellesgrep.cases.service import parties
from fellesgrep.core import files
from fellesgrep.core.audit import Actor, Subject, sentences, timeline
from fellesgrep.core.clock import MovableClock
from fellesgrep.core.ids import new_id
from fellesgrep.core.problems import Invalid
from fellesgrep.core.tx import House
from fellesgrep.decisions.rules import Choice, Level, Outcome
from fellesgrep.decisions.service import decide, grant_delegation
from fellesgrep.follow_up import service
from fellesgrep.follow_up.rules import Fulfilled
from fellesgrep.identity.policy import Role
from fellesgrep.workflow.events import InstanceEnded
from tests.backend.funding.stories import Story, tell
from tests.backend.proposals.stories import submit, write
from tests.conftest import ClientFor, World


@pytest.fixture
def story(world: World, house: House) -> Story:
    """A case in follow-up: 200 000 kr were granted."""
    told, decider = tell(world), world.people[Role.DECISION_MAKER].id
    write(world, told)
    world.tx.session.commit()
    submit(house, world, told)
    with house.transaction(Actor("person", decider)) as tx:
        grant_delegation(tx, decider, Level.DIRECTOR, None, date(2026, 1, 1))
        decide(
            tx,
            told.case.id,
            Choice(Level.DIRECTOR, "§ 5", 200_000_00),
            assignee_id=decider,
            outcome=Outcome.APPROVED,
            reasons="Godt tiltak.",
            conditions="",
        )
    told.move_to(house, Stage.FOLLOW_UP)
    with house.transaction() as tx:
        service.start(tx, told.case.id)
    return told


@pytest.fixture
def liaison(story: Story, client_for: ClientFor) -> TestClient:
    return client_for(Role.LIAISON)


def said_about(house: House, story: Story) -> list[str]:
    with house.transaction() as tx:
        entries = timeline(tx.session, Subject("case", story.case.id))
        return sentences(tx.session, house.registry, entries, "nb")


def test_every_contribution_that_was_granted_becomes_an_obligation_due_at_the_end(
    story: Story, liaison: TestClient, house: House
) -> None:
    listed = liaison.get(f"{story.address}/obligations?sort=-amount_ore").json()
    assert listed["total"] == 4
    assert [(each["party_name"], each["kind"], each["amount_ore"]) for each in listed["items"]][
        :2
    ] == [
        ("Solvik kommune", "cash", 200_000_00),
        ("Furulia Kaffebrenneri", "cash", 100_000_00),
    ]
    assert {each["due_on"] for each in listed["items"]} == {"2026-09-30"}
    assert {each["status"] for each in listed["items"]} == {"open"}
    assert said_about(house, story)[0] == "Systemet startet oppfølgingen med 4 forpliktelser."


def test_a_case_without_a_granted_proposal_gets_no_obligations(world: World) -> None:
    assert service.start(world.tx, tell(world).case.id) == []


def test_an_obligation_is_overdue_after_its_day_until_it_is_fulfilled(
    story: Story, client_for: ClientFor, clock: MovableClock, house: House
) -> None:
    def late() -> list[str]:
        found = client_for(Role.LIAISON).get("/api/v1/cases?late=true").json()["items"]
        return [each["id"] for each in found if each["overdue"]]

    clock.move(days=212)
    assert (clock.now().month, clock.now().day, late()) == (9, 30, [])
    clock.move(days=1)
    assert late() == [str(story.case.id)]
    liaison = client_for(Role.LIAISON)
    (line,) = liaison.get("/api/v1/cases?sort=next_due").json()["items"]
    assert line["next_due_on"] == "2026-09-30"
    assert liaison.get("/api/v1/overview/start").json()["pulse"]["late_count"] == 1
    items = liaison.get(f"{story.address}/obligations").json()["items"]
    assert all(each["overdue"] for each in items)
    for each in items:
        address = f"{story.address}/obligations/{each['id']}/fulfil"
        body = {"fulfilled_on": "2026-09-29", "note": "Se bilder."}
        answer = liaison.post(address, json=body)
        assert answer.status_code == 200, answer.text
        assert (answer.json()["status"], answer.json()["overdue"]) == ("fulfilled", False)
    assert late() == []
    assert liaison.post(address, json=body).status_code == 409
    assert said_about(house, story)[0] == (
        f"Liaison Nordmann registrerte at «{each['description']}» ble oppfylt 29. september 2026."
    )


def test_nothing_is_fulfilled_tomorrow_or_in_another_case(
    story: Story, liaison: TestClient
) -> None:
    one = liaison.get(f"{story.address}/obligations").json()["items"][0]
    address = f"{story.address}/obligations/{one['id']}/fulfil"
    tomorrow = liaison.post(address, json={"fulfilled_on": "2026-03-03"})
    assert [error["pointer"] for error in tomorrow.json()["errors"]] == ["/fulfilled_on"]
    unknown = f"{story.address}/obligations/{new_id()}/fulfil"
    assert liaison.post(unknown, json={"fulfilled_on": "2026-03-02"}).status_code == 404


def test_who_only_reads_cases_does_not_fulfil_obligations(
    story: Story, client_for: ClientFor
) -> None:
    archivist = client_for(Role.ARCHIVIST)
    one = archivist.get(f"{story.address}/obligations").json()["items"][0]
    address = f"{story.address}/obligations/{one['id']}/fulfil"
    assert archivist.post(address, json={"fulfilled_on": "2026-03-02"}).status_code == 403


def test_a_cooperation_with_open_obligations_is_not_called_fulfilled(
    story: Story, house: House
) -> None:
    with pytest.raises(Invalid) as refused, house.transaction() as tx:
        service.conclude(tx, story.case.id, Fulfilled.YES, "Alt er gjort.")
    assert [each.pointer for each in refused.value.fields] == ["/answers/fulfilled"]
    with house.transaction() as tx:
        service.conclude(tx, story.case.id, Fulfilled.PARTLY, "Dugnaden ble ikke noe av.")
    assert said_about(house, story)[0] == "Systemet avsluttet samarbeidet: delvis oppfylt."


def test_what_is_still_open_when_the_case_ends_lapses(
    story: Story, liaison: TestClient, house: House
) -> None:
    one = liaison.get(f"{story.address}/obligations").json()["items"][0]
    address = f"{story.address}/obligations/{one['id']}/fulfil"
    liaison.post(address, json={"fulfilled_on": "2026-03-02"})
    with house.transaction() as tx:
        tx.publish(InstanceEnded(Subject("case", story.case.id), "completed"))
    items = liaison.get(f"{story.address}/obligations").json()["items"]
    assert sorted(each["status"] for each in items) == ["dropped"] * 3 + ["fulfilled"]
    dropped = next(each for each in items if each["status"] == "dropped")
    late = liaison.post(
        f"{story.address}/obligations/{dropped['id']}/fulfil", json={"fulfilled_on": "2026-03-02"}
    )
    assert late.status_code == 409
    assert late.json()["detail"].startswith("Saken er avsluttet")
    assert any("falle bort" in sentence for sentence in said_about(house, story))


def test_promises_of_the_sealed_text_become_obligations_of_their_party(
    house: House, world: World, clock: MovableClock
) -> None:
    told = tell(world)
    body = (
        '<section><h2>Løfter</h2><p data-obligation="report" data-who="Furulia Kaffebrenneri" '
        'data-due="2026-12-01">Rapport</p><p data-obligation="payment" data-who="municipality" '
        'data-due-days="30" data-amount="500000">Tilskudd</p></section>'
    )
    with house.transaction() as tx:
        sha256 = files.keep(tx.session, b"%PDF-1.7", "application/pdf", at=tx.now())
        agreement = Agreement(
            case_id=told.case.id, number=1, status="sealed", body=body, sealed_sha256=sha256
        )
        agreement.sealed_at = tx.now()
        party = next(each for each in parties(tx, told.case.id))
        agreement.parties = [
            AgreementParty(position=0, party_id=None, name="Solvik kommune"),
            AgreementParty(position=1, party_id=party.id, name="Furulia Kaffebrenneri"),
        ]
        tx.session.add(agreement)
        tx.session.flush()
        made = service.start(tx, told.case.id)
        assert [(each.party_id, each.kind, each.due_on, each.amount_ore) for each in made] == [
            (party.id, "report", date(2026, 12, 1), 0),
            (None, "payment", date(2026, 4, 1), 500_000),
        ]
