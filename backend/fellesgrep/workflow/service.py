"""Use cases of the engine room: one function each, inside the caller's transaction."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from fellesgrep.core import audit
from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.clock import OSLO
from fellesgrep.core.ids import new_id
from fellesgrep.core.languages import Language
from fellesgrep.core.problems import Conflict, Forbidden, NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.identity.absences import stands_in
from fellesgrep.identity.models import Person
from fellesgrep.identity.policy import Role
from fellesgrep.workflow import drawing, store
from fellesgrep.workflow.engine import Position
from fellesgrep.workflow.events import InstanceEnded, TaskCompleted
from fellesgrep.workflow.models import (
    WAITING,
    Instance,
    InstanceStatus,
    RuleTrace,
    Task,
    TaskDraft,
    TaskStatus,
)
from fellesgrep.workflow.remedies import REMEDY_FORM, is_remedy
from fellesgrep.workflow.stepping import Run, cancel_task, forget_drafts
from fellesgrep.workflow.writing import Closing


def start(
    tx: Tx,
    process: str,
    subject: Subject,
    *,
    title: str,
    area_id: UUID | None,
    facts: Mapping[str, Any] | None = None,
) -> Instance:
    """Start a process about `subject` on the version in force, up to its first waiting steps."""
    bundle = store.bundle_in_force(tx, process)
    instance = Instance(
        id=new_id(),
        process=process,
        bundle_hash=bundle.hash,
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_title=title,
        area_id=area_id,
        facts={},
        state=b"",
        started_at=tx.now(),
    )
    tx.session.add(instance)
    tx.session.flush()
    tx.audit("process:started", subject)
    run = Run(tx, instance, bundle)
    run.settle(Position.begin(bundle, run, dict(facts or {})), set())
    return instance


def complete(
    tx: Tx,
    task_id: UUID,
    answers: Mapping[str, Any],
    *,
    version: int | None = None,
    allowed: Callable[[Task], object] = lambda _task: None,
) -> list[Task]:
    """Complete a task as the person acting; returns the tasks this opened.

    Raises `Conflict` naming who was first, `Invalid` with the form's fields below `/answers`.
    `allowed` is asked, once the task is locked, whether this person may; it raises where not.
    """
    instance, task = store.lock_instance_of_task(tx, task_id)
    if task.role == Role.PARTNER:
        raise Forbidden("workflow.problem.partners_task")
    allowed(task)
    _expect_open(tx, task, version)
    return _complete(tx, instance, task, answers)


def complete_as_partner(
    tx: Tx, subject: Subject, element: str, item: str | None, answers: Mapping[str, Any]
) -> list[Task]:
    """Complete a partner's task, as the portal does; `item` tells which of several."""
    latest = (
        select(Task.id)
        .where(
            Task.subject_kind == subject.kind,
            Task.subject_id == subject.id,
            Task.element == element,
            Task.item == item if item is not None else Task.item.is_(None),
            Task.role == Role.PARTNER,
        )
        .order_by(Task.id.desc())
        .limit(1)
    )
    task_id = tx.session.scalar(latest)
    if task_id is None:
        raise NotFound("core.problem.not_found")
    instance, task = store.lock_instance_of_task(tx, task_id)
    _expect_open(tx, task, None)
    return _complete(tx, instance, task, answers)


def _expect_open(tx: Tx, task: Task, version: int | None) -> None:
    if task.status == TaskStatus.RESTING:
        raise Conflict("workflow.problem.on_hold")
    if task.status == TaskStatus.CANCELLED:
        raise Conflict("workflow.problem.task_cancelled")
    if task.completed_at is not None:
        raise _was_first(tx, task, task.completed_at)
    if version is not None and task.version != version:
        raise Conflict("core.problem.stale", extra={"version": task.version})


def _was_first(tx: Tx, task: Task, at: datetime) -> Conflict:
    person = tx.session.get(Person, task.completed_by_id) if task.completed_by_id else None
    local = at.astimezone(OSLO)
    return Conflict(
        "workflow.problem.completed_by" if person else "workflow.problem.completed_by_partner",
        extra={
            "version": task.version,
            "completed_at": at.isoformat(),
            "completed_by": person.name if person else None,
        },
        name=person.name if person else "",
        day=local.date(),
        time=f"{local:%H.%M}",
    )


def _complete(tx: Tx, instance: Instance, task: Task, answers: Mapping[str, Any]) -> list[Task]:
    run = Run(tx, instance)
    if is_remedy(task):
        REMEDY_FORM.check(answers)
        return _remedy(run, task, answers)
    element = run.bundle.elements[task.process][task.element]
    form = run.bundle.form(task.process, task.element)
    learnt: dict[str, Any] = {}
    if form is not None:
        form.check(answers)
        learnt = form.facts_of(answers)
    position = run.load()
    waiting = {each.token: each for each in position.waiting()}
    known = waiting[task.token].facts
    learnt |= run.operate(element, known, answers, item=task.item, task_id=task.id)
    closing = Closing(task, dict(answers), tx.now(), _person(tx), _entry(tx, task))
    position.complete(task.token, learnt)
    return run.settle(position, waiting.keys() - {task.token}, closing)


def _remedy(run: Run, task: Task, answers: Mapping[str, Any]) -> list[Task]:
    """Close the task of a failed step, and give the step to the worker again."""
    tx = run.tx
    task.status = TaskStatus.COMPLETED
    task.answers = dict(answers)
    task.completed_at = task.updated_at = tx.now()
    task.completed_by_id = _person(tx)
    forget_drafts(tx, task)
    audit.append(tx.session, _entry(tx, task))
    tx.publish(TaskCompleted(task))
    run.queue(task.token)
    return []


def _person(tx: Tx) -> UUID | None:
    return tx.actor.id if tx.actor.kind == "person" else None


def _entry(tx: Tx, task: Task) -> audit.Draft:
    kind, facts = "task:completed", {"task": ref("task", task.id)}
    person = _person(tx)
    if person and task.assignee_id and stands_in(tx.session, person, task.assignee_id, tx.today()):
        kind, facts["person"] = "task:completed_for", ref("person", task.assignee_id)
    return tx.draft_entry(kind, task.subject, facts, also=[Subject("task", task.id)])


def hold(tx: Tx, subject: Subject) -> None:
    """Keep the subject's process from moving until this transaction ends.

    Who locks rows of their own and then takes a step calls this first: steps lock in that order.
    """
    store.lock_running(tx, subject)


def send_message(
    tx: Tx,
    subject: Subject,
    message: str,
    facts: Mapping[str, Any] | None = None,
    *,
    item: str | None = None,
) -> bool:
    """Hand a message to the subject's processes; False where nobody waits for it.

    Where a process waits once per item (a party, a request), `item` tells which is meant.
    """
    heard = False
    for instance in store.lock_running(tx, subject):
        run = Run(tx, instance)
        position = run.load()
        before = {each.token for each in position.waiting()}
        if position.message(message, facts or {}, item):
            run.settle(position, before)
            heard = True
    return heard


def running_ids(tx: Tx, subject: Subject) -> set[str]:
    """Return the ids of the subject's processes that are not over."""
    found = tx.session.scalars(
        select(Instance.id).where(
            Instance.subject_kind == subject.kind,
            Instance.subject_id == subject.id,
            Instance.status == InstanceStatus.RUNNING,
        )
    )
    return {str(id_) for id_ in found}


def take_again(tx: Tx, subject: Subject, operation: str) -> bool:
    """Give a step that the worker has failed at to the worker again, at once; False if none waits.

    The step is named by its operation. A job for it that waits for its own next attempt finds
    nothing left to do.
    """
    found = False
    for instance in store.lock_running(tx, subject):
        run = Run(tx, instance)
        for step in run.load().waiting():
            if step.element.is_job and step.element.operation == operation:
                run.queue(step.token)
                found = True
    return found


def cancel(tx: Tx, subject: Subject, *, reason_code: str) -> None:
    """End the subject's processes at once: open tasks are cancelled, `reason_code` the outcome."""
    for instance in store.lock_running(tx, subject):
        for task in open_tasks(tx, subject):
            cancel_task(tx, task)
        instance.status = InstanceStatus.CANCELLED
        instance.outcome = reason_code
        instance.ended_at = instance.updated_at = tx.now()
        instance.next_due = instance.held_since = None
        tx.session.flush()
        tx.audit("process:cancelled", subject)
        tx.publish(InstanceEnded(subject, reason_code))


def assign(tx: Tx, task: Task, person_id: UUID) -> None:
    """Give an open task to somebody; whether they may have it is asked before."""
    if task.status not in WAITING:
        _expect_open(tx, task, None)
    task.assignee_id = person_id
    task.updated_at = tx.now()
    tx.session.flush()
    tx.audit(
        "task:assigned",
        task.subject,
        {"task": ref("task", task.id), "person": ref("person", person_id)},
        also=[Subject("task", task.id), Subject("person", person_id)],
    )


def rename(tx: Tx, subject: Subject, title: str) -> None:
    """Call the subject by another title wherever something still waits."""
    for table, waiting in ((Instance, (InstanceStatus.RUNNING,)), (Task, WAITING)):
        tx.session.execute(
            update(table)
            .where(
                table.subject_kind == subject.kind,
                table.subject_id == subject.id,
                table.status.in_(waiting),
            )
            .values(subject_title=title)
        )


def save_draft(tx: Tx, task: Task, person_id: UUID, answers: Mapping[str, Any]) -> TaskDraft:
    """Keep what somebody has filled in so far."""
    draft = tx.session.get(TaskDraft, (task.id, person_id))
    if draft is None:
        draft = TaskDraft(task_id=task.id, person_id=person_id)
        tx.session.add(draft)
    draft.answers, draft.saved_at = dict(answers), tx.now()
    tx.session.flush()
    return draft


def open_tasks(tx: Tx, subject: Subject) -> Sequence[Task]:
    """Return what waits, oldest first; where the process is on hold, what rests."""
    return tx.session.scalars(
        select(Task)
        .where(
            Task.subject_kind == subject.kind,
            Task.subject_id == subject.id,
            Task.status.in_(WAITING),
        )
        .order_by(Task.id)
    ).all()


def diagram(tx: Tx, subject: Subject, language: Language) -> list[dict[str, Any]]:
    """Return each process of the subject with its XML, what is done and where it stands."""
    instance = tx.session.scalar(
        select(Instance)
        .where(Instance.subject_kind == subject.kind, Instance.subject_id == subject.id)
        .order_by(Instance.id.desc())
        .limit(1)
    )
    return [] if instance is None else drawing.draw(tx, instance, language)


def traces(tx: Tx, subject: Subject) -> Sequence[RuleTrace]:
    """Return every use of a decision table, newest first."""
    return tx.session.scalars(
        select(RuleTrace)
        .where(RuleTrace.subject_kind == subject.kind, RuleTrace.subject_id == subject.id)
        .order_by(RuleTrace.at.desc(), RuleTrace.id.desc())
    ).all()
