"""From BPMN files to SpiffWorkflow's specs, in our notation (DESIGN: lanes, properties, timers).

Nothing of a diagram is ever executed as code: automatic steps call the host of the running
instance, conditions go through `core.expressions`, script tasks are refused.
"""

from collections.abc import Mapping
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.event_parsers import (
    BoundaryEventParser,
    IntermediateCatchEventParser,
)
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.task_parsers import CallActivityParser, SubWorkflowParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.defaults import (
    BoundaryEvent,
    CallActivity,
    IntermediateCatchEvent,
    ParallelMultiInstanceTask,
    SequentialMultiInstanceTask,
    SubWorkflowTask,
)
from SpiffWorkflow.bpmn.specs.mixins import BpmnSpecMixin
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import MultiInstanceTask

from fellesgrep.workflow.timers import AfterDuration, AtInstant, EveryDuration

NAMESPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "spiffworkflow": "http://spiffworkflow.org/bpmn/schema/1.0/core",
}
ROLE_PREFIX = "role_"


class DiagramError(ValueError):
    """A diagram that cannot be run, with its file and the reason."""


class WaitingTask(BpmnSpecMixin):
    """A step that somebody else takes on: a person, or the worker."""

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.manual = True


class AutomaticTask(BpmnSpecMixin):
    """A step that the host takes at once: an operation or a decision table."""

    def _run_hook(self, my_task: Any) -> bool:
        facts = my_task.workflow.script_engine.take(my_task)
        my_task.data.update(facts)
        return bool(super()._run_hook(my_task))


def _forget_item(spec: Any, task: Any) -> None:
    """Keep the item out of the facts, or the step could not be entered a second time."""
    if spec.input_item is not None:
        task.data.pop(spec.input_item.bpmn_id, None)


class TogetherTask(ParallelMultiInstanceTask):
    """A step taken for each item, all at once."""

    def merge_child(self, workflow: Any, child: Any) -> None:
        super().merge_child(workflow, child)
        _forget_item(self, child.parent)


class InTurnTask(SequentialMultiInstanceTask):
    """A step taken for each item, one after the other."""

    def merge_child(self, workflow: Any, child: Any) -> None:
        # The next child is made here, and must not find the item of this one.
        MultiInstanceTask.merge_child(self, workflow, child)
        _forget_item(self, child.parent)
        if self.children_complete(child.parent) or self.check_completion_condition(child.parent):
            child.parent._ready()
        else:
            self.add_next_child(child.parent)


class _ForEach:
    """Makes our kinds of steps that are taken for each item."""

    PARALLEL_MI_CLASS = TogetherTask
    SEQUENTIAL_MI_CLASS = InTurnTask


class _OurTaskParser(_ForEach, TaskParser):
    pass


class _CallParser(_ForEach, CallActivityParser):
    pass


class _SubProcessParser(_ForEach, SubWorkflowParser):
    pass


class _ServiceParser(_OurTaskParser):
    def create_task(self) -> Any:
        mode = properties_of(self.node).get("mode", "transaction")
        made = WaitingTask if mode == "job" else AutomaticTask
        return made(self.spec, self.bpmn_id, **self.bpmn_attributes)


class _Refuse(TaskParser):
    def create_task(self) -> Any:
        self.raise_validation_exception("Script tasks are refused: name an operation instead")


class _Timers:
    """Makes our timer events where SpiffWorkflow would make its own."""

    def parse_timer_event(self, event: Any) -> Any:
        kinds = {"timeDate": AtInstant, "timeDuration": AfterDuration, "timeCycle": EveryDuration}
        for tag, kind in kinds.items():
            for found in event.iterfind(f"bpmn:{tag}", NAMESPACES):
                return kind(event.getparent().get("id"), (found.text or "").strip())
        raise DiagramError(f"{event.getparent().get('id')}: the timer says no time")


class _CatchParser(_Timers, IntermediateCatchEventParser):
    pass


class _BoundaryParser(_Timers, BoundaryEventParser):
    pass


class _OurProcessParser(ProcessParser):
    def get_lane_name(self, node_id: str) -> str | None:
        """Return the lane's role: SpiffWorkflow would take the name that people read."""
        for ref in self.document_root.iterfind(".//bpmn:flowNodeRef", NAMESPACES):
            if ref.text == node_id:
                return role_of_lane(ref.getparent().get("id"))
        return None


class OurParser(BpmnParser):
    """SpiffWorkflow's parser with our kinds of steps."""

    PROCESS_PARSER_CLASS = _OurProcessParser
    OVERRIDE_PARSER_CLASSES = {  # noqa: RUF012 (read by SpiffWorkflow, never changed)
        full_tag("userTask"): (_OurTaskParser, WaitingTask),
        full_tag("serviceTask"): (_ServiceParser, AutomaticTask),
        full_tag("businessRuleTask"): (_OurTaskParser, AutomaticTask),
        full_tag("callActivity"): (_CallParser, CallActivity),
        full_tag("subProcess"): (_SubProcessParser, SubWorkflowTask),
        full_tag("scriptTask"): (_Refuse, AutomaticTask),
        full_tag("intermediateCatchEvent"): (_CatchParser, IntermediateCatchEvent),
        full_tag("boundaryEvent"): (_BoundaryParser, BoundaryEvent),
    }


def role_of_lane(lane_id: str) -> str | None:
    """Return the role in a lane's id `role_<role>` or `role_<role>__<n>`."""
    if not lane_id.startswith(ROLE_PREFIX):
        return None
    return lane_id.removeprefix(ROLE_PREFIX).split("__")[0]


def properties_of(node: Any) -> dict[str, str]:
    """Return the `spiffworkflow:properties` of an element."""
    found = node.iterfind(
        "bpmn:extensionElements/spiffworkflow:properties/spiffworkflow:property", NAMESPACES
    )
    return {each.get("name"): each.get("value", "") for each in found}


def read_xml(text: str, file: str) -> Any:
    """Return the root of a diagram; entities and network are off. Raises `DiagramError`."""
    safe = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(text.encode(), safe)
    except etree.XMLSyntaxError as error:
        raise DiagramError(f"{file}: {error}") from None


def parse(diagrams: Mapping[str, str], process: str) -> tuple[Any, dict[str, Any]]:
    """Return the spec of `process` and of everything it calls. Raises `DiagramError`."""
    parser = OurParser()
    # The list keeps the roots alive: SpiffWorkflow tells documents apart by `id(root)`.
    roots = [read_xml(text, file) for file, text in diagrams.items()]
    try:
        for root, file in zip(roots, diagrams, strict=True):
            parser.add_bpmn_xml(root, file)
        spec = parser.get_spec(process)
        called = parser.get_subprocess_specs(process)
    except ValidationException as error:
        raise DiagramError(str(error)) from None
    for each in (spec, *called.values()):
        _connect_items(each)
    return spec, called


def _connect_items(spec: BpmnProcessSpec) -> None:
    """Let a multi-instance step hear of its parts also when the instance was loaded again."""
    for task_spec in spec.task_specs.values():
        if isinstance(task_spec, MultiInstanceTask):
            spec.task_specs[task_spec.task_spec].completed_event.connect(task_spec.merge_child)
