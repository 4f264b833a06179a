"""The agreement of a case, and its documents."""

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Response

from fellesgrep.agreements import drafting, views
from fellesgrep.agreements.schemas import (
    AgreementEdit,
    AgreementView,
    DocumentKind,
    DocumentView,
)
from fellesgrep.agreements.service import PDF
from fellesgrep.cases.models import Case
from fellesgrep.core import files
from fellesgrep.core.languages import Language
from fellesgrep.core.web import IfMatch, ReaderLanguage, expect_version
from fellesgrep.identity.access import Access, allow
from fellesgrep.identity.policy import Place

router = APIRouter(prefix="/api/v1/cases/{case_id}", tags=["agreements"])
Reading = Annotated[Access, allow("agreement:read", on="case")]


def _view(access: Access, case_id: UUID, language: Language) -> AgreementView:
    case = access.tx.session.get_one(Case, case_id)
    may_draft = access.may("agreement:draft", Place(area_id=case.area_id))
    agreement = drafting.get_current(access.tx, case_id)
    return views.whole(access.tx, agreement, language, may_draft=may_draft)


@router.get("/agreement")
def show_agreement(case_id: UUID, access: Reading, language: ReaderLanguage) -> AgreementView:
    """Return the case's agreement: what it asks, how it reads now, and what is missing."""
    return _view(access, case_id, language)


@router.put("/agreement")
def replace_draft(
    case_id: UUID,
    body: AgreementEdit,
    version: IfMatch,
    access: Annotated[Access, allow("agreement:draft", on="case")],
    language: ReaderLanguage,
) -> AgreementView:
    """Set template, language and answers; the draft may be incomplete until it is submitted."""
    agreement = drafting.get_current(access.tx, case_id)
    expect_version(agreement, version)
    drafting.choose(access.tx, agreement, **body.model_dump())
    return _view(access, case_id, language)


@router.get("/agreement/preview.pdf", response_class=Response)
def preview_agreement(case_id: UUID, access: Reading, language: ReaderLanguage) -> Response:
    """Return the agreement as PDF, as it reads now."""
    agreement = drafting.get_current(access.tx, case_id)
    return _pdf(views.preview(access.tx, agreement), "forhandsvisning.pdf")


@router.get("/documents")
def list_documents(case_id: UUID, access: Reading, language: ReaderLanguage) -> list[DocumentView]:
    """List the finished documents of the case, the newest agreement's."""
    agreement = drafting.find_current(access.tx, case_id)
    return views.documents(access.tx, agreement, language) if agreement else []


@router.get("/documents/{kind}.pdf", response_class=Response)
def download_document(
    case_id: UUID, kind: DocumentKind, access: Reading, language: ReaderLanguage
) -> Response:
    """Return a finished document, byte for byte as it was kept."""
    agreement = drafting.get_current(access.tx, case_id)
    found = views.document(access.tx, agreement, kind, language)
    return _pdf(files.read(access.tx.session, found.sha256), found.file_name)


def _pdf(content: bytes, name: str) -> Response:
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "")
    disposition = f"inline; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=PDF, headers={"content-disposition": disposition})
