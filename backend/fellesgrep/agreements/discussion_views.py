"""The discussion of a case's draft as the municipality's screens show it."""

from uuid import UUID

from sqlalchemy import select

from fellesgrep.agreements import drafting, talking
from fellesgrep.agreements.discussion import subject_of
from fellesgrep.agreements.discussion_models import DraftReader, DraftReading, SuggestionStatus
from fellesgrep.agreements.discussion_schemas import (
    DiscussionView,
    ReaderView,
    ReadingView,
    SuggestionView,
)
from fellesgrep.agreements.rules import Status
from fellesgrep.cases.talking import could_be_chosen
from fellesgrep.cases.talking_schemas import SaidView, ThreadView, choices
from fellesgrep.core.comments import comments_on
from fellesgrep.core.tx import Tx


def whole(tx: Tx, case_id: UUID, *, may_answer: bool) -> DiscussionView:
    """Return every round of a discussion, and whom the draft could be sent to."""
    agreement = drafting.find_current(tx, case_id)
    may_send = may_answer and agreement is not None and agreement.status == Status.DRAFTING
    return DiscussionView(
        readings=_readings(tx, case_id),
        threads=_threads(tx, case_id),
        suggestions=[_suggestion(each) for each in talking.suggested(tx, case_id)],
        contacts=choices(could_be_chosen(tx, case_id)) if may_send else [],
        may_send=may_send,
        may_answer=may_answer,
    )


def _readings(tx: Tx, case_id: UUID) -> list[ReadingView]:
    readings = tx.session.scalars(
        select(DraftReading)
        .where(DraftReading.case_id == case_id)
        .order_by(DraftReading.number.desc())
    ).all()
    readers = tx.session.scalars(
        select(DraftReader)
        .where(DraftReader.reading_id.in_([each.id for each in readings]))
        .order_by(DraftReader.id)
    ).all()
    return [
        ReadingView(
            number=reading.number,
            sent_at=reading.sent_at,
            respond_by=reading.respond_by,
            note=reading.note,
            readers=[
                ReaderView.model_validate(each) for each in readers if each.reading_id == reading.id
            ],
        )
        for reading in readings
    ]


def _threads(tx: Tx, case_id: UUID) -> list[ThreadView]:
    headings = {each.id: each.quote for each in comments_on(tx.session, subject_of(case_id))}
    return [
        ThreadView(heading=headings[said.id], first=SaidView.model_validate(said))
        for _section, said in talking.threads_of(tx, case_id)
    ]


def _suggestion(each: talking.Suggested) -> SuggestionView:
    row = each.row
    return SuggestionView(
        id=row.id,
        heading=row.heading,
        who=each.who,
        of=each.of,
        change_html=each.change,
        reason=row.reason,
        made_at=row.made_at,
        status=SuggestionStatus(row.status),
        answer=row.answer,
        answered_by=each.answered_by,
        answered_at=row.answered_at,
    )
