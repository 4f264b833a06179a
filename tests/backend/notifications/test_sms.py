"""Text messages: what a provider gets, what is tried again, and what is refused for good."""

import re

import pytest
from httpx2 import HTTPError
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from fellesgrep.notifications.phones import masked, mobile
from fellesgrep.notifications.settings import SmsService
from fellesgrep.notifications.sms import Sms, SmsRefused, body_of, post
from fellesgrep.settings import Settings
from tests.sms_provider import sms_provider

MESSAGE = Sms("0193", "+4790000001", "Kari Berg", 'Kode "123456" {og} mer')


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("900 00 001", "+4790000001"),
        ("+47 41 23 45 67", "+4741234567"),
        ("0047 90000001", "+4790000001"),
        ("+46 70-123 45 67", "+46701234567"),
        ("22 33 44 55", ""),
        ("+47 22334455", ""),
        ("9000000", ""),
        ("90000001 eller 90000002", ""),
        ("+47900000011234567", ""),
        ("", ""),
    ],
)
def test_a_number_is_one_that_text_messages_reach_or_none(typed: str, number: str) -> None:
    assert mobile(typed) == number


@given(st.text(max_size=30))
def test_whatever_is_typed_becomes_a_number_or_nothing(typed: str) -> None:
    number = mobile(typed)
    assert number == "" or re.fullmatch(r"\+[0-9]{8,15}", number)
    assert mobile(number) == number


def test_a_masked_number_shows_its_ends_only() -> None:
    assert masked("+4790000001") == "+47\N{NO-BREAK SPACE}…\N{NO-BREAK SPACE}01"


def test_the_provider_gets_what_the_template_says_with_the_token() -> None:
    with sms_provider() as provider:
        service = SmsService(
            url=provider.url,
            token=SecretStr("sesame"),
            sender="Solvik",
            body='{"messages": [{"recipients": ["{to}"], "body": "{text}", "ref": "{id}"}], '
            '"n": 1}',
        )
        post(MESSAGE, service)
    [received] = provider.received
    assert received.body == {
        "messages": [
            {"recipients": ["+4790000001"], "body": 'Kode "123456" {og} mer', "ref": "0193"}
        ],
        "n": 1,
    }
    assert received.headers["authorization"] == "Bearer sesame"
    assert received.headers["idempotency-key"] == "0193"
    assert body_of(MESSAGE, SmsService(url="")) == {
        "to": "+4790000001",
        "from": "",
        "text": 'Kode "123456" {og} mer',
    }


@pytest.mark.parametrize("status", [500, 503, 429, 408])
def test_what_may_pass_is_tried_again(status: int) -> None:
    with sms_provider() as provider:
        provider.answers.append(status)
        with pytest.raises(HTTPError):
            post(MESSAGE, SmsService(url=provider.url))


@pytest.mark.parametrize("status", [302, 400, 401, 404])
def test_a_refusal_is_for_good_and_nobody_is_sent_elsewhere(status: int) -> None:
    with sms_provider() as provider:
        provider.answers.append(status)
        with pytest.raises(SmsRefused, match=str(status)):
            post(MESSAGE, SmsService(url=provider.url))
    assert provider.received == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"sms_url": "http://sms.example/send"},
        {"sms_url": "https://"},
        {"sms_url": "https://sms.example", "sms_body": "{to}"},
        {"sms_url": "https://sms.example", "sms_body": '{"to": "{number}"}'},
        {"sms_url": "https://sms.example", "sms_body": '{"to": "{to"}'},
    ],
)
def test_settings_that_cannot_work_are_refused_at_the_start(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="FELLESGREP_SMS_"):
        Settings(sms_token=SecretStr("sesame"), **wrong)  # type: ignore[arg-type]


def test_a_provider_at_a_secure_address_is_taken() -> None:
    service = Settings(sms_url="https://sms.example/send").for_notifications().sms
    assert service is not None
    assert service.url == "https://sms.example/send"
