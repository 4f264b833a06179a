"""The discussion of a case's draft as the municipality sees and answers it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from fellesgrep.agreements import discussion, discussion_views, drafting
from fellesgrep.agreements.discussion_schemas import DiscussionView, Rejection
from fellesgrep.cases.models import Case
from fellesgrep.cases.talking_schemas import Answer, SendToContacts
from fellesgrep.identity.access import Access, allow
from fellesgrep.identity.policy import Place

router = APIRouter(prefix="/api/v1/cases/{case_id}/agreement/discussion", tags=["agreements"])
Drafting = Annotated[Access, allow("agreement:draft", on="case")]


def _view(access: Access, case_id: UUID) -> DiscussionView:
    place = Place(area_id=access.tx.session.get_one(Case, case_id).area_id)
    may = access.may("agreement:draft", place)
    return discussion_views.whole(access.tx, case_id, may_answer=may)


@router.get("")
def show_discussion(
    case_id: UUID, access: Annotated[Access, allow("agreement:read", on="case")]
) -> DiscussionView:
    """Return every round of the discussion: what was sent to whom, said, suggested, answered."""
    return _view(access, case_id)


@router.post("/send")
def send_draft(case_id: UUID, body: SendToContacts, access: Drafting) -> DiscussionView:
    """Send the draft as it reads now to contact persons of the parties."""
    agreement = drafting.get_current(access.tx, case_id)
    discussion.send_for_reading(access.tx, agreement, **body.model_dump())
    return _view(access, case_id)


@router.post("/comments/{comment_id}/answer")
def answer_comment(
    case_id: UUID, comment_id: UUID, body: Answer, access: Drafting
) -> DiscussionView:
    """Answer what a partner asked; they get mail."""
    discussion.answer(access.tx, case_id, comment_id, body.text)
    return _view(access, case_id)


@router.post("/suggestions/{suggestion_id}/accept")
def accept_suggestion(case_id: UUID, suggestion_id: UUID, access: Drafting) -> DiscussionView:
    """Take a suggestion into the draft, which legal then reads."""
    discussion.accept(access.tx, case_id, suggestion_id)
    return _view(access, case_id)


@router.post("/suggestions/{suggestion_id}/reject")
def reject_suggestion(
    case_id: UUID, suggestion_id: UUID, body: Rejection, access: Drafting
) -> DiscussionView:
    """Say no to a suggestion, with a reason."""
    discussion.reject(access.tx, case_id, suggestion_id, body.reason)
    return _view(access, case_id)
