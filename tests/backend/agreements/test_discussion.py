"""A draft that Solbakken reads, asks about and wants changed."""

import re
from dataclasses import dataclass
from datetime import date

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select

from fellesgrep.agreements import drafting
from fellesgrep.agreements.discussion_models import DraftReader
from fellesgrep.cases.service import parties
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from fellesgrep.partners.models import Contact, Partner
from fellesgrep.partners.service import add_contact
from fellesgrep.settings import Settings
from tests.backend.agreements.stories import answer, at_agreement
from tests.backend.funding.stories import Story
from tests.conftest import ClientFor, World
from tests.mailbox import Mailbox

HIDDEN = re.compile(r'name="(key|proof)" value="([^"]+)"')
DAY = date(2026, 3, 12)


@dataclass
class Reading:
    """The case, its liaison's client, a partner's browser and their mailbox."""

    house: House
    world: World
    story: Story
    desk: TestClient
    browser: TestClient
    mailbox: Mailbox
    contact: Contact
    link: str = ""

    @property
    def api(self) -> str:
        return f"/api/v1/cases/{self.story.case.id}/agreement/discussion"

    def send(self, **changes: object) -> Response:
        body = {"contact_ids": [str(self.contact.id)], "respond_by": DAY.isoformat()} | changes
        answered = self.desk.post(f"{self.api}/send", json=body)
        for link in self.mailbox.links():
            self.link = link
        return answered

    def section(self) -> str:
        """The first section that can be rewritten, as its form names it."""
        page = self.browser.get(self.link).text
        found = re.search(r'/suggest.*?name="section" value="([^"]+)"', page, re.DOTALL)
        assert found
        return found[1]

    def plain(self) -> str:
        page = self.browser.get(self.link).text
        found = re.search(r'rows="10"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
        assert found
        return found[1].replace("&#34;", '"').replace("&amp;", "&")

    def post(self, below: str, **fields: str) -> Response:
        page = self.browser.get(self.link).text
        hidden = dict(HIDDEN.findall(page))
        return self.browser.post(
            f"{self.link}/{below}", data=hidden | fields, follow_redirects=True
        )

    def look(self) -> str:
        return self.browser.get(self.link).text

    def seen(self) -> dict[str, object]:
        shown: dict[str, object] = self.desk.get(self.api).json()
        return shown


@pytest.fixture
def reading(house: House, world: World, settings: Settings, client_for: ClientFor) -> Reading:
    story = at_agreement(world)
    answer(world, story)
    lead = parties(world.tx, story.case.id)[0]
    partner = world.tx.session.get_one(Partner, lead.partner_id)
    contact = add_contact(
        world.tx, partner, name="Kari Solberg", role_title="Styreleder", email="kari@sol.example"
    )
    world.tx.session.commit()
    made = Reading(
        house,
        world,
        story,
        client_for(Role.LIAISON),
        client_for(None),
        Mailbox(house, settings.for_notifications().outbox),
        contact,
    )
    assert made.send().status_code == 200
    return made


def test_the_page_says_who_asks_until_when_and_shows_the_draft_and_its_pdf(
    reading: Reading,
) -> None:
    page = reading.look()
    assert "ber deg lese dette utkastet" in page
    assert "12. mars 2026" in page
    assert "Formålet med samarbeidet" in page
    pdf = reading.browser.get(f"{reading.link}/draft.pdf")
    assert pdf.content.startswith(b"%PDF")


def test_opening_the_draft_marks_nothing_as_seen_and_an_answer_does(reading: Reading) -> None:
    reading.browser.head(reading.link)
    reading.look()
    with reading.house.transaction() as tx:
        assert tx.session.scalars(select(DraftReader)).one().seen_at is None
    page = reading.post("no-remarks").text
    assert "at du ikke har merknader" in page
    with reading.house.transaction() as tx:
        assert tx.session.scalars(select(DraftReader)).one().seen_at is not None


def test_a_question_reaches_the_liaison_and_the_answer_the_partner(reading: Reading) -> None:
    asked = reading.post("comment", section=reading.section(), text="Gjelder det <b>alle</b>?")
    assert "Gjelder det &lt;b&gt;alle&lt;/b&gt;?" in asked.text
    [mail] = reading.mailbox.fresh()
    assert mail["to"].addresses[0].addr_spec == "liaison@solvik.example"
    [thread] = reading.desk.get(reading.api).json()["threads"]
    first = thread["first"]["id"]
    answered = reading.desk.post(
        f"{reading.api}/comments/{first}/answer", json={"text": "Ja, alle beboere."}
    )
    assert answered.json()["threads"][0]["first"]["answers"][0]["text"] == "Ja, alle beboere."
    [link] = reading.mailbox.links()
    assert "Ja, alle beboere." in reading.browser.get(link).text


def test_a_question_sent_twice_is_asked_once(reading: Reading) -> None:
    section = reading.section()
    hidden = dict(HIDDEN.findall(reading.look()))
    for _ in range(2):
        reading.browser.post(
            f"{reading.link}/comment", data=hidden | {"section": section, "text": "Hvorfor?"}
        )
    assert len(reading.desk.get(reading.api).json()["threads"]) == 1


def test_an_empty_question_and_an_unchanged_suggestion_are_told_at_their_field(
    reading: Reading,
) -> None:
    section = reading.section()
    empty = reading.post("comment", section=section, text="  ")
    assert empty.status_code == 422
    assert 'aria-describedby="ask-error"' in empty.text
    same = reading.post("suggest", section=section, text=reading.plain())
    assert same.status_code == 422
    assert "Teksten er den samme som før" in same.text
    assert reading.desk.get(reading.api).json()["suggestions"] == []


def test_a_suggestion_is_shown_as_redline_and_rejected_with_a_reason_that_the_partner_reads(
    reading: Reading,
) -> None:
    text = reading.plain() + "\n\n- Lekeplassen er åpen for alle."
    page = reading.post("suggest", section=reading.section(), text=text, reason="Viktig for oss.")
    assert "<ins" in page.text
    assert "Lekeplassen er åpen for alle." in page.text
    [suggestion] = reading.desk.get(reading.api).json()["suggestions"]
    reading.mailbox.fresh()
    address = f"{reading.api}/suggestions/{suggestion['id']}/reject"
    assert reading.desk.post(address, json={"reason": " "}).status_code == 422
    assert reading.desk.post(address, json={"reason": "Det står i punkt 4."}).status_code == 200
    assert reading.desk.post(address, json={"reason": "En gang til."}).status_code == 409
    [link] = reading.mailbox.links()
    assert "Det står i punkt 4." in reading.browser.get(link).text


def test_an_accepted_suggestion_stands_in_the_draft_and_goes_to_legal(reading: Reading) -> None:
    text = reading.plain() + "\n\n- Lekeplassen er åpen for alle."
    reading.post("suggest", section=reading.section(), text=text)
    [suggestion] = reading.desk.get(reading.api).json()["suggestions"]
    done = reading.desk.post(f"{reading.api}/suggestions/{suggestion['id']}/accept")
    assert done.status_code == 200, done.text
    assert done.json()["suggestions"][0]["status"] == "accepted"
    shown = reading.desk.get(f"/api/v1/cases/{reading.story.case.id}/agreement").json()
    assert "Lekeplassen er åpen for alle." in shown["body_html"]
    with reading.house.transaction() as tx:
        agreement = drafting.get_current(tx, reading.story.case.id)
        drafting.submit_draft(tx, agreement)
        assert drafting.departs(tx, agreement)


def test_the_next_version_shows_what_has_changed_and_closes_the_earlier_link(
    reading: Reading,
) -> None:
    earlier = reading.link
    text = reading.plain() + "\n\n- Lekeplassen er åpen for alle."
    reading.post("suggest", section=reading.section(), text=text)
    [suggestion] = reading.desk.get(reading.api).json()["suggestions"]
    reading.desk.post(f"{reading.api}/suggestions/{suggestion['id']}/accept")
    reading.send()
    assert reading.link != earlier
    assert reading.browser.get(earlier).status_code == 410
    page = reading.look()
    assert "Endret siden versjonen fra" in page
    [changed] = re.findall(r'<li><a href="#([^"]+)">', page)
    own = page.partition(f'id="{changed}"')[2].partition("portal-said")[0]
    assert "<ins>Lekeplassen er åpen for alle.</ins>" in own
    assert "Godtatt" in page


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [({"contact_ids": []}, "/contact_ids"), ({"respond_by": "2026-03-02"}, "/respond_by")],
)
def test_a_draft_is_sent_to_somebody_with_time_to_answer(
    reading: Reading, changes: dict[str, object], pointer: str
) -> None:
    refused = reading.send(**changes)
    assert refused.status_code == 422
    assert [each["pointer"] for each in refused.json()["errors"]] == [pointer]


def test_a_link_to_something_else_opens_no_discussion(reading: Reading) -> None:
    assert reading.browser.get("/p/unknown/discussion").status_code == 410


def test_one_link_cannot_write_without_end(reading: Reading) -> None:
    section = reading.section()
    statuses = [
        reading.post("comment", section=section, text=f"Spørsmål {number}").status_code
        for number in range(42)
    ]
    assert statuses == [200] * 40 + [429] * 2
    assert len(reading.desk.get(reading.api).json()["threads"]) == 40
    assert reading.browser.get(reading.link).status_code == 200


def test_a_form_made_for_another_link_or_sent_by_another_site_says_nothing(
    reading: Reading,
) -> None:
    section, page = reading.section(), reading.look()
    fields = dict(HIDDEN.findall(page)) | {"section": section, "text": "Hei"}
    forged = reading.browser.post(f"{reading.link}/comment", data=fields | {"proof": "0" * 64})
    foreign = reading.browser.post(
        f"{reading.link}/comment", data=fields, headers={"origin": "https://evil.example"}
    )
    assert (forged.status_code, foreign.status_code) == (403, 403)
    assert reading.desk.get(reading.api).json()["threads"] == []
