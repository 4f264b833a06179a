"""What legal says to each departure: approved, or rejected with a reason.

A verdict is about a departure as it was written. Another text for the same section is another
departure, which nobody has judged yet.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.agreements.departures import AgreementDeparture, departures_of
from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.moves import tell
from fellesgrep.agreements.passages import passages
from fellesgrep.agreements.rules import Status
from fellesgrep.core.db import Base, Row, one_of
from fellesgrep.core.problems import Conflict, FieldProblem, Invalid, NotFound
from fellesgrep.core.schema import EXTRA_SQL, append_only
from fellesgrep.core.tx import Tx


class DepartureAnswer(StrEnum):
    """What legal says to a departure."""

    APPROVED = "approved"
    REJECTED = "rejected"


class DepartureVerdict(Base, Row):
    """One answer of legal to a departure; the newest counts, and all are kept."""

    __tablename__ = "departure_verdict"
    __table_args__ = (
        CheckConstraint(one_of("verdict", DepartureAnswer), name="verdict"),
        Index("ix_departure_verdict_departure_id", "departure_id", "given_at"),
        {"info": {EXTRA_SQL: [append_only("departure_verdict")]}},
    )
    departure_id: Mapped[UUID] = mapped_column(ForeignKey("agreement_departure.id"))
    verdict: Mapped[str]
    reason: Mapped[str]
    given_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    given_at: Mapped[datetime]


def judge(
    tx: Tx, agreement: Agreement, departure_id: UUID, verdict: DepartureAnswer, reason: str = ""
) -> DepartureVerdict:
    """Approve a departure, or reject it with a reason; nobody approves what they wrote themselves.

    The agreement's version moves, so that it cannot be approved as a whole at the same moment.
    """
    if agreement.status != Status.IN_REVIEW:
        raise Conflict("agreements.problem.not_in_review")
    found = departures_of(tx, agreement)
    departure = next((each for each in found if each.id == departure_id), None)
    if departure is None:
        raise NotFound("core.problem.not_found")
    if verdict is DepartureAnswer.REJECTED and not reason.strip():
        raise Invalid.at("/reason", "agreements.problem.verdict_reason_missing")
    if verdict is DepartureAnswer.APPROVED and is_own(tx, departure):
        raise Conflict("agreements.problem.own_departure")
    given = DepartureVerdict(
        departure_id=departure.id,
        verdict=verdict,
        reason=reason.strip(),
        given_by_id=tx.actor.id,
        given_at=tx.now(),
    )
    tx.session.add(given)
    agreement.updated_at = tx.now()
    tx.session.flush()
    tell(tx, agreement, f"departure_{verdict}")
    return given


def is_own(tx: Tx, departure: AgreementDeparture) -> bool:
    """Tell whether whoever acts has written a departure."""
    return departure.author_kind == tx.actor.kind and departure.author_id == tx.actor.id


def verdicts_on(tx: Tx, departures: Iterable[UUID]) -> Mapping[UUID, DepartureVerdict]:
    """Return the newest verdict on each of some departures that has one."""
    rows = tx.session.scalars(
        select(DepartureVerdict)
        .where(DepartureVerdict.departure_id.in_(list(departures)))
        .order_by(DepartureVerdict.given_at, DepartureVerdict.id)
    )
    return {each.departure_id: each for each in rows}


def require_approved(tx: Tx, agreement: Agreement) -> None:
    """Refuse an agreement in which a departure stands that legal has not approved."""
    headings = _without(tx, agreement, agreement.body, approved=True)
    if headings:
        _refuse("/answers/verdict", "agreements.problem.departures_not_approved", headings)


def require_mended(tx: Tx, agreement: Agreement, body: str) -> None:
    """Refuse to send a text to legal again in which a departure stands that they rejected."""
    headings = _without(tx, agreement, body, approved=False)
    if headings:
        _refuse("/body", "agreements.problem.departures_rejected", headings)


def rejected(tx: Tx, agreement: Agreement) -> bool:
    """Tell whether legal has said no to a departure in a submitted agreement."""
    return bool(_without(tx, agreement, agreement.body, approved=False))


def _without(tx: Tx, agreement: Agreement, body: str, *, approved: bool) -> list[str]:
    """Return the headings of departures that lack approval, or only of those rejected."""
    sections = {each.id: each.heading for each in passages(body) if each.id}
    present = [each for each in departures_of(tx, agreement) if each.section_id in sections]
    given = verdicts_on(tx, (each.id for each in present))

    def stands(departure: AgreementDeparture) -> bool:
        answer = given[departure.id].verdict if departure.id in given else None
        if approved:
            return answer != DepartureAnswer.APPROVED
        return answer == DepartureAnswer.REJECTED

    return [sections[each.section_id] for each in present if stands(each)]


def _refuse(pointer: str, key: str, headings: list[str]) -> None:
    named = "», «".join(headings)
    raise Invalid("core.problem.invalid", fields=[FieldProblem(pointer, key, {"sections": named})])
