"""Looks whether every open task of an instance can be seen and completed."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from fellesgrep.core.tx import Tx
from fellesgrep.identity.access import grants_of
from fellesgrep.identity.models import Person
from fellesgrep.identity.policy import Role
from fellesgrep.workflow.engine import Waiting
from fellesgrep.workflow.models import WAITING, Instance, Task
from fellesgrep.workflow.operations import OPERATIONS
from fellesgrep.workflow.remedies import is_remedy
from fellesgrep.workflow.rules import may_complete
from fellesgrep.workflow.stepping import Run
from fellesgrep.workflow.survival import Obstacle


def faults(tx: Tx, instance: Instance) -> list[Obstacle]:
    """Return what leaves a task invisible or impossible to complete; nothing if all is well."""
    run = Run(tx, instance)
    waiting = {each.token: each for each in run.load().waiting()}
    rows = tx.session.scalars(
        select(Task).where(Task.instance_id == instance.id, Task.status.in_(WAITING))
    ).all()
    tasks = {row.token: row for row in rows}
    found = [
        Obstacle("no_task", {"step": step.element.name})
        for token, step in waiting.items()
        if token not in tasks and not step.element.is_job
    ]
    people = tx.session.scalars(select(Person).where(Person.active)).unique().all()
    for row in rows:
        step = waiting.get(row.token)
        kinds = ["no_step"] if step is None else _of_task(run, row, step, people)
        found += [Obstacle(kind, {"step": row.name}) for kind in kinds]
    return found


def _of_task(run: Run, task: Task, step: Waiting, people: Sequence[Person]) -> Iterator[str]:
    if not is_remedy(task):
        if (task.process, task.element) != (step.element.process, step.element.id):
            yield "other_step"
        if run.bundle.form(task.process, task.element) is None:
            yield "no_form"
        if task.operation and task.operation not in run.tx.house.registry.all(OPERATIONS):
            yield "no_operation"
    if task.role != Role.PARTNER and not any(_may(task, person) for person in people):
        yield "nobody"


def _may(task: Task, person: Person) -> bool:
    return may_complete(
        role=task.role,
        assignee_id=task.assignee_id,
        area_id=task.area_id,
        person_id=person.id,
        grants=grants_of(person),
    )
