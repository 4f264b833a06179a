"""Carrying a clause's new wording over into the templates that hold it, as drafts."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import cast
from uuid import UUID

from fellesgrep.contract_templates.clauses.impact import number_in
from fellesgrep.contract_templates.clauses.models import ClauseVersion
from fellesgrep.contract_templates.clauses.rules import renewed
from fellesgrep.contract_templates.clauses.service import tell
from fellesgrep.contract_templates.drafting import begin_draft, save
from fellesgrep.contract_templates.manifest import Words
from fellesgrep.contract_templates.models import Template, TemplateVersion, VersionStatus
from fellesgrep.contract_templates.service import current_version
from fellesgrep.core.audit import ref
from fellesgrep.core.languages import Language, say
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.core.tx import Tx


class Outcome(StrEnum):
    """What became of a template: a new draft, its open draft was written in, or nothing."""

    DRAFT_MADE = "draft_made"
    WRITTEN_IN_DRAFT = "written_in_draft"
    UNDER_REVIEW = "under_review"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True)
class Carried:
    """A template, what became of it, and the version that it is about."""

    template: Template
    version: TemplateVersion
    outcome: Outcome


def carry_over(
    tx: Tx, clause: ClauseVersion, template_ids: Sequence[UUID], language: Language
) -> list[Carried]:
    """Make drafts with this wording of templates that hold the clause; each is approved as usual.

    A draft that is open already is written in; one under review is left alone and named. Raises
    `Conflict` for a wording that nobody has approved, `Invalid` for a template without the clause.
    """
    if clause.status not in (VersionStatus.APPROVED, VersionStatus.IN_FORCE):
        raise Conflict("contract_templates.problem.clause_not_approved")
    carried = [
        _carry(tx, clause, _template(tx, template_id, clause), language)
        for template_id in dict.fromkeys(template_ids)
    ]
    for each in carried:
        if each.outcome in (Outcome.DRAFT_MADE, Outcome.WRITTEN_IN_DRAFT):
            tell(tx, "carried", clause, {"template": ref("template", each.template.id)})
    return carried


def _template(tx: Tx, template_id: UUID, clause: ClauseVersion) -> Template:
    template = tx.session.get(Template, template_id)
    if template is None or not any(
        number_in(each, clause.clause.key) for each in template.versions
    ):
        raise Invalid.at("/template_ids", "contract_templates.problem.clause_not_held")
    return template


def _carry(tx: Tx, clause: ClauseVersion, template: Template, language: Language) -> Carried:
    for version in template.versions:
        if version.status == VersionStatus.IN_REVIEW:
            return Carried(template, version, Outcome.UNDER_REVIEW)
    open_now = [
        each for each in template.versions if each.status == VersionStatus.DRAFT and each.authors
    ]
    source = open_now[-1] if open_now else current_version(template)
    if number_in(source, clause.clause.key) in (clause.number, None):
        return Carried(template, source, Outcome.NOT_NEEDED)
    draft = open_now[-1] if open_now else begin_draft(tx, template, source)
    _write(tx, draft, clause, language)
    outcome = Outcome.WRITTEN_IN_DRAFT if open_now else Outcome.DRAFT_MADE
    return Carried(template, draft, outcome)


def _write(tx: Tx, draft: TemplateVersion, clause: ClauseVersion, language: Language) -> None:
    texts = clause.texts
    note = say(
        language,
        "contract_templates.clause.carried_note",
        clause=clause.titles[language],
        number=clause.number,
    )
    save(
        tx,
        draft,
        bodies={
            name: renewed(body, clause.clause.key, texts[name], clause.number)
            for name, body in cast(Words, draft.bodies).items()
        },
        manifest={
            name: value for name, value in draft.manifest.items() if name not in ("key", "version")
        },
        answers=draft.sample.get("fields", {}),
        change_note="\n".join(filter(None, [draft.change_note, note])),
        review_by=draft.review_by,
    )
