"""How an agreement looks to those who work on it."""

from collections.abc import Mapping
from typing import Any

from fellesgrep.agreements import attachments, drafting
from fellesgrep.agreements.models import Agreement, AgreementReview
from fellesgrep.agreements.rules import Status
from fellesgrep.agreements.schemas import (
    AgreementView,
    ChoiceView,
    ChosenTemplate,
    DocumentKind,
    DocumentView,
    FieldView,
    GapView,
    PartyView,
    ReviewView,
    TemplateChoice,
)
from fellesgrep.agreements.service import enclosures, shown_document, shown_html
from fellesgrep.cases.models import Case
from fellesgrep.contract_templates import rendering
from fellesgrep.contract_templates.manifest import AskedField, Manifest
from fellesgrep.contract_templates.models import TemplateVersion
from fellesgrep.contract_templates.rendering import frame
from fellesgrep.core import files
from fellesgrep.core.languages import Language, say
from fellesgrep.core.problems import Invalid, NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import Named
from fellesgrep.documents import frames
from fellesgrep.documents.models import Attachment, HtmlDocument
from fellesgrep.identity.models import Person


def whole(tx: Tx, agreement: Agreement, language: Language, *, may_draft: bool) -> AgreementView:
    """Return everything about an agreement, in the reader's language."""
    version = agreement.template_version
    drafting_now = agreement.status == Status.DRAFTING
    draft = drafting.read_draft(tx, agreement) if drafting_now else None
    document = _document(tx, agreement, draft)
    return AgreementView(
        id=agreement.id,
        number=agreement.number,
        status=Status(agreement.status),
        language=drafting.language_of(agreement),
        title=agreement.title,
        template=_chosen(version, language) if version else None,
        templates=_choices(tx, agreement, language) if drafting_now else [],
        fields=_fields(agreement, version, language) if version else [],
        body_html=str(document.content) if document else "",
        gaps=[GapView.model_validate(gap) for gap in draft.filled.gaps] if draft else [],
        parties=[PartyView.model_validate(party) for party in agreement.parties],
        reviews=[_review(tx, each) for each in agreement.reviews],
        submission_note=agreement.submission_note,
        documents=documents(tx, agreement, language),
        editable=drafting_now and may_draft,
        version=agreement.version,
    )


def _document(
    tx: Tx, agreement: Agreement, draft: drafting.Draft | None, *, drawn: bool = False
) -> HtmlDocument | None:
    if agreement.status != Status.DRAFTING:
        return shown_document(tx, agreement) if drawn else shown_html(tx, agreement)
    if draft is None:
        return None
    number = draft.data["case"]["number"]
    enclosed = attachments.numbered_now(tx, agreement, draft.filled.body, number)
    set_in = frame(
        draft.manifest,
        draft.filled.body,
        draft.data,
        drafting.language_of(agreement),
        enclosed=tuple(each.enclosed(tx, drawn=drawn) for each in enclosed),
    )
    return frames.agreement(set_in)


def _chosen(version: TemplateVersion, language: Language) -> ChosenTemplate:
    manifest = version.read_manifest()
    return ChosenTemplate(
        id=version.template_id,
        key=manifest.key,
        title=manifest.title[language],
        version_number=version.number,
        languages=list(manifest.languages),
    )


def _choices(tx: Tx, agreement: Agreement, language: Language) -> list[TemplateChoice]:
    return [
        TemplateChoice(
            **_chosen(version, language).model_dump(exclude={"version_number"}), fits=fits
        )
        for version, fits in drafting.templates_for(tx, agreement.case_id)
    ]


def _fields(agreement: Agreement, version: TemplateVersion, language: Language) -> list[FieldView]:
    return field_views(version.read_manifest(), agreement.fields, language)


def field_views(
    manifest: Manifest, given: Mapping[str, Any], language: Language
) -> list[FieldView]:
    """Return what a template asks, with the answers given or what it suggests."""
    values = manifest.values(given)
    return [_field(field, values[field.name], language) for field in manifest.fields]


def _field(field: AskedField, value: object, language: Language) -> FieldView:
    return FieldView(
        name=field.name,
        label=field.label[language],
        help=field.help.get(language, ""),
        type=field.type,
        value=value,
        required=field.required,
        asked_if=field.asked_if,
        choices=[
            ChoiceView(value=choice.value, label=choice.label[language]) for choice in field.choices
        ],
        minimum=field.minimum,
        maximum=field.maximum,
    )


def _review(tx: Tx, review: AgreementReview) -> ReviewView:
    person = tx.session.get(Person, review.reviewed_by_id) if review.reviewed_by_id else None
    return ReviewView.model_validate(
        {
            "verdict": review.verdict,
            "comment": review.comment,
            "reviewed_at": review.reviewed_at,
            "reviewed_by": Named(id=person.id, name=person.name) if person else None,
        }
    )


def preview(tx: Tx, agreement: Agreement, draft: drafting.Draft | None = None) -> bytes:
    """Return the agreement as PDF: what is shown once it is frozen, before that as it reads now.

    `draft` is how it reads now, where the caller has read it already.
    """
    if agreement.shown_sha256 is not None:
        return files.read(tx.session, agreement.shown_sha256)
    drafting_now = agreement.status == Status.DRAFTING
    if drafting_now and draft is None:
        draft = drafting.read_draft(tx, agreement)
    document = _document(tx, agreement, draft, drawn=True)
    if document is None:
        raise Invalid.at("/template_id", "agreements.problem.no_template")
    return rendering.preview(
        tx,
        document,
        identifier=f"agreement:{agreement.id}:draft",
        attachments=_drafted_files(tx, agreement, draft)
        if draft and drafting_now
        else enclosures(tx, agreement),
    )


def _drafted_files(tx: Tx, agreement: Agreement, draft: drafting.Draft) -> list[Attachment]:
    number = draft.data["case"]["number"]
    found = attachments.numbered_now(tx, agreement, draft.filled.body, number)
    return [each.embedded(tx) for each in found]


def documents(tx: Tx, agreement: Agreement, language: Language) -> list[DocumentView]:
    """Return the finished documents, the sealed one first."""
    case = tx.session.get_one(Case, agreement.case_id)
    version = agreement.template_version
    if version is None:
        return []
    kind_of_agreement = version.read_manifest().title[drafting.language_of(agreement)]
    kinds: tuple[DocumentKind, ...] = ("sealed", "shown")
    found = []
    for kind in kinds:
        sha256 = agreement.final_sha256 if kind == "sealed" else agreement.shown_sha256
        at = agreement.sealed_at if kind == "sealed" else agreement.frozen_at
        if sha256 is None or at is None:
            continue
        shown = f" ({say(language, 'agreements.document.shown_mark')})" if kind == "shown" else ""
        found.append(
            DocumentView(
                kind=kind,
                title=say(language, f"agreements.document.{kind}", agreement=kind_of_agreement),
                file_name=f"{case.number} {kind_of_agreement}{shown}.pdf",
                sha256=sha256,
                at=at,
                url=f"/api/v1/cases/{case.id}/documents/{kind}.pdf",
            )
        )
    return found


def document(tx: Tx, agreement: Agreement, kind: DocumentKind, language: Language) -> DocumentView:
    """Return one finished document's facts; raises `NotFound`."""
    for each in documents(tx, agreement, language):
        if each.kind == kind:
            return each
    raise NotFound("core.problem.not_found")
