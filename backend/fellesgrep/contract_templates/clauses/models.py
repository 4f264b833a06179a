"""A clause and its versions. What was once put forward never changes again."""

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fellesgrep.contract_templates.manifest import Words
from fellesgrep.contract_templates.models import Origin, VersionStatus
from fellesgrep.core.db import Base, Editable, Row, one_of
from fellesgrep.core.schema import EXTRA_SQL, unchanging


class Clause(Base, Row):
    """A clause by the key that texts of templates name it with (`data-clause`)."""

    __tablename__ = "clause"
    key: Mapped[str] = mapped_column(unique=True)
    versions: Mapped[list["ClauseVersion"]] = relationship(
        order_by="ClauseVersion.number", back_populates="clause"
    )


class ClauseVersion(Base, Editable):
    """One wording of a clause in all languages, with why it is needed and who must carry it.

    `authors` are all who have written in it, `sent_by_id` who put it forward: none of them
    approves it. `mandatory_for` are keys of templates. By `review_by` legal reads it again.
    """

    __tablename__ = "clause_version"
    __table_args__ = (
        UniqueConstraint("clause_id", "number"),
        CheckConstraint(one_of("origin", Origin), name="origin"),
        CheckConstraint(one_of("status", VersionStatus), name="status"),
        CheckConstraint(
            "status in ('draft', 'in_review') or in_force_from is not null", name="in_force_from"
        ),
        Index(
            "uq_clause_version_in_force",
            "clause_id",
            unique=True,
            postgresql_where=text("status = 'in_force'"),
        ),
        {
            "info": {
                EXTRA_SQL: unchanging(
                    "clause_version",
                    when="old.status <> 'draft'",
                    columns=(
                        "clause_id", "number", "origin", "content_hash", "title", "reason",
                        "legal_references", "mandatory_for", "bodies", "authors", "change_note",
                    ),
                )
            }
        },
    )  # fmt: skip
    clause_id: Mapped[UUID] = mapped_column(ForeignKey("clause.id"))
    number: Mapped[int]
    origin: Mapped[str]
    content_hash: Mapped[str]
    title: Mapped[dict[str, Any]]
    reason: Mapped[dict[str, Any]]
    bodies: Mapped[dict[str, Any]]
    legal_references: Mapped[list[str]] = mapped_column(default=list)
    mandatory_for: Mapped[list[str]] = mapped_column(default=list)
    status: Mapped[str] = mapped_column(default=VersionStatus.DRAFT)
    authors: Mapped[list[str]] = mapped_column(default=list)
    change_note: Mapped[str] = mapped_column(default="")
    sent_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), index=True, default=None
    )
    approved_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), index=True, default=None
    )
    in_force_from: Mapped[datetime | None] = mapped_column(default=None)
    review_by: Mapped[date | None] = mapped_column(default=None)
    reminded_on: Mapped[date | None] = mapped_column(default=None)
    clause: Mapped[Clause] = relationship(back_populates="versions")

    @property
    def titles(self) -> Words:
        """Return the title by language."""
        return cast(Words, self.title)

    @property
    def texts(self) -> Words:
        """Return the text by language."""
        return cast(Words, self.bodies)
