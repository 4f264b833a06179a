"""The job that sends: makes the link or code, commits its hash, and only then lets the mail go."""

import smtplib
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import structlog

from fellesgrep.core.audit import Subject, readable
from fellesgrep.core.languages import Language, say
from fellesgrep.core.tx import House, Tx
from fellesgrep.notifications import addresses, opting_out, outbox, preferences, sms
from fellesgrep.notifications.delivery_status import Refused, refusal_of
from fellesgrep.notifications.mail import AddressRefused, compose, message_id_for, word
from fellesgrep.notifications.models import Message, MessageStatus
from fellesgrep.notifications.phones import mobile
from fellesgrep.notifications.preferences import Way
from fellesgrep.notifications.service import end, locked
from fellesgrep.notifications.settings import NOTIFICATIONS, NotificationSettings
from fellesgrep.notifications.slots import (
    ADDRESSES,
    MAKERS,
    MESSAGE_TEXTS,
    Made,
    MailAddress,
    MessageBounced,
)
from fellesgrep.notifications.sms import Sms, SmsRefused
from fellesgrep.notifications.transport import deliver

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Ready:
    """A mail or text message, the name that it has in the outbox, and where it may come back."""

    content: EmailMessage | Sms
    name: str
    at: datetime
    address: str
    return_path: str = ""


def send_message(house: House, message_id: str) -> None:
    """Send a queued message. Each attempt makes a link of its own; earlier ones stay valid."""
    id_ = UUID(message_id)
    with house.transaction() as tx:
        ready = _prepare(tx, id_)
    if ready is None:
        return
    refused: Refused | None = None
    try:
        _let_go(ready, house.settings(NOTIFICATIONS))
        status = MessageStatus.SENT
    except SmsRefused as reason:
        log.warning("text message refused", message=message_id, reason=str(reason))
        status = MessageStatus.FAILED
    except smtplib.SMTPException as problem:
        refused = refusal_of(problem)
        if refused is None:
            raise
        status = MessageStatus.REFUSED
    with house.transaction() as tx:
        message = locked(tx, id_)
        if message is not None:
            end(tx, message, status, refused.code if refused else "")
            if refused is not None:
                if refused.address_is_wrong:
                    addresses.mark_bounced(tx, message, ready.address, refused.code)
                tx.publish(MessageBounced(message))


def _let_go(ready: _Ready, settings: NotificationSettings) -> None:
    if isinstance(ready.content, Sms):
        sms.deliver(ready.content, settings, name=ready.name, date=ready.at)
    else:
        deliver(ready.content, settings, name=ready.name, return_path=ready.return_path)


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
    elif reason := withheld(tx, message, to):
        end(tx, message, MessageStatus.WITHHELD, reason)
    elif (made := make(tx, message)) is None:
        end(tx, message, MessageStatus.DROPPED)
    elif by_sms:
        return _compose_sms(tx, message, to, made)
    else:
        return _compose_or_fail(tx, message, to, made)
    return None


def _compose_or_fail(tx: Tx, message: Message, to: MailAddress, made: Made) -> _Ready | None:
    try:
        return _compose(tx, message, to, made)
    except AddressRefused:
        log.warning("address refused", message=str(message.id))
        end(tx, message, MessageStatus.FAILED)
        return None


def withheld(tx: Tx, message: Message, to: MailAddress) -> str:
    """Return why a message is not sent though it still matters; "" where it is.

    Only reminders, and what people of the municipality can turn off, are ever withheld.
    """
    recipient = Subject(message.recipient_kind, message.recipient_id)
    if preferences.way_for(tx, recipient, message.kind) == Way.NONE:
        return "not_wanted"
    text = tx.house.registry.get(MESSAGE_TEXTS, message.kind)
    if not text.reminder:
        return ""
    if not opting_out.wants_reminders(tx.session, recipient):
        return "opted_out"
    if text.channel == "email" and addresses.bounce_of(tx.session, recipient, to.email):
        return "bounced_address"
    return ""


def make(tx: Tx, message: Message) -> Made | None:
    """Make what only the mail itself may hold; None where it is no longer wanted."""
    text = tx.house.registry.get(MESSAGE_TEXTS, message.kind)
    if not text.maker:
        return Made()
    return tx.house.registry.get(MAKERS, text.maker)(tx, message, text.target)


def _compose(tx: Tx, message: Message, to: MailAddress, made: Made) -> _Ready:
    settings = tx.house.settings(NOTIFICATIONS)
    text = tx.house.registry.get(MESSAGE_TEXTS, message.kind)
    off = ""
    if text.reminder and message.recipient_kind == "contact":
        off = settings.public_url + opting_out.link_for(tx, message)
    wording = word(
        to.language,
        text.key,
        words_of(tx, message, to.language, made),
        url=f"{settings.public_url}{made.path}" if made.path else "",
        code=made.words.get("code", ""),
        off=off,
    )
    sender = settings.sender_address
    mail = compose(
        wording,
        sender=sender,
        to=to,
        message_id=message_id_for(message.id, sender),
        date=tx.now(),
    )
    return _Ready(
        mail,
        _name(message),
        tx.now(),
        address=to.email,
        return_path=settings.return_path(message.id),
    )


def _name(message: Message) -> str:
    """Return the name in the outbox, which sorts by the time at which a message was to leave."""
    return outbox.name_for(message.id, message.send_at or message.queued_at)


def _compose_sms(tx: Tx, message: Message, to: MailAddress, made: Made) -> _Ready:
    key = tx.house.registry.get(MESSAGE_TEXTS, message.kind).key
    text = say(to.language, f"{key}.text", **words_of(tx, message, to.language, made))
    content = Sms(str(message.id), mobile(to.phone), to.name, " ".join(text.split()))
    return _Ready(content, _name(message), tx.now(), address=mobile(to.phone))


def words_of(tx: Tx, message: Message, language: Language, made: Made) -> dict[str, Any]:
    """Return the words that a message's texts take, in a language."""
    words = readable(tx.session, tx.house.registry, message.params, language)
    municipality = tx.house.settings(NOTIFICATIONS).municipality
    return words | {"municipality": municipality, **made.words}
