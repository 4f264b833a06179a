"""The strategy of an area and its involvement items. Every change answers with the whole."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select

from fellesgrep.areas.models import Area
from fellesgrep.core.problems import NotFound
from fellesgrep.core.web import IfMatch, expect_version
from fellesgrep.identity.access import Access, allow
from fellesgrep.identity.policy import Place
from fellesgrep.strategy import service
from fellesgrep.strategy.models import InvolvementItem, Strategy
from fellesgrep.strategy.queries import strategy_view
from fellesgrep.strategy.schemas import ItemEdit, StrategyEdit, StrategyView

router = APIRouter(prefix="/api/v1/areas/{area_id}/strategy", tags=["strategy"])
Editing = Annotated[Access, allow("strategy:edit", on="area")]


def _adopted(access: Access, area_id: UUID) -> Strategy:
    strategy = service.find_strategy(access.tx, area_id)
    if strategy is None:
        raise NotFound("strategy.problem.not_adopted")
    return strategy


def _shown(access: Access, strategy: Strategy) -> StrategyView:
    can = ["edit"] if access.may("strategy:edit", Place(area_id=strategy.area_id)) else []
    return strategy_view(access.tx.session, strategy, can)


@router.get("")
def show_strategy(
    area_id: UUID, access: Annotated[Access, allow("strategy:read", on="area")]
) -> StrategyView:
    """Return the area's strategy with the status of each item; 404 where none is adopted."""
    return _shown(access, _adopted(access, area_id))


@router.post("", status_code=201)
def adopt_strategy(area_id: UUID, body: StrategyEdit, access: Editing) -> StrategyView:
    """Give the area its strategy."""
    area = access.tx.session.get_one(Area, area_id)
    return _shown(access, service.adopt_strategy(access.tx, area, **body.model_dump()))


@router.put("")
def edit_strategy(
    area_id: UUID, body: StrategyEdit, version: IfMatch, access: Editing
) -> StrategyView:
    """Change title, day of adoption and summary."""
    strategy = _adopted(access, area_id)
    expect_version(strategy, version)
    service.edit_strategy(access.tx, strategy, **body.model_dump())
    return _shown(access, strategy)


@router.post("/items", status_code=201)
def add_item(area_id: UUID, body: ItemEdit, access: Editing) -> StrategyView:
    """Add an involvement item."""
    strategy = _adopted(access, area_id)
    service.add_item(access.tx, strategy, **body.model_dump())
    return _shown(access, strategy)


@router.put("/items/{item_id}")
def edit_item(
    area_id: UUID, item_id: UUID, body: ItemEdit, version: IfMatch, access: Editing
) -> StrategyView:
    """Change an involvement item."""
    strategy = _adopted(access, area_id)
    item = access.tx.session.scalar(
        select(InvolvementItem).where(
            InvolvementItem.id == item_id, InvolvementItem.strategy_id == strategy.id
        )
    )
    if item is None:
        raise NotFound("core.problem.not_found")
    expect_version(item, version)
    service.edit_item(access.tx, strategy, item, body.model_dump())
    return _shown(access, strategy)
