"""Show what a message says, without sending it: links and codes are left out."""

import string
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from fellesgrep.core.languages import Language, say, texts
from fellesgrep.core.tx import House, Tx
from fellesgrep.notifications import outbox
from fellesgrep.notifications.mail import Wording, bodies, compose, message_id_for, word
from fellesgrep.notifications.models import Message
from fellesgrep.notifications.sending import words_of
from fellesgrep.notifications.settings import NOTIFICATIONS
from fellesgrep.notifications.slots import (
    ADDRESSES,
    MESSAGE_TEXTS,
    Channel,
    Made,
    MailAddress,
    MessageText,
)
from fellesgrep.notifications.transport import deliver

HIDDEN = "•••"
"""Stands for what only the message itself holds: the secret part of a link, a code."""

_SAMPLE_DAYS = 14


@dataclass(frozen=True)
class Preview:
    """A message as its recipient reads it."""

    language: Language
    channel: Channel
    subject: str
    text: str
    html: str


def preview(tx: Tx, message: Message, to: MailAddress | None) -> Preview:
    """Return the text of a message, sent or not, in its recipient's language."""
    text = tx.house.registry.get(MESSAGE_TEXTS, message.kind)
    to = to or MailAddress(say("nb", "core.somebody"), "", "nb")
    words = words_of(tx, message, to.language, Made(words={"code": HIDDEN}))
    return _filled(tx.house, text, to, words)


def sample(tx: Tx, kind: str, to: MailAddress) -> Preview:
    """Return a kind of message with made-up words in it."""
    text = tx.house.registry.get(MESSAGE_TEXTS, kind)
    return _filled(tx.house, text, to, _sample_words(tx, text, to.language))


def send_sample(house: House, person_id: str, kind: str, language: Language, number: str) -> None:
    """Send somebody of the municipality a kind of message as a trial, marked as one."""
    with house.transaction() as tx:
        to = house.registry.get(ADDRESSES, "person")(tx.session, UUID(person_id))
        if to is None:
            return
        settings = house.settings(NOTIFICATIONS)
        sender = settings.sender_address
        text = house.registry.get(MESSAGE_TEXTS, kind)
        to = MailAddress(to.name, to.email, language)
        wording = _wording(house, text, language, _sample_words(tx, text, language))
        mail = compose(
            _marked(wording),
            sender=sender,
            to=to,
            message_id=message_id_for(number, sender),
            date=tx.now(),
        )
        name = outbox.name_for(UUID(number), tx.now())
    deliver(mail, settings, name=name)


def _marked(wording: Wording) -> Wording:
    subject = say(wording.language, "notifications.sample.subject", subject=wording.subject)
    return Wording(
        wording.language, subject, wording.sentence, wording.button, wording.url, wording.code
    )


def _filled(house: House, text: MessageText, to: MailAddress, words: dict[str, Any]) -> Preview:
    wording = _wording(house, text, to.language, words)
    municipality = house.settings(NOTIFICATIONS).municipality
    plain, html = bodies(wording, to.name, municipality)
    if text.channel == "sms":
        plain, html = wording.sentence, ""
    return Preview(to.language, text.channel, wording.subject, plain, html)


def _wording(house: House, text: MessageText, language: Language, words: dict[str, Any]) -> Wording:
    if text.channel == "sms":
        said = " ".join(say(language, f"{text.key}.text", **words).split())
        return Wording(language, say(language, f"{text.key}.name"), said)
    base = house.settings(NOTIFICATIONS).public_url
    url = f"{base}/{'p/' if text.maker == 'portal' else ''}{HIDDEN}"
    return word(
        language,
        text.key,
        words,
        url=url if f"{text.key}.button" in texts(language) else "",
        code=words["code"] if text.maker == "portal_code" else "",
        off=f"{base}/p/{HIDDEN}" if text.reminder and text.maker != "own_page" else "",
    )


def _sample_words(tx: Tx, text: MessageText, language: Language) -> dict[str, Any]:
    """Return a word for each parameter of a message's texts."""
    parts = ("subject", "sentence", "button", "text")
    found = (texts(language).get(f"{text.key}.{part}", "") for part in parts)
    names = {name for said in found for _, name, _, _ in string.Formatter().parse(said) if name}
    made: dict[str, Any] = {name: _sample_word(tx, name, language) for name in names}
    return made | {
        "municipality": tx.house.settings(NOTIFICATIONS).municipality,
        "code": "123456",
    }


def _sample_word(tx: Tx, name: str, language: Language) -> Any:
    if name.endswith("_on"):
        return tx.today() + timedelta(days=_SAMPLE_DAYS)
    key = f"notifications.sample.{name}"
    return say(language, key) if key in texts(language) else say(language, "core.somebody")
