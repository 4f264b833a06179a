"""Use cases on proposals: one function each, inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from fellesgrep.cases.models import Case
from fellesgrep.core.audit import Subject
from fellesgrep.core.problems import FieldProblem, Forbidden, Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import expect_version
from fellesgrep.funding import rules as funding_rules
from fellesgrep.funding.models import FundingPlan
from fellesgrep.funding.service import (
    current_parties,
    find_plan,
    lock_editable,
    party_names,
)
from fellesgrep.funding.service import plain as plain_plan
from fellesgrep.proposals import rules
from fellesgrep.proposals.events import ProposalSubmitted
from fellesgrep.proposals.models import Proposal, ProposalActivity, ProposalVersion

TEXTS = ("title", "background", "goals", "target_groups", "results", "maintenance")


def find_proposal(session: Session, case_id: UUID) -> Proposal | None:
    """Return the case's proposal as it is being written, None where nobody has begun."""
    return session.scalar(select(Proposal).where(Proposal.case_id == case_id))


def empty_proposal(case_id: UUID) -> Proposal:
    """Return a proposal in which nothing is written yet, of version 0; it is not stored."""
    return Proposal(case_id=case_id, version=0, **dict.fromkeys(TEXTS, ""), activities=[])


def replace_proposal(
    tx: Tx,
    case: Case,
    *,
    version: int,
    activities: Sequence[Mapping[str, Any]],
    **texts: str,
) -> Proposal:
    """Set the whole proposal; `texts` are its other columns. It need not be complete yet.

    `version` is the one that the change builds on, 0 where there is no proposal yet. Raises
    `Conflict` where it has been submitted or was changed meanwhile.
    """
    lock_editable(tx, case)
    proposal = find_proposal(tx.session, case.id) or empty_proposal(case.id)
    expect_version(proposal, version)
    proposal.activities = []
    tx.session.flush()
    for name in TEXTS:
        setattr(proposal, name, texts.get(name, ""))
    proposal.activities = [
        ProposalActivity(position=at, **each) for at, each in enumerate(activities)
    ]
    proposal.updated_at = tx.now()
    flag_modified(proposal, "updated_at")  # two changes in one instant are two versions
    tx.session.add(proposal)
    tx.session.flush()
    tx.audit("proposal:edited", Subject("case", case.id))
    return proposal


def latest_version(session: Session, case_id: UUID) -> ProposalVersion | None:
    """Return what was submitted last."""
    return session.scalar(
        select(ProposalVersion)
        .where(ProposalVersion.case_id == case_id)
        .order_by(ProposalVersion.number.desc())
        .limit(1)
    )


def submit(tx: Tx, case_id: UUID, note: str = "") -> ProposalVersion:
    """Freeze the proposal with its budget and funding, and send it for decision.

    Raises `Invalid` with everything that is missing, each at its field.
    """
    lock_editable(tx, tx.session.get_one(Case, case_id))
    proposal = find_proposal(tx.session, case_id) or empty_proposal(case_id)
    plan = find_plan(tx.session, case_id) or FundingPlan(lines=[], contributions=[])
    texts = {name: getattr(proposal, name) for name in TEXTS}
    wrong = [*rules.gaps(texts, proposal.activities), *_plan_gaps(tx, case_id, plan)]
    if wrong:
        raise Invalid("proposals.problem.incomplete", fields=wrong)
    if tx.actor.id is None:
        raise Forbidden("identity.problem.forbidden")
    sums = funding_rules.totals(plan.lines, plan.contributions)
    last = tx.session.scalar(
        select(func.max(ProposalVersion.number)).where(ProposalVersion.case_id == case_id)
    )
    version = ProposalVersion(
        case_id=case_id,
        number=(last or 0) + 1,
        content=snapshot(tx, proposal, plan),
        note=note,
        amount_ore=sums.municipality_cash_ore,
        total_ore=sums.total_ore,
        submitted_at=tx.now(),
        submitted_by_id=tx.actor.id,
    )
    tx.session.add(version)
    tx.session.flush()
    tx.audit(
        "proposal:submitted",
        Subject("case", case_id),
        {
            "number": version.number,
            "amount_ore": version.amount_ore,
            "total_ore": version.total_ore,
        },
    )
    tx.publish(ProposalSubmitted(version))
    return version


def _plan_gaps(tx: Tx, case_id: UUID, plan: FundingPlan) -> list[FieldProblem]:
    parties = current_parties(tx.session, case_id)
    found = funding_rules.strangers(plan.contributions, parties, at="/funding_plan")
    if not parties:
        found.append(FieldProblem("/parties", "proposals.problem.no_parties"))
    if not plan.lines:
        found.append(FieldProblem("/funding_plan/lines", "proposals.problem.no_lines"))
    found += funding_rules.unnamed(plan.lines, plan.contributions, at="/funding_plan")
    sums = funding_rules.totals(plan.lines, plan.contributions)
    return found + funding_rules.imbalance(sums, at="/funding_plan")


def present_content(tx: Tx, case_id: UUID) -> dict[str, Any]:
    """Return the proposal with its money as it reads now, as `snapshot` does."""
    proposal = find_proposal(tx.session, case_id) or empty_proposal(case_id)
    plan = find_plan(tx.session, case_id) or FundingPlan(lines=[], contributions=[])
    return snapshot(tx, proposal, plan)


def snapshot(tx: Tx, proposal: Proposal, plan: FundingPlan) -> dict[str, Any]:
    """Return text, time plan, budget and funding as plain data that can be kept."""
    money = plain_plan(plan, party_names(tx, proposal.case_id))
    content: dict[str, Any] = to_jsonable_python({**plain(proposal), **money})
    return content


def plain(proposal: Proposal) -> dict[str, Any]:
    """Return a proposal's text and time plan as plain data."""
    starts_on, ends_on = rules.period(proposal.activities)
    return {
        **{name: getattr(proposal, name) for name in TEXTS},
        "activities": [
            {
                "title": each.title,
                "starts_on": each.starts_on,
                "ends_on": each.ends_on,
                "responsible": each.responsible,
            }
            for each in proposal.activities
        ],
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
