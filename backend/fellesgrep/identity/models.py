"""People, the roles granted to them, and their log-in sessions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fellesgrep.core.db import Base, Editable, Row, one_of
from fellesgrep.identity.policy import Role


class Person(Base, Editable):
    """Somebody who works for the municipality. Partners are never here."""

    __tablename__ = "person"
    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    unit: Mapped[str]
    language: Mapped[str] = mapped_column(default="nb")
    issuer: Mapped[str | None] = mapped_column(default=None)
    subject: Mapped[str | None] = mapped_column(default=None)
    active: Mapped[bool] = mapped_column(default=True)
    grants: Mapped[list["RoleGrant"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="RoleGrant.role"
    )

    __table_args__ = (UniqueConstraint("issuer", "subject"),)


class RoleGrant(Base, Row):
    """A role given to a person, in one area or (no area) in all."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint(one_of("role", Role), name="role"),
        UniqueConstraint("person_id", "role", "area_id", postgresql_nulls_not_distinct=True),
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str]
    area_id: Mapped[UUID | None] = mapped_column(default=None)


class LoginSession(Base, Row):
    """A log-in; the cookie's token is stored hashed."""

    __tablename__ = "login_session"
    __table_args__ = (Index("ix_login_session_expires_at", "expires_at"),)
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    method: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
