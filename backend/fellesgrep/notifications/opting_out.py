"""Turn reminders off, by a link that every reminder carries. What has legal effect always comes."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, UniqueConstraint, and_, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.db import Base, Row
from fellesgrep.core.ids import new_id
from fellesgrep.core.tx import Tx
from fellesgrep.notifications.models import Message

PATH = "/p/reminders"


class ReminderLink(Base, Row):
    """A link that turns reminders to one recipient off or on; stored as a hash only."""

    __tablename__ = "reminder_link"
    token_hash: Mapped[str] = mapped_column(unique=True)
    recipient_kind: Mapped[str]
    recipient_id: Mapped[UUID]
    made_at: Mapped[datetime]


class ReminderOptOut(Base, Row):
    """Somebody who wants no reminders."""

    __tablename__ = "reminder_opt_out"
    __table_args__ = (UniqueConstraint("recipient_kind", "recipient_id"),)
    recipient_kind: Mapped[str]
    recipient_id: Mapped[UUID]
    since: Mapped[datetime]


def link_for(tx: Tx, message: Message) -> str:
    """Make the link of a reminder that is about to leave and return its path."""
    token = secrets.token_urlsafe(32)
    tx.session.add(
        ReminderLink(
            token_hash=_hash(token),
            recipient_kind=message.recipient_kind,
            recipient_id=message.recipient_id,
            made_at=tx.now(),
        )
    )
    tx.session.flush()
    return f"{PATH}/{token}"


def recipient_of(session: Session, token: str) -> Subject | None:
    """Return whom a link is for."""
    row = session.scalar(select(ReminderLink).where(ReminderLink.token_hash == _hash(token)))
    return Subject(row.recipient_kind, row.recipient_id) if row else None


def wants_reminders(session: Session, recipient: Subject) -> bool:
    """Tell whether somebody has not turned reminders off."""
    return session.scalar(select(ReminderOptOut.id).where(_mine(recipient))) is None


def turn(tx: Tx, recipient: Subject, *, on: bool) -> None:
    """Turn reminders to somebody on or off; asked twice, nothing more happens."""
    if on == wants_reminders(tx.session, recipient):
        return
    if on:
        tx.session.execute(delete(ReminderOptOut).where(_mine(recipient)))
    else:
        tx.session.execute(
            insert(ReminderOptOut)
            .values(
                id=new_id(),
                recipient_kind=recipient.kind,
                recipient_id=recipient.id,
                since=tx.now(),
            )
            .on_conflict_do_nothing()
        )
    kind = "notices:reminders_on" if on else "notices:reminders_off"
    tx.audit(kind, recipient, {"recipient": ref(recipient.kind, recipient.id)})


def _mine(recipient: Subject) -> ColumnElement[bool]:
    return and_(
        ReminderOptOut.recipient_kind == recipient.kind,
        ReminderOptOut.recipient_id == recipient.id,
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
