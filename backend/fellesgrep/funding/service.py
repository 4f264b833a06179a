"""Use cases on funding plans: one function each, inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from fellesgrep.cases.models import Case, CaseParty, Stage
from fellesgrep.contract_templates.settings import CONTRACTS
from fellesgrep.core.audit import Subject
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import expect_version
from fellesgrep.funding import rules
from fellesgrep.funding.models import BudgetLine, Contribution, FundingPlan
from fellesgrep.partners.models import Partner

_OPEN_STAGES = frozenset({Stage.FIRST_CONTACT, Stage.CLARIFICATION, Stage.PROPOSAL})


def is_editable(case: Case) -> bool:
    """Tell whether proposal and funding may change: what is being decided or agreed stands."""
    return case.stage in _OPEN_STAGES


def lock_editable(tx: Tx, case: Case) -> None:
    """Hold the case until the transaction ends; raises `Conflict` where its proposal stands.

    Submitting holds it too: what is frozen is what everybody had written by then.
    """
    tx.session.refresh(case, with_for_update=True)
    if not is_editable(case):
        raise Conflict("funding.problem.locked")


def find_plan(session: Session, case_id: UUID) -> FundingPlan | None:
    """Return the case's plan, None where nobody has written one."""
    return session.scalar(select(FundingPlan).where(FundingPlan.case_id == case_id))


def current_parties(session: Session, case_id: UUID) -> frozenset[UUID]:
    """Return the ids of the parties that have not been taken out of the case."""
    found = session.scalars(
        select(CaseParty.id).where(CaseParty.case_id == case_id, CaseParty.removed_at.is_(None))
    )
    return frozenset(found)


def party_names(tx: Tx, case_id: UUID) -> Mapping[UUID | None, str]:
    """Return the names of all who ever were parties to the case, and of the municipality."""
    rows = tx.session.execute(
        select(CaseParty.id, Partner.name)
        .join(Partner, Partner.id == CaseParty.partner_id)
        .where(CaseParty.case_id == case_id)
    )
    return {row.id: row.name for row in rows} | {
        None: tx.house.settings(CONTRACTS).branding.municipality
    }


def replace_plan(
    tx: Tx,
    case: Case,
    *,
    version: int,
    lines: Sequence[Mapping[str, Any]],
    contributions: Sequence[Mapping[str, Any]],
) -> FundingPlan:
    """Set all lines and contributions of a case's plan; it need not balance yet.

    `version` is the one that the change builds on, 0 where there is no plan yet. Raises
    `Invalid` for a contribution of somebody who is no party to the case, and `Conflict` where
    the proposal has been submitted or the plan was changed meanwhile.
    """
    lock_editable(tx, case)
    plan = find_plan(tx.session, case.id) or FundingPlan(case_id=case.id, version=0)
    expect_version(plan, version)
    brought = [Contribution(position=at, **each) for at, each in enumerate(contributions)]
    wrong = rules.strangers(brought, current_parties(tx.session, case.id), at="")
    if wrong:
        raise Invalid("core.problem.invalid", fields=wrong)
    plan.lines, plan.contributions = [], []
    tx.session.flush()
    plan.lines = [BudgetLine(position=at, **each) for at, each in enumerate(lines)]
    plan.contributions = brought
    _keep(tx, plan)
    return plan


def take_out(tx: Tx, case_id: UUID, party_id: UUID) -> None:
    """Take what a party would have brought out of the case's plan: it takes part no longer."""
    plan = find_plan(tx.session, case_id)
    if plan is None or all(each.party_id != party_id for each in plan.contributions):
        return
    plan.contributions = [each for each in plan.contributions if each.party_id != party_id]
    _keep(tx, plan)


def _keep(tx: Tx, plan: FundingPlan) -> None:
    plan.updated_at = tx.now()
    flag_modified(plan, "updated_at")  # two changes in one instant are two versions
    tx.session.add(plan)
    tx.session.flush()
    sums = rules.totals(plan.lines, plan.contributions)
    tx.audit(
        "funding_plan:changed",
        Subject("case", plan.case_id),
        {"total_ore": sums.total_ore, "funded_ore": sums.funded_ore},
    )


def plain(plan: FundingPlan, names: Mapping[UUID | None, str]) -> dict[str, Any]:
    """Return a plan's lines and contributions as plain data; `names` as of `party_names`."""
    return {
        "lines": [
            {
                "description": line.description,
                "category": line.category,
                "amount_ore": line.amount_ore,
            }
            for line in plan.lines
        ],
        "contributions": [
            {
                "party_id": each.party_id,
                "party": names[each.party_id],
                "kind": each.kind,
                "description": each.description,
                "amount_ore": each.amount_ore,
            }
            for each in plan.contributions
        ],
    }


def cost_by_case(session: Session, case_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """Return what cases cost altogether; those without a budget line are left out."""
    rows = session.execute(
        select(FundingPlan.case_id, func.sum(BudgetLine.amount_ore))
        .join(BudgetLine, BudgetLine.plan_id == FundingPlan.id)
        .where(FundingPlan.case_id.in_(case_ids))
        .group_by(FundingPlan.case_id)
    )
    return {case_id: int(total) for case_id, total in rows}
