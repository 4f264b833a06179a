"""Clauses as the API shows them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from fellesgrep.contract_templates.clauses.approval import not_the_other
from fellesgrep.contract_templates.clauses.drafting import authors_of, findings
from fellesgrep.contract_templates.clauses.models import Clause, ClauseVersion
from fellesgrep.contract_templates.clauses.schemas import (
    CarrierView,
    ClauseText,
    ClauseVersionView,
)
from fellesgrep.contract_templates.clauses.service import current_version, in_force_of
from fellesgrep.contract_templates.draft_views import comments_about, finding_view, names_of
from fellesgrep.contract_templates.models import Origin, Template, TemplateVersion, VersionStatus
from fellesgrep.contract_templates.schemas import VersionView
from fellesgrep.core.audit import Subject
from fellesgrep.core.languages import Language
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import Named
from fellesgrep.identity.access import Access
from fellesgrep.identity.policy import EVERYWHERE


def titles_of_templates(tx: Tx, language: Language) -> dict[str, str]:
    """Return what each template is called, by its key."""
    rows = tx.session.execute(
        select(Template.key, TemplateVersion.manifest["title"][language].astext)
        .join(TemplateVersion)
        .order_by(TemplateVersion.number)
    )
    return {row[0]: row[1] for row in rows}


def summary(
    tx: Tx,
    clause: Clause,
    language: Language,
    *,
    templates: Mapping[str, str],
    uses: Mapping[str, int],
) -> dict[str, Any]:
    """Return a clause as a list shows it; `templates` are titles by key, `uses` numbers by key."""
    shown, current = current_version(clause), in_force_of(clause)
    return {
        "id": clause.id,
        "key": clause.key,
        "title": shown.titles[language],
        "reason": shown.reason.get(language, ""),
        "mandatory_for": [
            CarrierView(key=key, title=templates.get(key, key)) for key in shown.mandatory_for
        ],
        "in_force": version_view(tx, current) if current else None,
        "newest": version_view(tx, clause.versions[-1]),
        "uses": uses.get(clause.key, 0),
    }


def version_view(tx: Tx, version: ClauseVersion) -> ClauseVersionView:
    """Return a version as the history of its clause shows it."""
    approver = version.approved_by_id
    names = names_of(tx, [approver] if approver else [])
    shown = VersionView.model_validate(version).model_dump()
    return ClauseVersionView(
        **shown, version=version.version, approved_by=names.get(approver, "") if approver else ""
    )


def version_text(access: Access, version: ClauseVersion, language: Language) -> ClauseText:
    """Return everything that the editor needs of a version."""
    tx = access.tx
    authors = names_of(tx, authors_of(version))
    return ClauseText(
        id=version.id,
        clause_id=version.clause_id,
        number=version.number,
        status=VersionStatus(version.status),
        version=version.version,
        updated_at=version.updated_at,
        bodies=version.bodies,
        title=version.title,
        reason=version.reason,
        legal_references=version.legal_references,
        mandatory_for=version.mandatory_for,
        change_note=version.change_note,
        review_by=version.review_by,
        in_force_from=version.in_force_from,
        authors=[Named(id=id_, name=name) for id_, name in authors.items()],
        findings=[finding_view(each, language) for each in findings(tx, version)],
        comments=comments_about(tx, Subject("clause_version", version.id)),
        mine=_is_mine(access, version),
        can=_can(access, version),
    )


def _is_mine(access: Access, version: ClauseVersion) -> bool:
    mine: set[UUID] = not_the_other(version)
    return access.person.id in mine


def _can(access: Access, version: ClauseVersion) -> list[str]:
    if not access.may("clause:edit", EVERYWHERE):
        return []
    if version.status == VersionStatus.DRAFT:
        discard = ["discard"] if version.origin == Origin.MUNICIPALITY else []
        return ["edit", "send", *discard]
    if version.status == VersionStatus.IN_REVIEW:
        return ["send_back"] if _is_mine(access, version) else ["approve", "send_back"]
    return []
