"""SpiffWorkflow behind a few words of ours: begin, load, complete, message, timers, save."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import MultiInstanceTask
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from fellesgrep.core.expressions import evaluate
from fellesgrep.workflow.catalogue import Bundle, Element
from fellesgrep.workflow.state import OPEN, consume_arrivals, freeze, thaw
from fellesgrep.workflow.timers import due_at, fix_due


class Host(Protocol):
    """What a running instance asks of us."""

    def now(self) -> datetime:
        """Tell the time."""
        ...

    def take(
        self, element: Element, facts: Mapping[str, Any], item: str | None
    ) -> Mapping[str, Any]:
        """Take an automatic step and return the facts it has learnt."""
        ...


@dataclass(frozen=True)
class Waiting:
    """A step that somebody must take: a person, a partner, or the worker."""

    token: UUID
    element: Element
    facts: Mapping[str, Any]
    item: str | None


class _Script:
    """What SpiffWorkflow takes for its script engine: it evaluates conditions, runs nothing."""

    def __init__(self, bundle: Bundle, host: Host) -> None:
        self._bundle, self._host = bundle, host

    def now(self) -> datetime:
        return self._host.now()

    def evaluate(
        self, task: Any, expression: str, external_context: Mapping[str, Any] | None = None
    ) -> Any:
        return evaluate(expression, task.data | (external_context or {}))

    def take(self, task: Any) -> Mapping[str, Any]:
        element = _element(self._bundle, task)
        if element is None:
            raise LookupError(f"{task.task_spec.name} is not drawn")
        return self._host.take(element, task.data, _item(element, task))


def _element(bundle: Bundle, task: Any) -> Element | None:
    id_ = getattr(task.task_spec, "bpmn_id", None)
    return bundle.element(task.workflow.spec.name, id_) if id_ is not None else None


def _item(element: Element, task: Any) -> str | None:
    name = element.item or element.properties.get("item")
    value = task.data.get(name) if name else None
    return None if value is None else str(value)


class Position:
    """Where an instance stands, in memory for the length of one step."""

    def __init__(self, bundle: Bundle, workflow: BpmnWorkflow) -> None:
        self._bundle, self._workflow = bundle, workflow
        self.passed: list[Element] = []
        """What this step went through, in order."""

    @classmethod
    def begin(cls, bundle: Bundle, host: Host, facts: Mapping[str, Any]) -> "Position":
        """Start the main process, and go up to its first waiting steps."""
        spec, called = bundle.specs
        position = cls(bundle, BpmnWorkflow(spec, called, script_engine=_Script(bundle, host)))
        position._workflow.task_tree.data.update(facts)
        position._go_on()
        return position

    @classmethod
    def load(cls, bundle: Bundle, host: Host, state: bytes) -> "Position":
        """Return a position as it was saved."""
        spec, called = bundle.specs
        return cls(bundle, thaw(state, spec, called, _Script(bundle, host)))

    def save(self) -> bytes:
        """Return the position as bytes."""
        return freeze(self._workflow)

    def complete(self, token: UUID, facts: Mapping[str, Any]) -> None:
        """Complete a waiting step and go up to the next ones. Raises `KeyError` if none waits."""
        task = next((task for task in self._ready() if task.id == token), None)
        if task is None:
            raise KeyError(token)
        task.data.update(facts)
        task.run()
        self._note(task)
        self._go_on()

    def message(self, name: str, facts: Mapping[str, Any], item: str | None = None) -> bool:
        """Hand a message to whoever waits for it; False where nobody does.

        One about an item is for those alone that wait with it (their property `item`).
        """
        event = BpmnEvent(MessageEventDefinition(name), payload=dict(facts))
        listening = [
            task
            for task in self._workflow.event_manager.tasks.values()
            if task.task_spec.catches(task, event) and self._is_about(task, item)
        ]
        for task in listening:
            task.task_spec.catch(task, event)
            task.task_spec._update(task)  # noqa: SLF001 (as SpiffWorkflow's own event manager does)
        if listening:
            self._go_on()
        return bool(listening)

    def _is_about(self, task: Any, item: str | None) -> bool:
        element = _element(self._bundle, task)
        return item is None or (element is not None and _item(element, task) == item)

    def fire_timers(self) -> None:
        """Let every timer that is due fire."""
        self._workflow.refresh_timers()
        self._go_on()

    def start_timers(self) -> None:
        """Fix when each waiting timer fires that has not been fixed; none fires."""
        for task in self._workflow.event_manager.tasks.values():
            fix_due(task)

    def waiting(self) -> list[Waiting]:
        """Return the steps that somebody must take now."""
        return [
            Waiting(task.id, element, task.data, _item(element, task))
            for task in self._ready()
            if (element := _element(self._bundle, task)) is not None
        ]

    def current(self) -> set[tuple[str, str]]:
        """Return process and id of every drawn element that the instance stands at."""
        found = set()
        for workflow in (self._workflow, *self._workflow.subprocesses.values()):
            for task in workflow.tasks.values():
                element = _element(self._bundle, task) if task.has_state(OPEN) else None
                if element is not None and element.kind != "boundaryEvent":
                    found.add((element.process, element.id))
        return found

    def next_due(self) -> datetime | None:
        """Return when the next timer fires."""
        due = (due_at(task) for task in self._workflow.event_manager.tasks.values())
        return min((at for at in due if at is not None), default=None)

    @property
    def awaits_message(self) -> bool:
        """Tell whether a message could move the instance."""
        waiting = self._workflow.event_manager.tasks.values()
        return any(
            isinstance(task.task_spec.event_definition, MessageEventDefinition) for task in waiting
        )

    @property
    def ended(self) -> bool:
        """Tell whether the main process is over."""
        return bool(self._workflow.completed)

    @property
    def outcome(self) -> str | None:
        """Return the property `outcome` of the end of the main process that was reached."""
        for element in reversed(self.passed):
            if element.process == self._bundle.process and element.kind == "endEvent":
                return element.properties.get("outcome")
        return None

    def facts(self) -> dict[str, Any]:
        """Return what is known where the instance stands."""
        known: dict[str, Any] = dict(self._workflow.data) if self.ended else {}
        for workflow in (self._workflow, *self._workflow.subprocesses.values()):
            for task in workflow.tasks.values():
                if task.has_state(OPEN):
                    known.update(task.data)
        return known

    def _ready(self) -> Iterator[Any]:
        for workflow in (self._workflow, *self._workflow.subprocesses.values()):
            for task in workflow.tasks.values():
                if task.has_state(TaskState.READY) and task.task_spec.manual:
                    yield task

    def _go_on(self) -> None:
        """Take every automatic step; timers that are due can make more of them ready."""
        while True:
            self._workflow.do_engine_steps(did_complete_task=self._note)
            if not self._automatic_left():
                return

    def _automatic_left(self) -> bool:
        return any(
            task.has_state(TaskState.READY) and not task.task_spec.manual
            for workflow in (self._workflow, *self._workflow.get_active_subprocesses())
            for task in workflow.tasks.values()
        )

    def _note(self, task: Any) -> None:
        if isinstance(task.task_spec, MultiInstanceTask):
            return  # its parts are what was done
        if isinstance(task.task_spec, UnstructuredJoin):
            consume_arrivals(task)
        element = _element(self._bundle, task)
        if element is not None:
            self.passed.append(element)
