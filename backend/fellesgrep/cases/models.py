"""A case, who takes part, what was expected of whom, and the stages it went through."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.core.db import Base, Editable, Row, one_of
from fellesgrep.core.schema import EXTRA_SQL, append_only
from fellesgrep.core.search import search_column


class Stage(StrEnum):
    """Where a case stands, in the order of the way."""

    FIRST_CONTACT = "first_contact"
    CLARIFICATION = "clarification"
    PROPOSAL = "proposal"
    CO_FUNDING = "co_funding"
    AGREEMENT = "agreement"
    SIGNING = "signing"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a case ended."""

    NOT_PURSUED = "not_pursued"
    INFORMAL_COOPERATION = "informal_cooperation"
    LETTER_OF_COOPERATION = "letter_of_cooperation"
    DECLINED_BY_MUNICIPALITY = "declined_by_municipality"
    DECLINED_BY_PARTNER = "declined_by_partner"
    NOT_SIGNED = "not_signed"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


class Way(StrEnum):
    """In which way people want to cooperate."""

    FORMAL = "formal"
    LETTER = "letter"
    INFORMAL = "informal"


class Case(Base, Editable):
    """One cooperation. `stage`, `stage_since`, `outcome` follow the workflow and nothing else."""

    __tablename__ = "case"
    __table_args__ = (
        CheckConstraint(one_of("stage", Stage), name="stage"),
        CheckConstraint(one_of("outcome", Outcome), name="outcome"),
        CheckConstraint(
            "(stage = 'closed') = (outcome is not null and closed_at is not null)", name="closed"
        ),
        Index("ix_case_search", "search", postgresql_using="gin"),
        Index("ix_case_number_prefix", "number", postgresql_ops={"number": "text_pattern_ops"}),
        Index("ix_case_stage_stage_since", "stage", "stage_since"),
        Index("ix_case_area_id_stage_stage_since", "area_id", "stage", "stage_since"),
        Index("ix_case_responsible_id_stage_stage_since", "responsible_id", "stage", "stage_since"),
        Index("ix_case_stage_since", "stage_since"),
        Index("ix_case_title", "title"),
        Index("ix_case_measure_id", "measure_id"),
        Index("ix_case_involvement_item_id", "involvement_item_id"),
    )
    number: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"))
    measure_id: Mapped[UUID | None] = mapped_column(ForeignKey("measure.id"), default=None)
    involvement_item_id: Mapped[UUID | None] = mapped_column(default=None)
    responsible_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    stage: Mapped[str] = mapped_column(default=Stage.FIRST_CONTACT)
    stage_since: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(default=None)
    outcome_reason: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    search: Mapped[str] = search_column("title", "summary")


class CaseNumber(Base):
    """The last number given in a year."""

    __tablename__ = "case_number"
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class CaseParty(Base, Row):
    """A partner in a case, from when until when; one of them leads."""

    __tablename__ = "case_party"
    __table_args__ = (
        Index(
            "uq_case_party_present",
            "case_id",
            "partner_id",
            unique=True,
            postgresql_where=text("removed_at is null"),
        ),
        Index(
            "uq_case_party_lead",
            "case_id",
            unique=True,
            postgresql_where=text("lead and removed_at is null"),
        ),
        Index("ix_case_party_partner_id", "partner_id", "case_id"),
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    partner_id: Mapped[UUID] = mapped_column(ForeignKey("partner.id"))
    contact_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("contact.id"), index=True, default=None
    )
    lead: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class Expectation(Base, Row):
    """What both sides expect of each other, as recorded once; the latest counts."""

    __tablename__ = "expectation"
    __table_args__ = (
        CheckConstraint(one_of("way", Way), name="way"),
        Index("ix_expectation_case_id_recorded_at", "case_id", "recorded_at"),
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    goals: Mapped[str]
    municipality_expects: Mapped[str]
    partner_expects: Mapped[str]
    working_method: Mapped[str]
    way: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)


class Basis(StrEnum):
    """On what it rests that a party can be bound."""

    AUTHORITY = "authority"
    GENERAL_MEETING = "general_meeting"
    MEMBERS = "members"
    LETTER = "letter"
    INTERNAL = "internal"


class PartyClearance(Base, Row):
    """Whether a party can be bound, on what that rests, and how it is to sign; the latest counts.

    `details` names who binds the party, or the item of the minutes.
    """

    __tablename__ = "party_clearance"
    __table_args__ = (
        CheckConstraint(one_of("basis", Basis), name="basis"),
        Index("ix_party_clearance_party_id", "party_id", "id"),
        Index("ix_party_clearance_case_id", "case_id"),
        {"info": {EXTRA_SQL: [append_only("party_clearance")]}},
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    party_id: Mapped[UUID] = mapped_column(ForeignKey("case_party.id"))
    cleared: Mapped[bool]
    basis: Mapped[str]
    details: Mapped[str]
    legal_reference: Mapped[str]
    signature_method: Mapped[str]
    decided_on: Mapped[date | None]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)


class StageEntry(Base, Row):
    """A case entered a stage."""

    __tablename__ = "stage_entry"
    __table_args__ = (Index("ix_stage_entry_case_id_entered_at", "case_id", "entered_at"),)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    stage: Mapped[str]
    entered_at: Mapped[datetime]


class Hold(Base, Row):
    """A case rests, why, and until which day, if that is known."""

    __tablename__ = "case_hold"
    __table_args__ = (
        Index(
            "uq_case_hold_now", "case_id", unique=True, postgresql_where=text("ended_at is null")
        ),
        Index("ix_case_hold_case_id", "case_id"),
        Index("ix_case_hold_until_on", "until_on", postgresql_where=text("ended_at is null")),
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    reason: Mapped[str]
    until_on: Mapped[date | None] = mapped_column(default=None)
    held_at: Mapped[datetime]
    held_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class Reopening(Base, Row):
    """A closed case was taken up again: how it had ended, and why that was not the end."""

    __tablename__ = "case_reopening"
    __table_args__ = (CheckConstraint(one_of("outcome", Outcome), name="outcome"),)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    outcome: Mapped[str]
    outcome_reason: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)


class HandOver(Base, Row):
    """Somebody else became responsible, and why."""

    __tablename__ = "hand_over"
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    from_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    to_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str]
    at: Mapped[datetime]
