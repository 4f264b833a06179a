"""The daily digest: one mail with what a person of the municipality wants to hear once a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from uuid import UUID

from sqlalchemy import select

from fellesgrep.core.languages import say
from fellesgrep.core.tx import House, Tx
from fellesgrep.notifications import outbox
from fellesgrep.notifications.mail import Line, Wording, compose, message_id_for, subject_of
from fellesgrep.notifications.models import Message, MessageStatus
from fellesgrep.notifications.sending import make, words_of
from fellesgrep.notifications.service import end
from fellesgrep.notifications.settings import NOTIFICATIONS
from fellesgrep.notifications.slots import ADDRESSES, MESSAGE_TEXTS, MailAddress
from fellesgrep.notifications.transport import deliver


@dataclass(frozen=True)
class _Digest:
    mail: EmailMessage
    name: str
    messages: Sequence[UUID]


def send_digest(house: House, person_id: str) -> None:
    """Send a person what has gathered; again after a failure, with what has come since."""
    with house.transaction() as tx:
        ready = _prepare(tx, UUID(person_id))
    if ready is None:
        return
    deliver(ready.mail, house.settings(NOTIFICATIONS), name=ready.name)
    _end(house, UUID(person_id), MessageStatus.SENT, only=ready.messages)


def give_up_digest(house: House, person_id: str) -> None:
    """Write down that what had gathered never left."""
    _end(house, UUID(person_id), MessageStatus.FAILED)


def _waiting(tx: Tx, person_id: UUID) -> Sequence[Message]:
    return tx.session.scalars(
        select(Message)
        .where(
            Message.recipient_kind == "person",
            Message.recipient_id == person_id,
            Message.digest,
            Message.status == MessageStatus.QUEUED,
            Message.send_at <= tx.now(),
        )
        .order_by(Message.queued_at, Message.id)
        .with_for_update()
    ).all()


def _prepare(tx: Tx, person_id: UUID) -> _Digest | None:
    waiting = _waiting(tx, person_id)
    to = tx.house.registry.get(ADDRESSES, "person")(tx.session, person_id)
    if to is None:
        for message in waiting:
            end(tx, message, MessageStatus.FAILED)
        return None
    lines = []
    for message in waiting:
        message.attempts += 1
        line = _line(tx, message, to)
        if line is None:
            end(tx, message, MessageStatus.DROPPED)
        else:
            lines.append((message, line))
    if not lines:
        return None
    first = lines[0][0]
    sender = tx.house.settings(NOTIFICATIONS).sender_address
    mail = compose(
        _wording(to, [line for _, line in lines]),
        sender=sender,
        to=to,
        message_id=message_id_for(first.id, sender),
        date=tx.now(),
    )
    name = outbox.name_for(first.id, first.send_at or tx.now())
    return _Digest(mail, name, [message.id for message, _ in lines])


def _line(tx: Tx, message: Message, to: MailAddress) -> Line | None:
    made = make(tx, message)
    if made is None:
        return None
    key = tx.house.registry.get(MESSAGE_TEXTS, message.kind).key
    subject = subject_of(to.language, key, words_of(tx, message, to.language, made))
    return Line(subject, tx.house.settings(NOTIFICATIONS).public_url + made.path)


def _wording(to: MailAddress, lines: Sequence[Line]) -> Wording:
    return Wording(
        language=to.language,
        subject=say(to.language, "notifications.digest.subject", smart_count=len(lines)),
        sentence=say(to.language, "notifications.digest.sentence"),
        lines=tuple(lines),
    )


def _end(
    house: House, person_id: UUID, status: MessageStatus, only: Sequence[UUID] | None = None
) -> None:
    with house.transaction() as tx:
        for message in _waiting(tx, person_id):
            if only is None or message.id in only:
                end(tx, message, status)
