"""Many agreements of one type begun at once: the run, and what became of each case in it."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.core.db import Base, Row, one_of


class BulkStatus(StrEnum):
    """Where a run stands."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


class BulkItemStatus(StrEnum):
    """What became of a case; those of a cancelled run that were not reached still wait."""

    WAITING = "waiting"
    MADE = "made"
    FAILED = "failed"


class BulkRun(Base, Row):
    """Agreements from one template for a set of cases. `fields` are answers common to all."""

    __tablename__ = "bulk_run"
    __table_args__ = (
        CheckConstraint(one_of("status", BulkStatus), name="status"),
        CheckConstraint("(status = 'running') = (ended_at is null)", name="ended"),
    )
    template_id: Mapped[UUID] = mapped_column(ForeignKey("template.id"), index=True)
    language: Mapped[str]
    fields: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(default=BulkStatus.RUNNING)
    started_at: Mapped[datetime] = mapped_column(index=True)
    started_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class BulkItem(Base, Row):
    """A case of a run; `pdf_sha256` is the draft as it was made, `causes` why there is none.

    A cause is the key of a text and its parameters, as problems have them. `gaps` counts what the
    draft still asks for.
    """

    __tablename__ = "bulk_item"
    __table_args__ = (
        CheckConstraint(one_of("status", BulkItemStatus), name="status"),
        CheckConstraint("(status = 'made') = (pdf_sha256 is not null)", name="made"),
        UniqueConstraint("run_id", "case_id"),
        Index("ix_bulk_item_run_id_status_position", "run_id", "status", "position"),
    )
    run_id: Mapped[UUID] = mapped_column(ForeignKey("bulk_run.id"))
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    position: Mapped[int]
    status: Mapped[str] = mapped_column(default=BulkItemStatus.WAITING)
    causes: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    gaps: Mapped[int] = mapped_column(default=0)
    agreement_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("agreement.id"), index=True, default=None
    )
    pdf_sha256: Mapped[str | None] = mapped_column(
        ForeignKey("stored_file.sha256"), index=True, default=None
    )
