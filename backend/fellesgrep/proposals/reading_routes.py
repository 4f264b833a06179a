"""The readings of a case's proposal as the municipality sends and answers them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from fellesgrep.cases.models import Case
from fellesgrep.cases.talking_schemas import Answer, SendToContacts
from fellesgrep.core.languages import Language
from fellesgrep.core.web import ReaderLanguage
from fellesgrep.identity.access import Access, allow
from fellesgrep.identity.policy import Place
from fellesgrep.proposals import reading, reading_views
from fellesgrep.proposals.reading_schemas import ReadingsView

router = APIRouter(prefix="/api/v1/cases/{case_id}/proposal/readings", tags=["proposals"])
Editing = Annotated[Access, allow("proposal:edit", on="case")]


def _view(access: Access, case_id: UUID, language: Language) -> ReadingsView:
    case = access.tx.session.get_one(Case, case_id)
    may = access.may("proposal:edit", Place(area_id=case.area_id))
    return reading_views.whole(access.tx, case, language, may_answer=may)


@router.get("")
def show_readings(
    case_id: UUID,
    access: Annotated[Access, allow("case:read", on="case")],
    language: ReaderLanguage,
) -> ReadingsView:
    """Return what was sent to whom, where each party stands, and what was said."""
    return _view(access, case_id, language)


@router.post("/send")
def send_proposal(
    case_id: UUID, body: SendToContacts, access: Editing, language: ReaderLanguage
) -> ReadingsView:
    """Send the proposal as it reads now to contact persons of the parties."""
    case = access.tx.session.get_one(Case, case_id)
    reading.send(access.tx, case, **body.model_dump())
    return _view(access, case_id, language)


@router.post("/comments/{comment_id}/answer")
def answer_comment(
    case_id: UUID, comment_id: UUID, body: Answer, access: Editing, language: ReaderLanguage
) -> ReadingsView:
    """Answer what a partner asked; they get mail."""
    reading.reply(access.tx, case_id, comment_id, body.text)
    return _view(access, case_id, language)


@router.post("/comments/{comment_id}/resolve")
def resolve_comment(
    case_id: UUID, comment_id: UUID, access: Editing, language: ReaderLanguage
) -> ReadingsView:
    """Close a thread: what it was about is settled."""
    reading.settle(access.tx, case_id, comment_id)
    return _view(access, case_id, language)
