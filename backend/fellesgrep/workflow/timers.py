"""Timer events that go by the house's clock; SpiffWorkflow's own read the machine's time.

A diagram writes a timer as ISO 8601 (`P14D`, `2026-03-02`, `R3/P7D`) or as an expression over
facts (`deadline_on`). A date alone means its end, 24:00 in Norway.
"""

import re
from datetime import date, datetime, timedelta
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.timer import (
    CycleTimerEventDefinition,
    DurationTimerEventDefinition,
    TimeDateEventDefinition,
    TimerEventDefinition,
)
from SpiffWorkflow.util.task import TaskState

from fellesgrep.core.clock import OSLO, end_of_day

_LITERAL = re.compile(r"P[\dTYMWDHS.,]+|\d{4}-\d\d-\d\d(T\S+)?|R\d*/P[\dTYMWDHS.,]+")
_DUE = "event_value"


class TimerError(ValueError):
    """The text of a timer is neither ISO 8601 nor an expression that gives it."""


def written(text: str) -> str | None:
    """Return the timer's ISO 8601 text where the diagram writes it out, else None."""
    return text.strip() if _LITERAL.fullmatch(text.strip()) else None


def instant(value: str) -> datetime:
    """Return the instant a date or date-time means."""
    if len(value) == 10:
        return end_of_day(date.fromisoformat(value))
    at = datetime.fromisoformat(value)
    return at if at.tzinfo else at.replace(tzinfo=OSLO)


def after(start: datetime, duration: str) -> datetime:
    """Return the instant a duration ends; months and years go by the calendar."""
    parts = TimerEventDefinition.parse_iso_duration(duration)
    passed: timedelta = TimerEventDefinition.get_timedelta_from_start(parts, start)
    return start + passed


def _value(definition: Any, task: Any) -> str:
    text = written(definition.expression)
    value = text or task.workflow.script_engine.evaluate(task, definition.expression)
    if not isinstance(value, str):
        raise TimerError(f"{definition.expression!r} gives no date or duration: {value!r}")
    return value


def due_at(task: Any) -> datetime | None:
    """Return when a waiting timer fires next; None for other events."""
    value = task.internal_data.get(_DUE)
    if not isinstance(task.task_spec.event_definition, TimerEventDefinition) or value is None:
        return None
    return datetime.fromisoformat(value["next"] if isinstance(value, dict) else value)


def fix_due(task: Any) -> None:
    """Fix when a waiting timer fires, where that has not been done. Raises `TimerError`."""
    definition = task.task_spec.event_definition
    if not isinstance(definition, TimerEventDefinition) or _DUE in task.internal_data:
        return
    if isinstance(definition, CycleTimerEventDefinition):
        definition.cycle_complete(task)
    else:
        definition.has_fired(task)


class _Once:
    """Fires when the instant that was fixed at the first look has come."""

    def _first_due(self, task: Any) -> datetime:
        raise NotImplementedError

    def has_fired(self, task: Any) -> bool:
        if _DUE not in task.internal_data:
            task.internal_data[_DUE] = self._first_due(task).isoformat()
        due = datetime.fromisoformat(task.internal_data[_DUE])
        if due <= task.workflow.script_engine.now():
            task.internal_data["event_fired"] = True
        return bool(task.internal_data.get("event_fired", False))


class AtInstant(_Once, TimeDateEventDefinition):
    """`timeDate`."""

    def _first_due(self, task: Any) -> datetime:
        return instant(_value(self, task))


class AfterDuration(_Once, DurationTimerEventDefinition):
    """`timeDuration`."""

    def _first_due(self, task: Any) -> datetime:
        return after(task.workflow.script_engine.now(), _value(self, task))


class EveryDuration(CycleTimerEventDefinition):
    """`timeCycle`: `R<times>/<duration>`; each time, the way out of the event is walked once.

    What was missed while nothing ran is caught up once, not once for each time missed.
    """

    def cycle_complete(self, task: Any) -> bool:
        now = task.workflow.script_engine.now()
        value = task.internal_data.get(_DUE)
        if value is None:
            times, _, duration = _value(self, task).removeprefix("R").partition("/")
            value = {
                "left": int(times) if times else -1,
                "every": duration,
                "next": after(now, duration).isoformat(),
            }
            task.internal_data[_DUE] = value
        due: bool = datetime.fromisoformat(value["next"]) <= now
        if due:
            value["left"] -= 1
            value["next"] = after(now, value["every"]).isoformat()
        if value["left"] == 0:
            task.internal_data.pop(_DUE)
            task.internal_data["event_fired"] = True
        return due

    def update_task(self, task: Any) -> None:
        if self.cycle_complete(task):
            for output in task.task_spec.outputs:
                child = task._add_child(output, TaskState.FUTURE)
                child.task_spec._predict(child, mask=TaskState.NOT_FINISHED_MASK)
                child.task_spec._update(child)
