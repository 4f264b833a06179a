"""A partner, its contact persons, and the log of meetings, calls and visits."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.core.db import Base, Editable, Row, one_of
from fellesgrep.core.search import search_column


class PartnerKind(StrEnum):
    """What sort of actor somebody is."""

    BUSINESS = "business"
    HOUSING_COOPERATIVE = "housing_cooperative"
    CONDOMINIUM = "condominium"
    VOLUNTARY_ORGANISATION = "voluntary_organisation"
    USER_ORGANISATION = "user_organisation"
    INSTITUTION = "institution"
    INFORMAL_GROUP = "informal_group"
    RESOURCE_PERSON = "resource_person"
    MUNICIPAL_UNIT = "municipal_unit"
    EXTERNAL_INVESTOR = "external_investor"


class Status(StrEnum):
    """Whether a partner or a contact person is still one."""

    ACTIVE = "active"
    ENDED = "ended"


class Channel(StrEnum):
    """How people were in touch."""

    MEETING = "meeting"
    CALL = "call"
    EMAIL = "email"
    VISIT = "visit"
    WALK_IN = "walk_in"


class MeetingResult(StrEnum):
    """How a general meeting voted."""

    ADOPTED = "adopted"
    REJECTED = "rejected"


class Partner(Base, Editable):
    """Anyone to cooperate with. `area_id` is where it belongs; None for actors from outside."""

    __tablename__ = "partner"
    __table_args__ = (
        CheckConstraint(one_of("kind", PartnerKind), name="kind"),
        CheckConstraint(one_of("status", Status), name="status"),
        CheckConstraint("dwellings > 0", name="dwellings"),
        Index("ix_partner_search", "search", postgresql_using="gin"),
        Index("ix_partner_name", "name"),
        Index("ix_partner_kind_name", "kind", "name"),
        Index("ix_partner_area_id_name", "area_id", "name"),
    )
    kind: Mapped[str]
    name: Mapped[str]
    organisation_number: Mapped[str | None] = mapped_column(unique=True, default=None)
    organisation_form: Mapped[str] = mapped_column(default="")
    dwellings: Mapped[int | None] = mapped_column(default=None)
    address: Mapped[str] = mapped_column(default="")
    postal_code: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("area.id"), default=None)
    about: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default=Status.ACTIVE)
    search: Mapped[str] = search_column("name", "about")


Index(
    "ix_partner_name_prefix",
    func.lower(Partner.name).label("name_lower"),
    postgresql_ops={"name_lower": "text_pattern_ops"},
)


class Contact(Base, Editable):
    """A person who speaks for a partner. Never logs in; reached by e-mail or telephone."""

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint(one_of("status", Status), name="status"),
        CheckConstraint(one_of("language", ("nb", "nn", "en")), name="language"),
        Index("ix_contact_search", "search", postgresql_using="gin"),
    )
    partner_id: Mapped[UUID] = mapped_column(ForeignKey("partner.id"), index=True)
    name: Mapped[str]
    role_title: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="nb")
    status: Mapped[str] = mapped_column(default=Status.ACTIVE)
    search: Mapped[str] = search_column("name")


class Engagement(Base, Row):
    """One logged meeting, call, visit or e-mail; perhaps about a case (known by id only).

    With a `meeting_result` it was the partner's general meeting, which voted on the case.
    """

    __tablename__ = "engagement"
    __table_args__ = (
        CheckConstraint(one_of("channel", Channel), name="channel"),
        CheckConstraint(one_of("meeting_result", MeetingResult), name="meeting_result"),
        Index("ix_engagement_partner_id_held_on", "partner_id", "held_on"),
        Index("ix_engagement_case_id_held_on", "case_id", "held_on"),
        Index("ix_engagement_area_id_held_on", "area_id", "held_on"),
    )
    partner_id: Mapped[UUID] = mapped_column(ForeignKey("partner.id"))
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"), index=True)
    case_id: Mapped[UUID | None]
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("area.id"))
    channel: Mapped[str]
    held_on: Mapped[date]
    summary: Mapped[str]
    meeting_result: Mapped[str | None] = mapped_column(default=None)
    logged_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    logged_at: Mapped[datetime]
