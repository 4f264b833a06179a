"""Use cases on delegations and decisions: one function each, inside the caller's transaction."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from fellesgrep.areas.models import Area
from fellesgrep.cases.models import Case
from fellesgrep.core.audit import Subject, code, ref
from fellesgrep.core.problems import Conflict, Forbidden, Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.decisions import rules
from fellesgrep.decisions.events import DecisionMade
from fellesgrep.decisions.models import Decision, Delegation
from fellesgrep.decisions.rules import Choice, Level, Outcome
from fellesgrep.funding.rules import totals
from fellesgrep.funding.service import find_plan
from fellesgrep.identity.absences import away, stands_in, who_stands_in
from fellesgrep.identity.models import Person, RoleGrant
from fellesgrep.identity.policy import Role
from fellesgrep.proposals.models import ProposalVersion
from fellesgrep.proposals.service import latest_version

_NUMBERING = 0x5645_4454_414B
"""Key of the lock under which decisions are numbered, so that a year's numbers have no gaps."""


def grant_delegation(
    tx: Tx,
    person_id: UUID,
    level: Level,
    limit_ore: int | None,
    valid_from: date,
    valid_to: date | None = None,
) -> Delegation:
    """Give somebody authority to decide at a level, up to a limit, from day to day."""
    if tx.session.get(Person, person_id) is None:
        raise Invalid.at("/person_id", "decisions.problem.no_such_person")
    if valid_to is not None and valid_to < valid_from:
        raise Invalid.at("/valid_to", "decisions.problem.ends_before_it_starts")
    delegation = Delegation(
        person_id=person_id,
        level=level,
        limit_ore=limit_ore,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    tx.session.add(delegation)
    tx.session.flush()
    data = {
        "person": ref("person", person_id),
        "level": code(f"decisions.level.{level}"),
        "valid_from_on": valid_from.isoformat(),
    }
    subject = Subject("person", person_id)
    if limit_ore is None:
        tx.audit("delegation:granted", subject, data)
    else:
        tx.audit("delegation:granted_to_limit", subject, data | {"limit_ore": limit_ore})
    return delegation


def holder(session: Session, case: Case, level: Level, amount_ore: int, today: date) -> UUID | None:
    """Return who decides on an amount at a level today, None where nobody holds the authority.

    The programme leader of the case's own area comes first, then whoever has held it longest.
    Who is away comes into question only where the one who stands in holds the authority too:
    nobody decides on another's delegation.
    """
    holders = _holders(session, case, level, amount_ore, today)
    out = away(session, today)
    present = (who for who in holders if who_stands_in(who, out) in holders)
    return next(present, None)


def _holders(
    session: Session, case: Case, level: Level, amount_ore: int, today: date
) -> Sequence[UUID]:
    leader = session.scalar(select(Area.programme_leader_id).where(Area.id == case.area_id))
    decides_here = Person.grants.any(
        (RoleGrant.role == Role.DECISION_MAKER)
        & or_(RoleGrant.area_id.is_(None), RoleGrant.area_id == case.area_id)
    )
    found = session.scalars(
        select(Delegation.person_id)
        .join(Person, Person.id == Delegation.person_id)
        .where(
            Delegation.level == level,
            Delegation.valid_from <= today,
            or_(Delegation.valid_to.is_(None), Delegation.valid_to >= today),
            or_(Delegation.limit_ore.is_(None), Delegation.limit_ore >= amount_ore),
            Person.active,
            decides_here,
        )
        .order_by(
            Delegation.person_id.is_distinct_from(leader), Delegation.valid_from, Delegation.id
        )
    )
    return list(dict.fromkeys(found))


def decide(
    tx: Tx,
    case_id: UUID,
    chosen: Choice,
    *,
    assignee_id: UUID | None,
    outcome: Outcome,
    reasons: str,
    conditions: str,
) -> Decision:
    """Decide on what was submitted last, at the level that the table chose.

    Authority is asked now, not when the task was given: raises `Forbidden` for another person
    than the assigned one and for a missing, expired, too low or too small delegation, and
    `Conflict` where the amount is no longer what was applied for.
    """
    decider = _decider(tx, assignee_id)
    if not reasons.strip():
        raise Invalid.at("/answers/reasons", "decisions.problem.no_reasons")
    version = _undecided(tx.session, case_id)
    if outcome is not Outcome.RETURNED:
        _expect_amount(tx.session, version, chosen.amount_ore)
    held = tx.session.scalars(select(Delegation).where(Delegation.person_id == decider)).all()
    delegation = rules.authority(held, chosen.level, version.amount_ore, tx.today())
    year = tx.today().year
    decision = Decision(
        case_id=case_id,
        proposal_version_id=version.id,
        year=year,
        sequence=_next_in(tx.session, year),
        level=chosen.level,
        delegation_id=delegation.id,
        decided_by_id=decider,
        outcome=outcome,
        reasons=reasons.strip(),
        conditions=conditions.strip(),
        amount_ore=version.amount_ore,
        legal_reference=chosen.legal_reference,
        decided_at=tx.now(),
    )
    tx.session.add(decision)
    tx.session.flush()
    tx.audit(
        "decision:made",
        Subject("case", case_id),
        {
            "number": decision.number,
            "outcome": code(f"decisions.outcome.{outcome}"),
            "amount_ore": decision.amount_ore,
            "level": code(f"decisions.level.{chosen.level}"),
        },
        also=[Subject("decision", decision.id)],
    )
    tx.publish(DecisionMade(decision))
    return decision


def _decider(tx: Tx, assignee_id: UUID | None) -> UUID:
    if tx.actor.kind != "person" or tx.actor.id is None:
        raise Forbidden("identity.problem.forbidden")
    stands_in_for = stands_in(tx.session, tx.actor.id, assignee_id, tx.today())
    if tx.actor.id != assignee_id and not stands_in_for:
        assigned = tx.session.get(Person, assignee_id) if assignee_id else None
        if assigned is None:
            raise Forbidden("decisions.problem.nobody_assigned")
        raise Forbidden("decisions.problem.not_assigned", name=assigned.name)
    return tx.actor.id


def _undecided(session: Session, case_id: UUID) -> ProposalVersion:
    version = latest_version(session, case_id)
    if version is None:
        raise Conflict("decisions.problem.no_proposal")
    earlier = session.scalar(select(Decision).where(Decision.proposal_version_id == version.id))
    if earlier is not None:
        raise Conflict("decisions.problem.already_decided", number=earlier.number)
    return version


def _expect_amount(session: Session, version: ProposalVersion, chosen_for_ore: int) -> None:
    """Raise `Conflict` where the plan, or the amount that chose the level, is not as submitted."""
    plan = find_plan(session, version.case_id)
    planned = totals(plan.lines, plan.contributions).municipality_cash_ore if plan else 0
    for now_ore in (planned, chosen_for_ore):
        if now_ore != version.amount_ore:
            raise Conflict(
                "decisions.problem.amount_changed",
                submitted_ore=version.amount_ore,
                now_ore=now_ore,
            )


def _next_in(session: Session, year: int) -> int:
    session.execute(select(func.pg_advisory_xact_lock(_NUMBERING)))
    last = session.scalar(select(func.max(Decision.sequence)).where(Decision.year == year))
    return (last or 0) + 1


def approval(session: Session, case_id: UUID) -> Decision | None:
    """Return the decision by which the case's co-funding is granted."""
    return session.scalar(
        select(Decision)
        .where(Decision.case_id == case_id, Decision.outcome == Outcome.APPROVED)
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
        .limit(1)
    )
