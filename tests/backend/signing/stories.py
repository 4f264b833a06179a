"""Solbakken's case at its signing: two people at the cooperative and one at the roastery."""

import json
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response
from jsonschema import Draft202012Validator, FormatChecker
from sqlalchemy import select

from fellesgrep.agreements.drafting import choose, get_current
from fellesgrep.agreements.models import Agreement
from fellesgrep.cases.models import Case
from fellesgrep.cases.service import add_party, parties, withdraw
from fellesgrep.contract_templates.service import import_shipped as import_templates
from fellesgrep.core import files
from fellesgrep.core.audit import Actor, Subject
from fellesgrep.core.clock import MovableClock
from fellesgrep.core.published_schemas import published
from fellesgrep.core.tx import House
from fellesgrep.decisions.rules import Level
from fellesgrep.decisions.service import grant_delegation
from fellesgrep.identity.policy import Role
from fellesgrep.partners.models import Contact
from fellesgrep.partners.service import add_contact
from fellesgrep.signing import evidence_record, rounds
from fellesgrep.signing.models import SigningRequest
from fellesgrep.signing.rounds import Signatory
from fellesgrep.signing.verify_seal import attachments
from fellesgrep.workflow import service as workflow
from fellesgrep.workflow.models import Task
from tests.backend.agreements.stories import ANSWERS
from tests.backend.cases import stories as cases
from tests.backend.funding.stories import Story
from tests.backend.partners.stories import register_business, register_cooperative
from tests.backend.proposals.stories import write
from tests.conftest import World
from tests.mailbox import Mailbox

DEADLINE = date(2026, 3, 16)
HIDDEN = re.compile(r'name="(key|proof|document|how)" value="([^"]*)"')


@dataclass
class Signing:
    """The case, and what one needs to act in it. Each act is a transaction of its own."""

    house: House
    world: World
    mailbox: Mailbox
    browser: TestClient
    story: Story
    links: dict[str, str] = field(default_factory=dict)

    @property
    def subject(self) -> Subject:
        return Subject("case", self.story.case.id)

    def complete(self, element: str, role: Role, **answers: object) -> None:
        """Do the waiting step of an element as the person with a role."""
        actor = Actor("person", self.world.people[role].id)
        with self.house.transaction(actor) as tx:
            [task] = [t for t in workflow.open_tasks(tx, self.subject) if t.element == element]
            workflow.complete(tx, task.id, answers)

    def later(self, **delta: float) -> None:
        assert isinstance(self.house.clock, MovableClock)
        self.house.clock.move(**delta)

    def withdraw(self) -> None:
        actor = Actor("person", self.world.people[Role.LIAISON].id)
        with self.house.transaction(actor) as tx:
            withdraw(tx, tx.session.get_one(Case, self.subject.id), reason="Planene er endret.")

    def waiting(self) -> list[str]:
        """Return the elements that wait, sorted."""
        with self.house.transaction() as tx:
            return sorted(task.element for task in workflow.open_tasks(tx, self.subject))

    def tasks(self, element: str) -> list[Task]:
        with self.house.transaction() as tx:
            return list(
                tx.session.scalars(
                    select(Task).where(Task.subject_id == self.subject.id, Task.element == element)
                )
            )

    def agreement(self) -> Agreement:
        with self.house.transaction() as tx:
            return get_current(tx, self.subject.id)

    def shown(self) -> bytes:
        with self.house.transaction() as tx:
            return files.read(tx.session, get_current(tx, self.subject.id).shown_sha256 or "")

    def sealed(self) -> bytes:
        with self.house.transaction() as tx:
            return files.read(tx.session, get_current(tx, self.subject.id).sealed_sha256 or "")

    def evidence(self) -> dict[str, Any]:
        """Return the record inside the sealed file, which is as its schema demands."""
        sealed = self.sealed()
        [content] = [
            text for name, text in attachments(sealed) if name.endswith("-signaturer.json")
        ]
        record: dict[str, Any] = json.loads(content)
        Draft202012Validator(
            published(evidence_record.FILE, "https://solvik.example"),
            format_checker=FormatChecker(),
        ).validate(record)
        return record

    def request(self, name: str) -> SigningRequest:
        with self.house.transaction() as tx:
            signing = rounds.current_round(tx, self.subject.id)
            return next(each for each in signing.requests if each.name == name)

    def contact(self, name: str) -> Contact:
        with self.house.transaction() as tx:
            return tx.session.scalars(select(Contact).where(Contact.name == name)).one()

    def send_out(self) -> None:
        """Send the agreement out; every signatory has a link afterwards."""
        self.complete("set_up_signing", Role.LIAISON, deadline_on=DEADLINE.isoformat())
        self.links |= self.mailed()

    def mailed(self) -> dict[str, str]:
        """Run what is due; returns the portal links in fresh mails by the recipient's name."""
        found = {}
        for mail in self.mailbox.fresh():
            name = mail["to"].addresses[0].display_name
            for path in Mailbox.links_in(mail):
                found[name] = path
        return found

    def form(self, path: str) -> dict[str, str]:
        """Return the hidden fields of the first form of a page."""
        found: dict[str, str] = {}
        for name, value in HIDDEN.findall(self.browser.get(path).text):
            found.setdefault(name, value)
        return found

    def ask_for_code(self, link: str) -> str:
        answer = self.browser.post(f"{link}/code", data=self.form(link))
        assert answer.status_code == 200, answer.text
        return self.mailbox.code()

    def filled(self, name: str) -> dict[str, str]:
        """Return the form of the last step, filled in by somebody."""
        link = self.links[name]
        code = self.ask_for_code(link)
        form = self.form(f"{link}?step=code")
        return form | {"code": code, "name": name, "consent": "yes"}

    def sign(self, name: str) -> Response:
        """Walk through the pages as a signatory does."""
        return self.browser.post(f"{self.links[name]}/sign", data=self.filled(name))

    def everybody_signs(self) -> None:
        for name in list(self.links):
            assert self.sign(name).status_code == 200

    def decline(self, name: str, reason: str = "Vi har ikke penger.") -> Response:
        link = self.links[name]
        form = self.form(f"{link}?step=decline") | {"reason": reason}
        return self.browser.post(f"{link}/decline", data=form)


def at_signing(house: House, world: World, mailbox: Mailbox, browser: TestClient) -> Signing:
    """Walk the case through its process to the step where signatories are chosen."""
    tx = world.tx
    import_templates(tx)
    cooperative, kari = register_cooperative(tx)
    per = add_contact(
        tx, cooperative, name="Per Dahl", role_title="nestleder", email="per@solbakken.example"
    )
    business, ola = register_business(tx)
    case = cases.open_case(world, lead_partner_id=cooperative.id, contact_id=kari.id)
    liaison = world.acting(Role.LIAISON)
    add_party(liaison, case, partner_id=business.id, contact_id=ola.id)
    first, second = parties(tx, case.id)
    story = Story(case, first, second)
    grant_delegation(
        tx,
        world.people[Role.DECISION_MAKER].id,
        Level.PROGRAMME_LEADER,
        250_000_00,
        date(2026, 1, 1),
    )
    tx.session.commit()
    signing = Signing(house, world, mailbox, browser, story)
    signing.complete("log_first_contact", Role.LIAISON, **cases.FIRST_CONTACT)
    signing.complete("clarify_expectations", Role.LIAISON, **cases.EXPECTATIONS)
    signing.complete("settle_parties", Role.LIAISON, confirmed=True)
    write(world, story)
    tx.session.commit()
    signing.complete("write_proposal", Role.LIAISON)
    signing.complete(
        "decide_co_funding", Role.DECISION_MAKER, outcome="approved", reasons="Et godt tiltak."
    )
    _agree(signing)
    with house.transaction(Actor("person", world.people[Role.LIAISON].id)) as inner:
        rounds.plan(
            inner,
            case.id,
            rounds.current_round(inner, case.id),
            signatories=[
                Signatory(first.id, kari.id),
                Signatory(first.id, per.id),
                Signatory(second.id, ola.id),
            ],
            countersigner_id=world.people[Role.DECISION_MAKER].id,
            deadline_on=DEADLINE,
        )
    signing.mailed()
    return signing


def _agree(signing: Signing) -> None:
    """Clear the parties, draft the agreement, and have legal approve it."""
    with signing.house.transaction(Actor("person", signing.world.people[Role.LIAISON].id)) as tx:
        cases.clear_parties(tx, signing.subject)
    with signing.house.transaction(Actor("person", signing.world.people[Role.LIAISON].id)) as tx:
        agreement = get_current(tx, signing.subject.id)
        assert agreement.template_version is not None
        choose(
            tx,
            agreement,
            template_id=agreement.template_version.template_id,
            language="nb",
            fields=ANSWERS,
        )
    signing.complete("draft_agreement", Role.LIAISON)
    signing.complete("approve_agreement", Role.LEGAL, verdict="approved")
