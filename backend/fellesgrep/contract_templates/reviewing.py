"""Days in the life of a version: those from which it holds, and those by which it is read again."""

from datetime import timedelta

from sqlalchemy import or_, select

from fellesgrep.contract_templates.models import TemplateVersion, VersionStatus
from fellesgrep.contract_templates.service import put_in_force, tell
from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.tx import House, Tx
from fellesgrep.identity.policy import Role
from fellesgrep.identity.service import holders
from fellesgrep.notifications.service import queue_message

NOTICE = timedelta(days=30)


def put_due_in_force(house: House) -> None:
    """Put every approved version in force whose day has come."""
    with house.transaction() as tx:
        due = tx.session.scalars(
            select(TemplateVersion)
            .where(
                TemplateVersion.status == VersionStatus.APPROVED,
                TemplateVersion.in_force_from <= tx.now(),
            )
            .order_by(TemplateVersion.in_force_from, TemplateVersion.id)
            .with_for_update(skip_locked=True)
        ).all()
        for version in due:
            put_in_force(tx, version)


def remind_of_reviews(house: House) -> None:
    """Write to legal 30 days before a text is to be read again, and again when the day is past."""
    with house.transaction() as tx:
        today = tx.today()
        due = tx.session.scalars(
            select(TemplateVersion)
            .where(
                TemplateVersion.status == VersionStatus.IN_FORCE,
                TemplateVersion.review_by <= today + NOTICE,
                or_(
                    TemplateVersion.reminded_on.is_(None),
                    (TemplateVersion.review_by <= today)
                    & (TemplateVersion.reminded_on < TemplateVersion.review_by),
                ),
            )
            .with_for_update(skip_locked=True)
        ).all()
        for version in due:
            _remind(tx, version)


def _remind(tx: Tx, version: TemplateVersion) -> None:
    template = Subject("template", version.template_id)
    due_on = version.review_by.isoformat() if version.review_by else ""
    for person in holders(tx, Role.LEGAL):
        queue_message(
            tx,
            "contract_templates.review_due",
            to=Subject("person", person.id),
            subject=template,
            params={"template": ref("template", version.template_id), "due_on": due_on},
        )
    version.reminded_on = tx.today()
    tx.session.flush()
    tell(tx, "template:review_reminded", version)
