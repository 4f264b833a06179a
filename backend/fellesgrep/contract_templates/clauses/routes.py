"""Clauses: the library, the history of each, what a change touches, and carrying it over."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from fellesgrep.contract_templates.clauses import service
from fellesgrep.contract_templates.clauses.carrying import carry_over
from fellesgrep.contract_templates.clauses.impact import agreements_with, impact_of, uses_by_key
from fellesgrep.contract_templates.clauses.models import Clause, ClauseVersion
from fellesgrep.contract_templates.clauses.schemas import (
    CarriedView,
    CarryOver,
    ClauseSummary,
    ClauseView,
    Counts,
    HoldingView,
    ImpactView,
    TemplateWithClause,
    WordingView,
)
from fellesgrep.contract_templates.clauses.views import (
    summary,
    titles_of_templates,
    version_view,
)
from fellesgrep.contract_templates.comparison import compare
from fellesgrep.contract_templates.schemas import RedlineView
from fellesgrep.contract_templates.schemas import version_view as template_version_view
from fellesgrep.core.languages import Language, say
from fellesgrep.core.problems import NotFound
from fellesgrep.core.web import Page, Paged, ReaderLanguage, fetch_page
from fellesgrep.identity.access import Access, allow
from fellesgrep.identity.policy import EVERYWHERE

router = APIRouter(prefix="/api/v1/clauses", tags=["clauses"])
Reading = Annotated[Access, allow("clause:read", on="clause")]
Editing = Annotated[Access, allow("clause:edit", on="clause")]


@router.get("")
def list_clauses(
    access: Annotated[Access, allow("clause:read")], paged: Paged, language: ReaderLanguage
) -> Page[ClauseSummary]:
    """List the clauses of the library."""
    tx = access.tx
    rows, total, more = fetch_page(
        tx.session,
        select(Clause).options(selectinload(Clause.versions)),
        paged,
        {"key": Clause.key},
        default="key",
    )
    templates, uses = titles_of_templates(tx, language), uses_by_key(tx)
    items = [
        ClauseSummary.model_validate(summary(tx, row, language, templates=templates, uses=uses))
        for row in rows
    ]
    return Page(items=items, total=total, more=more)


@router.get("/wordings")
def list_wordings(
    access: Annotated[Access, allow("clause:read")], language: ReaderLanguage
) -> list[WordingView]:
    """List the clauses in force with their texts, as the editor of templates takes them in."""
    return [
        WordingView(
            key=each.clause.key,
            title=each.titles[language],
            reason=each.reason.get(language, ""),
            number=each.number,
            bodies=each.bodies,
            same=sorted(service.wording_of(each.clause).current()),
        )
        for each in service.in_force(access.tx.session)
    ]


@router.get("/{clause_id}")
def show_clause(clause_id: UUID, access: Reading, language: ReaderLanguage) -> ClauseView:
    """Return a clause with its text and its history."""
    tx = access.tx
    clause = tx.session.get_one(Clause, clause_id)
    shown = service.current_version(clause)
    templates, uses = titles_of_templates(tx, language), uses_by_key(tx)
    return ClauseView.model_validate(
        summary(tx, clause, language, templates=templates, uses=uses)
        | {
            "legal_references": shown.legal_references,
            "bodies": shown.bodies,
            "versions": [version_view(tx, each) for each in clause.versions],
            "can": ["edit"] if access.may("clause:edit", EVERYWHERE) else [],
        }
    )


@router.get("/{clause_id}/versions/{version_id}/redline")
def compare_versions(
    clause_id: UUID,
    version_id: UUID,
    access: Reading,
    against: UUID,
    language: Language = "nb",
) -> RedlineView:
    """Return a version word by word beside another one."""
    clause = access.tx.session.get_one(Clause, clause_id)
    before = service.version_of(clause, against)
    after = service.version_of(clause, version_id)
    if before is after:
        raise NotFound("contract_templates.problem.nothing_to_compare")
    return RedlineView(
        before=before.number, after=after.number, html=compare(before, after, language)
    )


@router.get("/{clause_id}/impact")
def show_impact(clause_id: UUID, access: Reading, language: ReaderLanguage) -> ImpactView:
    """Return the templates that hold a clause, and how many agreements hold which wording."""
    impact = impact_of(access.tx, access.tx.session.get_one(Clause, clause_id))

    def counts(*, old: bool) -> Counts:
        running, signed = (impact.count(signed=signed, old=old) for signed in (False, True))
        return Counts(running=running, signed=signed)

    return ImpactView(
        templates=[
            TemplateWithClause(
                template_id=each.version.template_id,
                title=each.version.read_manifest().title[language],
                version=template_version_view(each.version),
                number=each.number,
                old_wording=each.old_wording,
            )
            for each in impact.templates
        ],
        now=counts(old=False),
        old=counts(old=True),
    )


@router.get("/{clause_id}/agreements")
def list_agreements(
    clause_id: UUID, access: Reading, paged: Paged, language: ReaderLanguage, *, old: bool = False
) -> list[HoldingView]:
    """List the agreements that hold a clause; with `old`, only an older wording than in force."""
    clause = access.tx.session.get_one(Clause, clause_id)
    return [
        HoldingView(
            case_id=each.case_id,
            case_number=each.case_number,
            title=each.title,
            number=each.number,
            status=each.status,
            status_label=say(language, each.status_key),
            signed=each.signed,
        )
        for each in agreements_with(access.tx, clause, paged, old=old)
    ]


@router.post("/{clause_id}/versions/{version_id}/carry")
def carry(
    clause_id: UUID,
    version_id: UUID,
    body: CarryOver,
    access: Editing,
    language: ReaderLanguage,
) -> list[CarriedView]:
    """Make drafts with this wording of the templates named, which are approved as usual."""
    access.require("template:edit")
    version = _version(access, clause_id, version_id)
    return [
        CarriedView(
            template_id=each.template.id,
            title=each.version.read_manifest().title[language],
            version_id=each.version.id,
            number=each.version.number,
            outcome=each.outcome,
        )
        for each in carry_over(access.tx, version, body.template_ids, language)
    ]


def _version(access: Access, clause_id: UUID, version_id: UUID) -> ClauseVersion:
    return service.version_of(access.tx.session.get_one(Clause, clause_id), version_id)
