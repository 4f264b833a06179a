"""A proposal that Solbakken and the coffee roastery read, ask about, confirm and do not confirm."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from fellesgrep.cases.models import Stage
from fellesgrep.cases.service import remove_party
from fellesgrep.core.audit import Subject, sentences, timeline
from fellesgrep.core.tx import House
from fellesgrep.funding.service import find_plan, replace_plan
from fellesgrep.identity.policy import Role
from fellesgrep.partners.models import Contact
from fellesgrep.proposals.reading import confirmed_by
from fellesgrep.proposals.reading_models import ProposalAnswer, ProposalReader
from fellesgrep.settings import Settings
from tests.backend.funding.stories import Story, tell
from tests.backend.proposals.stories import edited, submit, write
from tests.conftest import ClientFor, World
from tests.mailbox import Mailbox

HIDDEN = re.compile(r'name="(key|proof)" value="([^"]+)"')
DAY = date(2026, 3, 12)


@dataclass
class Reading:
    """The case, its liaison's client, a partner's browser, and the links they were sent."""

    house: House
    world: World
    story: Story
    desk: TestClient
    browser: TestClient
    mailbox: Mailbox
    link: str = ""

    @property
    def api(self) -> str:
        return f"{self.story.address}/proposal/readings"

    def seen(self) -> dict[str, Any]:
        shown: dict[str, Any] = self.desk.get(self.api).json()
        return shown

    def standing(self) -> list[str]:
        return [each["standing"] for each in self.seen()["parties"]]

    def send(self, *parties: int, **changes: object) -> Response:
        """Send to the contact persons of the parties by their place: the cooperative is 0."""
        ids = [self.story.cooperative.contact_id, self.story.business.contact_id]
        body = {"contact_ids": [str(ids[place]) for place in parties], "respond_by": str(DAY)}
        answered = self.desk.post(f"{self.api}/send", json=body | changes)
        for link in self.mailbox.links():
            self.link = link
        return answered

    def look(self, **query: str) -> str:
        return self.browser.get(self.link, params=query).text

    def post(self, below: str, **fields: str) -> Response:
        hidden = dict(HIDDEN.findall(self.look(step=below if below != "comment" else "")))
        return self.browser.post(
            f"{self.link}/proposal/{below}", data=hidden | fields, follow_redirects=True
        )

    def confirm(self) -> Response:
        return self.post("confirm", name="Kari Solberg", role_title="Styreleder")

    def change(self, goals: str) -> None:
        shown = self.desk.get(f"{self.story.address}/proposal").json()
        fields = self.story.proposal() | {"goals": goals}
        answer = self.desk.put(
            f"{self.story.address}/proposal",
            json=fields,
            headers={"if-match": str(shown["version"])},
        )
        assert answer.status_code == 200, answer.text


@pytest.fixture
def reading(house: House, world: World, settings: Settings, client_for: ClientFor) -> Reading:
    story = tell(world)
    write(world, story)
    world.tx.session.commit()
    mailbox = Mailbox(house, settings.for_notifications().outbox)
    made = Reading(house, world, story, client_for(Role.LIAISON), client_for(None), mailbox)
    assert made.send(0).status_code == 200
    return made


def test_the_page_says_who_asks_until_when_and_shows_who_does_and_pays_what(
    reading: Reading,
) -> None:
    page = reading.look()
    assert "ber deg lese dette prosjektforslaget og svare om Solbakken borettslag kan" in page
    assert "12. mars 2026" in page
    assert "Liaison Nordmann" in page
    for words in ("Et gårdsrom som folk bruker.", "Ansvarlig: Borettslaget", "Lekeplass"):
        assert words in page
    assert "50\xa0000\xa0kr i penger og 50\xa0000\xa0kr i egeninnsats" in page
    assert "400\xa0000\xa0kr" in page
    assert 'style="' not in page, "the policy of the page would refuse it"


@pytest.mark.parametrize(("language", "words"), [("nn", "Kven betaler"), ("en", "Who pays")])
def test_the_page_is_there_in_three_languages(reading: Reading, language: str, words: str) -> None:
    assert words in reading.look(lang=language)


def test_what_is_written_in_a_proposal_is_words_and_never_markup(reading: Reading) -> None:
    reading.change("<img src=x onerror=alert(1)> og <script>alert(2)</script>")
    reading.send(0)
    page = reading.look()
    assert "<del" in page, "it is shown as a change"
    assert "<img" not in page
    assert "<script" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_opening_it_says_nothing_for_anybody(reading: Reading) -> None:
    reading.browser.head(reading.link)
    reading.look()
    reading.look(step="confirm")
    assert reading.standing() == ["waiting", "not_asked"]
    with reading.house.transaction() as tx:
        assert tx.session.scalars(select(ProposalReader)).one().seen_at is None


def test_a_party_confirms_by_name_and_role_and_it_is_on_record(reading: Reading) -> None:
    form = reading.look(step="confirm")
    assert "Dere bidrar med 100\xa0000\xa0kr" in form
    page = reading.confirm().text
    assert "Kari Solberg (Styreleder)" in page
    [kept, _] = reading.seen()["parties"]
    assert (kept["standing"], kept["by"], kept["role_title"], kept["number"]) == (
        "confirmed", "Kari Solberg", "Styreleder", 1,
    )  # fmt: skip
    [mail] = reading.mailbox.fresh()
    assert mail["to"].addresses[0].addr_spec == "liaison@solvik.example"
    with reading.house.transaction() as tx:
        entries = timeline(tx.session, Subject("case", reading.story.case.id))
        said = sentences(tx.session, reading.house.registry, entries, "nb")
        [answer] = tx.session.scalars(select(ProposalAnswer))
    told = "Kari Berg bekreftet forslaget for Solbakken borettslag (versjon 1)."
    [entry] = [each for each, sentence in zip(entries, said, strict=True) if sentence == told]
    assert entry.data["sha256"] == answer.content_sha256


def test_what_is_missing_is_told_at_its_field_and_what_was_typed_is_kept(reading: Reading) -> None:
    refused = reading.post("confirm", name="Kari Solberg", role_title=" ")
    assert refused.status_code == 422
    assert 'aria-describedby="role-error"' in refused.text
    assert 'value="Kari Solberg"' in refused.text
    empty = reading.post("comment", section="goals", text=" ")
    assert empty.status_code == 422
    assert 'aria-describedby="ask-error"' in empty.text
    assert reading.post("refuse", reason=" ").status_code == 422
    assert reading.standing() == ["waiting", "not_asked"]


def test_a_party_that_cannot_confirm_says_why_and_may_confirm_later(reading: Reading) -> None:
    assert "Styret vil ha flere benker." in (
        reading.post("refuse", reason="Styret vil ha flere benker.").text
    )
    [kept, _] = reading.seen()["parties"]
    assert (kept["standing"], kept["reason"]) == ("refused", "Styret vil ha flere benker.")
    reading.confirm()
    assert reading.standing() == ["confirmed", "not_asked"]


def test_a_form_sent_twice_confirms_once(reading: Reading) -> None:
    hidden = dict(HIDDEN.findall(reading.look(step="confirm")))
    fields = hidden | {"name": "Kari Solberg", "role_title": "Styreleder"}
    for _ in range(2):
        reading.browser.post(f"{reading.link}/proposal/confirm", data=fields)
    with reading.house.transaction() as tx:
        assert len(tx.session.scalars(select(ProposalAnswer)).all()) == 1


def test_the_database_refuses_to_change_an_answer(reading: Reading) -> None:
    reading.confirm()
    with pytest.raises(DBAPIError, match="append-only"), reading.house.transaction() as tx:
        tx.session.execute(text("update proposal_answer set name = 'Noen andre'"))


def test_a_changed_proposal_takes_the_confirmation_away_and_both_sides_are_told(
    reading: Reading,
) -> None:
    reading.confirm()
    reading.change("Et gårdsrom for alle.")
    assert reading.standing() == ["changed", "not_asked"]
    assert "har endret forslaget etter at det ble sendt til deg" in reading.look()
    reading.mailbox.fresh()
    earlier = reading.link
    assert reading.send(0, 1).status_code == 200
    assert reading.browser.get(earlier).status_code == 410


def test_a_new_version_shows_what_has_changed_since_the_one_that_was_confirmed(
    reading: Reading,
) -> None:
    reading.confirm()
    reading.change("Et gårdsrom som alle bruker.")
    reading.send(0)
    page = reading.look()
    assert "Dere bekreftet en annen versjon" in page
    assert '<li><a href="#goals">Mål</a></li>' in page
    assert '<li><a href="#results">' not in page
    goals = page.partition('id="goals"')[2].partition("<details")[0]
    assert "<del" in goals
    assert "alle" in goals.partition("<ins")[2]
    reading.confirm()
    assert reading.standing()[0] == "confirmed"
    assert [each["current"] for each in reading.seen()["sent"]] == [True, False]


def test_to_take_a_change_back_makes_the_confirmation_count_again(reading: Reading) -> None:
    reading.confirm()
    reading.change("Noe annet.")
    reading.change(reading.story.proposal()["goals"])
    assert reading.standing()[0] == "confirmed"


def test_money_that_moves_takes_the_confirmation_away_too(reading: Reading) -> None:
    reading.confirm()
    with reading.house.transaction() as tx:
        plan, tx_plan = reading.story.plan(), find_plan(tx.session, reading.story.case.id)
        assert tx_plan
        plan["contributions"][2]["amount_ore"] += 100_00
        case = tx.session.merge(reading.story.case)
        replace_plan(tx, case, version=tx_plan.version, **edited(plan))
    assert reading.standing()[0] == "changed"


def test_what_is_sent_for_decision_otherwise_goes_to_those_who_confirmed(
    reading: Reading,
) -> None:
    reading.confirm()
    reading.change("Et gårdsrom som alle bruker.")
    reading.mailbox.fresh()
    submit(reading.house, reading.world, reading.story)
    [mail] = reading.mailbox.fresh()
    assert mail["subject"] == "Prosjektforslaget «Nytt gårdsrom i Solbakken» er endret"
    [reading.link] = Mailbox.links_in(mail)
    assert "Dere bekreftet en annen versjon" in reading.look()
    reading.confirm()
    assert reading.standing()[0] == "confirmed"


def test_nobody_gets_mail_where_what_is_sent_for_decision_is_what_was_confirmed(
    reading: Reading,
) -> None:
    reading.confirm()
    reading.mailbox.fresh()
    submit(reading.house, reading.world, reading.story)
    assert reading.mailbox.fresh() == []
    assert reading.standing()[0] == "confirmed"


def test_it_stays_known_who_had_confirmed_what_was_submitted(reading: Reading) -> None:
    reading.confirm()
    version = submit(reading.house, reading.world, reading.story)
    at = reading.house.clock.now()
    with reading.house.transaction() as tx:
        assert confirmed_by(tx, version, at) == ["Solbakken borettslag"]
        assert confirmed_by(tx, version, at - timedelta(seconds=1)) == []
    reading.post("refuse", reason="Styret har snudd.")
    with reading.house.transaction() as tx:
        assert confirmed_by(tx, version, at) == []


def test_a_question_is_answered_and_settled(reading: Reading) -> None:
    asked = reading.post("comment", section="lines", text="Er <b>moms</b> med?")
    assert "Er &lt;b&gt;moms&lt;/b&gt; med?" in asked.text
    reading.mailbox.fresh()
    [thread] = reading.seen()["threads"]
    assert thread["heading"] == "Budsjett: hva det koster"
    own = f"{reading.api}/comments/{thread['first']['id']}"
    answered = reading.desk.post(f"{own}/answer", json={"text": "Ja, den er med."})
    assert answered.status_code == 200, answered.text
    [link] = reading.mailbox.links()
    assert "Ja, den er med." in reading.browser.get(link).text
    settled = reading.desk.post(f"{own}/resolve").json()
    assert settled["threads"][0]["first"]["resolved"]
    assert reading.desk.post(f"{own}/answer", json={"text": "Mer."}).status_code == 409


def test_a_comment_on_something_else_cannot_be_answered_here(reading: Reading) -> None:
    strange = reading.story.case.id
    path = f"{reading.api}/comments/{strange}"
    assert reading.desk.post(f"{path}/answer", json={"text": "Hei"}).status_code == 404
    assert reading.desk.post(f"{path}/resolve").status_code == 404
    assert reading.post("comment", section="other", text="Hei").status_code == 404


def test_after_the_decision_nothing_is_sent_or_answered_and_all_can_be_read(
    reading: Reading,
) -> None:
    form = dict(HIDDEN.findall(reading.look(step="confirm")))
    submit(reading.house, reading.world, reading.story)
    reading.story.move_to(reading.house, Stage.AGREEMENT)
    assert reading.send(0).status_code == 409
    late = reading.browser.post(
        f"{reading.link}/proposal/confirm",
        data=form | {"name": "Kari Solberg", "role_title": "Leder"},
        follow_redirects=True,
    )
    assert "ikke lenger mulig å svare" in late.text
    assert reading.standing()[0] == "waiting"
    assert "Bekreft forslaget" not in reading.look(step="confirm")


@pytest.mark.parametrize(
    ("parties", "changes", "pointer"),
    [
        ((), {}, "/contact_ids"),
        ((0,), {"respond_by": "2026-03-02"}, "/respond_by"),
        ((0,), {"contact_ids": ["0199a1b2-0000-7000-8000-000000000000"]}, "/contact_ids/0"),
    ],
)
def test_a_proposal_is_sent_to_the_parties_with_time_to_answer(
    reading: Reading, parties: tuple[int, ...], changes: dict[str, object], pointer: str
) -> None:
    refused = reading.send(*parties, **changes)
    assert refused.status_code == 422
    assert [each["pointer"] for each in refused.json()["errors"]] == [pointer]


def test_a_proposal_that_says_nothing_is_not_sent(reading: Reading) -> None:
    reading.change(" ")
    assert reading.send(0).status_code == 409


def test_only_those_who_write_the_proposal_send_and_answer(
    reading: Reading, client_for: ClientFor
) -> None:
    decider = client_for(Role.DECISION_MAKER)
    shown = decider.get(reading.api).json()
    assert (shown["may_send"], shown["may_answer"], shown["contacts"]) == (False, False, [])
    assert decider.post(f"{reading.api}/send", json={}).status_code in {403, 422}


def test_what_nobody_pays_yet_is_said(reading: Reading) -> None:
    assert "Det er ikke avklart ennå" not in reading.look()
    with reading.house.transaction() as tx:
        plan, now = reading.story.plan(), find_plan(tx.session, reading.story.case.id)
        assert now
        plan["contributions"].pop()
        replace_plan(tx, tx.session.merge(reading.story.case), version=now.version, **edited(plan))
    reading.send(0)
    assert "hvem som betaler 100\xa0000\xa0kr av budsjettet" in reading.look()


def test_whose_party_is_taken_out_reads_no_more(reading: Reading) -> None:
    reading.send(0, 1)
    with reading.house.transaction() as tx:
        case = tx.session.merge(reading.story.case)
        remove_party(tx, case, tx.session.merge(reading.story.business))
    assert reading.browser.get(reading.link).status_code == 410
    reading.browser.post("/p/new-link", data={"old_link": reading.link})
    assert reading.mailbox.links() == []


def test_a_new_link_leads_to_the_newest_version(reading: Reading) -> None:
    reading.browser.post("/p/new-link", data={"old_link": f"https://x{reading.link}"})
    [link] = reading.mailbox.links()
    assert reading.browser.get(link).status_code == 200
    with reading.house.transaction() as tx:
        contact = tx.session.get_one(Contact, reading.story.cooperative.contact_id)
        assert contact.email


def test_a_form_made_for_another_link_or_sent_by_another_site_says_nothing(
    reading: Reading,
) -> None:
    fields = dict(HIDDEN.findall(reading.look(step="confirm"))) | {
        "name": "Kari Solberg", "role_title": "Leder",
    }  # fmt: skip
    address = f"{reading.link}/proposal/confirm"
    forged = reading.browser.post(address, data=fields | {"proof": "0" * 64})
    foreign = reading.browser.post(address, data=fields, headers={"origin": "https://evil.example"})
    assert (forged.status_code, foreign.status_code) == (403, 403)
    assert reading.standing()[0] == "waiting"


def test_one_link_cannot_write_without_end(reading: Reading) -> None:
    statuses = [
        reading.post("comment", section="goals", text=f"Spørsmål {number}").status_code
        for number in range(41)
    ]
    assert statuses == [200] * 40 + [429]
