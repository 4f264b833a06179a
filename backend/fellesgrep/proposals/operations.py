"""What the steps of a process may call on proposals."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from fellesgrep.cases.service import leading_partner
from fellesgrep.core.audit import Subject
from fellesgrep.core.problems import Conflict
from fellesgrep.core.tx import Tx
from fellesgrep.proposals import service, statements
from fellesgrep.proposals.models import Position, Statement
from fellesgrep.workflow.operations import Operation, Step


class Submission(BaseModel):
    """What is sent along with a proposal."""

    note: str = ""
    wants_statements: bool = False


class Asked(BaseModel):
    """Who is asked for a statement, until when."""

    people: list[UUID] = Field(max_length=20)
    statements_due_on: date


class Planned(BaseModel):
    """What was asked, and what the table `reminder_plan` says."""

    statements: Sequence[str]
    statements_due_on: date
    remind_days_before: int
    expires_days_after: int


class Among(BaseModel):
    """The statements that were asked for."""

    statements: Sequence[str]


class Given(BaseModel):
    """What a unit says."""

    position: Position
    statement: str


def _submit(step: Step, answers: Submission) -> Mapping[str, Any]:
    version = service.submit(step.tx, step.subject.id, answers.note)
    return {
        "amount_ore": version.amount_ore,
        "total_ore": version.total_ore,
        "lead_kind": leading_partner(step.tx, step.subject.id).kind,
        "statements_wanted": "yes" if answers.wants_statements else "no",
    }


def _ask(step: Step, given: Asked) -> Mapping[str, Any]:
    asked = statements.ask(step.tx, step.subject.id, given.people, given.statements_due_on)
    return {
        "statements": [str(each.id) for each in asked],
        "reminder_about": "statement",
        "days_left": (given.statements_due_on - step.tx.today()).days,
    }


def _send(step: Step, plan: Planned) -> Mapping[str, Any]:
    asked = statements.missing(step.tx, plan.statements)
    statements.write(step.tx, asked, "proposals.statement_wanted")
    due_on = plan.statements_due_on
    return {
        "statements_remind_at": statements.remind_at(due_on, plan.remind_days_before),
        "statements_expire_on": str(due_on + timedelta(days=plan.expires_days_after)),
    }


def _give(step: Step, given: Given) -> None:
    if step.item is None:
        raise Conflict("proposals.problem.nothing_submitted")
    statement = step.tx.session.get_one(Statement, UUID(step.item))
    statements.give(step.tx, statement, given.position, given.statement)


def _remind(step: Step, among: Among) -> None:
    late = statements.missing(step.tx, among.statements)
    statements.write(step.tx, late, "proposals.statement_reminder")


def _escalate(step: Step, among: Among) -> None:
    statements.tell_leader(step.tx, statements.missing(step.tx, among.statements))


def unit_asked(tx: Tx, subject: Subject, facts: Mapping[str, Any]) -> UUID | None:
    """Return who is to give the statement that a task is about."""
    return tx.session.get_one(Statement, UUID(facts["statement"])).asked_id


OPERATIONS_OF_PROPOSALS: Mapping[str, Operation] = {
    "proposals.submit": Operation(
        _submit, Submission, facts=("amount_ore", "total_ore", "lead_kind", "statements_wanted")
    ),
    "proposals.ask_units": Operation(
        _ask, Asked, facts=("statements", "reminder_about", "days_left")
    ),
    "proposals.send_requests": Operation(
        _send, Planned, facts=("statements_remind_at", "statements_expire_on")
    ),
    "proposals.give_statement": Operation(_give, Given),
    "proposals.remind_units": Operation(_remind, Among),
    "proposals.escalate_statements": Operation(_escalate, Among),
}
