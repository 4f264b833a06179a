"""Writing an agreement: choose a template, answer what the case does not know, send to legal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import UUID

from sqlalchemy import func, select

from fellesgrep.agreements import attachments
from fellesgrep.agreements.clauses import note_clauses
from fellesgrep.agreements.departures import (
    applied,
    carry_over,
    departures_of,
    require_up_to_date,
)
from fellesgrep.agreements.models import Agreement, AgreementParty, AgreementReview, Verdict
from fellesgrep.agreements.moves import move, tell
from fellesgrep.agreements.rules import OVER, Status
from fellesgrep.agreements.verdicts import rejected, require_approved, require_mended
from fellesgrep.agreements.versions import Occasion, keep_version
from fellesgrep.cases.models import Case, CaseParty
from fellesgrep.cases.service import parties
from fellesgrep.contract_templates.fill import Filled, Undefined, fill_draft
from fellesgrep.contract_templates.manifest import Manifest
from fellesgrep.contract_templates.models import TemplateVersion
from fellesgrep.contract_templates.rendering import frame
from fellesgrep.contract_templates.service import in_force, version_in_force
from fellesgrep.contract_templates.variables import gather
from fellesgrep.core.audit import ref
from fellesgrep.core.languages import Language
from fellesgrep.core.problems import Conflict, FieldProblem, Invalid, NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.documents import frames
from fellesgrep.documents.lettering import undrawable
from fellesgrep.partners.models import Partner


def find_current(tx: Tx, case_id: UUID) -> Agreement | None:
    """Return a case's newest agreement, None before there is one."""
    return tx.session.scalars(
        select(Agreement)
        .where(Agreement.case_id == case_id)
        .order_by(Agreement.number.desc())
        .limit(1)
    ).first()


def get_current(tx: Tx, case_id: UUID) -> Agreement:
    """Return a case's newest agreement; raises `NotFound` before there is one."""
    agreement = find_current(tx, case_id)
    if agreement is None:
        raise NotFound("agreements.problem.none_yet")
    return agreement


def begin(tx: Tx, case_id: UUID) -> Agreement:
    """Return the agreement being drafted; the first time with the template that fits best.

    One that takes the place of an agreement that came to nothing begins as that one was.
    """
    agreement = find_current(tx, case_id)
    if agreement is not None and Status(agreement.status) not in OVER:
        return agreement
    case = tx.session.get_one(Case, case_id)
    fitting = [version.id for version, fits in templates_for(tx, case_id) if fits]
    before = agreement or Agreement(language="nb", fields={})
    if before.template_version_id in fitting:
        fitting.insert(0, before.template_version_id)
    last = tx.session.scalar(select(func.max(Agreement.number)).where(Agreement.case_id == case_id))
    agreement = Agreement(
        case_id=case_id,
        number=(last or 0) + 1,
        title=case.title,
        template_version_id=fitting[0] if fitting else None,
        language=before.language,
        fields=dict(before.fields),
    )
    tx.session.add(agreement)
    tx.session.flush()
    if before.template_version_id == agreement.template_version_id:
        carry_over(tx, before, agreement)
    if before.id is not None:
        attachments.carry_over(tx, before, agreement)
    tell(tx, agreement, "begun")
    return agreement


def templates_for(tx: Tx, case_id: UUID) -> list[tuple[TemplateVersion, bool]]:
    """Return every template in force and whether it fits the leading party, usual ones first."""
    lead = _lead_kind(tx, case_id)
    ranked = sorted(in_force(tx.session), key=lambda version: version.read_manifest().rank)
    found = [(each, lead in each.read_manifest().fits) for each in ranked]
    return sorted(found, key=lambda pair: not pair[1])


def _lead_kind(tx: Tx, case_id: UUID) -> str | None:
    return tx.session.scalar(
        select(Partner.kind)
        .join(CaseParty, CaseParty.partner_id == Partner.id)
        .where(CaseParty.case_id == case_id, CaseParty.lead, CaseParty.removed_at.is_(None))
    )


def choose(
    tx: Tx,
    agreement: Agreement,
    *,
    template_id: UUID,
    language: Language,
    fields: Mapping[str, Any],
) -> None:
    """Set template, language and answers of a draft; answers may be missing, not wrong.

    While the draft departs from its template, it stays on the version that it departs from.
    """
    _require_drafting(agreement)
    version = _version_for(tx, agreement, template_id, language)
    manifest = version.read_manifest()
    if language not in manifest.languages:
        raise Invalid.at("/language", "contract_templates.problem.language_missing")
    if wrong := manifest.problems(fields, language):
        raise Invalid("core.problem.invalid", fields=wrong)
    agreement.template_version_id = version.id
    agreement.template_version = version
    agreement.language = language
    agreement.fields = dict(fields)
    agreement.updated_at = tx.now()
    tx.session.flush()
    tell(tx, agreement, "edited", {"template": ref("template", template_id)})


def _version_for(
    tx: Tx, agreement: Agreement, template_id: UUID, language: Language
) -> TemplateVersion:
    present = agreement.template_version
    if present is None or not departures_of(tx, agreement):
        return version_in_force(tx.session, template_id)
    if present.template_id != template_id:
        raise Invalid.at("/template_id", "agreements.problem.take_back_first")
    if agreement.language != language:
        raise Invalid.at("/language", "agreements.problem.take_back_first")
    return present


def _require_drafting(agreement: Agreement) -> None:
    if agreement.status != Status.DRAFTING:
        raise Conflict("agreements.problem.not_drafting")


@dataclass(frozen=True)
class Draft:
    """A draft as it reads now, with what it was filled with and what is missing.

    `approved` is the text as the template has it.
    """

    manifest: Manifest
    data: dict[str, Any]
    filled: Filled
    approved: str


def read_draft(tx: Tx, agreement: Agreement) -> Draft | None:
    """Return the draft filled with the case as it is now; None before a template is chosen."""
    version = agreement.template_version
    if version is None:
        return None
    manifest = version.read_manifest()
    data = gather(tx, agreement.case_id) | {"fields": manifest.values(agreement.fields)}
    language = language_of(agreement)
    labels = {f"fields.{field.name}": field.label[language] for field in manifest.fields}
    filled = fill_draft(version.bodies[language], data, language, labels)
    body = applied(filled.body, departures_of(tx, agreement))
    return Draft(manifest, data, replace(filled, body=body), filled.body)


def language_of(agreement: Agreement) -> Language:
    """Return the language an agreement is written in."""
    return cast(Language, agreement.language)


def submit_draft(tx: Tx, agreement: Agreement, note: str = "") -> None:
    """Send a draft to legal; refused as long as something is missing, which is named."""
    _require_drafting(agreement)
    draft = read_draft(tx, agreement)
    if draft is None:
        raise Invalid.at("/template_id", "agreements.problem.no_template")
    language = language_of(agreement)
    if missing := draft.manifest.missing(draft.data["fields"], language):
        raise Invalid("core.problem.invalid", fields=missing)
    if draft.filled.gaps:
        raise Undefined(draft.filled.gaps)
    require_up_to_date(tx, agreement, draft.approved)
    require_mended(tx, agreement, draft.filled.body)
    _check_letters(draft, language)
    agreement.title = draft.data["case"]["title"]
    agreement.body, agreement.data = draft.filled.body, draft.data
    agreement.submitted_at, agreement.submitted_by_id = tx.now(), tx.actor.id
    agreement.submission_note = note
    note_clauses(tx, agreement)
    _name_parties(tx, agreement, draft.data)
    keep_version(tx, agreement, agreement.body, Occasion.REVIEW)
    move(tx, agreement, Status.IN_REVIEW, "submitted")


def departs(tx: Tx, agreement: Agreement) -> bool:
    """Tell whether legal must read a submitted agreement before it goes out.

    It must where a section reads otherwise than its template has it, where somebody wrote terms
    of their own, attached a file, or asks legal something, or where legal has returned the draft
    before. Else it is the approved text of its template, filled in.
    """
    version = agreement.template_version
    own = version.read_manifest().departures(agreement.data["fields"]) if version else ["text"]
    asked = bool(agreement.submission_note.strip() or agreement.reviews)
    added = bool(attachments.attachments_of(tx, agreement))
    return bool(own) or asked or added or bool(departures_of(tx, agreement))


def accept_standard(tx: Tx, agreement: Agreement) -> None:
    """Approve what follows its template; raises `Conflict` where legal must read it."""
    if agreement.status != Status.IN_REVIEW or departs(tx, agreement):
        raise Conflict("agreements.problem.not_in_review")
    agreement.approved_at = tx.now()
    move(tx, agreement, Status.APPROVED, "accepted")


def _check_letters(draft: Draft, language: Language) -> None:
    """Refuse letters that no font can draw now, rather than when the document is made."""
    set_out = frames.agreement(frame(draft.manifest, draft.filled.body, draft.data, language))
    if letters := undrawable(str(set_out.content)):
        problem = FieldProblem(
            "/body", "documents.problem.letters_missing", {"letters": " ".join(letters)}
        )
        raise Invalid("core.problem.invalid", fields=[problem])


def _name_parties(tx: Tx, agreement: Agreement, data: Mapping[str, Any]) -> None:
    agreement.parties.clear()
    tx.session.flush()
    named: list[tuple[UUID | None, dict[str, Any]]] = [(None, data["municipality"])]
    named += [
        (party.id, facts)
        for party, facts in zip(parties(tx, agreement.case_id), data["parties"], strict=True)
    ]
    agreement.parties.extend(
        AgreementParty(
            position=position,
            party_id=party_id,
            name=facts["name"],
            organisation_number=facts["organisation_number"],
        )
        for position, (party_id, facts) in enumerate(named)
    )


def review(tx: Tx, agreement: Agreement, verdict: Verdict, comment: str = "") -> None:
    """Approve a draft, or return it with a comment; nobody approves what they sent themselves.

    It is approved when each departure in it is. Where one was rejected, its reason is comment
    enough.
    """
    if agreement.status != Status.IN_REVIEW:
        raise Conflict("agreements.problem.not_in_review")
    said = bool(comment.strip()) or rejected(tx, agreement)
    if verdict is Verdict.RETURNED and not said:
        raise Invalid.at("/answers/comment", "agreements.problem.comment_missing")
    if verdict is Verdict.APPROVED:
        if tx.actor.id == agreement.submitted_by_id:
            raise Conflict("agreements.problem.own_draft")
        require_approved(tx, agreement)
    agreement.reviews.append(
        AgreementReview(
            verdict=verdict,
            comment=comment.strip(),
            reviewed_by_id=tx.actor.id,
            reviewed_at=tx.now(),
        )
    )
    if verdict is Verdict.APPROVED:
        agreement.approved_at, agreement.approved_by_id = tx.now(), tx.actor.id
        move(tx, agreement, Status.APPROVED, "approved")
    else:
        move(tx, agreement, Status.DRAFTING, "returned")
