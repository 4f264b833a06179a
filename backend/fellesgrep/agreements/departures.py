"""Where an agreement departs from the approved text of its template, section by section."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.moves import tell
from fellesgrep.agreements.passages import passages
from fellesgrep.agreements.rules import Status
from fellesgrep.core.db import Base, Row
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.core.schema import EXTRA_SQL, unchanging
from fellesgrep.core.tx import Tx
from fellesgrep.documents.sanitizing import sanitize


class AgreementDeparture(Base, Row):
    """A section that reads otherwise than the template has it, why, and by whom.

    A later one of the same section takes the place of an earlier one; all are kept.
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
                    columns=("agreement_id", "section_id", "body", "reason", "author_id"),
                )
            }
        },
    )
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    section_id: Mapped[str]
    body: Mapped[str]
    reason: Mapped[str]
    author_kind: Mapped[str]
    author_id: Mapped[UUID | None]
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)


def depart(
    tx: Tx, agreement: Agreement, section_id: str, body: str, reason: str
) -> AgreementDeparture:
    """Let a section of a draft read as `body`, a whole `section`; legal reads the agreement then.

    Raises `Conflict` when it is no draft any more, `Invalid` for what is no section.
    """
    _require_draft(agreement)
    written = passages(sanitize(body))
    if len(written) != 1 or not written[0].id:
        raise Invalid.at("/body", "agreements.problem.no_section")
    now = _present(tx, agreement, section_id)
    if now is not None:
        _end(tx, now)
    made = AgreementDeparture(
        agreement_id=agreement.id,
        section_id=section_id,
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


def applied(body: str, departures: Sequence[AgreementDeparture]) -> str:
    """Return a filled text with the sections that read otherwise in their places."""
    if not departures:
        return body
    own = {each.section_id: each.body for each in departures}
    return "\n".join(own.get(each.id, each.xhtml) for each in passages(body))


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
