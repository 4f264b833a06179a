"""Reading a strategy: its items, what has happened on each, and how much is covered."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from fellesgrep.cases.models import Case, Outcome, Stage
from fellesgrep.core.web import Named
from fellesgrep.identity.models import Person
from fellesgrep.partners.models import Engagement
from fellesgrep.strategy import rules
from fellesgrep.strategy.models import InvolvementItem, Strategy
from fellesgrep.strategy.rules import CasesOfItem
from fellesgrep.strategy.schemas import CoverageView, ItemView, StrategyView

_PROPER_ENDS = (Outcome.INFORMAL_COOPERATION, Outcome.LETTER_OF_COOPERATION, Outcome.COMPLETED)
_UNDER_WAY = tuple(set(Stage) - {Stage.FIRST_CONTACT, Stage.FOLLOW_UP, Stage.CLOSED})


def item_title(item: InvolvementItem) -> str:
    """Return what an item is called where there is room for one line."""
    return f"{item.number}. {item.actor_group}: {item.question}"


def item_titles(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    """Return the titles of items by id."""
    found = session.scalars(select(InvolvementItem).where(InvolvementItem.id.in_(ids)))
    return {item.id: item_title(item) for item in found}


def cases_of_items(session: Session, strategy_ids: Sequence[UUID]) -> dict[UUID, CasesOfItem]:
    """Return what the cases of each item of some strategies amount to, by item id."""
    met = exists().where(Engagement.case_id == Case.id)
    agreed = or_(Case.stage == Stage.FOLLOW_UP, Case.outcome.in_(_PROPER_ENDS))
    count = func.count(Case.id)
    rows = session.execute(
        select(
            InvolvementItem.id,
            count,
            count.filter(or_(met, Case.stage.in_(_UNDER_WAY))),
            count.filter(Case.stage.in_(_UNDER_WAY)),
            count.filter(agreed),
        )
        .outerjoin(Case, Case.involvement_item_id == InvolvementItem.id)
        .where(InvolvementItem.strategy_id.in_(strategy_ids))
        .group_by(InvolvementItem.id)
    )
    return {item_id: CasesOfItem(*counts) for item_id, *counts in rows}


def coverage_of(session: Session, strategy_ids: Sequence[UUID]) -> rules.Coverage:
    """Return how much of some strategies is covered."""
    found = cases_of_items(session, strategy_ids)
    rows = session.execute(
        select(InvolvementItem.id, InvolvementItem.number)
        .where(InvolvementItem.strategy_id.in_(strategy_ids))
        .order_by(InvolvementItem.number)
    )
    return rules.coverage([(row.number, rules.item_status(found[row.id])) for row in rows])


def strategy_view(session: Session, strategy: Strategy, can: list[str]) -> StrategyView:
    """Return a strategy with its items, statuses and coverage, in three statements."""
    found = cases_of_items(session, [strategy.id])
    rows = session.execute(
        select(InvolvementItem, Person.name)
        .outerjoin(Person, Person.id == InvolvementItem.responsible_id)
        .where(InvolvementItem.strategy_id == strategy.id)
        .order_by(InvolvementItem.number)
    )
    items = [item_view(item, name, found[item.id]) for item, name in rows]
    covered = rules.coverage([(item.number, item.status) for item in items])
    return StrategyView(
        id=strategy.id,
        area_id=strategy.area_id,
        title=strategy.title,
        adopted_on=strategy.adopted_on,
        summary=strategy.summary,
        version=strategy.version,
        items=items,
        coverage=CoverageView.model_validate(covered),
        can=can,
    )


def item_view(item: InvolvementItem, responsible: str | None, found: CasesOfItem) -> ItemView:
    """Return one item with what has happened on it."""
    return ItemView.model_validate(
        {
            "id": item.id,
            "number": item.number,
            "title": item_title(item),
            "actor_group": item.actor_group,
            "question": item.question,
            "decision_point": item.decision_point,
            "method": item.method,
            "phase": item.phase,
            "horizon": item.horizon,
            "responsible": responsible and Named(id=item.responsible_id, name=responsible),
            "due_on": item.due_on,
            "status": rules.item_status(found),
            "case_count": found.cases,
            "version": item.version,
        }
    )
