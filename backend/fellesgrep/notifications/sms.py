"""Send text messages by a plain HTTP POST, as most providers take them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import httpx2

from fellesgrep.notifications import outbox
from fellesgrep.notifications.settings import NotificationSettings, SmsService

TIMEOUT_SECONDS = 10
_LATER = frozenset({408, 425, 429})


class SmsRefused(ValueError):
    """The provider says no, and will say no again: a wrong number, a wrong token."""


@dataclass(frozen=True)
class Sms:
    """A text message to one number; `id` is the same in every attempt."""

    id: str
    to: str
    name: str
    text: str


def body_of(sms: Sms, service: SmsService) -> Any:
    """Return what is sent: the template with `{to}`, `{text}`, `{sender}` and `{id}` filled in."""
    words = {"to": sms.to, "text": sms.text, "sender": service.sender, "id": sms.id}
    return _filled(json.loads(service.body), words)


def _filled(part: Any, words: Mapping[str, str]) -> Any:
    if isinstance(part, str):
        return part.format_map(words)
    if isinstance(part, list):
        return [_filled(each, words) for each in part]
    if isinstance(part, dict):
        return {name: _filled(each, words) for name, each in part.items()}
    return part


def check(service: SmsService) -> None:
    """Raise `ValueError` for an address or a template that cannot work, never naming the token."""
    parts = urlsplit(service.url)
    own = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and own)):
        raise ValueError("FELLESGREP_SMS_URL must begin with https://")
    try:
        body_of(Sms("id", "+4790000000", "", "text"), service)
    except (ValueError, LookupError) as reason:
        raise ValueError(
            'FELLESGREP_SMS_BODY must be JSON such as {"to": "{to}", "text": "{text}"}'
        ) from reason


def post(sms: Sms, service: SmsService) -> None:
    """Hand a message to the provider.

    Raises `SmsRefused` for good, `httpx2.HTTPError` where another try may help.
    """
    headers = {"idempotency-key": sms.id, "accept": "application/json"}
    if service.token:
        headers["authorization"] = f"Bearer {service.token.get_secret_value()}"
    with httpx2.Client(timeout=TIMEOUT_SECONDS, follow_redirects=False) as client:
        answer = client.post(service.url, json=body_of(sms, service), headers=headers)
    if answer.is_success:
        return
    if answer.is_server_error or answer.status_code in _LATER:
        answer.raise_for_status()
    raise SmsRefused(f"the provider answered {answer.status_code}")


def deliver(sms: Sms, settings: NotificationSettings, *, name: str, date: datetime) -> None:
    """Send a message the way this installation does; `name` is the one it gets in the outbox."""
    if settings.sms is not None and settings.transport != "closed":
        post(sms, settings.sms)
    elif settings.transport == "outbox":
        outbox.put(settings.outbox, name, _as_mail(sms, settings, date))
    elif settings.transport == "smtp":
        raise SmsRefused("FELLESGREP_SMS_URL is not set")


def _as_mail(sms: Sms, settings: NotificationSettings, date: datetime) -> EmailMessage:
    """Return a message as the outbox of a development installation shows it."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = settings.sender_address
    mail["To"] = Address(sms.name, username=sms.to, domain="sms.invalid")
    mail["Subject"] = f"SMS {sms.to}"
    mail["Date"] = date
    mail.set_content(sms.text)
    return mail
