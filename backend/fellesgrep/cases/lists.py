"""Many cases at once: found and sorted in SQL, shown in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query
from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    func,
    select,
    true,
    union,
)
from sqlalchemy.orm import aliased

from fellesgrep.areas.models import Area
from fellesgrep.cases.deadlines import is_late, next_due_of
from fellesgrep.cases.models import Case, CaseParty, Stage
from fellesgrep.cases.pausing import rests
from fellesgrep.cases.rules import is_overdue
from fellesgrep.cases.schemas import CaseFacts, CaseSummary, PartnerOfCase, Turn
from fellesgrep.cases.slots import TOTALS
from fellesgrep.core.languages import Language, say
from fellesgrep.core.search import matches
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import Named
from fellesgrep.identity.models import Person
from fellesgrep.partners.models import Partner, PartnerKind
from fellesgrep.partners.queries import found_by as is_partner
from fellesgrep.workflow.models import Task, TaskStatus

Responsible = aliased(Person, name="responsible")
Assignee = aliased(Person, name="assignee")
Present = aliased(CaseParty, name="present")


@dataclass(frozen=True)
class CaseFilter:
    """Which cases; what is not set does not matter. Routes read it from the query (`Wanted`)."""

    stage: Stage | None = None
    area_id: UUID | None = None
    responsible_id: UUID | None = None
    partner_id: UUID | None = None
    measure_id: UUID | None = None
    involvement_item_id: UUID | None = None
    late: bool | None = None
    open: bool | None = None
    on_hold: bool | None = None
    q: Annotated[str, Query(max_length=100)] = ""


Wanted = Annotated[CaseFilter, Depends()]


def _has_open_task() -> ColumnElement[bool]:
    return and_(
        Task.subject_kind == "case",
        Task.subject_id == Case.id,
        Task.status == TaskStatus.OPEN,
    )


def conditions(tx: Tx, wanted: CaseFilter) -> list[ColumnElement[bool]]:
    """Return what a case must meet to be in the list."""
    equal = {
        Case.stage: wanted.stage,
        Case.area_id: wanted.area_id,
        Case.responsible_id: wanted.responsible_id,
        Case.measure_id: wanted.measure_id,
        Case.involvement_item_id: wanted.involvement_item_id,
    }
    found: list[ColumnElement[bool]] = [
        column == value for column, value in equal.items() if value is not None
    ]
    if wanted.open is not None:
        found.append((Case.stage != Stage.CLOSED) if wanted.open else Case.stage == Stage.CLOSED)
    if wanted.on_hold is not None:
        found.append(rests() if wanted.on_hold else ~rests())
    if wanted.partner_id is not None:
        found.append(
            Case.id.in_(
                select(CaseParty.case_id).where(
                    CaseParty.partner_id == wanted.partner_id, CaseParty.removed_at.is_(None)
                )
            )
        )
    if wanted.late is not None:
        found.append(is_late(tx) if wanted.late else ~is_late(tx))
    if typed := wanted.q.strip():
        found.append(Case.id.in_(found_by(typed)))
    return found


def found_by(typed: str, at_most: int | None = None) -> Any:
    """Return the ids of cases that are what somebody types; each way to find uses its own index.

    `at_most` bounds each way, where a few are enough and a common word must not read everything.
    """
    ways = (
        select(Case.id).where(matches(Case.search, typed)),
        select(Case.id)
        .where(Case.number.startswith(typed, autoescape=True))
        .order_by(Case.number.desc()),
        select(CaseParty.case_id)
        .join(Partner, Partner.id == CaseParty.partner_id)
        .where(CaseParty.removed_at.is_(None), is_partner(typed)),
    )
    return union(*[select(way.limit(at_most).subquery()) for way in ways])


def case_list(tx: Tx, wanted: CaseFilter) -> Select[Case]:
    """Return the statement of a list of cases."""
    return select(Case).where(*conditions(tx, wanted))


def summaries(tx: Tx, cases: Sequence[Case], language: Language) -> list[CaseSummary]:
    """Return the lines for cases, in their order: two statements, however many there are."""
    ids = [case.id for case in cases]
    if not ids:
        return []
    rows = {row.id: row for row in tx.session.execute(_details(tx, ids))}
    totals: dict[UUID, int] = {}
    for totals_of in tx.house.registry.all(TOTALS).values():
        totals |= totals_of(tx.session, ids)
    return [
        _summary(case, rows[case.id], totals.get(case.id), tx.today(), language) for case in cases
    ]


def _details(tx: Tx, ids: Sequence[UUID]) -> Select[*tuple[Any, ...]]:
    turn = (
        select(Task.role, Task.assignee_id)
        .where(_has_open_task())
        .order_by(Task.due_on.asc().nulls_last(), Task.created_at, Task.id)
        .limit(1)
        .lateral("turn")
    )
    count = (
        select(func.count())
        .select_from(Present)
        .where(Present.case_id == Case.id, Present.removed_at.is_(None))
        .scalar_subquery()
    )
    lead = and_(CaseParty.case_id == Case.id, CaseParty.lead, CaseParty.removed_at.is_(None))
    return (
        select(
            Case.id,
            Area.name.label("area"),
            Responsible.name.label("responsible"),
            Partner.id.label("partner_id"),
            Partner.name.label("partner"),
            Partner.kind,
            count.label("party_count"),
            next_due_of(tx.house.registry, Case.id).label("due_on"),
            rests().label("on_hold"),
            turn.c.role,
            Assignee.name.label("assignee"),
        )
        .join(Area, Area.id == Case.area_id)
        .join(Responsible, Responsible.id == Case.responsible_id)
        .join(CaseParty, lead)
        .join(Partner, Partner.id == CaseParty.partner_id)
        .outerjoin(turn, true())
        .outerjoin(Assignee, Assignee.id == turn.c.assignee_id)
        .where(Case.id.in_(ids))
    )


def _summary(
    case: Case, row: Any, total_ore: int | None, today: date, language: Language
) -> CaseSummary:
    turn = row.role and Turn(
        role=row.role,
        label=say(language, f"identity.role.{row.role}"),
        person_name=row.assignee,
    )
    return CaseSummary(
        **CaseFacts.model_validate(case).model_dump(),
        area=Named(id=case.area_id, name=row.area),
        responsible=Named(id=case.responsible_id, name=row.responsible),
        lead_partner=PartnerOfCase(id=row.partner_id, name=row.partner, kind=PartnerKind(row.kind)),
        party_count=row.party_count,
        next_due_on=row.due_on,
        overdue=is_overdue(row.due_on, today),
        on_hold=row.on_hold,
        whose_turn=turn or None,
        total_ore=total_ore,
    )
