"""Days in the life of a text: those from which it holds, and those by which it is read again.

Templates and clauses live by the same days.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import or_, select

from fellesgrep.contract_templates.clauses import service as clauses
from fellesgrep.contract_templates.clauses.models import ClauseVersion
from fellesgrep.contract_templates.models import TemplateVersion, VersionStatus
from fellesgrep.contract_templates.service import put_in_force, tell
from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.tx import House, Tx
from fellesgrep.identity.policy import Role
from fellesgrep.identity.service import holders
from fellesgrep.notifications.service import queue_message

NOTICE = timedelta(days=30)
Version = TypeVar("Version", TemplateVersion, ClauseVersion)


def put_due_in_force(house: House) -> None:
    """Put every approved version in force whose day has come."""
    with house.transaction() as tx:
        for template in _due(tx, TemplateVersion):
            put_in_force(tx, template)
        for clause in _due(tx, ClauseVersion):
            clauses.put_in_force(tx, clause)


def _due(tx: Tx, kind: type[Version]) -> Sequence[Version]:
    return tx.session.scalars(
        select(kind)
        .where(kind.status == VersionStatus.APPROVED, kind.in_force_from <= tx.now())
        .order_by(kind.in_force_from, kind.id)
        .with_for_update(skip_locked=True)
    ).all()


def remind_of_reviews(house: House) -> None:
    """Write to legal 30 days before a text is to be read again, and again when the day is past."""
    with house.transaction() as tx:
        for template in _to_be_read(tx, TemplateVersion):
            _remind(tx, template, Subject("template", template.template_id), "review_due")
            tell(tx, "template:review_reminded", template)
        for clause in _to_be_read(tx, ClauseVersion):
            _remind(tx, clause, Subject("clause", clause.clause_id), "clause_review_due")
            clauses.tell(tx, "review_reminded", clause)


def _to_be_read(tx: Tx, kind: type[Version]) -> Sequence[Version]:
    today = tx.today()
    return tx.session.scalars(
        select(kind)
        .where(
            kind.status == VersionStatus.IN_FORCE,
            kind.review_by <= today + NOTICE,
            or_(
                kind.reminded_on.is_(None),
                (kind.review_by <= today) & (kind.reminded_on < kind.review_by),
            ),
        )
        .with_for_update(skip_locked=True)
    ).all()


def _remind(
    tx: Tx, version: TemplateVersion | ClauseVersion, subject: Subject, message: str
) -> None:
    due_on = version.review_by.isoformat() if version.review_by else ""
    for person in holders(tx, Role.LEGAL):
        queue_message(
            tx,
            f"contract_templates.{message}",
            to=Subject("person", person.id),
            subject=subject,
            params={subject.kind: ref(subject.kind, subject.id), "due_on": due_on},
        )
    version.reminded_on = tx.today()
    tx.session.flush()
