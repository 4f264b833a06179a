"""Writing clauses in the browser, and the four eyes on them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from fellesgrep.contract_templates.clauses import approval, drafting
from fellesgrep.contract_templates.clauses.models import Clause, ClauseVersion
from fellesgrep.contract_templates.clauses.schemas import (
    Approval,
    ClauseEdit,
    ClauseText,
    MadeClause,
    NewClause,
    SentBack,
)
from fellesgrep.contract_templates.clauses.service import version_of
from fellesgrep.contract_templates.clauses.views import version_text
from fellesgrep.contract_templates.draft_schemas import ReviewBy, VariableView
from fellesgrep.core.languages import LANGUAGES
from fellesgrep.core.problems import Invalid
from fellesgrep.core.web import IfMatch, ReaderLanguage, expect_version
from fellesgrep.identity.access import Access, allow

router = APIRouter(prefix="/api/v1/clauses", tags=["clauses"])
Reading = Annotated[Access, allow("clause:read", on="clause")]
Editing = Annotated[Access, allow("clause:edit", on="clause")]


@router.post("", status_code=201)
def begin_clause(body: NewClause, access: Annotated[Access, allow("clause:edit")]) -> MadeClause:
    """Begin a new clause."""
    if missing := [each for each in LANGUAGES if each not in body.title]:
        raise Invalid.at(f"/title/{missing[0]}", "core.field.missing")
    made = drafting.begin_clause(access.tx, body.key, body.title, body.reason)
    return MadeClause(id=made.id, clause_id=made.clause_id)


@router.post("/{clause_id}/drafts", status_code=201)
def begin_draft(clause_id: UUID, access: Editing) -> MadeClause:
    """Begin a new wording; it reads as the one in force."""
    made = drafting.begin_draft(access.tx, access.tx.session.get_one(Clause, clause_id))
    return MadeClause(id=made.id, clause_id=clause_id)


@router.get("/{clause_id}/versions/{version_id}")
def show_version(
    clause_id: UUID, version_id: UUID, access: Reading, language: ReaderLanguage
) -> ClauseText:
    """Return a version with its texts, its check list and what was said about it."""
    return version_text(access, _version(access, clause_id, version_id), language)


@router.put("/{clause_id}/versions/{version_id}")
def save_draft(
    clause_id: UUID,
    version_id: UUID,
    body: ClauseEdit,
    version: IfMatch,
    access: Editing,
    language: ReaderLanguage,
) -> ClauseText:
    """Save a draft; 409 when somebody else saved it since it was read."""
    draft = _expected(access, clause_id, version_id, version)
    if missing := [each for each in LANGUAGES if each not in body.title]:
        raise Invalid.at(f"/title/{missing[0]}", "core.field.missing")
    drafting.save(access.tx, draft, drafting.Written(**dict(body)))
    return version_text(access, draft, language)


@router.post("/{clause_id}/versions/{version_id}/discard", status_code=204)
def discard_draft(clause_id: UUID, version_id: UUID, version: IfMatch, access: Editing) -> None:
    """Give a draft up."""
    drafting.discard(access.tx, _expected(access, clause_id, version_id, version))


@router.post("/{clause_id}/versions/{version_id}/send", status_code=204)
def send_version(clause_id: UUID, version_id: UUID, version: IfMatch, access: Editing) -> None:
    """Ask another lawyer to approve a draft."""
    approval.send(access.tx, _expected(access, clause_id, version_id, version))


@router.post("/{clause_id}/versions/{version_id}/send-back", status_code=204)
def send_version_back(
    clause_id: UUID, version_id: UUID, body: SentBack, version: IfMatch, access: Editing
) -> None:
    """Open a draft again, with what is to be mended."""
    draft = _expected(access, clause_id, version_id, version)
    approval.send_back(access.tx, draft, body.text)


@router.post("/{clause_id}/versions/{version_id}/approve", status_code=204)
def approve_version(
    clause_id: UUID, version_id: UUID, body: Approval, version: IfMatch, access: Editing
) -> None:
    """Approve a wording; whoever wrote or sent it is refused (409)."""
    draft = _expected(access, clause_id, version_id, version)
    approval.approve(access.tx, draft, body.in_force_from)


@router.post("/{clause_id}/versions/{version_id}/review-by", status_code=204)
def set_review_by(
    clause_id: UUID, version_id: UUID, body: ReviewBy, version: IfMatch, access: Editing
) -> None:
    """Say by when a version, in force too, is to be read again."""
    row = _expected(access, clause_id, version_id, version)
    drafting.set_review_by(access.tx, row, body.review_by)


@router.post("/{clause_id}/retire", status_code=204)
def retire_clause(clause_id: UUID, access: Editing) -> None:
    """Take a clause out of use."""
    drafting.retire(access.tx, access.tx.session.get_one(Clause, clause_id))


@router.get("/{clause_id}/versions/{version_id}/variables")
def list_variables(
    clause_id: UUID, version_id: UUID, access: Reading, language: ReaderLanguage
) -> list[VariableView]:
    """List what the text of a clause may ask for."""
    version = _version(access, clause_id, version_id)
    found = drafting.variables(access.tx, version, language)
    return [VariableView.model_validate(each) for each in found]


def _version(access: Access, clause_id: UUID, version_id: UUID) -> ClauseVersion:
    return version_of(access.tx.session.get_one(Clause, clause_id), version_id)


def _expected(access: Access, clause_id: UUID, version_id: UUID, number: int) -> ClauseVersion:
    """Return a version, locked, that nobody has changed since the client read it."""
    version = _version(access, clause_id, version_id)
    access.tx.session.refresh(version, with_for_update=True)
    expect_version(version, number)
    return version
