"""Which wording of which clause an agreement holds, read from its text when it is submitted."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnClause,
    CompoundSelect,
    ForeignKey,
    Index,
    Text,
    Uuid,
    column,
    delete,
    false,
    func,
    literal,
    select,
    union_all,
    values,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.rules import Status
from fellesgrep.cases.models import Case
from fellesgrep.contract_templates.clauses.rules import held_in
from fellesgrep.contract_templates.clauses.uses import Asked, Holders, Holding
from fellesgrep.core.db import Base
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import Paging

NO_LONGER = frozenset({Status.DECLINED, Status.VOIDED, Status.RETURNED})
SIGNED = frozenset({Status.SIGNED, Status.SEALING, Status.SEALED, Status.ENDED})


class AgreementClause(Base):
    """An agreement's text holds a clause in this version; written anew with the text."""

    __tablename__ = "agreement_clause"
    __table_args__ = (Index("ix_agreement_clause_clause", "clause", "number"),)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    clause: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]


def note_clauses(tx: Tx, agreement: Agreement) -> None:
    """Keep which clauses an agreement's text holds, in place of what was kept before."""
    session = tx.session
    session.execute(delete(AgreementClause).where(AgreementClause.agreement_id == agreement.id))
    session.add_all(
        AgreementClause(agreement_id=agreement.id, clause=key, number=number)
        for key, number in held_in(agreement.body).items()
    )
    session.flush()


def _held(asked: Asked) -> CompoundSelect[UUID, int]:
    """Select agreement and number: from their own texts, for drafts from their templates'."""
    own = (
        select(AgreementClause.agreement_id, AgreementClause.number)
        .join(Agreement, Agreement.id == AgreementClause.agreement_id)
        .where(
            AgreementClause.clause == asked.key,
            Agreement.status.not_in({Status.DRAFTING, *NO_LONGER}),
        )
    )
    rows = [(version, language, at) for (version, language), at in asked.in_templates.items()]
    if not rows:
        return union_all(own, select(literal(None, Uuid), literal(0, BigInteger)).where(false()))
    columns: list[ColumnClause[Any]] = [
        column("version_id", Uuid), column("language", Text), column("number", BigInteger),
    ]  # fmt: skip
    known = values(*columns, name="known").data(rows)
    drafts = (
        select(Agreement.id, known.c.number)
        .join(known, Agreement.template_version_id == known.c.version_id)
        .where(Agreement.language == known.c.language, Agreement.status == Status.DRAFTING)
    )
    return union_all(own, drafts)


def count_holders(session: Session, asked: Asked) -> Mapping[tuple[int, bool], int]:
    """Count the agreements that hold a clause, by its number and whether they are signed."""
    held = _held(asked).subquery()
    signed = Agreement.status.in_(SIGNED)
    rows = session.execute(
        select(held.c.number, signed, func.count())
        .join(Agreement, Agreement.id == held.c.agreement_id)
        .group_by(held.c.number, signed)
    )
    return {(number, is_signed): count for number, is_signed, count in rows}


def holders_of(session: Session, asked: Asked, paging: Paging) -> Sequence[Holding]:
    """Return a page of the agreements that hold a clause, the newest cases first."""
    held = _held(asked).subquery()
    statement = (
        select(Agreement, Case, held.c.number)
        .join(held, Agreement.id == held.c.agreement_id)
        .join(Case, Case.id == Agreement.case_id)
        .order_by(Case.number.desc(), Agreement.number.desc())
        .limit(paging.per_page)
        .offset((paging.page - 1) * paging.per_page)
    )
    if asked.numbers is not None:
        statement = statement.where(held.c.number.in_(asked.numbers))
    return [
        Holding(
            case_id=row.Case.id,
            case_number=row.Case.number,
            title=row.Agreement.title or row.Case.title,
            number=row.number,
            status=row.Agreement.status,
            status_key=f"agreements.status.{row.Agreement.status}",
            signed=row.Agreement.status in SIGNED,
        )
        for row in session.execute(statement)
    ]


HOLDERS_OF_CLAUSES = Holders(count_holders, holders_of)
