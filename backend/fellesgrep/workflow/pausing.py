"""Processes that rest for a while, and processes that were stopped and go on after all."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from fellesgrep.core.audit import Subject
from fellesgrep.core.clock import OSLO
from fellesgrep.core.tx import Tx
from fellesgrep.workflow import store
from fellesgrep.workflow.events import StageEntered
from fellesgrep.workflow.models import WAITING, Instance, InstanceStatus, Task, TaskStatus
from fellesgrep.workflow.remedies import is_remedy
from fellesgrep.workflow.stepping import Run


def pause(tx: Tx, subject: Subject) -> None:
    """Let the subject's processes rest: nobody is asked for anything, and no timer fires.

    A step that the worker is at is finished; what it leads to rests as well.
    """
    for instance in store.lock_running(tx, subject):
        instance.held_since = instance.updated_at = tx.now()
        instance.next_due = None
        for task in _tasks(tx, instance):
            task.status, task.updated_at = TaskStatus.RESTING, tx.now()
    tx.session.flush()


def go_on(tx: Tx, subject: Subject) -> None:
    """End the rest. Deadlines move by the days it took; timers that were due meanwhile fire now."""
    for instance in store.lock_running(tx, subject):
        if instance.held_since is None:
            continue
        away = _days_since(tx, instance.held_since)
        instance.held_since = None
        _wake(Run(tx, instance), {task.token for task in _tasks(tx, instance)}, away)


def take_up(tx: Tx, subject: Subject) -> None:
    """Let the process that was cancelled last go on where it stood, with the tasks it had."""
    instance = tx.session.scalars(
        select(Instance)
        .where(
            Instance.subject_kind == subject.kind,
            Instance.subject_id == subject.id,
            Instance.status == InstanceStatus.CANCELLED,
        )
        .order_by(Instance.id.desc())
        .limit(1)
        .with_for_update()
    ).one()
    away = _days_since(tx, instance.ended_at or tx.now())
    instance.status = InstanceStatus.RUNNING
    instance.outcome = instance.ended_at = None
    run = Run(tx, instance)
    waiting = run.load().waiting()
    _wake(run, {each.token for each in waiting}, away)
    for each in waiting:
        if each.element.is_job:
            run.queue(each.token)
    if instance.stage is not None:
        tx.publish(StageEntered(subject, instance.stage))


def _days_since(tx: Tx, at: datetime) -> timedelta:
    return tx.today() - at.astimezone(OSLO).date()


def _tasks(tx: Tx, instance: Instance) -> list[Task]:
    return list(
        tx.session.scalars(
            select(Task).where(Task.instance_id == instance.id, Task.status.in_(WAITING))
        )
    )


def _wake(run: Run, tokens: set[UUID], away: timedelta) -> None:
    """Open the tasks at these positions again, and look after the timers."""
    tx, instance = run.tx, run.instance
    asleep = select(Task).where(
        Task.instance_id == instance.id,
        Task.token.in_(tokens),
        Task.status.in_((TaskStatus.RESTING, TaskStatus.CANCELLED)),
    )
    for task in tx.session.scalars(asleep):
        task.status, task.updated_at = TaskStatus.OPEN, tx.now()
        if task.due_on is not None and not _fixed(run, task):
            task.due_on += away
    due = run.load().next_due()
    run.queue_timer(due)
    instance.next_due, instance.updated_at = due, tx.now()
    tx.session.flush()


def _fixed(run: Run, task: Task) -> bool:
    """Tell whether the day was promised to somebody: it stands in a fact, and does not move."""
    if is_remedy(task):
        return False
    return "due_fact" in run.bundle.elements[task.process][task.element].properties
