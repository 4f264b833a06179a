"""A version as the editor shows it."""

from uuid import UUID

from sqlalchemy import select

from fellesgrep.contract_templates.checking import Finding
from fellesgrep.contract_templates.draft_schemas import CommentView, FindingView, VersionText
from fellesgrep.contract_templates.drafting import authors_of, findings
from fellesgrep.contract_templates.models import Origin, TemplateVersion, VersionStatus
from fellesgrep.core.audit import Subject
from fellesgrep.core.comments import Comment, comments_on
from fellesgrep.core.languages import Language, say
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import Named
from fellesgrep.identity.access import Access
from fellesgrep.identity.models import Person
from fellesgrep.identity.policy import EVERYWHERE

_OPEN_TO_WORDS = (VersionStatus.DRAFT, VersionStatus.IN_REVIEW)


def subject_of(version: TemplateVersion) -> Subject:
    """Return what comments on a version are filed under."""
    return Subject("template_version", version.id)


def version_text(access: Access, version: TemplateVersion, language: Language) -> VersionText:
    """Return everything that the editor needs of a version."""
    tx = access.tx
    authors = names_of(tx, authors_of(version))
    return VersionText(
        id=version.id,
        template_id=version.template_id,
        number=version.number,
        origin=Origin(version.origin),
        status=VersionStatus(version.status),
        version=version.version,
        updated_at=version.updated_at,
        bodies=version.bodies,
        manifest=version.manifest,
        answers=version.sample.get("fields", {}),
        change_note=version.change_note,
        review_by=version.review_by,
        in_force_from=version.in_force_from,
        authors=[Named(id=id_, name=name) for id_, name in authors.items()],
        findings=[finding_view(each, language) for each in findings(tx, version)],
        comments=comments_about(tx, subject_of(version)),
        can=_can(access, version),
    )


def _can(access: Access, version: TemplateVersion) -> list[str]:
    if not access.may("template:edit", EVERYWHERE):
        return []
    allowed = ["comment"] if version.status in _OPEN_TO_WORDS else []
    if version.status == VersionStatus.DRAFT:
        allowed += ["edit", "propose"]
        allowed += ["discard"] if version.origin == Origin.MUNICIPALITY else []
    return allowed


def finding_view(finding: Finding, language: Language) -> FindingView:
    """Return a line of a check list in the reader's language."""
    return FindingView(
        kind=finding.kind,
        severity=finding.severity,
        language=finding.language,
        section=finding.section,
        clause=finding.clause,
        text=say(language, f"contract_templates.check.{finding.kind}", **finding.params),
    )


def comments_about(tx: Tx, subject: Subject) -> list[CommentView]:
    """Return what was said about a version, oldest first."""
    said = comments_on(tx.session, subject)
    names = names_of(tx, [each.author_id for each in said if each.author_id])
    return [_comment(each, names) for each in said]


def _comment(comment: Comment, names: dict[UUID, str]) -> CommentView:
    language, _, section = comment.anchor.partition(":")
    return CommentView(
        id=comment.id,
        text=comment.text,
        who=names.get(comment.author_id, "") if comment.author_id else "",
        created_at=comment.created_at,
        language=language,
        section=int(section) if section else None,
        quote=comment.quote,
        answers_id=comment.answers_id,
        resolved=comment.resolved_at is not None,
    )


def names_of(tx: Tx, ids: list[UUID]) -> dict[UUID, str]:
    """Return the names of people that are still known, in the order asked."""
    rows = tx.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    found = {row.id: row.name for row in rows}
    return {id_: found[id_] for id_ in ids if id_ in found}
