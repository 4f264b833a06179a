"""Addresses that no mail reaches, and people who want no reminders."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, UniqueConstraint, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from fellesgrep.core.audit import Subject
from fellesgrep.core.db import Base, Row
from fellesgrep.core.ids import new_id
from fellesgrep.core.tx import Tx
from fellesgrep.notifications.models import Message


class BouncedAddress(Base, Row):
    """The address at which somebody could not be reached, as a salted digest.

    Another address is another digest: whoever is given one is reached again.
    """

    __tablename__ = "bounced_address"
    __table_args__ = (UniqueConstraint("recipient_kind", "recipient_id"),)
    recipient_kind: Mapped[str]
    recipient_id: Mapped[UUID]
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str]
    code: Mapped[str]
    bounced_at: Mapped[datetime]


def mark_bounced(tx: Tx, message: Message, address: str, code: str) -> None:
    """Write down that mail to a recipient's present address comes back."""
    salt = secrets.token_bytes(16)
    values = {
        "id": new_id(),
        "recipient_kind": message.recipient_kind,
        "recipient_id": message.recipient_id,
        "salt": salt,
        "digest": _digest(salt, address),
        "code": code,
        "bounced_at": tx.now(),
    }
    found = ("salt", "digest", "code", "bounced_at")
    tx.session.execute(
        insert(BouncedAddress)
        .values(values)
        .on_conflict_do_update(
            index_elements=["recipient_kind", "recipient_id"],
            set_={name: values[name] for name in found},
        )
    )


def bounce_of(session: Session, recipient: Subject, address: str) -> BouncedAddress | None:
    """Return what is known against somebody's address; None where mail may go."""
    row = session.scalar(
        select(BouncedAddress)
        .where(
            BouncedAddress.recipient_kind == recipient.kind,
            BouncedAddress.recipient_id == recipient.id,
        )
        .execution_options(populate_existing=True)
    )
    return row if row is not None and row.digest == _digest(row.salt, address) else None


def _digest(salt: bytes, address: str) -> str:
    return hashlib.sha256(salt + address.strip().casefold().encode()).hexdigest()
