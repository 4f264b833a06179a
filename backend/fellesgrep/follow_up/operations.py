"""What the steps of a process may call on obligations."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pydantic import BaseModel

from fellesgrep.follow_up import reminding, service
from fellesgrep.follow_up.rules import Fulfilled
from fellesgrep.workflow.operations import NoInput, Operation, Step


class Conclusion(BaseModel):
    """How a cooperation ended."""

    fulfilled: Fulfilled
    summary: str = ""


class ReminderPlan(BaseModel):
    """Until when the first obligation is to be fulfilled, and what `reminder_plan` says."""

    days_left: int
    remind_days_before: int


def _start(step: Step, _: NoInput) -> Mapping[str, Any]:
    today = step.tx.today()
    obligations = service.start(step.tx, step.subject.id)
    first = min((each.due_on for each in obligations), default=today + timedelta(days=365))
    return {"reminder_about": "obligation", "days_left": (first - today).days}


def _plan_reminder(step: Step, plan: ReminderPlan) -> Mapping[str, Any]:
    days = max(1, plan.days_left - plan.remind_days_before)
    return {"obligations_remind_at": f"{step.tx.today() + timedelta(days=days)}T08:00"}


def _remind(step: Step, _: NoInput) -> None:
    reminding.remind(step.tx, step.subject.id)


def _conclude(step: Step, answers: Conclusion) -> None:
    service.conclude(step.tx, step.subject.id, answers.fulfilled, answers.summary)


START = Operation(_start, facts=("reminder_about", "days_left"))
PLAN_REMINDER = Operation(_plan_reminder, ReminderPlan, facts=("obligations_remind_at",))
REMIND = Operation(_remind)
CONCLUDE = Operation(_conclude, Conclusion)
