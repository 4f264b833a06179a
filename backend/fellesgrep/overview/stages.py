"""Counts and sums of open cases by stage."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Subquery, func, select
from sqlalchemy.orm import Session

from fellesgrep.cases.models import Case, Stage
from fellesgrep.funding.models import BudgetLine, FundingPlan
from fellesgrep.overview.schemas import StageSum

OPEN_STAGES = tuple(stage for stage in Stage if stage is not Stage.CLOSED)


def _costs() -> Subquery:
    return (
        select(FundingPlan.case_id, func.sum(BudgetLine.amount_ore).label("total_ore"))
        .join(BudgetLine, BudgetLine.plan_id == FundingPlan.id)
        .join(Case, Case.id == FundingPlan.case_id)
        .where(Case.stage != Stage.CLOSED)
        .group_by(FundingPlan.case_id)
        .subquery("costs")
    )


def sums_by_stage(session: Session, conditions: Sequence[ColumnElement[Any]]) -> list[StageSum]:
    """Return count and cost of the open cases that meet conditions, for every open stage."""
    costs = _costs()
    rows = session.execute(
        select(Case.stage, func.count(), func.coalesce(func.sum(costs.c.total_ore), 0))
        .outerjoin(costs, costs.c.case_id == Case.id)
        .where(Case.stage != Stage.CLOSED, *conditions)
        .group_by(Case.stage)
    )
    found = {Stage(stage): (count, int(ore)) for stage, count, ore in rows}
    return [
        StageSum(stage=stage, count=count, sum_ore=ore)
        for stage in OPEN_STAGES
        for count, ore in [found.get(stage, (0, 0))]
    ]
