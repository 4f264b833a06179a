"""Signing with a code by text message, to a real HTTP server."""

import re
from collections.abc import Iterator

import pytest
from httpx2 import HTTPError, Response
from sqlalchemy import text

from fellesgrep.core.audit import sentences, timeline, verify
from fellesgrep.identity.policy import Role
from fellesgrep.notifications.settings import NOTIFICATIONS, NotificationSettings, SmsService
from fellesgrep.partners.service import edit_contact
from fellesgrep.portal.models import OneTimeCode
from fellesgrep.signing.models import SigningRequest
from tests.backend.signing.stories import Signing
from tests.backend.signing.test_methods import choose
from tests.conftest import ClientFor
from tests.sms_provider import SmsProvider, sms_provider

KARI = "Kari Berg"
HIDDEN_PHONE = "+47\N{NO-BREAK SPACE}…\N{NO-BREAK SPACE}01"
PHONES = {KARI: "900 00 001", "Per Dahl": "900 00 002", "Ola Moen": "900 00 003"}


def set_phone(signing: Signing, name: str, phone: str) -> None:
    contact = signing.contact(name)
    with signing.house.transaction() as tx:
        mine = tx.session.merge(contact)
        facts = {each: getattr(mine, each) for each in ("name", "role_title", "email", "language")}
        edit_contact(tx, mine, facts | {"phone": phone, "status": mine.status})


def use(signing: Signing, settings: NotificationSettings) -> None:
    signing.house.registry._slots[NOTIFICATIONS.name]["settings"] = settings


@pytest.fixture
def provider(planned: Signing, client_for: ClientFor) -> Iterator[SmsProvider]:
    """A provider, and an agreement out for signature by codes that it gets."""
    for name, phone in PHONES.items():
        set_phone(planned, name, phone)
    own = planned.house.settings(NOTIFICATIONS)
    with sms_provider() as running:
        service = SmsService(url=running.url, sender="Solvik")
        use(planned, own.model_copy(update={"sms": service}))
        status, _ = choose(client_for(Role.LIAISON), planned, "sms_code")
        assert status == 200
        planned.send_out()
        yield running


def ask(signing: Signing, name: str) -> Response:
    link = signing.links[name]
    return signing.browser.post(f"{link}/sms-code", data=signing.form(link))


def code_in(provider: SmsProvider) -> str:
    found = re.match(r"\d{6}\b", provider.received[-1].body["text"])
    assert found
    return found[0]


def filled(signing: Signing, name: str, code: str) -> dict[str, str]:
    form = signing.form(f"{signing.links[name]}?step=sms")
    return form | {"code": code, "name": name, "consent": "yes"}


def sign(signing: Signing, name: str, code: str) -> Response:
    return signing.browser.post(f"{signing.links[name]}/sign", data=filled(signing, name, code))


def test_a_code_that_is_not_typed_is_asked_for_at_its_field_and_costs_no_attempt(
    planned: Signing, provider: SmsProvider
) -> None:
    ask(planned, KARI)
    planned.mailbox.fresh()
    for _ in range(6):
        answer = sign(planned, KARI, " ")
        assert answer.status_code == 422
        assert 'aria-describedby="code-help code-error"' in answer.text
    assert "Du har signert" in sign(planned, KARI, code_in(provider)).text


def test_a_code_on_the_phone_signs_and_the_evidence_says_so(
    planned: Signing, provider: SmsProvider
) -> None:
    page = planned.browser.get(planned.links[KARI]).text
    assert f"sender vi en kode på SMS til {HIDDEN_PHONE}" in page
    assert '/code"' not in page
    assert "Vi har sendt en kode på SMS" in ask(planned, KARI).text
    assert planned.mailbox.fresh() == []
    [received] = provider.received
    assert received.body["to"] == "+4790000001"
    assert received.body["from"] == "Solvik"
    assert "/p/" not in received.body["text"]
    answer = sign(planned, KARI, code_in(provider))
    assert "Du har signert" in answer.text
    assert "Kode på SMS" in answer.text
    request = planned.request(KARI)
    assert request.method == "sms_code"
    assert request.evidence["method_result"]["phone"] == HIDDEN_PHONE
    with planned.house.transaction() as tx:
        entries = timeline(tx.session, planned.subject)
        said = sentences(tx.session, planned.house.registry, entries, "nb")
        assert list(verify(tx.session)) == []
    assert f"{KARI} ba om en kode på SMS." in said
    assert f"Systemet sendte SMS til {KARI}: engangskode på SMS." in said


def test_a_code_by_mail_does_not_sign_what_asks_for_a_code_on_the_phone(
    planned: Signing, provider: SmsProvider
) -> None:
    link = planned.links[KARI]
    planned.browser.post(f"{link}/code", data=planned.form(link))
    code = planned.mailbox.code()
    assert sign(planned, KARI, code).status_code == 422
    form = filled(planned, KARI, code) | {"how": "code"}
    assert planned.browser.post(f"{link}/sign", data=form).status_code == 409
    assert planned.request(KARI).status == "sent"


def test_nothing_stored_holds_the_code(planned: Signing, provider: SmsProvider) -> None:
    ask(planned, KARI)
    planned.mailbox.fresh()
    code = code_in(provider)
    with planned.house.transaction() as tx:
        stored = "".join(
            str(row)
            for table in ("message", "audit_entry", "procrastinate_jobs", "one_time_code")
            for row in tx.session.execute(text(f"select * from {table}"))
        )
    assert code not in stored


def test_a_provider_that_fails_is_asked_again_with_the_same_key(
    planned: Signing, provider: SmsProvider
) -> None:
    provider.answers.append(503)
    ask(planned, KARI)
    with pytest.raises(HTTPError):
        planned.mailbox.fresh()
    assert provider.received == []
    from fellesgrep.notifications.sending import send_message

    with planned.house.transaction() as tx:
        waiting = tx.session.execute(text("select id from message where status = 'queued'")).one()
    send_message(planned.house, str(waiting.id))
    [received] = provider.received
    assert received.headers["idempotency-key"] == str(waiting.id)
    assert "Du har signert" in sign(planned, KARI, code_in(provider)).text


def test_five_guesses_use_a_code_up_and_codes_are_few(
    planned: Signing, provider: SmsProvider
) -> None:
    guesses = 0
    for _ in range(6):
        if ask(planned, KARI).status_code == 429:
            break
        planned.mailbox.fresh()
        right = code_in(provider)
        for step in range(1, 7):
            wrong = f"{(int(right) + step) % 1_000_000:06d}"
            answer = sign(planned, KARI, wrong)
            assert answer.status_code == 422
            guesses += "Koden er ikke riktig" in answer.text
            if "Koden virker ikke lenger" in answer.text:
                break
        assert "Koden virker ikke lenger" in sign(planned, KARI, right).text
    assert len(provider.received) == 5
    assert guesses == 20  # the fifth wrong one of each code is told that the code is used up
    assert planned.request(KARI).status == "sent"


def test_a_phone_gets_no_more_than_ten_codes_a_day_whatever_the_link(
    planned: Signing, provider: SmsProvider
) -> None:
    statuses = []
    for _ in range(12):
        statuses.append(ask(planned, KARI).status_code)
        planned.later(minutes=61)
        planned.house.jobs.run_due(planned.house)  # type: ignore[attr-defined]
    assert statuses.count(200) == 10
    assert statuses[-1] == 429


def test_a_code_is_good_for_ten_minutes(planned: Signing, provider: SmsProvider) -> None:
    ask(planned, KARI)
    planned.mailbox.fresh()
    planned.later(minutes=10)
    assert "Koden virker ikke lenger" in sign(planned, KARI, code_in(provider)).text


def test_another_number_voids_the_request_and_the_code_that_is_on_its_way(
    planned: Signing, provider: SmsProvider
) -> None:
    ask(planned, KARI)
    planned.mailbox.fresh()
    form = filled(planned, KARI, code_in(provider))
    set_phone(planned, KARI, "900 00 009")
    answer = planned.browser.post(f"{planned.links[KARI]}/sign", data=form)
    assert answer.status_code == 410
    request = planned.request(KARI)
    assert request.status == "revoked"
    assert len(request.evidence["phone_changed_at"]) == 1
    assert planned.request("Per Dahl").status == "sent"
    with planned.house.transaction() as tx:
        assert {each.attempts_left for each in tx.session.query(OneTimeCode)} == {0}
    told = [str(mail["subject"]) for mail in planned.mailbox.fresh()]
    assert told == ["Send på nytt: Kari Berg har ny adresse"]


def test_another_number_leaves_a_request_open_that_asks_for_no_code_on_it(
    planned: Signing, client_for: ClientFor
) -> None:
    planned.send_out()
    set_phone(planned, KARI, "900 00 009")
    assert planned.request(KARI).status == "sent"
    page = planned.browser.get(planned.links[KARI]).text
    assert "Signer heller slik: Kode på SMS" in page
    assert ask(planned, KARI).status_code == 200
    [sms] = planned.mailbox.fresh()
    assert sms["to"].addresses[0].username == "+4790000009"
    code = str(sms.get_content())[:6]
    assert "Du har signert" in sign(planned, KARI, code).text
    assert planned.request(KARI).method == "sms_code"


@pytest.mark.parametrize("phone", ["", "22 33 44 55"])
def test_who_has_no_mobile_number_cannot_be_asked_for_a_code_on_it(
    planned: Signing, client_for: ClientFor, phone: str
) -> None:
    set_phone(planned, KARI, phone)
    with planned.house.transaction() as tx:
        request = tx.session.get_one(SigningRequest, planned.request(KARI).id)
        request.required_method = "sms_code"
    [task] = planned.tasks("set_up_signing")
    answer = client_for(Role.LIAISON).post(
        f"/api/v1/tasks/{task.id}/complete",
        json={"answers": {"deadline_on": "2026-03-16"}},
        headers={"if-match": str(task.version)},
    )
    assert answer.status_code == 422
    assert "Kari Berg har ikke et mobilnummer" in answer.text


def test_without_a_provider_the_sending_stops_and_names_the_setting(
    planned: Signing, client_for: ClientFor
) -> None:
    own = planned.house.settings(NOTIFICATIONS)
    use(planned, own.model_copy(update={"transport": "smtp"}))
    shown = choose(client_for(Role.LIAISON), planned, "sms_code")[1]
    missing = {each["key"]: each["missing"] for each in shown["methods"]}  # type: ignore[index]
    assert missing["sms_code"] == "FELLESGREP_SMS_URL"
    set_phone(planned, KARI, PHONES[KARI])
    [task] = planned.tasks("set_up_signing")
    answer = client_for(Role.LIAISON).post(
        f"/api/v1/tasks/{task.id}/complete",
        json={"answers": {"deadline_on": "2026-03-16"}},
        headers={"if-match": str(task.version)},
    )
    assert answer.status_code == 422
    assert "FELLESGREP_SMS_URL mangler" in answer.text
