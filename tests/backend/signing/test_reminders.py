"""Reminders to sign, by the policy of municipality, agreement type and agreement."""

from datetime import UTC, datetime

from fastapi.testclient import TestClient
from sqlalchemy import select, update

from fellesgrep.agreements.drafting import get_current
from fellesgrep.core.audit import verify
from fellesgrep.core.clock import OSLO
from fellesgrep.identity.policy import Role
from fellesgrep.notifications import outbox
from fellesgrep.notifications.models import Message
from fellesgrep.partners.service import edit_contact
from fellesgrep.signing import reminders
from fellesgrep.signing.models import RequestStatus, SigningRequest
from tests.backend.signing.stories import Signing
from tests.conftest import ClientFor


def oslo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO).astimezone(UTC)


def at(signing: Signing, moment: str) -> None:
    """Let time pass up to a moment, and the clock's job and all that is due run."""
    signing.later(seconds=(oslo(moment) - signing.house.clock.now()).total_seconds())
    reminders.remind_due(signing.house)


def sent(signing: Signing, kind: str = "signing.reminder") -> list[str]:
    """Return the states of the case's messages of a kind, oldest first."""
    with signing.house.transaction() as tx:
        return list(
            tx.session.scalars(
                select(Message.status)
                .where(Message.kind == kind, Message.subject_id == signing.subject.id)
                .order_by(Message.queued_at, Message.id)
            )
        )


def address(signing: Signing) -> str:
    return f"/api/v1/cases/{signing.subject.id}/notices"


def decide(client: TestClient, url: str, version: int, **decided: object) -> None:
    answer = client.put(url, json=decided, headers={"if-match": str(version)})
    assert answer.status_code == 200, answer.text


def test_reminders_come_as_often_and_when_the_policy_says(signing: Signing) -> None:
    first, *others = signing.links
    assert signing.request(first).remind_at == oslo("2026-03-13T08:00")
    at(signing, "2026-03-13T07:59")
    assert signing.mailed() == {}
    at(signing, "2026-03-13T08:00")
    reminders.remind_due(signing.house)  # the clock's job and the process's timer meet
    assert set(signing.mailed()) == set(signing.links)
    signing.sign(first)
    signing.mailed()
    at(signing, "2026-03-15T23:30")
    assert signing.mailed() == {}  # a Sunday
    at(signing, "2026-03-16T08:00")
    assert set(signing.mailed()) == set(others)
    assert {signing.request(name).remind_at for name in signing.links} == {None}


def test_the_case_page_shows_plans_decides_and_plans_anew(
    signing: Signing, client_for: ClientFor
) -> None:
    liaison, admin = client_for(Role.LIAISON), client_for(Role.ADMIN)
    shown = liaison.get(address(signing)).json()
    assert [each["at"][:16] for each in shown["planned"]] == ["2026-03-13T07:00"] * 3
    assert "Husk å signere" in shown["planned"][0]["says"]["subject"]
    assert "16. mars 2026" in shown["planned"][0]["says"]["text"]
    assert "/p/•••" in shown["planned"][0]["says"]["text"]
    assert shown["rule"]["sources"]["at_most"] == "product"
    decide(admin, "/api/v1/notices/municipality", 0, remind_days_before=5)
    signing.mailed()
    shown = liaison.get(address(signing)).json()
    assert [each["at"][:16] for each in shown["planned"]] == ["2026-03-11T07:00"] * 3
    assert shown["rule"]["sources"]["remind_days_before"] == "municipality"
    types = {each["key"]: each for each in admin.get("/api/v1/notices").json()["templates"]}
    with signing.house.transaction() as tx:
        version = get_current(tx, signing.subject.id).template_version
        assert version is not None
        name = version.template.key
    decide(admin, f"/api/v1/notices/templates/{name}", types[name]["version"], at_most=0)
    signing.mailed()
    assert liaison.get(address(signing)).json()["planned"] == []
    decide(liaison, f"{address(signing)}/rule", 0, at_most=1, remind_days_before=6)
    signing.mailed()
    shown = liaison.get(address(signing)).json()
    assert [each["at"][:16] for each in shown["planned"]] == ["2026-03-10T07:00"] * 3
    assert shown["rule"]["sources"]["at_most"] == "agreement"
    assert shown["rule"]["policy"]["at_most"] == 1
    stale = liaison.put(f"{address(signing)}/rule", json={}, headers={"if-match": "0"})
    assert stale.status_code == 409
    refused = admin.put(f"{address(signing)}/rule", json={}, headers={"if-match": "1"})
    assert refused.status_code == 403
    with signing.house.transaction() as tx:
        assert list(verify(tx.session)) == []


def test_the_log_tells_of_every_message_and_shows_its_text_without_the_link(
    signing: Signing, client_for: ClientFor
) -> None:
    client = client_for(Role.LIAISON)
    messages = client.get(address(signing)).json()["messages"]
    requests = [each for each in messages if each["kind"] == "signing.request"]
    assert {each["recipient"] for each in requests} == set(signing.links)
    assert {each["status"] for each in messages} == {"sent"}
    text = client.get(f"{address(signing)}/{requests[0]['id']}").json()
    assert "/p/•••" in text["text"]
    whole = client.get(address(signing)).text + str(text)
    assert not any(link.removeprefix("/p/") in whole for link in signing.links.values())
    elsewhere = f"/api/v1/cases/{signing.subject.id}/notices/{signing.subject.id}"
    assert client.get(elsewhere).status_code == 404


def reminder_of(signing: Signing, name: str) -> tuple[str, str]:
    """Return the link that turns reminders off, and the header's, from somebody's reminder."""
    for mail in signing.mailbox.fresh():
        if mail["to"].addresses[0].display_name == name:
            [off] = [link for link in outbox.links(mail) if "/p/reminders/" in link]
            assert mail["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
            return off, mail["list-unsubscribe"].strip("<>")
    raise AssertionError("no reminder came")


def test_reminders_are_turned_off_by_a_link_and_the_agreement_still_comes(
    signing: Signing, client_for: ClientFor
) -> None:
    name, *_ = signing.links
    at(signing, "2026-03-13T08:00")
    off, one_click = reminder_of(signing, name)
    assert off == one_click
    for look in (signing.browser.get(off), signing.browser.head(off)):
        assert look.status_code == 200
    assert sent(signing) == ["sent"] * 3
    # A mail program's one click carries neither cookies nor a form's seal.
    for _ in range(2):
        answer = signing.browser.post(one_click, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert "Påminnelsene er slått av" in answer.text
    shown = client_for(Role.LIAISON).get(address(signing)).json()
    assert shown["without_reminders"] == [name]
    [mine] = [each for each in shown["planned"] if each["recipient"] == name]
    assert mine["withheld"] == "Mottakeren har slått av påminnelser."
    at(signing, "2026-03-16T08:00")
    assert name not in signing.mailed()
    assert sent(signing) == ["sent"] * 3 + ["withheld", "sent", "sent"]
    signing.everybody_signs()
    signing.complete("countersign", Role.DECISION_MAKER, confirm=True)
    assert name in signing.mailed()  # the sealed agreement
    signing.browser.post(off, data={"reminders": "on"})
    assert client_for(Role.LIAISON).get(address(signing)).json()["without_reminders"] == []
    with signing.house.transaction() as tx:
        assert list(verify(tx.session)) == []


def test_a_link_that_turns_nothing_off_answers_as_all_that_do_not_open(signing: Signing) -> None:
    answer = signing.browser.post("/p/reminders/guessed", data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 410
    assert "Lenken virker ikke" in answer.text
    name = next(iter(signing.links))
    at(signing, "2026-03-13T08:00")
    off, _ = reminder_of(signing, name)
    token = off.rpartition("/")[2]
    assert signing.browser.get(f"/p/{token}").status_code == 410  # it opens no agreement
    foreign = {"origin": "https://evil.example"}
    assert signing.browser.post(off, headers=foreign).status_code == 403


def test_a_text_message_goes_along_where_a_phone_is_known_and_holds_no_link(
    signing: Signing, client_for: ClientFor
) -> None:
    decide(client_for(Role.LIAISON), f"{address(signing)}/rule", 0, reach="email_and_sms")
    contact = signing.contact(next(iter(signing.links)))
    with signing.house.transaction() as tx:
        contact = tx.session.get_one(type(contact), contact.id)
        facts = {
            each: getattr(contact, each) for each in ("name", "role_title", "email", "language")
        }
        edit_contact(tx, contact, facts | {"phone": "+4790000001"})
    at(signing, "2026-03-13T08:00")
    texts = [mail for mail in signing.mailbox.fresh() if "sms.invalid" in str(mail["to"])]
    assert "+4790000001" in [mail["to"].addresses[0].username for mail in texts]
    assert "http" not in outbox.part(texts[0], "plain")


def test_an_extended_deadline_is_told_and_reminded_of_afresh(signing: Signing) -> None:
    at(signing, "2026-03-13T08:00")
    at(signing, "2026-03-16T08:00")
    signing.mailed()
    at(signing, "2026-03-17T12:00")
    signing.mailed()
    signing.complete(
        "decide_after_deadline",
        Role.LIAISON,
        after_deadline="extend",
        new_deadline_on="2026-03-27",
    )
    assert sent(signing, "signing.extended") == ["queued"] * 3
    assert set(signing.mailed()) == set(signing.links)
    name = next(iter(signing.links))
    assert signing.request(name).remind_at == oslo("2026-03-24T08:00")
    assert signing.request(name).status == RequestStatus.SENT


def test_what_needs_no_hurry_waits_till_the_morning_and_a_code_does_not(signing: Signing) -> None:
    at(signing, "2026-03-03T22:15")
    signing.sign(next(iter(signing.links)))  # the code comes at once, at night
    signing.mailed()
    signing.withdraw()
    assert signing.mailed() == {}
    at(signing, "2026-03-04T07:59")
    assert signing.mailed() == {}
    at(signing, "2026-03-04T08:00")
    assert len(signing.mailbox.fresh()) >= 2
    assert sent(signing, "signing.withdrawn") == ["sent"] * 3


def test_requests_from_before_an_upgrade_are_planned_at_night(signing: Signing) -> None:
    name = next(iter(signing.links))
    wanted = signing.request(name).remind_at
    with signing.house.transaction() as tx:
        tx.session.execute(update(SigningRequest).values(remind_at=None))
    reminders.plan_all(signing.house)
    assert signing.request(name).remind_at == wanted
