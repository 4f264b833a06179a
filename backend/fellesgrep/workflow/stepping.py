"""One step of an instance: what the engine asks of us, and what a step leaves in the database."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import delete, select

from fellesgrep.core.ids import new_id
from fellesgrep.core.problems import Conflict
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import invalid_input
from fellesgrep.workflow import store
from fellesgrep.workflow.catalogue import Bundle, Element
from fellesgrep.workflow.dmn import read_table
from fellesgrep.workflow.engine import Position, Waiting
from fellesgrep.workflow.events import InstanceEnded, StageEntered, TaskCompleted, TaskOpened
from fellesgrep.workflow.models import (
    WAITING,
    Instance,
    InstanceStatus,
    RuleTrace,
    Task,
    TaskDraft,
    TaskStatus,
)
from fellesgrep.workflow.operations import ASSIGNERS, OPERATIONS, Step
from fellesgrep.workflow.rules import due_on
from fellesgrep.workflow.writing import Closing, write_step

RUN_OPERATION = "workflow.run_operation"
FIRE_TIMERS = "workflow.fire_timers"


class Run:
    """The host of one instance for the length of one transaction."""

    def __init__(self, tx: Tx, instance: Instance, bundle: Bundle | None = None) -> None:
        self.tx, self.instance = tx, instance
        self.bundle = bundle or store.load_bundle(tx, instance.bundle_hash)

    def now(self) -> datetime:
        return self.tx.now()

    def take(
        self, element: Element, facts: Mapping[str, Any], item: str | None
    ) -> Mapping[str, Any]:
        """Take an automatic step: a decision table or an operation in this transaction."""
        if element.kind == "businessRuleTask":
            return self._decide(element, facts)
        return self.operate(element, facts, facts, item=item)

    def operate(
        self,
        element: Element,
        facts: Mapping[str, Any],
        given: Mapping[str, Any],
        *,
        item: str | None,
        task_id: UUID | None = None,
    ) -> dict[str, Any]:
        """Run the operation an element names and return the facts it has learnt."""
        if element.operation is None:
            return {}
        operation = self.tx.house.registry.get(OPERATIONS, element.operation)
        known = operation.input.model_fields
        try:
            told = operation.input.model_validate(
                given if task_id else {name: given[name] for name in known if name in given}
            )
        except ValidationError as error:
            raise invalid_input(error.errors(), "/answers") from None
        step = Step(
            self.tx, self.instance.subject, self.instance.id, task_id, element.id, facts, item
        )
        learnt = dict(operation.run(step, told) or {})
        if undeclared := learnt.keys() - set(operation.facts):
            raise LookupError(f"{element.operation} returned undeclared facts: {undeclared}")
        return learnt

    def _decide(self, element: Element, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        version = store.table_in_force(self.tx, element.properties["decision"])
        hit = read_table(version.content).decide(facts)
        if hit is None:
            raise Conflict("workflow.problem.no_rule", table=version.name)
        self.tx.session.add(
            RuleTrace(
                instance_id=self.instance.id,
                subject_kind=self.instance.subject_kind,
                subject_id=self.instance.subject_id,
                element=element.id,
                table_id=version.id,
                table_name=version.name,
                rule_id=hit.rule_id,
                rule_number=hit.rule_number,
                inputs=hit.inputs,
                outputs=hit.outputs,
                annotation=hit.annotation,
                at=self.now(),
            )
        )
        return hit.outputs

    def load(self) -> Position:
        """Return where the instance stands."""
        return Position.load(self.bundle, self, self.instance.state)

    def settle(
        self, position: Position, before: set[UUID], closing: Closing | None = None
    ) -> list[Task]:
        """Write down where a step has led; returns the tasks it opened.

        `before` are the tokens that waited before the step, without the one that it took, which
        is `closing`, where it was a task.
        """
        waiting = position.waiting()
        opened = [each for each in waiting if each.token not in before]
        self._cancel_tasks(before - {each.token for each in waiting})
        tasks = [self._open(each) for each in opened if not each.element.is_job]
        entered_before = (closing.task.process, closing.task.element) if closing else None
        stages = [
            each.properties["stage"]
            for each in (*position.passed, *(waiting.element for waiting in opened))
            if "stage" in each.properties and (each.process, each.id) != entered_before
        ]
        moved = self._moved(position, stages)
        self.queue_timer(moved["next_due"])
        for each in opened:
            if each.element.is_job:
                self.queue(each.token)
        write_step(
            self.tx.session,
            self.instance,
            moved,
            closing=closing,
            opened=tasks,
            passed=position.passed,
        )
        if closing:
            self.tx.publish(TaskCompleted(closing.task))
        for stage in stages:
            self.tx.publish(StageEntered(self.instance.subject, stage))
        for task in tasks:
            self.tx.publish(TaskOpened(task))
        if position.ended:
            self.tx.publish(InstanceEnded(self.instance.subject, moved["outcome"]))
        return tasks

    def queue(self, token: UUID) -> None:
        """Leave a step to the worker."""
        self.tx.defer(RUN_OPERATION, instance_id=self.instance.id, token=token)

    def queue_timer(self, due: datetime | None) -> None:
        """Let the worker look when the next timer is due, unless it already will."""
        if due is not None and due != self.instance.next_due:
            self.tx.defer(FIRE_TIMERS, at=due, instance_id=self.instance.id)

    def _moved(self, position: Position, stages: list[str]) -> dict[str, Any]:
        """Return every column of the instance that a step may change, as it is after this one."""
        instance, ended = self.instance, position.ended
        return {
            "state": position.save(),
            "facts": position.facts(),
            "stage": stages[-1] if stages else instance.stage,
            "next_due": None if instance.held_since else position.next_due(),
            "status": (InstanceStatus.COMPLETED if ended else InstanceStatus.RUNNING).value,
            "outcome": (position.outcome or "completed") if ended else None,
            "ended_at": self.now() if ended else None,
            "updated_at": self.now(),
        }

    def _open(self, waiting: Waiting) -> Task:
        element, instance = waiting.element, self.instance
        role = element.role or "admin"
        return Task(
            id=new_id(),
            version=1,
            status=(TaskStatus.RESTING if instance.held_since else TaskStatus.OPEN).value,
            instance_id=instance.id,
            token=waiting.token,
            process=element.process,
            element=element.id,
            name=element.name,
            role=role,
            assignee_id=self.assignee(element, role, waiting.facts),
            area_id=instance.area_id,
            subject_kind=instance.subject_kind,
            subject_id=instance.subject_id,
            subject_title=instance.subject_title,
            workspace=element.properties.get("workspace"),
            operation=element.operation,
            item=waiting.item,
            created_at=self.now(),
            due_on=due_on(element.properties, waiting.facts, self.tx.today()),
        )

    def assignee(self, element: Element, role: str, facts: Mapping[str, Any]) -> UUID | None:
        """Return who gets a task; None where anybody of its role may take it."""
        registry = self.tx.house.registry
        named = element.properties.get("assign")
        if named is not None:
            return registry.get(ASSIGNERS, named)(self.tx, self.instance.subject, facts)
        assigner = registry.all(ASSIGNERS).get(f"role:{role}")
        return assigner(self.tx, self.instance.subject, facts) if assigner else None

    def _cancel_tasks(self, tokens: set[UUID]) -> None:
        if not tokens:
            return
        rows = self.tx.session.scalars(
            select(Task).where(
                Task.instance_id == self.instance.id,
                Task.token.in_(tokens),
                Task.status.in_(WAITING),
            )
        )
        for row in rows:
            cancel_task(self.tx, row)


def cancel_task(tx: Tx, task: Task) -> None:
    """Take a task away from whoever has it, with what they had typed so far."""
    task.status = TaskStatus.CANCELLED
    task.updated_at = tx.now()
    forget_drafts(tx, task)


def forget_drafts(tx: Tx, task: Task) -> None:
    """Delete what people had typed into a task that nobody takes any more."""
    tx.session.execute(delete(TaskDraft).where(TaskDraft.task_id == task.id))
