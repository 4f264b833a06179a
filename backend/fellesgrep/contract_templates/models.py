"""A template and its versions. What has once been in force never changes again."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fellesgrep.contract_templates.manifest import Manifest
from fellesgrep.core.db import Base, Editable, Row, one_of
from fellesgrep.core.schema import EXTRA_SQL, unchanging


class Origin(StrEnum):
    """Who wrote a version."""

    SHIPPED = "shipped"
    MUNICIPALITY = "municipality"


class VersionStatus(StrEnum):
    """Where a version stands. `approved` waits for the day from which it is in force."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    IN_FORCE = "in_force"
    RETIRED = "retired"


class Template(Base, Row):
    """An agreement type, such as `samarbeidsavtale`."""

    __tablename__ = "template"
    key: Mapped[str] = mapped_column(unique=True)
    versions: Mapped[list["TemplateVersion"]] = relationship(
        order_by="TemplateVersion.number", back_populates="template"
    )


class TemplateVersion(Base, Editable):
    """One text of a template, in all its languages; a draft until somebody else has approved it.

    `authors` are all who have written in it, as ids: none of them approves it. `change_note` says
    what is new and why. By `review_by` somebody of legal is to read a text in force again.
    """

    __tablename__ = "template_version"
    __table_args__ = (
        UniqueConstraint("template_id", "number"),
        CheckConstraint(one_of("origin", Origin), name="origin"),
        CheckConstraint(one_of("status", VersionStatus), name="status"),
        CheckConstraint(
            "status in ('draft', 'in_review') or in_force_from is not null", name="in_force_from"
        ),
        Index(
            "uq_template_version_in_force",
            "template_id",
            unique=True,
            postgresql_where=text("status = 'in_force'"),
        ),
        {
            "info": {
                EXTRA_SQL: unchanging(
                    "template_version",
                    when="old.status <> 'draft'",
                    columns=(
                        "template_id", "number", "origin", "content_hash",
                        "manifest", "bodies", "sample", "authors", "change_note",
                    ),
                )
            }
        },
    )  # fmt: skip
    template_id: Mapped[UUID] = mapped_column(ForeignKey("template.id"))
    number: Mapped[int]
    origin: Mapped[str]
    content_hash: Mapped[str]
    manifest: Mapped[dict[str, Any]]
    bodies: Mapped[dict[str, Any]]
    sample: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(default=VersionStatus.DRAFT)
    approved_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), index=True, default=None
    )
    in_force_from: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(server_default="1")
    authors: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    change_note: Mapped[str] = mapped_column(default="", server_default="")
    review_by: Mapped[date | None] = mapped_column(default=None)
    reminded_on: Mapped[date | None] = mapped_column(default=None)
    template: Mapped[Template] = relationship(back_populates="versions")

    def read_manifest(self) -> Manifest:
        """Return the manifest as values."""
        return Manifest.model_validate(self.manifest)
