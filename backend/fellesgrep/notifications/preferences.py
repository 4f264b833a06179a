"""How people of the municipality want notices that the system writes to them: each kind its way."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.core.audit import Subject
from fellesgrep.core.calendar import is_working_day
from fellesgrep.core.clock import OSLO
from fellesgrep.core.db import Base, Row, one_of
from fellesgrep.core.ids import new_id
from fellesgrep.core.problems import Invalid
from fellesgrep.core.registry import Registry
from fellesgrep.core.tx import Tx
from fellesgrep.notifications.slots import MESSAGE_TEXTS, MessageText

DIGEST_AT = time(7)
"""When the daily digest leaves, on working days."""


class Way(StrEnum):
    """How somebody wants a kind of notice. What it tells of is in the system in any case."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NONE = "none"


class NoticePreference(Base, Row):
    """What a person chose for a kind of notice; without a row it comes at once."""

    __tablename__ = "notice_preference"
    __table_args__ = (
        UniqueConstraint("person_id", "kind"),
        CheckConstraint(one_of("way", Way), name="way"),
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    way: Mapped[str]


def kinds_for_people(registry: Registry) -> Mapping[str, MessageText]:
    """Return the kinds of notices that lead to pages of the municipality's own screens."""
    return {
        kind: text for kind, text in registry.all(MESSAGE_TEXTS).items() if text.maker == "own_page"
    }


def way_for(tx: Tx, recipient: Subject, kind: str) -> Way:
    """Return how a recipient wants a kind of message; partners get theirs at once."""
    if recipient.kind != "person" or kind not in kinds_for_people(tx.house.registry):
        return Way.AT_ONCE
    chosen = tx.session.scalar(
        select(NoticePreference.way).where(
            NoticePreference.person_id == recipient.id, NoticePreference.kind == kind
        )
    )
    return Way(chosen or Way.AT_ONCE)


def ways_of(tx: Tx, person_id: UUID) -> dict[str, Way]:
    """Return what a person gets in which way, for every kind there is."""
    rows = tx.session.execute(
        select(NoticePreference.kind, NoticePreference.way).where(
            NoticePreference.person_id == person_id
        )
    )
    chosen = {row.kind: Way(row.way) for row in rows}
    return {kind: chosen.get(kind, Way.AT_ONCE) for kind in kinds_for_people(tx.house.registry)}


def choose(tx: Tx, person_id: UUID, ways: Mapping[str, Way]) -> None:
    """Set how a person wants some kinds of notices; raises `Invalid` for one that is none."""
    unknown: Sequence[str] = sorted(ways.keys() - kinds_for_people(tx.house.registry).keys())
    if unknown:
        raise Invalid.at(f"/ways/{unknown[0]}", "core.field.not_a_choice")
    for kind, way in ways.items():
        values = {"id": new_id(), "person_id": person_id, "kind": kind, "way": str(way)}
        tx.session.execute(
            insert(NoticePreference)
            .values(values)
            .on_conflict_do_update(index_elements=["person_id", "kind"], set_={"way": str(way)})
        )
    tx.audit("notices:preferences_changed", Subject("person", person_id))


def next_digest(now: datetime) -> datetime:
    """Return when the next digest leaves: in the morning of a working day."""
    day = now.astimezone(OSLO).date()
    while not is_working_day(day) or datetime.combine(day, DIGEST_AT, OSLO) <= now:
        day += timedelta(days=1)
    return datetime.combine(day, DIGEST_AT, OSLO)
