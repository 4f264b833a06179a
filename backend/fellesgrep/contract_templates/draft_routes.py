"""Writing templates in the browser: drafts, their check list, comments, previews."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from fellesgrep.contract_templates import drafting, service
from fellesgrep.contract_templates.catalogue import known
from fellesgrep.contract_templates.draft_schemas import (
    CommentEdit,
    DraftEdit,
    Made,
    NewDraft,
    NewTemplate,
    ReviewBy,
    VariableView,
    VersionText,
)
from fellesgrep.contract_templates.draft_views import subject_of, version_text
from fellesgrep.contract_templates.models import Template, TemplateVersion
from fellesgrep.contract_templates.service import current_version, version_of
from fellesgrep.core.audit import Subject
from fellesgrep.core.comments import Comment, comment, resolve
from fellesgrep.core.languages import Language
from fellesgrep.core.problems import Invalid, NotFound
from fellesgrep.core.web import IfMatch, ReaderLanguage, expect_version
from fellesgrep.identity.access import Access, allow

router = APIRouter(prefix="/api/v1/templates", tags=["templates"])
Reading = Annotated[Access, allow("template:read", on="template")]
Editing = Annotated[Access, allow("template:edit", on="template")]
PDF = "application/pdf"


@router.post("", status_code=201)
def begin_template(body: NewTemplate, access: Annotated[Access, allow("template:edit")]) -> Made:
    """Begin a new agreement type from one there is."""
    source = access.tx.session.get(Template, body.source_template_id)
    if source is None:
        raise Invalid.at("/source_template_id", "core.problem.not_found")
    made = drafting.begin_template(access.tx, body.key, body.title, current_version(source))
    return Made(id=made.id, template_id=made.template_id)


@router.post("/{template_id}/drafts", status_code=201)
def begin_draft(template_id: UUID, body: NewDraft, access: Editing) -> Made:
    """Begin a new version."""
    template = access.tx.session.get_one(Template, template_id)
    source = version_of(template, body.source_id) if body.source_id else current_version(template)
    made = drafting.begin_draft(access.tx, template, source)
    return Made(id=made.id, template_id=template_id)


@router.get("/{template_id}/versions/{version_id}")
def show_version(
    template_id: UUID, version_id: UUID, access: Reading, language: ReaderLanguage
) -> VersionText:
    """Return a version with its texts, its check list and what was said about it."""
    return version_text(access, _version(access, template_id, version_id), language)


@router.put("/{template_id}/versions/{version_id}")
def save_draft(
    template_id: UUID,
    version_id: UUID,
    body: DraftEdit,
    version: IfMatch,
    access: Editing,
    language: ReaderLanguage,
) -> VersionText:
    """Save a draft; 409 when somebody else saved it since it was read."""
    draft = _version(access, template_id, version_id)
    access.tx.session.refresh(draft, with_for_update=True)
    expect_version(draft, version)
    drafting.save(access.tx, draft, **dict(body))
    return version_text(access, draft, language)


@router.post("/{template_id}/versions/{version_id}/discard", status_code=204)
def discard_draft(template_id: UUID, version_id: UUID, version: IfMatch, access: Editing) -> None:
    """Give a draft up."""
    draft = _version(access, template_id, version_id)
    expect_version(draft, version)
    drafting.discard(access.tx, draft)


@router.post("/{template_id}/versions/{version_id}/review-by", status_code=204)
def set_review_by(
    template_id: UUID, version_id: UUID, body: ReviewBy, version: IfMatch, access: Editing
) -> None:
    """Say by when a version, in force too, is to be read again."""
    row = _version(access, template_id, version_id)
    expect_version(row, version)
    drafting.set_review_by(access.tx, row, body.review_by)


@router.post("/{template_id}/retire", status_code=204)
def retire_template(template_id: UUID, access: Editing) -> None:
    """Take an agreement type out of use."""
    drafting.retire(access.tx, access.tx.session.get_one(Template, template_id))


@router.get("/{template_id}/versions/{version_id}/preview.pdf", response_class=Response)
def preview_version(
    template_id: UUID,
    version_id: UUID,
    access: Reading,
    language: Language = "nb",
    case_id: UUID | None = None,
) -> Response:
    """Return a version as PDF with its example or a real case; what is missing is in brackets."""
    version = _version(access, template_id, version_id)
    if case_id is not None:
        access.require_on("case:read", "case", case_id)
    return Response(service.draft_preview(access.tx, version, language, case_id), media_type=PDF)


@router.get("/{template_id}/versions/{version_id}/variables")
def list_variables(
    template_id: UUID, version_id: UUID, access: Reading, language: ReaderLanguage
) -> list[VariableView]:
    """List what the text of a version may ask for."""
    manifest = _version(access, template_id, version_id).read_manifest()
    return [VariableView.model_validate(each) for each in known(manifest, language)]


@router.post("/{template_id}/versions/{version_id}/comments", status_code=201)
def write_comment(
    template_id: UUID,
    version_id: UUID,
    body: CommentEdit,
    access: Editing,
    language: ReaderLanguage,
) -> VersionText:
    """Say something about a passage, or answer."""
    version = _version(access, template_id, version_id)
    anchor = body.language if body.section is None else f"{body.language}:{body.section}"
    comment(
        access.tx,
        subject_of(version),
        body.text,
        history=Subject("template", template_id),
        anchor=anchor,
        quote=body.quote,
        answers=_comment(access, version, body.answers_id) if body.answers_id else None,
    )
    return version_text(access, version, language)


@router.post("/{template_id}/versions/{version_id}/comments/{comment_id}/resolve")
def resolve_comment(
    template_id: UUID,
    version_id: UUID,
    comment_id: UUID,
    access: Editing,
    language: ReaderLanguage,
) -> VersionText:
    """Close a thread."""
    version = _version(access, template_id, version_id)
    thread = _comment(access, version, comment_id)
    resolve(access.tx, thread, history=Subject("template", template_id))
    return version_text(access, version, language)


def _version(access: Access, template_id: UUID, version_id: UUID) -> TemplateVersion:
    return version_of(access.tx.session.get_one(Template, template_id), version_id)


def _comment(access: Access, version: TemplateVersion, comment_id: UUID) -> Comment:
    found = access.tx.session.get(Comment, comment_id)
    if found is None or found.subject_id != version.id:
        raise NotFound("core.problem.not_found")
    return found
