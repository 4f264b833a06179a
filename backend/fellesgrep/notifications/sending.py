"""The job that sends: makes the link or code, commits its hash, and only then lets the mail go."""

from dataclasses import dataclass
from email.message import EmailMessage
from uuid import UUID

import structlog

from fellesgrep.core.audit import readable
from fellesgrep.core.tx import House, Tx
from fellesgrep.notifications import outbox
from fellesgrep.notifications.mail import AddressRefused, compose, message_id_for, word
from fellesgrep.notifications.models import Message, MessageStatus
from fellesgrep.notifications.service import end, locked
from fellesgrep.notifications.settings import NOTIFICATIONS
from fellesgrep.notifications.slots import ADDRESSES, MAKERS, MESSAGE_TEXTS, Made, MailAddress
from fellesgrep.notifications.transport import deliver

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Ready:
    """A mail and the name that it has in the outbox."""

    mail: EmailMessage
    name: str


def send_message(house: House, message_id: str) -> None:
    """Send a queued message. Each attempt makes a link of its own; earlier ones stay valid."""
    id_ = UUID(message_id)
    with house.transaction() as tx:
        ready = _prepare(tx, id_)
    if ready is None:
        return
    deliver(ready.mail, house.settings(NOTIFICATIONS), name=ready.name)
    with house.transaction() as tx:
        message = locked(tx, id_)
        if message is not None:
            end(tx, message, MessageStatus.SENT)


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
    if to is None or not to.email:
        end(tx, message, MessageStatus.FAILED)
        return None
    made = _make(tx, message)
    if made is None:
        end(tx, message, MessageStatus.DROPPED)
        return None
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
    words = readable(tx.session, tx.house.registry, message.params, to.language)
    words |= {"municipality": settings.municipality, **made.words}
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
    return _Ready(mail, outbox.name_for(message.id, message.queued_at))
