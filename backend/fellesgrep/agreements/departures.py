"""Where an agreement departs from the approved text of its template, section by section."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.moves import tell
from fellesgrep.agreements.passages import Passage, passages
from fellesgrep.agreements.rules import Status
from fellesgrep.core.db import Base, Row
from fellesgrep.core.languages import Language, say
from fellesgrep.core.problems import Conflict, FieldProblem, Invalid
from fellesgrep.core.schema import EXTRA_SQL, unchanging
from fellesgrep.core.tx import Tx
from fellesgrep.documents.sanitizing import sanitize


class AgreementDeparture(Base, Row):
    """A section that reads otherwise than the template has it, why, and by whom.

    A later one of the same section takes the place of an earlier one; all are kept. `approved` is
    how the template had the section when it was written, filled with what the case held then.
    """

    __tablename__ = "agreement_departure"
    __table_args__ = (
        Index(
            "uq_agreement_departure_now",
            "agreement_id",
            "section_id",
            unique=True,
            postgresql_where=text("withdrawn_at is null"),
        ),
        {
            "info": {
                EXTRA_SQL: unchanging(
                    "agreement_departure",
                    when="true",
                    columns=(
                        "agreement_id",
                        "section_id",
                        "approved",
                        "body",
                        "reason",
                        "author_id",
                    ),
                )
            }
        },
    )
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    section_id: Mapped[str]
    approved: Mapped[str] = mapped_column(server_default="")
    body: Mapped[str]
    reason: Mapped[str]
    author_kind: Mapped[str]
    author_id: Mapped[UUID | None]
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)

    def is_outdated(self, approved: str) -> bool:
        """Tell whether the approved text has become another one since this was written."""
        return bool(self.approved) and self.approved != approved


def depart(
    tx: Tx, agreement: Agreement, section: Passage, body: str, reason: str
) -> AgreementDeparture:
    """Let a section of a draft read as `body`, a whole `section`; legal reads the agreement then.

    `section` is how the template has it. Raises `Conflict` when it is no draft any more, `Invalid`
    for what is no section, or has something missing in it.
    """
    _require_draft(agreement)
    written = passages(sanitize(body))
    if len(written) != 1 or written[0].id != section.id:
        raise Invalid.at("/body", "agreements.problem.no_section")
    _refuse_gaps(written[0], cast(Language, agreement.language))
    now = _present(tx, agreement, section.id)
    if now is not None:
        _end(tx, now)
    made = AgreementDeparture(
        agreement_id=agreement.id,
        section_id=section.id,
        approved=section.xhtml,
        body=written[0].xhtml,
        reason=reason.strip(),
        author_kind=tx.actor.kind,
        author_id=tx.actor.id,
        made_at=tx.now(),
    )
    tx.session.add(made)
    _changed(tx, agreement)
    tell(tx, agreement, "departed")
    return made


def withdraw_departure(tx: Tx, agreement: Agreement, section_id: str) -> None:
    """Let a section read as its template has it again; nothing happens where it does."""
    _require_draft(agreement)
    now = _present(tx, agreement, section_id)
    if now is not None:
        _end(tx, now)
        _changed(tx, agreement)
        tell(tx, agreement, "departure_withdrawn")


def departures_of(tx: Tx, agreement: Agreement) -> Sequence[AgreementDeparture]:
    """Return where an agreement departs now, in the order it was written."""
    return tx.session.scalars(
        select(AgreementDeparture)
        .where(
            AgreementDeparture.agreement_id == agreement.id,
            AgreementDeparture.withdrawn_at.is_(None),
        )
        .order_by(AgreementDeparture.id)
    ).all()


def require_up_to_date(tx: Tx, agreement: Agreement, approved: str) -> None:
    """Refuse a text in which a departure stands whose section says something else by now.

    A rewritten section keeps the day or the amount that it was written with: somebody must look.
    """
    now = {each.id: each for each in passages(approved) if each.id}
    found = [
        now[each.section_id].heading
        for each in departures_of(tx, agreement)
        if each.section_id in now and each.is_outdated(now[each.section_id].xhtml)
    ]
    if found:
        key, params = "agreements.problem.departures_outdated", {"sections": "», «".join(found)}
        raise Invalid("core.problem.invalid", fields=[FieldProblem("/body", key, params)])


def carry_over(tx: Tx, before: Agreement, agreement: Agreement) -> None:
    """Let a new agreement depart as the one whose place it takes; legal judges it anew."""
    for each in departures_of(tx, before):
        tx.session.add(
            AgreementDeparture(
                agreement_id=agreement.id,
                section_id=each.section_id,
                approved=each.approved,
                body=each.body,
                reason=each.reason,
                author_kind=each.author_kind,
                author_id=each.author_id,
                made_at=each.made_at,
            )
        )


def applied(body: str, departures: Sequence[AgreementDeparture]) -> str:
    """Return a filled text with the sections that read otherwise in their places."""
    if not departures:
        return body
    own = {each.section_id: each.body for each in departures}
    return "\n".join(own.get(each.id, each.xhtml) for each in passages(body))


def _refuse_gaps(written: Passage, language: Language) -> None:
    """Refuse text that says what is missing: it would go on saying so when it is there."""
    if f"[{say(language, 'contract_templates.missing')}:" in written.xhtml:
        raise Invalid.at("/body", "agreements.problem.section_has_gaps")


def _require_draft(agreement: Agreement) -> None:
    if agreement.status != Status.DRAFTING:
        raise Conflict("agreements.problem.not_drafting")


def _present(tx: Tx, agreement: Agreement, section_id: str) -> AgreementDeparture | None:
    found = departures_of(tx, agreement)
    return next((each for each in found if each.section_id == section_id), None)


def _end(tx: Tx, departure: AgreementDeparture) -> None:
    departure.withdrawn_at = tx.now()
    tx.session.flush()


def _changed(tx: Tx, agreement: Agreement) -> None:
    agreement.updated_at = tx.now()
    tx.session.flush()
