"""What was found or decided about who may sign for a party."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.core.db import Base, Row, one_of
from fellesgrep.core.schema import EXTRA_SQL, append_only
from fellesgrep.signing.authority_reading import Source, Unclear


class PartyAuthority(Base, Row):
    """Who may sign for a party of a case, and on what that rests; the latest counts.

    With a `rule` it is settled. Without one, `unclear` says why a look-up did not settle it, or a
    liaison (source) confirms with a reason that whoever is planned may sign. `file_sha256` is what
    proves it: the registers' answers as they came, or uploaded minutes.
    """

    __tablename__ = "party_authority"
    __table_args__ = (
        CheckConstraint(one_of("source", Source), name="source"),
        CheckConstraint(one_of("unclear", Unclear), name="unclear"),
        CheckConstraint("unclear is null or rule is null", name="settled"),
        Index("ix_party_authority_party_id", "party_id", "id"),
        {"info": {EXTRA_SQL: [append_only("party_authority")]}},
    )
    party_id: Mapped[UUID] = mapped_column(ForeignKey("case_party.id"))
    source: Mapped[str]
    rule: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True), default=None)
    unclear: Mapped[str | None] = mapped_column(default=None)
    words: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    file_sha256: Mapped[str | None] = mapped_column(
        ForeignKey("stored_file.sha256"), index=True, default=None
    )
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), index=True, default=None
    )


class AuthorityQuestion(Base, Row):
    """Legal is asked who may sign for a party; open until legal decides."""

    __tablename__ = "authority_question"
    __table_args__ = (
        Index("ix_authority_question_party_id", "party_id", "id"),
        {"info": {EXTRA_SQL: [append_only("authority_question")]}},
    )
    party_id: Mapped[UUID] = mapped_column(ForeignKey("case_party.id"))
    question: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
