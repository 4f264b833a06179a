"""Queue a message in the transaction of what it tells about."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from fellesgrep.core.audit import Subject, code, ref
from fellesgrep.core.tx import Tx
from fellesgrep.notifications import preferences
from fellesgrep.notifications.models import Message, MessageStatus
from fellesgrep.notifications.policy import allowed_at
from fellesgrep.notifications.policy_service import policy_for
from fellesgrep.notifications.preferences import Way
from fellesgrep.notifications.slots import MESSAGE_TEXTS


def queue_message(
    tx: Tx,
    kind: str,
    *,
    to: Subject,
    subject: Subject,
    about: Subject | None = None,
    params: Mapping[str, Any] | None = None,
) -> Message:
    """Ask for a message of `kind` to a `contact` or `person`; it leaves when this commits.

    A reminder, or what else needs no hurry, leaves in the hours that the policy allows; what a
    person wants once a day waits for the morning. `subject` is whose history it belongs to (a
    case), `about` what its link opens (default: the subject). Raises `LookupError` for a kind that
    no package registered.
    """
    text = tx.house.registry.get(MESSAGE_TEXTS, kind)
    opened = about or subject
    digest = preferences.way_for(tx, to, kind) == Way.DAILY
    send_at = None
    if digest:
        send_at = preferences.next_digest(tx.now())
    elif text.waits:
        allowed = allowed_at(tx.now(), policy_for(tx, subject).policy)
        send_at = allowed if allowed > tx.now() else None
    message = Message(
        kind=kind,
        recipient_kind=to.kind,
        recipient_id=to.id,
        subject_kind=subject.kind,
        subject_id=subject.id,
        about_kind=opened.kind,
        about_id=opened.id,
        params=dict(params or {}),
        queued_at=tx.now(),
        send_at=send_at,
        digest=digest,
    )
    tx.session.add(message)
    tx.session.flush()
    if digest:
        key = f"digest:{to.id}:{send_at:%Y-%m-%d}"
        tx.defer("notifications.digest", at=send_at, key=key, person_id=to.id)
    else:
        tx.defer("notifications.send", at=send_at, message_id=message.id)
    return message


def locked(tx: Tx, message_id: UUID) -> Message | None:
    """Return a message that still waits, locked against other workers; None when it has ended."""
    message = tx.session.scalar(select(Message).where(Message.id == message_id).with_for_update())
    return message if message and message.status == MessageStatus.QUEUED else None


def end(tx: Tx, message: Message, status: MessageStatus, reason: str = "") -> None:
    """Write down what became of a message, in the history of what it belongs to."""
    message.status = status
    message.reason = reason
    message.ended_at = tx.now()
    text = tx.house.registry.get(MESSAGE_TEXTS, message.kind)
    tx.audit(
        f"message:{status}" if text.channel == "email" else f"message:sms_{status}",
        Subject(message.subject_kind, message.subject_id),
        {
            "recipient": ref(message.recipient_kind, message.recipient_id),
            "message": code(f"{text.key}.name"),
        },
        also=[Subject("message", message.id)],
    )
