"""Use cases on strategies: one function each, inside the caller's transaction."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from fellesgrep.areas.models import Area, Phase
from fellesgrep.cases.events import CaseEdited, CaseOpened
from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.identity.models import Person
from fellesgrep.strategy.models import Horizon, InvolvementItem, Strategy


def find_strategy(tx: Tx, area_id: UUID) -> Strategy | None:
    """Return the strategy of an area, None where none is adopted."""
    return tx.session.scalar(select(Strategy).where(Strategy.area_id == area_id))


def adopt_strategy(
    tx: Tx, area: Area, *, title: str, adopted_on: date, summary: str = ""
) -> Strategy:
    """Give an area its strategy; raises `Conflict` when it has one."""
    tx.session.refresh(area, with_for_update=True)
    if find_strategy(tx, area.id) is not None:
        raise Conflict("strategy.problem.already_adopted")
    strategy = Strategy(area_id=area.id, title=title, adopted_on=adopted_on, summary=summary)
    tx.session.add(strategy)
    tx.session.flush()
    tx.audit(
        "strategy:adopted",
        Subject("area", area.id),
        {"area": ref("area", area.id), "adopted_on": adopted_on.isoformat()},
    )
    return strategy


def edit_strategy(
    tx: Tx, strategy: Strategy, *, title: str, adopted_on: date, summary: str
) -> None:
    """Change title, day of adoption and summary of a strategy."""
    strategy.title, strategy.adopted_on, strategy.summary = title, adopted_on, summary
    strategy.updated_at = tx.now()
    tx.session.flush()
    area_id = strategy.area_id
    tx.audit("strategy:edited", Subject("area", area_id), {"area": ref("area", area_id)})


def add_item(  # noqa: PLR0913 (the facts of an item, all by name)
    tx: Tx,
    strategy: Strategy,
    *,
    actor_group: str,
    question: str,
    decision_point: str,
    method: str,
    phase: Phase,
    horizon: Horizon,
    responsible_id: UUID | None = None,
    due_on: date | None = None,
) -> InvolvementItem:
    """Add an involvement item, numbered after the last one."""
    _check_responsible(tx, responsible_id)
    tx.session.refresh(strategy, with_for_update=True)
    last = tx.session.scalar(
        select(func.max(InvolvementItem.number)).where(InvolvementItem.strategy_id == strategy.id)
    )
    item = InvolvementItem(
        strategy_id=strategy.id,
        number=(last or 0) + 1,
        actor_group=actor_group,
        question=question,
        decision_point=decision_point,
        method=method,
        phase=phase,
        horizon=horizon,
        responsible_id=responsible_id,
        due_on=due_on,
    )
    tx.session.add(item)
    tx.session.flush()
    _audit_item(tx, "involvement_item:added", strategy, item)
    return item


def edit_item(tx: Tx, strategy: Strategy, item: InvolvementItem, changes: dict[str, Any]) -> None:
    """Change an involvement item."""
    _check_responsible(tx, changes.get("responsible_id"))
    for name, value in changes.items():
        setattr(item, name, value)
    item.updated_at = tx.now()
    tx.session.flush()
    _audit_item(tx, "involvement_item:edited", strategy, item)


def _check_responsible(tx: Tx, person_id: UUID | None) -> None:
    if person_id is not None and tx.session.get(Person, person_id) is None:
        raise Invalid.at("/responsible_id", "strategy.problem.no_such_person")


def _audit_item(tx: Tx, kind: str, strategy: Strategy, item: InvolvementItem) -> None:
    tx.audit(
        kind,
        Subject("area", strategy.area_id),
        {"item": item.number, "area": ref("area", strategy.area_id)},
        also=[Subject("involvement_item", item.id)],
    )


def check_item_of_case(tx: Tx, event: CaseOpened | CaseEdited) -> None:
    """Refuse a case that answers an involvement item of another area's strategy."""
    if event.case.involvement_item_id is None:
        return
    area_id = tx.session.scalar(
        select(Strategy.area_id)
        .join(InvolvementItem, InvolvementItem.strategy_id == Strategy.id)
        .where(InvolvementItem.id == event.case.involvement_item_id)
    )
    if area_id != event.case.area_id:
        raise Invalid.at("/involvement_item_id", "strategy.problem.item_of_another_area")
