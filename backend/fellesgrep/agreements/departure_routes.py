"""Where an agreement departs from its template, what legal says to it, and its kept versions."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from fellesgrep.agreements import departure_views, drafting, sections, versions
from fellesgrep.agreements.departure_schemas import (
    ChangeView,
    ComparisonView,
    DeparturesView,
    SectionEdit,
    SectionText,
    TextVersionsView,
    VerdictEdit,
)
from fellesgrep.agreements.departures import withdraw_departure
from fellesgrep.agreements.service import PDF
from fellesgrep.agreements.verdicts import judge
from fellesgrep.agreements.versions import AgreementTextVersion
from fellesgrep.cases.models import Case
from fellesgrep.contract_templates import rendering
from fellesgrep.core.web import ReaderLanguage
from fellesgrep.identity.access import Access, allow
from fellesgrep.identity.policy import Place

router = APIRouter(prefix="/api/v1/cases/{case_id}/agreement", tags=["agreements"])
Reading = Annotated[Access, allow("agreement:read", on="case")]
Drafting = Annotated[Access, allow("agreement:draft", on="case")]
Reviewing = Annotated[Access, allow("agreement:review", on="case")]


def _may(access: Access, case_id: UUID, action: str) -> bool:
    return access.may(action, Place(area_id=access.tx.session.get_one(Case, case_id).area_id))


def _view(access: Access, case_id: UUID) -> DeparturesView:
    return departure_views.whole(
        access.tx,
        drafting.get_current(access.tx, case_id),
        may_draft=_may(access, case_id, "agreement:draft"),
        may_review=_may(access, case_id, "agreement:review"),
    )


@router.get("/departures")
def show_departures(case_id: UUID, access: Reading) -> DeparturesView:
    """Return the sections of the agreement, and each that departs as redline with its reason."""
    return _view(access, case_id)


@router.post("/sections/{section_id}/rewrite")
def rewrite_section(
    case_id: UUID, section_id: str, body: SectionEdit, access: Drafting
) -> DeparturesView:
    """Let a section read otherwise than its template has it; legal then reads the agreement."""
    agreement = drafting.get_current(access.tx, case_id)
    sections.rewrite(access.tx, agreement, section_id, **body.model_dump())
    return _view(access, case_id)


@router.post("/sections/{section_id}/compare")
def compare_section(
    case_id: UUID, section_id: str, body: SectionText, access: Drafting
) -> ChangeView:
    """Return how a section would depart from its template; nothing is kept."""
    agreement = drafting.get_current(access.tx, case_id)
    return ChangeView(html=sections.compare(access.tx, agreement, section_id, body.body))


@router.post("/sections/{section_id}/take-back")
def take_back_section(case_id: UUID, section_id: str, access: Drafting) -> DeparturesView:
    """Let a section read as its template has it again."""
    withdraw_departure(access.tx, drafting.get_current(access.tx, case_id), section_id)
    return _view(access, case_id)


@router.post("/departures/{departure_id}/judge")
def judge_departure(
    case_id: UUID, departure_id: UUID, body: VerdictEdit, access: Reviewing
) -> DeparturesView:
    """Approve a departure, or reject it with a reason that the liaison reads."""
    agreement = drafting.get_current(access.tx, case_id)
    judge(access.tx, agreement, departure_id, body.verdict, body.reason)
    return _view(access, case_id)


def _versions(access: Access, case_id: UUID) -> TextVersionsView:
    agreement = drafting.find_current(access.tx, case_id)
    may = agreement is not None and _may(access, case_id, "agreement:draft")
    return TextVersionsView(
        versions=departure_views.text_versions(access.tx, case_id), may_keep=may
    )


@router.get("/versions")
def list_text_versions(case_id: UUID, access: Reading) -> TextVersionsView:
    """List the texts of the case's agreements as they were kept."""
    return _versions(access, case_id)


@router.post("/versions/keep")
def keep_text_version(case_id: UUID, access: Drafting) -> TextVersionsView:
    """Keep the text as it reads now."""
    sections.keep_now(access.tx, drafting.get_current(access.tx, case_id))
    return _versions(access, case_id)


Number = Annotated[int, Query(ge=1)]


def _pair(
    access: Access, case_id: UUID, before: int, after: int
) -> tuple[AgreementTextVersion, AgreementTextVersion]:
    one, other = (versions.version_numbered(access.tx, case_id, each) for each in (before, after))
    return one, other


@router.get("/versions/comparison")
def compare_text_versions(
    case_id: UUID, access: Reading, before: Number, after: Number
) -> ComparisonView:
    """Return one kept version word by word beside another."""
    html = versions.compare(*_pair(access, case_id, before, after))
    return ComparisonView(before=before, after=after, html=html)


@router.get("/versions/comparison.pdf", response_class=Response)
def compare_text_versions_as_pdf(
    case_id: UUID, access: Reading, language: ReaderLanguage, before: Number, after: Number
) -> Response:
    """Return the comparison of two kept versions as PDF."""
    one, other = _pair(access, case_id, before, after)
    document = versions.compared_document(one, other, _title(access, case_id), language)
    pdf = rendering.preview(access.tx, document, identifier=f"versions:{one.id}:{other.id}")
    return Response(pdf, media_type=PDF)


def _title(access: Access, case_id: UUID) -> str:
    return access.tx.session.get_one(Case, case_id).title
