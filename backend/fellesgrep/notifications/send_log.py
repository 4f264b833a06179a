"""What was sent in a case, to whom, when, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from fellesgrep.core.audit import LABELS, Subject, spoken
from fellesgrep.core.ids import new_id
from fellesgrep.core.languages import Language, say
from fellesgrep.core.problems import NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.notifications import addresses, opting_out
from fellesgrep.notifications.models import Message
from fellesgrep.notifications.previews import Preview, preview
from fellesgrep.notifications.sending import withheld
from fellesgrep.notifications.slots import ADDRESSES, PLANNED, MailAddress, PlannedNotice

NEWEST = 200


@dataclass(frozen=True)
class Undelivered:
    """Somebody in a case whose present address mail comes back from."""

    recipient: Subject
    name: str
    code: str
    bounced_at: datetime


@dataclass(frozen=True)
class NextNotice:
    """A planned message, what it will say, and why it may be withheld."""

    notice: PlannedNotice
    name: str
    says: Preview
    withheld: str


def messages_of(tx: Tx, case_id: UUID) -> Sequence[Message]:
    """Return the newest messages of a case, newest first."""
    return tx.session.scalars(
        select(Message)
        .where(Message.subject_kind == "case", Message.subject_id == case_id)
        .order_by(Message.queued_at.desc(), Message.id.desc())
        .limit(NEWEST)
    ).all()


def message_of(tx: Tx, case_id: UUID, message_id: UUID) -> Message:
    """Return a message of a case; raises `NotFound`."""
    message = tx.session.get(Message, message_id)
    if message is None or (message.subject_kind, message.subject_id) != ("case", case_id):
        raise NotFound("core.problem.not_found")
    return message


def names_of(tx: Tx, people: Sequence[Subject], language: Language) -> dict[Subject, str]:
    """Return what recipients are called."""
    found: dict[Subject, str] = {}
    for kind in sorted({each.kind for each in people}):
        ids = sorted({each.id for each in people if each.kind == kind})
        labels = tx.house.registry.get(LABELS, kind)(tx.session, ids)
        found |= {Subject(kind, id_): spoken(label, language) for id_, label in labels.items()}
    somebody = say(language, "core.somebody")
    return {each: found.get(each, somebody) for each in people}


def read(tx: Tx, message: Message) -> Preview:
    """Return what a message says, with its links and codes left out."""
    return preview(tx, message, _address(tx, Subject(message.recipient_kind, message.recipient_id)))


def planned(tx: Tx, case_id: UUID, language: Language) -> list[NextNotice]:
    """Return what will be sent in a case next, by the policy as it is now."""
    notices = [
        notice
        for features in tx.house.registry.all(PLANNED).values()
        for notice in features(tx, case_id)
    ]
    names = names_of(tx, [notice.to for notice in notices], language)
    return [
        _next(tx, case_id, notice, names[notice.to])
        for notice in sorted(notices, key=lambda each: each.at)
    ]


def _next(tx: Tx, case_id: UUID, notice: PlannedNotice, name: str) -> NextNotice:
    message = Message(
        id=new_id(),
        kind=notice.kind,
        recipient_kind=notice.to.kind,
        recipient_id=notice.to.id,
        subject_kind="case",
        subject_id=case_id,
        about_kind=notice.about.kind,
        about_id=notice.about.id,
        params=dict(notice.params),
    )
    to = _address(tx, notice.to)
    reason = withheld(tx, message, to) if to is not None else "no_address"
    return NextNotice(notice, name, preview(tx, message, to), reason)


def undelivered(tx: Tx, messages: Sequence[Message], language: Language) -> list[Undelivered]:
    """Return who of the recipients of some messages cannot be reached at their present address."""
    people = list(dict.fromkeys(Subject(m.recipient_kind, m.recipient_id) for m in messages))
    names = names_of(tx, people, language)
    found = []
    for recipient in people:
        to = _address(tx, recipient)
        bounce = addresses.bounce_of(tx.session, recipient, to.email) if to else None
        if bounce is not None:
            found.append(Undelivered(recipient, names[recipient], bounce.code, bounce.bounced_at))
    return found


def without_reminders(tx: Tx, messages: Sequence[Message], language: Language) -> list[str]:
    """Return who of the recipients has turned reminders off."""
    people = list(dict.fromkeys(Subject(m.recipient_kind, m.recipient_id) for m in messages))
    off = [each for each in people if not opting_out.wants_reminders(tx.session, each)]
    return list(names_of(tx, off, language).values())


def _address(tx: Tx, recipient: Subject) -> MailAddress | None:
    return tx.house.registry.get(ADDRESSES, recipient.kind)(tx.session, recipient.id)
