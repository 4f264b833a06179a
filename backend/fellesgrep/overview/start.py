"""The start page: my tasks, what others did, and how it goes in my areas."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from fellesgrep.areas.models import Area, Measure
from fellesgrep.cases.lists import CaseFilter, conditions
from fellesgrep.cases.models import Case
from fellesgrep.cases.pausing import rests
from fellesgrep.core.audit import AuditEntry, sentences
from fellesgrep.core.clock import end_of_day
from fellesgrep.core.languages import Language
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import Named
from fellesgrep.decisions.models import Decision
from fellesgrep.decisions.rules import Outcome
from fellesgrep.identity.access import Access
from fellesgrep.overview.schemas import CaseOfNews, News, Pulse, SinceLastVisit
from fellesgrep.overview.stages import sums_by_stage
from fellesgrep.strategy.models import Strategy
from fellesgrep.strategy.queries import coverage_of
from fellesgrep.strategy.schemas import CoverageView

NEWS = 12
_READ_AHEAD = 100
_FIRST_VISIT = timedelta(days=14)


def my_areas(access: Access) -> list[Named]:
    """Return the areas that my roles are granted for; all where one counts everywhere."""
    mine = {grant.area_id for grant in access.grants}
    wanted = select(Area.id, Area.name).order_by(Area.name)
    if None not in mine:
        wanted = wanted.where(Area.id.in_(mine))
    return [Named(id=row.id, name=row.name) for row in access.tx.session.execute(wanted)]


def last_visit(tx: Tx, person_id: UUID) -> datetime:
    """Return the last log-in of an earlier day; two weeks ago for somebody who is new."""
    midnight = end_of_day(tx.today() - timedelta(days=1))
    seen = tx.session.scalar(
        select(AuditEntry.at)
        .where(
            AuditEntry.stream_kind == "person",
            AuditEntry.stream_id == person_id,
            AuditEntry.kind == "person:logged_in",
            AuditEntry.at < midnight,
        )
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    )
    return seen or tx.now() - _FIRST_VISIT


def since_last_visit(access: Access, areas: Sequence[Named], language: Language) -> SinceLastVisit:
    """Return what colleagues and partners did in my areas' cases, the newest of each sort."""
    tx = access.tx
    since = last_visit(tx, access.person.id)
    rows = tx.session.execute(
        select(AuditEntry, Case.id, Case.number, Case.title)
        .join(Case, Case.id == AuditEntry.stream_id)
        .where(
            AuditEntry.stream_kind == "case",
            AuditEntry.at > since,
            AuditEntry.actor_kind != "system",
            AuditEntry.actor_id != access.person.id,
            Case.area_id.in_([area.id for area in areas]),
        )
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(_READ_AHEAD)
    ).all()
    newest: dict[tuple[UUID, str], tuple[AuditEntry, CaseOfNews]] = {}
    for entry, id_, number, title in rows:
        newest.setdefault(
            (id_, entry.kind), (entry, CaseOfNews(id=id_, number=number, title=title))
        )
    kept = list(newest.values())[:NEWS]
    said = sentences(tx.session, tx.house.registry, [entry for entry, _ in kept], language)
    return SinceLastVisit(
        since=since,
        items=[
            News(at=entry.at, kind=entry.kind, sentence=sentence, case=case)
            for (entry, case), sentence in zip(kept, said, strict=True)
        ],
    )


def pulse(tx: Tx, areas: Sequence[Named]) -> Pulse:
    """Return counts, money and coverage of areas."""
    ids = [area.id for area in areas]
    decided = _decided(tx, ids)
    budget = tx.session.scalar(
        select(func.coalesce(func.sum(Measure.budget_ore), 0)).where(Measure.area_id.in_(ids))
    )
    here: ColumnElement[bool] = Case.area_id.in_(ids)
    late = conditions(tx, CaseFilter(late=True, open=True))
    strategies = tx.session.scalars(select(Strategy.id).where(Strategy.area_id.in_(ids))).all()
    return Pulse(
        areas=list(areas),
        by_stage=sums_by_stage(tx.session, [here]),
        late_count=tx.session.scalar(select(func.count(Case.id)).where(here, *late)) or 0,
        on_hold_count=tx.session.scalar(select(func.count(Case.id)).where(here, rests())) or 0,
        decided_ore=decided,
        available_ore=int(budget or 0) - decided,
        coverage=CoverageView.model_validate(coverage_of(tx.session, strategies)),
    )


def _decided(tx: Tx, area_ids: Sequence[UUID]) -> int:
    """Add up what was granted in cases that still stand or were completed."""
    sum_ore = tx.session.scalar(
        select(func.coalesce(func.sum(Decision.amount_ore), 0))
        .join(Case, Case.id == Decision.case_id)
        .where(Case.area_id.in_(area_ids), Decision.outcome == Outcome.APPROVED, _stands())
    )
    return int(sum_ore or 0)


def _stands() -> ColumnElement[bool]:
    return or_(Case.outcome.is_(None), Case.outcome == "completed")
