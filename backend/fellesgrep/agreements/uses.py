"""Which agreements are written from a template."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fellesgrep.agreements.clauses import NO_LONGER, SIGNED
from fellesgrep.agreements.models import Agreement
from fellesgrep.cases.models import Case
from fellesgrep.contract_templates.models import TemplateVersion
from fellesgrep.contract_templates.uses import Use


def uses_of(session: Session, template_id: UUID) -> Sequence[Use]:
    """Return the agreements that hold a wording of a template, the newest cases first."""
    rows = session.execute(
        select(Agreement, Case)
        .join(Case, Case.id == Agreement.case_id)
        .join(TemplateVersion, TemplateVersion.id == Agreement.template_version_id)
        .where(TemplateVersion.template_id == template_id, Agreement.status.not_in(NO_LONGER))
        .order_by(Case.number.desc(), Agreement.number.desc())
    )
    return [
        Use(
            case_id=row.Case.id,
            case_number=row.Case.number,
            title=row.Agreement.title or row.Case.title,
            version_id=row.Agreement.template_version_id,
            status=row.Agreement.status,
            status_key=f"agreements.status.{row.Agreement.status}",
            signed=row.Agreement.status in SIGNED,
        )
        for row in rows
    ]
