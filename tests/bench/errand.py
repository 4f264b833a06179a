"""The process that is measured, on the engine room and on bare SpiffWorkflow side by side.

A called process in which a text is written and reviewed, with a reminder beside the review; the
review sends it back or lets it through. Both sides read the very same files.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID

import psycopg
from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from tests.backend.workflow.diagrams import fact, flow, form, node, process, timer

WRITTEN = {"words": "En tekst på noen ord, slik folk skriver dem."}
RETURNED = {"words": "Ta med naboene.", "verdict": "returned"}
APPROVED = {"words": "Godt.", "verdict": "approved"}

_MAIN = process(
    node("startEvent", "start"),
    node("callActivity", "drafting", attributes='calledElement="drafting"'),
    node("endEvent", "end", outcome="completed"),
    flow("start", "drafting"),
    flow("drafting", "end"),
)
_LATE = 'attachedToRef="review" cancelActivity="false"'
_DRAFTING = process(
    node("startEvent", "begin"),
    node("userTask", "write"),
    node("userTask", "review"),
    node("boundaryEvent", "late", timer("timeDuration", "'P14D'"), _LATE),
    node("endEvent", "reminded"),
    node("exclusiveGateway", "verdict", attributes='default="verdict_done"'),
    node("endEvent", "done"),
    flow("begin", "write"),
    flow("write", "review"),
    flow("late", "reminded"),
    flow("review", "verdict"),
    flow("verdict", "write", "verdict == 'returned'"),
    flow("verdict", "done"),
    id_="drafting",
    lanes={"role_liaison": ["write", "review"]},
)
_PAIR = process(
    node("startEvent", "start"),
    node("parallelGateway", "both"),
    node("userTask", "left"),
    node("userTask", "right"),
    node("parallelGateway", "joined"),
    node("endEvent", "end", outcome="completed"),
    flow("start", "both"),
    flow("both", "left"),
    flow("both", "right"),
    flow("left", "joined"),
    flow("right", "joined"),
    flow("joined", "end"),
    id_="pair",
    lanes={"role_liaison": ["left", "right"]},
)
FILES = {
    "pair/process.bpmn": _PAIR,
    "pair/forms/left.json": form("words"),
    "pair/forms/right.json": form("words"),
    "errand/process.bpmn": _MAIN,
    "drafting/process.bpmn": _DRAFTING,
    "drafting/forms/write.json": form("words"),
    "drafting/forms/review.json": form("words", verdict=fact()),
}


class _WithoutSpecs(BpmnWorkflowConverter):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """Leaves the specs out of the state, since they are in memory."""

    spec: Any
    called: dict[str, Any]

    def to_dict(self, workflow: Any) -> dict[str, Any]:
        plain = super(BpmnWorkflowConverter, self).to_dict(workflow)
        plain["subprocesses"] = self.mapping_to_dict(workflow.subprocesses)
        plain["bpmn_events"] = self.registry.convert(workflow.bpmn_events)
        return dict(plain)

    def from_dict(self, dct: dict[str, Any]) -> BpmnWorkflow:
        workflow = self.target_class(self.spec, self.called, deserializing=True)
        workflow.tasks = self.mapping_from_dict(dct["tasks"], UUID, workflow=workflow)
        workflow.task_tree = workflow.tasks.get(UUID(dct["root"]))
        self.set_default_attributes(workflow, dct)
        self.subprocesses_from_dict(dct["subprocesses"], workflow)
        workflow.bpmn_events = self.registry.restore(dct.pop("bpmn_events", []))
        return workflow


@dataclass
class Bare:
    """SpiffWorkflow as its own documentation has it, with a row for the state and one commit."""

    connection: "psycopg.Connection[Any]"

    def __post_init__(self) -> None:
        parser = BpmnParser()
        for path, text in FILES.items():
            if path.endswith(".bpmn"):
                parser.add_bpmn_xml(etree.parse(BytesIO(text.encode())), path)
        self._spec = parser.get_spec("errand")
        self._called = parser.get_subprocess_specs("errand")
        kept = type("Kept", (_WithoutSpecs,), {"spec": self._spec, "called": self._called})
        config = DEFAULT_CONFIG | {BpmnWorkflow: kept}
        self._serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(config))
        self.connection.execute("create table bare_state (id uuid primary key, state text)")
        self.connection.commit()

    def begin(self, id_: UUID) -> None:
        """Start a case."""
        workflow = BpmnWorkflow(self._spec, self._called)
        workflow.do_engine_steps()
        text = self._serializer.serialize_json(workflow)
        self.connection.execute("insert into bare_state values (%s, %s)", [id_, text])
        self.connection.commit()

    def complete(self, id_: UUID, facts: dict[str, Any]) -> None:
        """Load, deserialize, advance, serialize, commit."""
        row = self.connection.execute("select state from bare_state where id = %s", [id_])
        found = row.fetchone()
        assert found is not None
        workflow = self._serializer.deserialize_json(found[0])
        ready = workflow.get_next_task(state=TaskState.READY, manual=True)
        ready.data.update(facts)
        ready.run()
        workflow.do_engine_steps()
        text = self._serializer.serialize_json(workflow)
        self.connection.execute("update bare_state set state = %s where id = %s", [text, id_])
        self.connection.commit()

    def state_bytes(self, id_: UUID) -> int:
        """How large the state of a case is."""
        sized = "select octet_length(state) from bare_state where id = %s"
        found = self.connection.execute(sized, [id_]).fetchone()
        assert found is not None
        return int(found[0])
