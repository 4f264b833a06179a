"""Statements of municipal units on a submitted proposal: asked for, reminded of, given, missing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fellesgrep.areas.models import Area
from fellesgrep.cases.models import Case
from fellesgrep.core.audit import Subject, code, ref
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.identity.access import grants_of
from fellesgrep.identity.models import Person
from fellesgrep.identity.policy import Role
from fellesgrep.notifications.service import queue_message
from fellesgrep.proposals.models import Position, Statement
from fellesgrep.proposals.service import latest_version


def list_statements(session: Session, case_id: UUID) -> Sequence[Statement]:
    """Return what units were asked in a case, newest first."""
    return session.scalars(
        select(Statement)
        .where(Statement.case_id == case_id)
        .order_by(Statement.asked_at.desc(), Statement.id)
    ).all()


def names(session: Session, asked: Sequence[Statement]) -> Mapping[UUID, str]:
    """Return what those are called who were asked."""
    ids = {each.asked_id for each in asked}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in rows}


def ask(tx: Tx, case_id: UUID, people: Sequence[UUID], due_on: date) -> list[Statement]:
    """Ask people of municipal units about the proposal as it was submitted last."""
    version = latest_version(tx.session, case_id)
    if version is None:
        raise Conflict("proposals.problem.nothing_submitted")
    if due_on <= tx.today():
        raise Invalid.at("/answers/statements_due_on", "proposals.problem.due_in_the_past")
    for person_id in people:
        _expect_unit(tx, person_id)
    asked = [
        Statement(
            case_id=case_id,
            proposal_version_id=version.id,
            asked_id=person_id,
            asked_at=tx.now(),
            due_on=due_on,
        )
        for person_id in dict.fromkeys(people)
    ]
    tx.session.add_all(asked)
    tx.session.flush()
    data = {"smart_count": len(asked), "due_on": due_on.isoformat()}
    tx.audit("proposal:statements_asked", Subject("case", case_id), data)
    return asked


def _expect_unit(tx: Tx, person_id: UUID) -> None:
    person = tx.session.get(Person, person_id)
    roles = {grant.role for grant in grants_of(person)} if person and person.active else set()
    if Role.MUNICIPAL_UNIT not in roles:
        raise Invalid.at("/answers/people", "proposals.problem.not_of_a_unit")


def give(tx: Tx, statement: Statement, position: Position, text: str) -> None:
    """Keep what a unit says."""
    if statement.given_at is not None:
        raise Conflict("proposals.problem.statement_given")
    statement.position, statement.text, statement.given_at = position, text, tx.now()
    tx.session.flush()
    about = {"position": code(f"proposals.position.{position}")}
    tx.audit("proposal:statement_given", Subject("case", statement.case_id), about)


def missing(tx: Tx, ids: Iterable[str]) -> list[Statement]:
    """Return which of some statements nobody has given yet."""
    return list(
        tx.session.scalars(
            select(Statement)
            .where(Statement.id.in_([UUID(id_) for id_ in ids]), Statement.given_at.is_(None))
            .order_by(Statement.id)
        )
    )


def write(tx: Tx, statements: Iterable[Statement], kind: str) -> None:
    """Write to those who are to give statements."""
    for statement in statements:
        _write(tx, statement, statement.asked_id, kind)


def tell_leader(tx: Tx, statements: Sequence[Statement]) -> None:
    """Tell the area's programme leader which statements did not come in time."""
    for statement in statements:
        case = tx.session.get_one(Case, statement.case_id)
        leader = tx.session.get_one(Area, case.area_id).programme_leader_id
        if leader is not None:
            _write(tx, statement, leader, "proposals.statement_missing")
        about = {"person": ref("person", statement.asked_id)}
        tx.audit("proposal:statement_missing", Subject("case", statement.case_id), about)


def _write(tx: Tx, statement: Statement, person_id: UUID, kind: str) -> None:
    params: Mapping[str, Any] = {
        "case": ref("case", statement.case_id),
        "person": ref("person", statement.asked_id),
        "due_on": statement.due_on.isoformat(),
    }
    queue_message(
        tx,
        kind,
        to=Subject("person", person_id),
        subject=Subject("case", statement.case_id),
        params=params,
    )


def remind_at(due_on: date, days_before: int) -> str:
    """Return when to remind: in the morning, so many days before the deadline."""
    return f"{due_on - timedelta(days=days_before)}T08:00"
