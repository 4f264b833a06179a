"""Solbakken is asked to confirm what was written down of mutual expectations."""

import re
from dataclasses import dataclass

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from fellesgrep.core.audit import Actor, Subject
from fellesgrep.core.problems import Invalid
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from fellesgrep.settings import Settings
from fellesgrep.workflow import service as workflow
from tests.backend.cases import stories
from tests.backend.partners.stories import register_cooperative
from tests.conftest import ClientFor, World
from tests.mailbox import Mailbox

FORM = re.compile(
    r'action="([^"]+)"[^>]*>\s*.*?name="key" value="([^"]+)">\s*.*?name="proof" value="([^"]+)"',
    re.DOTALL,
)


@dataclass
class Asking:
    house: House
    world: World
    browser: TestClient
    mailbox: Mailbox
    subject: Subject
    link: str = ""

    def complete(self, element: str, **answers: object) -> None:
        actor = Actor("person", self.world.people[Role.LIAISON].id)
        with self.house.transaction(actor) as tx:
            [task] = [t for t in workflow.open_tasks(tx, self.subject) if t.element == element]
            workflow.complete(tx, task.id, answers)

    def ask(self) -> None:
        self.complete("clarify_expectations", **stories.EXPECTATIONS, ask_partner=True)
        [self.link] = self.mailbox.links()

    def waiting(self) -> list[str]:
        with self.house.transaction() as tx:
            return [task.element for task in workflow.open_tasks(tx, self.subject)]

    def post(self, which: str, **fields: str) -> Response:
        page = self.browser.get(self.link).text
        for action, key, proof in FORM.findall(page):
            if which in action:
                data = {"key": key, "proof": proof} | fields
                return self.browser.post(action, data=data)
        raise AssertionError(f"no form for {which}")


@pytest.fixture
def asking(house: House, world: World, settings: Settings, client_for: ClientFor) -> Asking:
    cooperative, kari = register_cooperative(world.tx)
    case = stories.open_case(world, lead_partner_id=cooperative.id, contact_id=kari.id)
    world.tx.session.commit()
    mailbox = Mailbox(house, settings.for_notifications().outbox)
    asking = Asking(house, world, client_for(None), mailbox, Subject("case", case.id))
    asking.complete("log_first_contact", **stories.FIRST_CONTACT)
    return asking


def test_the_partner_reads_confirms_and_the_case_goes_on(asking: Asking) -> None:
    asking.ask()
    assert asking.waiting() == ["confirm_expectations"]
    assert "At borettslaget drifter det." in asking.browser.get(asking.link).text
    assert asking.waiting() == ["confirm_expectations"], "reading answers nothing"
    assert "Du bekreftet dette" in asking.post("confirm").text
    assert asking.waiting() == ["settle_parties"]
    [mail] = asking.mailbox.fresh()
    assert mail["to"].addresses[0].addr_spec == "liaison@solvik.example"


def test_what_should_be_otherwise_comes_back_to_the_liaison_and_is_asked_anew(
    asking: Asking,
) -> None:
    asking.ask()
    first = asking.link
    assert asking.post("comment", comment=" ").status_code == 422
    answered = asking.post("comment", comment="Vi kan ikke møtes <hver> måned.")
    assert "Vi kan ikke møtes &lt;hver&gt; måned." in answered.text
    assert asking.waiting() == ["clarify_expectations"]
    asking.mailbox.fresh()
    asking.ask()
    assert "<form" not in asking.browser.get(first).text
    asking.post("confirm")
    assert asking.waiting() == ["settle_parties"]


def test_an_answer_that_nobody_waits_for_changes_nothing(asking: Asking) -> None:
    asking.ask()
    page = asking.browser.get(asking.link).text
    forms = {action: (key, proof) for action, key, proof in FORM.findall(page)}
    asking.post("confirm")
    for action, (key, proof) in forms.items():
        answered = asking.browser.post(action, data={"key": key, "proof": proof, "comment": "Nei."})
        assert "Du bekreftet dette" in answered.text
    assert asking.waiting() == ["settle_parties"]


def test_nobody_in_the_municipality_can_take_the_partners_step(
    asking: Asking, client_for: ClientFor
) -> None:
    asking.ask()
    with asking.house.transaction() as tx:
        [task] = workflow.open_tasks(tx, asking.subject)
    desk = client_for(Role.LIAISON)
    headers = {"if-match": f'"{task.version}"'}
    body = {"answers": {"partner_answer": "confirmed"}}
    refused = desk.post(f"/api/v1/tasks/{task.id}/complete", json=body, headers=headers)
    assert refused.status_code in {403, 409}
    assert asking.waiting() == ["confirm_expectations"]


def test_asking_needs_somebody_with_an_address(
    house: House, world: World, settings: Settings, asking: Asking
) -> None:
    cooperative, _ = register_cooperative(
        world.tx, organisation_number="987654325", name="Uten kontakt borettslag"
    )
    case = stories.open_case(world, lead_partner_id=cooperative.id)
    world.tx.session.commit()
    silent = Asking(house, world, asking.browser, asking.mailbox, Subject("case", case.id))
    first = {**stories.FIRST_CONTACT}
    silent.complete("log_first_contact", **first)
    with pytest.raises(Invalid):
        silent.ask()
    assert silent.waiting() == ["clarify_expectations"]
