"""A diagram as a graph: what leads where, level by level (a process, and each sub-process)."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from fellesgrep.workflow.parser import NAMESPACES, read_xml

_BPMN = "{" + NAMESPACES["bpmn"] + "}"
_LEVELS = {"process", "subProcess"}
_NO_NODES = {
    "sequenceFlow", "laneSet", "documentation", "extensionElements", "incoming", "outgoing",
    "multiInstanceLoopCharacteristics", "standardLoopCharacteristics", "association",
    "textAnnotation", "group", "dataObject", "dataObjectReference", "dataStoreReference",
    "ioSpecification", "property", "dataInputAssociation", "dataOutputAssociation", "artifact",
}  # fmt: skip


@dataclass(frozen=True)
class Flow:
    """An arrow."""

    id: str
    source: str
    target: str
    condition: str | None


def kind_of(node: Any) -> str:
    """Return what an XML element is, without its name space."""
    return str(etree.QName(node).localname) if isinstance(node.tag, str) else ""


def text_of(node: Any, path: str) -> str | None:
    """Return the text of the first element at `path`; None where there is none."""
    found = node.find(path, NAMESPACES)
    return None if found is None else (found.text or "").strip()


class Graph:
    """One diagram."""

    def __init__(self, process: str, text: str) -> None:
        self.process = process
        self.root = read_xml(text, f"{process}/process.bpmn")
        self.nodes: dict[str, Any] = {}
        self.levels: dict[str, list[str]] = {}
        """Level (id of the process or sub-process) → ids of what is drawn directly in it."""

        self.level_of: dict[str, str] = {}
        self.flows: list[Flow] = []
        self.outgoing: dict[str, list[Flow]] = defaultdict(list)
        self.incoming: dict[str, list[Flow]] = defaultdict(list)
        self.attached: dict[str, list[str]] = defaultdict(list)
        """Activity → events on its boundary."""

        for drawn in self.root.iterfind("bpmn:process", NAMESPACES):
            self._read(drawn)

    def _read(self, level: Any) -> None:
        here = level.get("id")
        self.levels[here] = []
        for node in level.iterchildren():
            kind = kind_of(node)
            if kind == "sequenceFlow":
                condition = text_of(node, "bpmn:conditionExpression")
                flow = Flow(node.get("id"), node.get("sourceRef"), node.get("targetRef"), condition)
                self.flows.append(flow)
                self.outgoing[flow.source].append(flow)
                self.incoming[flow.target].append(flow)
            elif node.tag is not etree.Comment and kind not in _NO_NODES:
                self.nodes[node.get("id")] = node
                self.levels[here].append(node.get("id"))
                self.level_of[node.get("id")] = here
                if kind == "boundaryEvent":
                    self.attached[node.get("attachedToRef")].append(node.get("id"))
            if kind in _LEVELS:
                self._read(node)

    def kind(self, id_: str) -> str:
        """Return what a node is: `userTask` …"""
        return kind_of(self.nodes[id_])

    def of_kind(self, *kinds: str) -> Iterator[str]:
        """Yield the ids of the nodes of some kinds."""
        return (id_ for id_ in self.nodes if self.kind(id_) in kinds)

    def starts(self, level: str) -> list[str]:
        """Return where a level begins: its start events, and sub-processes an event starts."""
        return [
            id_
            for id_ in self.levels[level]
            if self.kind(id_) == "startEvent" or self.nodes[id_].get("triggeredByEvent") == "true"
        ]

    def ends(self, level: str) -> list[str]:
        """Return the end events of a level."""
        return [id_ for id_ in self.levels[level] if self.kind(id_) == "endEvent"]

    def following(self, id_: str) -> list[str]:
        """Return what can come after a node in its level: by an arrow or an event on it."""
        after = [flow.target for flow in self.outgoing[id_]] + self.attached[id_]
        return [each for each in after if each in self.nodes]

    def reached(self, begin: Collection[str], *, without: str | None = None) -> set[str]:
        """Return all that can be reached from some nodes, themselves included."""
        found: set[str] = set()
        waiting = [id_ for id_ in begin if id_ != without]
        while waiting:
            id_ = waiting.pop()
            if id_ not in found:
                found.add(id_)
                waiting += [each for each in self.following(id_) if each != without]
        return found

    def inside(self, id_: str) -> set[str]:
        """Return every node within a sub-process, however deep."""
        found = set(self.levels.get(id_, ()))
        for each in list(found):
            found |= self.inside(each)
        return found

    def definition(self, id_: str) -> Any | None:
        """Return the event definition of an event; None for a plain one."""
        for child in self.nodes[id_].iterchildren():
            if kind_of(child).endswith("EventDefinition"):
                return child
        return None

    def event_kind(self, id_: str) -> str:
        """Return `timer`, `message`, `error` … or nothing."""
        found = self.definition(id_)
        return "" if found is None else kind_of(found).removesuffix("EventDefinition")

    def event_code(self, id_: str, kind: str) -> str | None:
        """Return the code of the error or escalation an event names; None for any."""
        found = self.definition(id_)
        name = None if found is None else found.get(f"{kind}Ref")
        for each in self.root.iterfind(f"bpmn:{kind}[@id='{name}']", NAMESPACES):
            return str(each.get(f"{kind}Code") or each.get("name") or name)
        return None
