"""Obligations that follow from an agreement."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.core.db import Base, Editable, one_of
from fellesgrep.follow_up.rules import ObligationKind, Status


class Obligation(Base, Editable):
    """What one party (none: the municipality) promised, until when, and what it is worth."""

    __tablename__ = "obligation"
    __table_args__ = (
        CheckConstraint(one_of("kind", ObligationKind), name="kind"),
        CheckConstraint(one_of("status", Status), name="status"),
        CheckConstraint("(status = 'fulfilled') = (fulfilled_on is not null)", name="fulfilled"),
        Index("ix_obligation_case_id_due_on", "case_id", "due_on"),
        Index("ix_obligation_open_due_on", "due_on", "case_id", postgresql_where="status = 'open'"),
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("case_party.id"), index=True)
    kind: Mapped[str]
    description: Mapped[str]
    amount_ore: Mapped[int]
    due_on: Mapped[date]
    status: Mapped[str] = mapped_column(default=Status.OPEN)
    fulfilled_on: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")
