"""Checks of what is asked: does each expression know its names, on every way that leads to it?

For every node of a bundle two sets are worked out, until nothing changes: the facts that *may*
be known when a case comes there, and those that are *surely* known on every way.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from fellesgrep.core.expressions import ExpressionError, names_in
from fellesgrep.core.registry import Registry
from fellesgrep.workflow.catalogue import Bundle, Element
from fellesgrep.workflow.dmn import Table
from fellesgrep.workflow.findings import Finding, listed
from fellesgrep.workflow.forms import Form
from fellesgrep.workflow.graph import Graph, text_of
from fellesgrep.workflow.operations import OPERATIONS
from fellesgrep.workflow.timers import after, instant, written

Tables = Mapping[str, list[tuple[str, Table]]]
"""Name of a decision → file and table, one for each day it changes."""

_LOOP = "bpmn:multiInstanceLoopCharacteristics/bpmn:"


@dataclass(frozen=True)
class Known:
    """Facts that may be known at a place, and those that surely are."""

    may: frozenset[str] = frozenset()
    sure: frozenset[str] = frozenset()

    def with_(self, other: "Known") -> "Known":
        return Known(self.may | other.may, self.sure | other.sure)

    def or_(self, other: "Known") -> "Known":
        return Known(self.may | other.may, self.sure & other.sure)


def readable_form(bundle: Bundle, process: str, element_id: str) -> Form | None:
    """Return a form; None where there is none or it cannot be read."""
    try:
        return bundle.form(process, element_id)
    except ValueError:
        return None


@dataclass
class Facts:
    """What is known where, in a process and all it calls."""

    bundle: Bundle
    graphs: Mapping[str, Graph]
    registry: Registry
    tables: Tables
    _at: dict[tuple[str, str], Known] = field(default_factory=dict)
    _after: dict[tuple[str, str], Known] = field(default_factory=dict)

    def __post_init__(self) -> None:
        changed = True
        while changed:
            changed = False
            for process, graph in self.graphs.items():
                for id_ in graph.nodes:
                    changed = self._visit(process, id_) or changed

    def at(self, process: str, id_: str) -> Known | None:
        """Return what is known on entering a node; None where nothing leads to it."""
        return self._at.get((process, id_))

    def after(self, process: str, id_: str) -> Known | None:
        """Return what is known on leaving a node."""
        return self._after.get((process, id_))

    def given(self, process: str, id_: str) -> Known:
        """Return what a step itself gives: its form's facts, its operation's, its table's."""
        element = self.bundle.elements[process][id_]
        surely = set(element.properties.get("facts", "").split())
        operation = self.registry.all(OPERATIONS).get(element.operation or "")
        surely.update(operation.facts if operation else ())
        for _, table in self.tables.get(element.properties.get("decision", ""), ()):
            surely.update(table.outputs)
        form = readable_form(self.bundle, process, id_)
        asked = set(form.facts) if form else set()
        required = set(form.source.get("required", ())) if form else set()
        sure = frozenset(surely | asked & required)
        return Known(sure | frozenset(asked), sure)

    @property
    def every(self) -> frozenset[str]:
        """Every fact that any step of the bundle gives."""
        return frozenset(
            name
            for process, elements in self.bundle.elements.items()
            for element in elements.values()
            for name in (*self.given(process, element.id).may, *_items(element))
        )

    def _visit(self, process: str, id_: str) -> bool:
        before = self._entering(process, id_)
        if before is None:
            return False
        place, inside = (process, id_), self._leaving(process, id_)
        after = inside and before.with_(self.given(process, id_)).with_(inside)
        changed = (self._at.get(place), self._after.get(place)) != (before, after)
        self._at[place] = before
        if after is not None:
            self._after[place] = after
        return changed

    def _entering(self, process: str, id_: str) -> Known | None:
        graph = self.graphs[process]
        kind = graph.kind(id_)
        if kind == "boundaryEvent":
            return self._interrupted(process, id_)
        if kind == "startEvent" and graph.level_of[id_] == process:
            return self._called(process)
        if kind == "startEvent" or graph.nodes[id_].get("triggeredByEvent") == "true":
            return self._inside(process, graph.level_of[id_])
        ways = [self._after.get((process, flow.source)) for flow in graph.incoming[id_]]
        return _meet(ways, together=kind == "parallelGateway")

    def _inside(self, process: str, level: str) -> Known | None:
        """Return what is known where a level begins."""
        if level == process:
            return self._called(process)
        before = self.at(process, level)
        return before and before.with_(_of_items(self.bundle.elements[process][level]))

    def _called(self, process: str) -> Known | None:
        if process == self.bundle.process:
            return Known()
        callers = [
            before.with_(_of_items(element))
            for other, elements in self.bundle.elements.items()
            for element in elements.values()
            if element.called == process and (before := self.at(other, element.id)) is not None
        ]
        return _meet(list(callers))

    def _leaving(self, process: str, id_: str) -> Known | None:
        """Return what a sub-process or called process adds; None until its end was come to."""
        called = self.bundle.elements[process][id_].called
        owner, level = (called, called) if called else (process, id_)
        graph = self.graphs[owner]
        if level not in graph.levels:
            return Known()
        return _meet(
            [
                self.after(owner, end)
                for end in graph.ends(level)
                if graph.event_kind(end) not in {"error", "escalation"}
            ]
        )

    def _interrupted(self, process: str, id_: str) -> Known | None:
        """What an event on a boundary knows: what was known before, and what was thrown along."""
        graph = self.graphs[process]
        activity = graph.nodes[id_].get("attachedToRef")
        before = self.at(process, activity)
        if before is None:
            return None
        kind = graph.event_kind(id_)
        thrown = [
            self.after(owner, end)
            for owner, end in self._within(process, activity)
            if self.graphs[owner].event_kind(end) == kind
        ]
        if kind in {"error", "escalation"} and (along := _meet(thrown)) is not None:
            return before.with_(along)
        return Known(before.may | self._may_within(process, activity), before.sure)

    def _within(self, process: str, activity: str) -> list[tuple[str, str]]:
        """Return every node inside an activity, in sub-processes and called processes too."""
        graph = self.graphs[process]
        found = [(process, id_) for id_ in graph.inside(activity)]
        for id_ in (activity, *graph.inside(activity)):
            called = self.bundle.elements[process][id_].called
            if called:
                for inside in self.graphs[called].levels[called]:
                    found += [(called, inside), *self._within(called, inside)]
        return found

    def _may_within(self, process: str, activity: str) -> frozenset[str]:
        places = [(process, activity), *self._within(process, activity)]
        return frozenset(name for place in places for name in self.given(*place).may)


def _meet(ways: "list[Known | None]", *, together: bool = False) -> Known | None:
    found: Known | None = None
    for way in ways:
        if way is not None:
            found = way if found is None else found.with_(way) if together else found.or_(way)
    return found


def _items(element: Element) -> list[str]:
    return [name for name in (element.item, element.properties.get("item")) if name]


def _of_items(element: Element) -> Known:
    names = frozenset(_items(element))
    return Known(names, names)


def asked_names(facts: Facts, process: str) -> Iterator[Finding]:
    """Find expressions that ask for what nobody gives, not yet, or not on every way."""
    graph, file = facts.graphs[process], f"{process}/process.bpmn"
    for flow in graph.flows:
        if flow.condition is not None:
            known = facts.after(process, flow.source)
            yield from _ask(facts, flow.condition, known, file, flow.id)
    for element in facts.bundle.elements[process].values():
        if element.id not in graph.nodes:
            continue
        known = facts.at(process, element.id)
        for text, place in _asked(facts, graph, element):
            yield from _ask(facts, text, known and known.with_(place), file, element.id)
        for path, table in facts.tables.get(element.properties.get("decision", ""), ()):
            for text in table.inputs:
                yield from _ask(facts, text, known, path, element.id)
        yield from _needed(facts, element, known, file)


def _asked(facts: Facts, graph: Graph, element: Element) -> Iterator[tuple[str, Known]]:
    node, none = graph.nodes[element.id], Known()
    for tag in ("loopDataInputRef", "loopCardinality"):
        if text := text_of(node, _LOOP + tag):
            yield text, none
    if text := text_of(node, _LOOP + "completionCondition"):
        after = facts.after(element.process, element.id) or none
        yield text, after.with_(_of_items(element))
    definition = graph.definition(element.id)
    if definition is not None:
        for tag in ("timeDate", "timeDuration", "timeCycle", "condition"):
            text = text_of(definition, f"bpmn:{tag}") or ""
            if text and not (tag != "condition" and written(text)):
                yield text, none


def _needed(facts: Facts, element: Element, known: Known | None, file: str) -> Iterator[Finding]:
    """A service task's operation is told facts: those it needs must be known."""
    operation = facts.registry.all(OPERATIONS).get(element.operation or "")
    if element.kind != "serviceTask" or operation is None or known is None:
        return
    needed = {name for name, asked in operation.input.model_fields.items() if asked.is_required()}
    if missing := needed - known.sure:
        params = {"operation": element.operation, "names": listed(missing)}
        yield Finding(file, element.id, "operation_not_told", params)


def _ask(
    facts: Facts, text: str, known: Known | None, file: str, element: str
) -> Iterator[Finding]:
    try:
        names = {name.split(".")[0] for name in names_in(text)}
    except ExpressionError as error:
        yield Finding(file, element, "bad_expression", {"what": text, "why": str(error)})
        return
    never = names - facts.every
    if never:
        yield Finding(file, element, "unknown_name", {"names": listed(never)})
    if known is None:
        return  # found as unreachable
    later = names - never - known.may
    maybe = names - never - later - known.sure
    if later:
        yield Finding(file, element, "name_too_late", {"names": listed(later)})
    if maybe:
        yield Finding(file, element, "name_not_sure", {"names": listed(maybe)})


def timers(graph: Graph, file: str) -> Iterator[Finding]:
    """Find timers that say no time, or one that does not fit the kind of timer."""
    for id_ in graph.nodes:
        if graph.event_kind(id_) != "timer":
            continue
        said = {tag: text_of(graph.definition(id_), f"bpmn:{tag}") for tag in _READERS}
        texts = {tag: text for tag, text in said.items() if text}
        if len(texts) != 1:
            yield Finding(file, id_, "no_time")
        for tag, text in texts.items():
            if written(text) and not _fits(tag, text):
                yield Finding(file, id_, "bad_time", {"what": text, "kind": tag})


def _every(text: str) -> None:
    times, _, duration = text.partition("/")
    if not times.startswith("R"):
        raise ValueError(text)
    after(_SOME_DAY, duration)


_SOME_DAY = datetime(2026, 3, 2, tzinfo=UTC)
_READERS: Mapping[str, Callable[[str], object]] = {
    "timeDate": instant,
    "timeDuration": lambda text: after(_SOME_DAY, text),
    "timeCycle": _every,
}


def _fits(tag: str, text: str) -> bool:
    try:
        _READERS[tag](text)
    except Exception:  # noqa: BLE001 (SpiffWorkflow raises a bare one)
        return False
    return True
