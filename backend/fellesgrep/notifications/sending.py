"""The job that sends: makes the link or code, commits its hash, and only then lets the mail go."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import structlog

from fellesgrep.core.audit import readable
from fellesgrep.core.languages import say
from fellesgrep.core.tx import House, Tx
from fellesgrep.notifications import outbox, sms
from fellesgrep.notifications.mail import AddressRefused, compose, message_id_for, word
from fellesgrep.notifications.models import Message, MessageStatus
from fellesgrep.notifications.phones import mobile
from fellesgrep.notifications.service import end, locked
from fellesgrep.notifications.settings import NOTIFICATIONS, NotificationSettings
from fellesgrep.notifications.slots import ADDRESSES, MAKERS, MESSAGE_TEXTS, Made, MailAddress
from fellesgrep.notifications.sms import Sms, SmsRefused
from fellesgrep.notifications.transport import deliver

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Ready:
    """A mail or text message, and the name that it has in the outbox."""

    content: EmailMessage | Sms
    name: str
    at: datetime


def send_message(house: House, message_id: str) -> None:
    """Send a queued message. Each attempt makes a link of its own; earlier ones stay valid."""
    id_ = UUID(message_id)
    with house.transaction() as tx:
        ready = _prepare(tx, id_)
    if ready is None:
        return
    try:
        _let_go(ready, house.settings(NOTIFICATIONS))
        status = MessageStatus.SENT
    except SmsRefused as reason:
        log.warning("text message refused", message=message_id, reason=str(reason))
        status = MessageStatus.FAILED
    with house.transaction() as tx:
        message = locked(tx, id_)
        if message is not None:
            end(tx, message, status)


def _let_go(ready: _Ready, settings: NotificationSettings) -> None:
    if isinstance(ready.content, Sms):
        sms.deliver(ready.content, settings, name=ready.name, date=ready.at)
    else:
        deliver(ready.content, settings, name=ready.name)


def give_up(house: House, message_id: str) -> None:
    """Write down that a message never left."""
    with house.transaction() as tx:
        message = locked(tx, UUID(message_id))
        if message is not None:
            end(tx, message, MessageStatus.FAILED)


def _prepare(tx: Tx, id_: UUID) -> _Ready | None:
    message = locked(tx, id_)
    if message is None:
        return None
    message.attempts += 1
    registry = tx.house.registry
    to = registry.get(ADDRESSES, message.recipient_kind)(tx.session, message.recipient_id)
    by_sms = registry.get(MESSAGE_TEXTS, message.kind).channel == "sms"
    if to is None or not (mobile(to.phone) if by_sms else to.email):
        end(tx, message, MessageStatus.FAILED)
        return None
    made = _make(tx, message)
    if made is None:
        end(tx, message, MessageStatus.DROPPED)
        return None
    if by_sms:
        return _compose_sms(tx, message, to, made)
    try:
        return _compose(tx, message, to, made)
    except AddressRefused:
        log.warning("address refused", message=str(id_))
        end(tx, message, MessageStatus.FAILED)
        return None


def _make(tx: Tx, message: Message) -> Made | None:
    text = tx.house.registry.get(MESSAGE_TEXTS, message.kind)
    if not text.maker:
        return Made()
    return tx.house.registry.get(MAKERS, text.maker)(tx, message, text.target)


def _compose(tx: Tx, message: Message, to: MailAddress, made: Made) -> _Ready:
    settings = tx.house.settings(NOTIFICATIONS)
    words = _words(tx, message, to, made)
    wording = word(
        to.language,
        tx.house.registry.get(MESSAGE_TEXTS, message.kind).key,
        words,
        url=f"{settings.public_url}{made.path}" if made.path else "",
        code=made.words.get("code", ""),
    )
    sender = settings.sender_address
    mail = compose(
        wording,
        sender=sender,
        to=to,
        message_id=message_id_for(message.id, sender),
        date=tx.now(),
    )
    return _Ready(mail, outbox.name_for(message.id, message.queued_at), tx.now())


def _compose_sms(tx: Tx, message: Message, to: MailAddress, made: Made) -> _Ready:
    key = tx.house.registry.get(MESSAGE_TEXTS, message.kind).key
    text = say(to.language, f"{key}.text", **_words(tx, message, to, made))
    content = Sms(str(message.id), mobile(to.phone), to.name, " ".join(text.split()))
    return _Ready(content, outbox.name_for(message.id, message.queued_at), tx.now())


def _words(tx: Tx, message: Message, to: MailAddress, made: Made) -> dict[str, Any]:
    words = readable(tx.session, tx.house.registry, message.params, to.language)
    municipality = tx.house.settings(NOTIFICATIONS).municipality
    return words | {"municipality": municipality, **made.words}
