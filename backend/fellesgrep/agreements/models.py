"""An agreement, its parties, and what legal said about its drafts."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fellesgrep.agreements.rules import Status
from fellesgrep.contract_templates.models import TemplateVersion
from fellesgrep.core.db import Base, Editable, Row, one_of
from fellesgrep.core.schema import EXTRA_SQL, unchanging

_FROZEN = (
    "case_id", "number", "template_version_id", "language", "title", "fields", "body", "data",
    "approved_at", "approved_by_id", "frozen_at", "shown_sha256",
)  # fmt: skip


class Verdict(StrEnum):
    """What legal says about a draft."""

    APPROVED = "approved"
    RETURNED = "returned"


class Agreement(Base, Editable):
    """An agreement of a case.

    `fields` is what its author typed. `body` and `data` are set when the draft is submitted: the
    filled text and what it was filled with. From `frozen_at` the database refuses any change of
    what was shown.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint(one_of("status", Status), name="status"),
        CheckConstraint(one_of("language", ("nb", "nn", "en")), name="language"),
        CheckConstraint("(frozen_at is null) = (shown_sha256 is null)", name="frozen"),
        CheckConstraint("(sealed_at is null) = (sealed_sha256 is null)", name="sealed"),
        {
            "info": {
                EXTRA_SQL: [
                    *unchanging("agreement", when="old.frozen_at is not null", columns=_FROZEN),
                    *unchanging(
                        "agreement",
                        when="old.sealed_at is not null",
                        columns=("sealed_at", "sealed_sha256"),
                        name="sealed",
                    ),
                ]
            }
        },
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    template_version_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("template_version.id"), index=True, default=None
    )
    language: Mapped[str] = mapped_column(default="nb")
    status: Mapped[str] = mapped_column(default=Status.DRAFTING)
    title: Mapped[str] = mapped_column(default="")
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    body: Mapped[str] = mapped_column(default="")
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    submission_note: Mapped[str] = mapped_column(default="")
    submitted_at: Mapped[datetime | None] = mapped_column(default=None)
    submitted_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), index=True, default=None
    )
    approved_at: Mapped[datetime | None] = mapped_column(default=None)
    approved_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), index=True, default=None
    )
    frozen_at: Mapped[datetime | None] = mapped_column(default=None)
    shown_sha256: Mapped[str | None] = mapped_column(
        ForeignKey("stored_file.sha256"), index=True, default=None
    )
    sealed_at: Mapped[datetime | None] = mapped_column(default=None)
    sealed_sha256: Mapped[str | None] = mapped_column(
        ForeignKey("stored_file.sha256"), index=True, default=None
    )
    stamped_sha256: Mapped[str | None] = mapped_column(
        ForeignKey("stored_file.sha256"), index=True, default=None
    )
    template_version: Mapped[TemplateVersion | None] = relationship()
    parties: Mapped[list["AgreementParty"]] = relationship(
        order_by="AgreementParty.position", cascade="all, delete-orphan"
    )
    reviews: Mapped[list["AgreementReview"]] = relationship(
        order_by="AgreementReview.reviewed_at.desc()"
    )

    @property
    def final_sha256(self) -> str | None:
        """Return the sealed file that is given out: the newest, where time stamps were appended."""
        return self.stamped_sha256 or self.sealed_sha256


class AgreementParty(Base, Row):
    """Who an agreement binds, as named in it; `party_id` None is the municipality."""

    __tablename__ = "agreement_party"
    __table_args__ = (UniqueConstraint("agreement_id", "position"),)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    position: Mapped[int]
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("case_party.id"), index=True)
    name: Mapped[str]
    organisation_number: Mapped[str | None]


class AgreementReview(Base, Row):
    """What legal said about a draft, and when."""

    __tablename__ = "agreement_review"
    __table_args__ = (CheckConstraint(one_of("verdict", Verdict), name="verdict"),)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    verdict: Mapped[str]
    comment: Mapped[str]
    reviewed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    reviewed_at: Mapped[datetime]
