"""From the proposal to the granted money, as people do it in the browser."""

from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from fellesgrep.cases.models import PartyClearance
from fellesgrep.core.audit import Actor
from fellesgrep.core.tx import House
from fellesgrep.decisions.rules import Level
from fellesgrep.decisions.service import grant_delegation
from fellesgrep.funding.models import Contribution
from fellesgrep.identity.policy import Role
from tests.backend.cases.stories import (
    CLEARING,
    EXPECTATIONS,
    FIRST_CONTACT,
    complete,
    open_case,
)
from tests.backend.funding.stories import Story
from tests.backend.partners.stories import register_business
from tests.conftest import ClientFor, World

PLAN: dict[str, Any] = {
    "lines": [{"description": "Benker", "category": "equipment", "amount_ore": 90_000_00}],
    "contributions": [
        {"party_id": None, "kind": "cash", "description": "Tilskudd", "amount_ore": 90_000_00}
    ],
}


class Walk:
    """A case at its proposal, and what its liaison and the decision maker do with it."""

    def __init__(self, world: World, client_for: ClientFor, house: House, address: str) -> None:
        self.world, self.house, self.address = world, house, address
        self.client_for = client_for
        self.liaison = client_for(Role.LIAISON)
        self.decider = client_for(Role.DECISION_MAKER)

    def put(self, what: str, body: dict[str, Any]) -> None:
        version = self.liaison.get(f"{self.address}/{what}").json()["version"]
        answer = self.liaison.put(
            f"{self.address}/{what}", json=body, headers={"if-match": str(version)}
        )
        assert answer.status_code == 200, answer.text

    def task(self) -> dict[str, Any]:
        case_id = self.address.rsplit("/", 1)[-1]
        listed = self.liaison.get(f"/api/v1/tasks?status=open&subject_id={case_id}").json()
        (task,) = listed["items"]
        return dict(task)

    def complete(self, client: TestClient, **answers: Any) -> Any:
        task = self.task()
        return client.post(
            f"/api/v1/tasks/{task['id']}/complete",
            json={"answers": answers},
            headers={"if-match": str(task["version"])},
        )

    def delegate(self, role: Role = Role.DECISION_MAKER, limit_ore: int = 250_000_00) -> None:
        with self.house.transaction(Actor("person", self.world.people[Role.ADMIN].id)) as tx:
            grant_delegation(
                tx,
                self.world.people[role].id,
                Level.PROGRAMME_LEADER,
                limit_ore,
                date(2026, 1, 1),
            )


@pytest.fixture
def case_address(world: World) -> str:
    """A case of the real process whose parties are settled."""
    case = open_case(world)
    for answers in (FIRST_CONTACT, EXPECTATIONS, {"confirmed": True}):
        complete(world, case, answers)
    return f"/api/v1/cases/{case.id}"


@pytest.fixture
def walk(world: World, case_address: str, client_for: ClientFor, house: House) -> Walk:
    walk = Walk(world, client_for, house, case_address)
    walk.put("proposal", Story.proposal())
    walk.put("funding-plan", PLAN)
    return walk


def test_a_proposal_that_does_not_add_up_stays_with_those_who_write_it(walk: Walk) -> None:
    walk.delegate()
    walk.put("funding-plan", PLAN | {"contributions": []})
    refused = walk.complete(walk.liaison)
    assert refused.status_code == 422
    (error,) = refused.json()["errors"]
    assert error["pointer"] == "/funding_plan"
    assert error["detail"] == (
        "Finansieringen mangler 90\xa0000\xa0kr: budsjettet er 90\xa0000\xa0kr, "
        "bidragene er 0\xa0kr."
    )
    assert walk.task()["element"] == "write_proposal"


def test_a_proposal_that_nobody_may_decide_is_not_sent(walk: Walk) -> None:
    refused = walk.complete(walk.liaison)
    assert refused.status_code == 409
    assert refused.json()["detail"].startswith("Ingen har i dag fullmakt som programleder")
    assert walk.task()["element"] == "write_proposal"
    versions = walk.liaison.get(f"{walk.address}/proposal/versions").json()
    assert versions["total"] == 0


def test_a_proposal_is_returned_mended_and_granted(walk: Walk) -> None:
    walk.delegate()
    sent = walk.complete(walk.liaison, note="Se budsjettet.")
    assert sent.status_code == 200, sent.text
    task = walk.task()
    assert (task["element"], task["assignee"]["name"]) == (
        "decide_co_funding",
        "Decision Maker Nordmann",
    )
    assert walk.liaison.get(f"{walk.address}/funding-plan").json()["editable"] is False
    returned = walk.complete(walk.decider, outcome="returned", reasons="Legg ved bilder.")
    assert returned.status_code == 200, returned.text
    assert walk.task()["element"] == "write_proposal"
    walk.put("proposal", Story.proposal() | {"results": "Ny lekeplass, se bilder."})
    assert walk.complete(walk.liaison).status_code == 200
    granted = walk.complete(walk.decider, outcome="approved", reasons="Godt tiltak.")
    assert granted.status_code == 200, granted.text
    clearing = walk.task()
    assert clearing["element"] == "assess_measure"
    assert clearing["name"].endswith("sameiet: Solbakken borettslag")
    decisions = walk.liaison.get(f"{walk.address}/decisions").json()["items"]
    assert [(each["number"], each["outcome"]) for each in decisions] == [
        ("2026-V-0002", "approved"),
        ("2026-V-0001", "returned"),
    ]
    assert all("250 000 kroner" in each["rule"] for each in decisions)
    assert all("kommuneloven" in each["legal_reference"] for each in decisions)


def test_a_decision_maker_without_reasons_or_authority_is_told_and_the_task_waits(
    walk: Walk, house: House
) -> None:
    walk.delegate()
    assert walk.complete(walk.liaison).status_code == 200
    unreasoned = walk.complete(walk.decider, outcome="rejected", reasons="   ")
    assert [error["pointer"] for error in unreasoned.json()["errors"]] == ["/answers/reasons"]
    someone_else = walk.complete(
        walk.client_for(Role.PROGRAMME_LEADER), outcome="approved", reasons="Ja."
    )
    assert someone_else.status_code == 403
    with house.transaction() as tx:
        tx.session.query(Contribution).one().amount_ore = 91_000_00
    changed = walk.complete(walk.decider, outcome="approved", reasons="Ja.")
    assert changed.status_code == 409
    assert changed.json()["detail"].endswith("Send forslaget tilbake.")
    assert walk.task()["element"] == "decide_co_funding"


def test_the_general_meeting_that_is_logged_lets_the_case_go_on(walk: Walk, house: House) -> None:
    walk.delegate()
    walk.complete(walk.liaison)
    walk.complete(walk.decider, outcome="approved", reasons="Godt tiltak.")
    assert walk.complete(walk.liaison, **CLEARING["assess_measure"]).status_code == 200
    assert walk.task()["element"] == "record_meeting"
    shown = walk.liaison.get(walk.address).json()
    partner = shown["parties"][0]["partner"]["id"]
    meeting = {
        "channel": "meeting",
        "held_on": "2026-03-01",
        "summary": "Generalforsamlingen vedtok tiltaket mot to stemmer.",
        "case_id": shown["id"],
    }
    address = f"/api/v1/partners/{partner}/engagements"
    assert walk.liaison.post(address, json=meeting).status_code == 201
    assert walk.task()["element"] == "record_meeting"
    logged = walk.liaison.post(address, json=meeting | {"meeting_result": "adopted"})
    assert logged.json()["meeting_result"] == "adopted"
    assert walk.task()["element"] == "draft_agreement"
    with house.transaction() as tx:
        clearance = tx.session.query(PartyClearance).one()
    assert (clearance.basis, clearance.cleared) == ("general_meeting", True)
    assert (clearance.details, clearance.decided_on) == (meeting["summary"], date(2026, 3, 1))


def test_only_a_housing_company_has_a_general_meeting_to_log(
    client_for: ClientFor, world: World
) -> None:
    business, _ = register_business(world.tx)
    world.tx.session.commit()
    answer = client_for(Role.LIAISON).post(
        f"/api/v1/partners/{business.id}/engagements",
        json={
            "channel": "meeting",
            "held_on": "2026-03-01",
            "summary": "Møte",
            "meeting_result": "adopted",
        },
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/meeting_result"


def test_a_case_that_was_refused_is_reopened_at_its_proposal_and_decided_anew(walk: Walk) -> None:
    walk.delegate()
    walk.complete(walk.liaison)
    walk.complete(walk.decider, outcome="rejected", reasons="For dyrt i år.")
    closed = walk.liaison.get(walk.address).json()
    assert (closed["stage"], closed["outcome"]) == ("closed", "declined_by_municipality")
    reopened = walk.liaison.post(f"{walk.address}/reopen", json={"reason": "Nytt budsjettår."})
    assert reopened.json()["stage"] == "proposal"
    assert walk.task()["element"] == "write_proposal"
    assert walk.complete(walk.liaison).status_code == 200
    granted = walk.complete(walk.decider, outcome="approved", reasons="Nå er det penger.")
    assert granted.status_code == 200, granted.text
    assert walk.task()["element"] == "assess_measure"
