"""What the steps of a process may call on decisions, and who is asked to decide."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from fellesgrep.cases.models import Case
from fellesgrep.core.audit import Subject
from fellesgrep.core.problems import Conflict
from fellesgrep.core.tx import Tx
from fellesgrep.decisions import service
from fellesgrep.decisions.rules import Choice, Level, Outcome
from fellesgrep.workflow.models import Task
from fellesgrep.workflow.operations import Operation, Step


class Verdict(BaseModel):
    """What the decision maker answers."""

    outcome: Outcome
    reasons: str
    conditions: str = ""


def _decide(step: Step, answers: Verdict) -> None:
    task = step.tx.session.get(Task, step.task_id) if step.task_id else None
    service.decide(
        step.tx,
        step.subject.id,
        Choice(
            level=Level(step.facts["decision_level"]),
            legal_reference=step.facts["legal_reference"],
            amount_ore=step.facts["amount_ore"],
        ),
        assignee_id=task.assignee_id if task else None,
        outcome=answers.outcome,
        reasons=answers.reasons,
        conditions=answers.conditions,
    )


DECIDE = Operation(_decide, Verdict)


def decision_maker(tx: Tx, subject: Subject, facts: Mapping[str, Any]) -> UUID:
    """Assign the decision to whoever holds the level today; raises `Conflict` where nobody does."""
    level, amount_ore = Level(facts["decision_level"]), facts["amount_ore"]
    case = tx.session.get_one(Case, subject.id)
    found = service.holder(tx.session, case, level, amount_ore, tx.today())
    if found is None:
        raise Conflict(f"decisions.problem.nobody_decides.{level}", amount_ore=amount_ore)
    return found
