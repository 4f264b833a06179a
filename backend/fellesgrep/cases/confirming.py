"""The partner confirms what was written down of mutual expectations, or wants it otherwise."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.cases import service
from fellesgrep.cases.models import Case, Expectation
from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.db import Base, Row, one_of
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.notifications.service import queue_message
from fellesgrep.partners.models import Contact, Partner
from fellesgrep.workflow import service as workflow
from fellesgrep.workflow.operations import Operation, Step

PURPOSE = "case.expectations"
ELEMENT = "confirm_expectations"


class PartnerAnswer(StrEnum):
    """What a partner says of the expectations."""

    CONFIRMED = "confirmed"
    COMMENTED = "commented"


class ExpectationReader(Base, Row):
    """A contact person who is asked to confirm expectations, and what they answered."""

    __tablename__ = "expectation_reader"
    __table_args__ = (
        UniqueConstraint("expectation_id", "contact_id"),
        CheckConstraint(f"answer is null or {one_of('answer', PartnerAnswer)}", name="answer"),
        CheckConstraint("(answer is null) = (answered_at is null)", name="answered"),
    )
    expectation_id: Mapped[UUID] = mapped_column(ForeignKey("expectation.id"))
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    party_name: Mapped[str]
    sent_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(default=None)
    comment: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(default=None)


class Answer(BaseModel):
    """What the partner's step is completed with."""

    partner_answer: Literal["confirmed", "commented"]


def ask_parties(tx: Tx, expectation: Expectation) -> None:
    """Ask the contact person of each party; raises `Invalid` where nobody can be reached."""
    asked = False
    for party in service.parties(tx, expectation.case_id):
        contact = tx.session.get(Contact, party.contact_id) if party.contact_id else None
        if contact is None or not contact.email:
            continue
        asked = True
        reader = ExpectationReader(
            expectation_id=expectation.id,
            contact_id=contact.id,
            party_name=tx.session.get_one(Partner, party.partner_id).name,
            sent_at=tx.now(),
        )
        tx.session.add(reader)
        tx.session.flush()
        write(tx, reader)
    if not asked:
        raise Invalid.at("/ask_partner", "cases.problem.nobody_to_ask")
    tx.audit("case:confirmation_asked", Subject("case", expectation.case_id))


def write(tx: Tx, reader: ExpectationReader) -> None:
    """Queue the mail with a link to what is to be confirmed."""
    expectation = tx.session.get_one(Expectation, reader.expectation_id)
    queue_message(
        tx,
        "cases.confirm_expectations",
        to=Subject("contact", reader.contact_id),
        subject=Subject("case", expectation.case_id),
        about=Subject("expectation_reader", reader.id),
        params={"case": ref("case", expectation.case_id)},
    )


def readers_of(tx: Tx, expectation_id: UUID) -> Sequence[ExpectationReader]:
    """Return everybody who was asked about expectations."""
    return tx.session.scalars(
        select(ExpectationReader)
        .where(ExpectationReader.expectation_id == expectation_id)
        .order_by(ExpectationReader.id)
    ).all()


def latest(tx: Tx, case_id: UUID) -> Expectation | None:
    """Return the expectations that count."""
    return tx.session.scalars(
        select(Expectation)
        .where(Expectation.case_id == case_id)
        .order_by(Expectation.recorded_at.desc(), Expectation.id.desc())
        .limit(1)
    ).first()


def waits(tx: Tx, reader: ExpectationReader) -> bool:
    """Tell whether the case waits for this answer: asked of these expectations, not given yet."""
    expectation = tx.session.get_one(Expectation, reader.expectation_id)
    now = latest(tx, expectation.case_id)
    subject = Subject("case", expectation.case_id)
    step = any(task.element == ELEMENT for task in workflow.open_tasks(tx, subject))
    return step and reader.answer is None and now is not None and now.id == expectation.id


def answer(tx: Tx, reader: ExpectationReader, said: PartnerAnswer, comment: str = "") -> None:
    """Answer as the contact person acting; the step of the case is taken when it is settled.

    One who wants something changed settles it; else it is settled when all have confirmed.
    """
    expectation = tx.session.get_one(Expectation, reader.expectation_id)
    subject = Subject("case", expectation.case_id)
    workflow.hold(tx, subject)
    tx.session.refresh(reader, with_for_update=True)
    if not waits(tx, reader):
        raise Conflict("cases.problem.not_asked_any_more")
    if said is PartnerAnswer.COMMENTED and not comment.strip():
        raise Invalid.at("/comment", "cases.problem.say_what")
    reader.answer, reader.comment, reader.answered_at = said, comment.strip(), tx.now()
    tx.session.flush()
    tx.audit(f"case:expectations_{said}", subject, {"contact": ref("contact", reader.contact_id)})
    case = tx.session.get_one(Case, expectation.case_id)
    queue_message(
        tx,
        "cases.expectations_answered",
        to=Subject("person", case.responsible_id),
        subject=subject,
        params={
            "case": ref("case", case.id),
            "contact": ref("contact", reader.contact_id),
        },
    )
    if _settled(tx, expectation.id) is not None:
        workflow.complete_as_partner(tx, subject, ELEMENT, None, {"partner_answer": said.value})


def _settled(tx: Tx, expectation_id: UUID) -> PartnerAnswer | None:
    answers = [reader.answer for reader in readers_of(tx, expectation_id)]
    if PartnerAnswer.COMMENTED in answers:
        return PartnerAnswer.COMMENTED
    return PartnerAnswer.CONFIRMED if answers and None not in answers else None


def record(step: Step, given: Answer) -> Mapping[str, Any]:
    """Take the partner's step; raises `Conflict` where this is not what they have answered."""
    expectation = latest(step.tx, step.subject.id)
    settled = _settled(step.tx, expectation.id) if expectation else None
    if settled is None or settled != given.partner_answer:
        raise Conflict("cases.problem.not_asked_any_more")
    return {}


RECORD_CONFIRMATION = Operation(record, Answer)
