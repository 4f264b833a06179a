"""Checks of the drawing itself: what is never reached, leads nowhere, or waits for ever."""

from collections import Counter
from collections.abc import Iterator

from fellesgrep.workflow.catalogue import Bundle
from fellesgrep.workflow.findings import Finding, Level, listed
from fellesgrep.workflow.graph import Flow, Graph, kind_of
from fellesgrep.workflow.parser import NAMESPACES, properties_of

_RUN = {
    "startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent",
    "userTask", "serviceTask", "businessRuleTask", "receiveTask", "callActivity", "subProcess",
    "exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway",
}  # fmt: skip
_SCRIPTS = {"scriptTask", "preScript", "postScript", "script"}
_CHOICES = ("exclusiveGateway", "inclusiveGateway")


def written(graph: Graph, file: str) -> Iterator[Finding]:
    """Find what makes a diagram impossible to run, before anything else is looked at."""
    ids = Counter(node.get("id") for node in graph.root.iter() if node.get("id"))
    for id_ in sorted(id_ for id_, times in ids.items() if times > 1):
        yield Finding(file, id_, "duplicate_id")
    for node in graph.root.iter():
        if kind_of(node) in _SCRIPTS:
            owner = next((each for each in (node, *node.iterancestors()) if each.get("id")), node)
            yield Finding(file, owner.get("id", "-"), "script")
    for id_ in graph.nodes:
        kind = graph.kind(id_)
        if kind not in _RUN | _SCRIPTS:
            yield Finding(file, id_, "not_run", {"what": kind})
    for flow in graph.flows:
        for end in (flow.source, flow.target):
            if end not in graph.nodes:
                yield Finding(file, flow.id, "loose_flow", {"what": end})


def connected(graph: Graph, file: str) -> Iterator[Finding]:
    """Find levels without a beginning or an end, what is never reached and what leads nowhere."""
    for level, inside in graph.levels.items():
        starts = graph.starts(level)
        if not any(graph.kind(id_) == "startEvent" for id_ in starts):
            yield Finding(file, level, "no_start")
            continue
        if not graph.ends(level):
            yield Finding(file, level, "no_end")
        reached = graph.reached(starts)
        for id_ in inside:
            if id_ not in reached:
                yield Finding(file, id_, "unreachable")
            elif _leads_nowhere(graph, id_):
                yield Finding(file, id_, "dead_end")
            elif not _comes_to_an_end(graph, id_):
                yield Finding(file, id_, "never_ends")


def _leads_nowhere(graph: Graph, id_: str) -> bool:
    started_by_event = graph.nodes[id_].get("triggeredByEvent") == "true"
    return graph.kind(id_) != "endEvent" and not graph.outgoing[id_] and not started_by_event


def _comes_to_an_end(graph: Graph, id_: str) -> bool:
    after = graph.reached([id_])
    return any(graph.kind(each) == "endEvent" or _leads_nowhere(graph, each) for each in after) or (
        graph.nodes[id_].get("triggeredByEvent") == "true"
    )


def gateways(graph: Graph, file: str) -> Iterator[Finding]:
    """Find gateways that can get stuck: no default, no or doubled conditions, wrong defaults."""
    for id_ in graph.of_kind(*_CHOICES):
        default = graph.nodes[id_].get("default")
        if len(graph.outgoing[id_]) < 2:
            continue
        if default is None:
            yield Finding(file, id_, "no_default")
        elif default not in {way.id for way in graph.outgoing[id_]}:
            yield Finding(file, id_, "wrong_default", {"what": default})
        yield from _conditions(graph.outgoing[id_], default, file)
    for flow in graph.flows:
        if flow.condition is not None and graph.kind(flow.source) not in _CHOICES:
            yield Finding(file, flow.id, "condition_elsewhere")
    for id_ in graph.of_kind("eventBasedGateway"):
        for flow in graph.outgoing[id_]:
            if graph.kind(flow.target) not in {"intermediateCatchEvent", "receiveTask"}:
                yield Finding(file, flow.id, "no_event_behind")


def _conditions(ways: list[Flow], default: str | None, file: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for way in ways:
        if way.condition is None:
            if way.id != default:
                yield Finding(file, way.id, "no_condition")
        elif way.id == default:
            yield Finding(file, way.id, "default_with_condition")
        elif way.condition in seen:
            yield Finding(file, way.id, "same_condition", {"what": way.condition})
        seen.add(way.condition or "")


def joins(graph: Graph, file: str) -> Iterator[Finding]:
    """Find joins that wait for ever, and warn of those that lie on a cycle of their own level."""
    for id_ in graph.of_kind("parallelGateway", "inclusiveGateway"):
        if len(graph.incoming[id_]) < 2:
            continue
        starts = graph.starts(graph.level_of[id_])
        before = graph.reached(starts, without=id_)
        if graph.kind(id_) == "parallelGateway":
            for flow in graph.incoming[id_]:
                if flow.source not in before:
                    yield Finding(file, id_, "join_waits_for_itself", {"what": flow.source})
        if id_ in graph.reached(graph.following(id_)):
            yield Finding(file, id_, "join_in_cycle", level=Level.WARNING)


def lanes(graph: Graph, file: str) -> Iterator[Finding]:
    """Find lanes that name nothing that is there, and nodes that lie in two lanes."""
    refs: Counter[str] = Counter()
    for lane in graph.root.iterfind(".//bpmn:lane", NAMESPACES):
        for ref in lane.iterfind("bpmn:flowNodeRef", NAMESPACES):
            name = (ref.text or "").strip()
            refs[name] += 1
            if name not in graph.nodes:
                yield Finding(file, lane.get("id"), "lane_of_nothing", {"what": name})
    for id_ in sorted(id_ for id_, times in refs.items() if times > 1):
        yield Finding(file, id_, "two_lanes")


def drawn(graph: Graph, file: str) -> Iterator[Finding]:
    """Find what the diagram would not show."""
    shown = {
        node.get("bpmnElement"): node
        for tag in ("BPMNShape", "BPMNEdge")
        for node in graph.root.iterfind(f".//bpmndi:{tag}", NAMESPACES)
    }
    wanted = set(graph.nodes) | {flow.id for flow in graph.flows}
    wanted |= {lane.get("id") for lane in graph.root.iterfind(".//bpmn:lane", NAMESPACES)}
    for missing in sorted(wanted - shown.keys()):
        yield Finding(file, missing, "not_drawn")
    known = {node.get("id") for node in graph.root.iter()}
    for lost in sorted(shown.keys() - known):
        yield Finding(file, lost, "drawn_only")


def events(graphs: dict[str, Graph], bundle: Bundle) -> Iterator[Finding]:
    """Find messages that name nothing, errors nobody catches, and boundaries nothing reaches."""
    for process, graph in graphs.items():
        file = f"{process}/process.bpmn"
        for id_ in graph.nodes:
            yield from _message(graph, id_, file)
        for kind in ("error", "escalation"):
            yield from _thrown_and_caught(graphs, graph, kind, file)


def _message(graph: Graph, id_: str, file: str) -> Iterator[Finding]:
    node, kind = graph.nodes[id_], graph.kind(id_)
    definition = node if kind in {"receiveTask", "sendTask"} else graph.definition(id_)
    if kind != "receiveTask" and graph.event_kind(id_) != "message":
        return
    if kind in {"endEvent", "intermediateThrowEvent"}:
        yield Finding(file, id_, "sends_message")
        return
    name = None if definition is None else definition.get("messageRef")
    named = graph.root.find(f"bpmn:message[@id='{name}']", NAMESPACES)
    if named is None or not named.get("name"):
        yield Finding(file, id_, "no_message")
    around = (node, *node.iterancestors())
    path = "bpmn:multiInstanceLoopCharacteristics"
    told_apart = "item" in properties_of(node)
    if not told_apart and any(each.find(path, NAMESPACES) is not None for each in around):
        yield Finding(file, id_, "message_for_all", level=Level.WARNING)


def _thrown_and_caught(
    graphs: dict[str, Graph], graph: Graph, kind: str, file: str
) -> Iterator[Finding]:
    """What an end throws must be caught around it, and what a boundary catches be thrown in it."""
    throws, catches = _throws(graphs, kind), _catches(graphs, kind)
    for id_ in graph.of_kind("endEvent", "intermediateThrowEvent"):
        code = graph.event_code(id_, kind)
        if graph.event_kind(id_) == kind and not catches & {code, None}:
            yield Finding(file, id_, f"{kind}_uncaught", {"what": code or "-"})
    for id_ in graph.of_kind("boundaryEvent"):
        code = graph.event_code(id_, kind)
        if graph.event_kind(id_) == kind and not (throws if code is None else throws & {code}):
            yield Finding(file, id_, "never_thrown", {"what": code or "-"})


def _throws(graphs: dict[str, Graph], kind: str) -> set[str | None]:
    return {
        graph.event_code(id_, kind)
        for graph in graphs.values()
        for id_ in graph.of_kind("endEvent", "intermediateThrowEvent")
        if graph.event_kind(id_) == kind
    }


def _catches(graphs: dict[str, Graph], kind: str) -> set[str | None]:
    return {
        graph.event_code(id_, kind)
        for graph in graphs.values()
        for id_ in graph.of_kind("boundaryEvent", "startEvent")
        if graph.event_kind(id_) == kind
    }


def names_shared(bundle: Bundle) -> Iterator[Finding]:
    """Find sub-processes named like another one or like a process: the engine mixes them up."""
    owned: dict[str, str] = dict.fromkeys(bundle.diagrams, "")
    for process, elements in bundle.elements.items():
        for element in elements.values():
            if element.kind == "subProcess":
                if element.id in owned:
                    yield Finding(f"{process}/process.bpmn", element.id, "name_shared")
                owned[element.id] = process


def calling_themselves(files: dict[str, Graph]) -> Iterator[Finding]:
    """Find processes that call themselves, also by way of others: they would never end."""
    calls = {
        process: {node.get("calledElement") for node in graph.nodes.values()} & files.keys()
        for process, graph in files.items()
    }
    for process, called in calls.items():
        found, waiting = set[str](), set(called)
        while waiting:
            found |= waiting
            waiting = {each for name in waiting for each in calls[name]} - found
        if process in found:
            yield Finding(f"{process}/process.bpmn", process, "calls_itself", {"by": listed(found)})
