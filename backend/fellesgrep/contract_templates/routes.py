"""Templates: what there is, their texts, and how they look with sample data."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from fellesgrep.contract_templates import approval, comparison, rendering, service
from fellesgrep.contract_templates.models import Template, TemplateVersion, VersionStatus
from fellesgrep.contract_templates.schemas import (
    RedlineView,
    TemplateSummary,
    TemplateView,
    UseView,
    version_view,
)
from fellesgrep.contract_templates.service import current_version, in_force_of, version_of
from fellesgrep.contract_templates.uses import USES
from fellesgrep.core.languages import Language, say
from fellesgrep.core.problems import NotFound
from fellesgrep.core.web import Page, Paged, ReaderLanguage, fetch_page
from fellesgrep.identity.access import Access, allow
from fellesgrep.identity.policy import EVERYWHERE
from fellesgrep.partners.models import PartnerKind

router = APIRouter(prefix="/api/v1/templates", tags=["templates"])
PDF = "application/pdf"


@router.get("")
def list_templates(
    access: Annotated[Access, allow("template:read")], paged: Paged, language: ReaderLanguage
) -> Page[TemplateSummary]:
    """List agreement types."""
    rows, total, more = fetch_page(
        access.tx.session,
        select(Template).options(selectinload(Template.versions)),
        paged,
        {"key": Template.key},
        default="key",
    )
    items = [TemplateSummary.model_validate(_summary(row, language)) for row in rows]
    return Page(items=items, total=total, more=more)


@router.get("/{template_id}")
def show_template(
    template_id: UUID,
    access: Annotated[Access, allow("template:read", on="template")],
    language: ReaderLanguage,
) -> TemplateView:
    """Return a template with its versions and its text, in the reader's language if it has it."""
    template = access.tx.session.get_one(Template, template_id)
    version = current_version(template)
    spoken = language if language in version.bodies else next(iter(version.bodies))
    return TemplateView.model_validate(
        _summary(template, language)
        | {
            "versions": [version_view(each) for each in template.versions],
            "body": version.bodies[spoken],
            "can": ["edit"] if access.may("template:edit", EVERYWHERE) else [],
        }
    )


@router.get("/{template_id}/preview.pdf", response_class=Response)
def preview_template(
    template_id: UUID,
    access: Annotated[Access, allow("template:read", on="template")],
    language: Language = "nb",
    version_id: UUID | None = None,
) -> Response:
    """Return the text of a version (by default the one in force) with sample data, as PDF."""
    template = access.tx.session.get_one(Template, template_id)
    version = version_of(template, version_id) if version_id else current_version(template)
    return Response(service.preview(access.tx, version, language), media_type=PDF)


@router.get("/{template_id}/versions/{version_id}/redline")
def compare_version(
    template_id: UUID,
    version_id: UUID,
    access: Annotated[Access, allow("template:read", on="template")],
    language: Language = "nb",
    against: UUID | None = None,
) -> RedlineView:
    """Return a version word by word beside another, by default the one in force."""
    before, after = _pair(access, template_id, version_id, against)
    return RedlineView(
        before=before.number,
        after=after.number,
        html=comparison.compare(before, after, language),
    )


@router.get("/{template_id}/versions/{version_id}/redline.pdf", response_class=Response)
def compare_version_as_pdf(
    template_id: UUID,
    version_id: UUID,
    access: Annotated[Access, allow("template:read", on="template")],
    language: Language = "nb",
    against: UUID | None = None,
) -> Response:
    """Return the comparison of two versions as PDF."""
    before, after = _pair(access, template_id, version_id, against)
    document = comparison.compared_document(before, after, language)
    name = f"redline:{before.id}:{after.id}:{language}"
    pdf = rendering.preview(access.tx, document, identifier=name)
    return Response(pdf, media_type=PDF)


@router.get("/{template_id}/uses")
def list_uses(
    template_id: UUID,
    access: Annotated[Access, allow("template:read", on="template")],
    language: ReaderLanguage,
) -> list[UseView]:
    """List the agreements written from a template, with the version that each of them holds."""
    template = access.tx.session.get_one(Template, template_id)
    versions = {version.id: version for version in template.versions}
    return [
        UseView(
            case_id=each.case_id,
            case_number=each.case_number,
            title=each.title,
            version=versions[each.version_id].number,
            old_wording=versions[each.version_id].status == VersionStatus.RETIRED,
            status=each.status,
            status_label=say(language, each.status_key),
            signed=each.signed,
        )
        for uses in access.tx.house.registry.all(USES).values()
        for each in uses(access.tx.session, template_id)
    ]


def _pair(
    access: Access, template_id: UUID, version_id: UUID, against: UUID | None
) -> tuple[TemplateVersion, TemplateVersion]:
    template = access.tx.session.get_one(Template, template_id)
    after = version_of(template, version_id)
    before = version_of(template, against) if against else comparison.compared_with(after)
    if before is None:
        raise NotFound("contract_templates.problem.nothing_to_compare")
    return before, after


@router.post("/{template_id}/versions/{version_id}/propose", status_code=204)
def propose_version(
    template_id: UUID,
    version_id: UUID,
    access: Annotated[Access, allow("template:edit", on="template")],
) -> None:
    """Ask somebody else of legal to put a draft in force."""
    template = access.tx.session.get_one(Template, template_id)
    approval.propose(access.tx, version_of(template, version_id))


def _summary(template: Template, language: Language) -> dict[str, Any]:
    manifest = current_version(template).read_manifest()
    in_force = in_force_of(template)
    return {
        "id": template.id,
        "key": template.key,
        "title": manifest.title[language],
        "languages": list(manifest.languages),
        "fits": sorted(manifest.fits),
        "fits_all": manifest.fits >= frozenset(PartnerKind),
        "in_force": version_view(in_force) if in_force else None,
        "newest": version_view(template.versions[-1]),
    }
