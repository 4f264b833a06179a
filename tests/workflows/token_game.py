"""BPMN as a game of tokens, played on the XML alone: a second opinion on the engine.

It knows nothing of SpiffWorkflow. A *visit* is a token on a node; an activity's *parts* are the
times it is done (once, or once for each item); a *scope* is a running process or sub-process.
What it walked through is in `covered`: sequence flows, and events on boundaries.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from lxml import etree

from fellesgrep.core.expressions import evaluate
from fellesgrep.workflow.timers import instant

_B = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_S = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"
_DURATION = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_ACTIVITIES = {"userTask", "serviceTask", "businessRuleTask", "callActivity", "subProcess"}
_INTERRUPTED_BY = {"error", "escalation"}
Facts = dict[str, Any]


class Steps(Protocol):
    """Who takes the automatic steps."""

    def now(self) -> datetime: ...

    def step(self, process: str, element: str, facts: Facts, item: str | None) -> Facts: ...


def duration(text: str) -> timedelta:
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError(f"the game knows no duration {text}")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


@dataclass(eq=False)
class Timer:
    due: datetime
    every: timedelta | None = None
    left: int = 1


@dataclass(eq=False)
class Scope:
    """A running process or sub-process."""

    process: str
    part: "Part | None"
    visits: list["Visit"] = field(default_factory=list)
    arrived: dict[str, list[tuple[str, Facts]]] = field(default_factory=dict)
    known: Facts = field(default_factory=dict)


@dataclass(eq=False)
class Part:
    visit: "Visit"
    facts: Facts
    inner: Scope | None = None


@dataclass(eq=False)
class Visit:
    """A token on a node."""

    scope: Scope
    node: Any
    facts: Facts
    timers: dict[str, Timer] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)
    """Messages on its boundary that came already, and come once only."""

    parts: list[Part] = field(default_factory=list)
    later: list[Any] = field(default_factory=list)
    """Items whose turn is still to come."""


def kind(node: Any) -> str:
    return str(etree.QName(node).localname)


def properties(node: Any) -> dict[str, str]:
    found = node.iterfind(f"{_B}extensionElements/{_S}properties/{_S}property")
    return {each.get("name"): each.get("value") for each in found}


class Game:
    """One instance of a process."""

    def __init__(
        self, diagrams: Mapping[str, str], process: str, steps: Steps, facts: Facts
    ) -> None:
        self.roots = {name: etree.fromstring(text.encode()) for name, text in diagrams.items()}
        self.steps, self.main = steps, process
        self.covered: set[tuple[str, str]] = set()
        self.outcome: str | None = None
        self.top = Scope(process, None)
        self._begin(self.top, self._process(process), facts)
        self._settle()

    # ---- what one can see and do

    @property
    def ended(self) -> bool:
        return not self.top.visits

    def waiting(self) -> list[tuple[str, str, str | None]]:
        """Return what people, partners or the worker must do now."""
        return sorted(
            ((part.visit.scope.process, part.visit.node.get("id"), self._item(part))
             for part in self._waiting_parts()),
            key=str,
        )  # fmt: skip

    def complete(self, process: str, element: str, item: str | None, facts: Facts) -> None:
        part = next(
            part
            for part in self._waiting_parts()
            if (part.visit.scope.process, part.visit.node.get("id"), self._item(part))
            == (process, element, item)
        )
        part.facts.update(facts)
        self._part_done(part)
        self._settle()

    def messages(self) -> set[tuple[str, str | None]]:
        """Return the messages that somebody waits for, and about which item."""
        return {
            (name, self._about(visit, event))
            for visit in self._visits()
            for event, name in self._listens(visit)
        }

    def _about(self, visit: Visit, event: Any) -> str | None:
        value = visit.facts.get(properties(event).get("item", ""))
        return None if value is None else str(value)

    def hear(self, message: str, item: str | None, facts: Facts) -> None:
        for visit in list(self._visits()):
            for event, name in self._listens(visit):
                meant = item is None or self._about(visit, event) == item
                if name == message and meant and visit in visit.scope.visits:
                    visit.heard.add(event.get("id"))
                    self._happens(visit, event, facts)
        self._settle()

    def next_due(self) -> datetime | None:
        return min((t.due for v in self._visits() for t in v.timers.values()), default=None)

    def fire_timers(self) -> None:
        self._settle()

    # ---- reading the diagram

    def _process(self, name: str) -> Any:
        return next(self.roots[name].iterfind(f"{_B}process[@id='{name}']"))

    def _node(self, process: str, id_: str) -> Any:
        return next(each for each in self._process(process).iter() if each.get("id") == id_)

    def _flows(self, node: Any) -> list[Any]:
        return [
            each
            for each in node.getparent().iterfind(f"{_B}sequenceFlow")
            if each.get("sourceRef") == node.get("id")
        ]

    def _boundary(self, node: Any) -> list[Any]:
        return [
            each
            for each in node.getparent().iterfind(f"{_B}boundaryEvent")
            if each.get("attachedToRef") == node.get("id")
        ]

    def _definition(self, event: Any) -> tuple[str, Any]:
        for child in event:
            if isinstance(child.tag, str) and kind(child).endswith("EventDefinition"):
                return kind(child).removesuffix("EventDefinition"), child
        return ("message", event) if kind(event) == "receiveTask" else ("", None)

    def _code(self, process: str, definition: Any, what: str) -> str | None:
        for each in self.roots[process].iterfind(f"{_B}{what}"):
            if each.get("id") == definition.get(f"{what}Ref"):
                return each.get(f"{what}Code") or each.get("name")
        return None

    def _item(self, part: Part) -> str | None:
        node = part.visit.node
        own = node.find(f"{_B}multiInstanceLoopCharacteristics/{_B}inputDataItem")
        name = own.get("id") if own is not None else properties(node).get("item")
        value = part.facts.get(name) if name else None
        return None if value is None else str(value)

    def _visits(self, scope: Scope | None = None) -> Iterator[Visit]:
        for visit in (scope or self.top).visits:
            yield visit
            for part in visit.parts:
                if part.inner is not None:
                    yield from self._visits(part.inner)

    def _waiting_parts(self) -> Iterator[Part]:
        for visit in self._visits():
            if kind(visit.node) in {"userTask", "serviceTask"}:
                yield from visit.parts

    def _listens(self, visit: Visit) -> Iterator[tuple[Any, str]]:
        """Yield the events that wait for a message at a visit, and the message's name."""
        for event in (visit.node, *self._boundary(visit.node), *self._alternatives(visit.node)):
            what, definition = self._definition(event)
            if what == "message" and event.get("id") not in visit.heard:
                for each in self.roots[visit.scope.process].iterfind(f"{_B}message"):
                    if each.get("id") == definition.get("messageRef"):
                        yield event, str(each.get("name"))

    def _alternatives(self, node: Any) -> list[Any]:
        """Return the events behind an event gateway."""
        if kind(node) != "eventBasedGateway":
            return []
        targets = {flow.get("targetRef") for flow in self._flows(node)}
        return [each for each in node.getparent() if each.get("id") in targets]

    # ---- moving tokens

    def _begin(self, scope: Scope, level: Any, facts: Facts) -> None:
        scope.known = dict(facts)
        for start in level.iterfind(f"{_B}startEvent"):
            self._arrive(scope, start, dict(facts), "")

    def _arrive(self, scope: Scope, node: Any, facts: Facts, by: str) -> None:
        incoming = [
            each.get("id")
            for each in node.getparent().iterfind(f"{_B}sequenceFlow")
            if each.get("targetRef") == node.get("id")
        ]
        if kind(node) == "parallelGateway" and len(incoming) > 1:
            arrived = scope.arrived.setdefault(node.get("id"), [])
            arrived.append((by, facts))
            if {flow for flow, _ in arrived} != set(incoming):
                return
            facts = {}
            for flow in incoming:
                first = next(each for each in arrived if each[0] == flow)
                arrived.remove(first)
                facts |= first[1]
            if not arrived:
                del scope.arrived[node.get("id")]
        visit = Visit(scope, node, facts)
        scope.visits.append(visit)
        self._enter(visit)

    def _enter(self, visit: Visit) -> None:
        node, what = visit.node, kind(visit.node)
        if what in _ACTIVITIES:
            for event in self._boundary(node):
                self._arm(visit, event)
            self._do_activity(visit)
        elif what in {"intermediateCatchEvent", "receiveTask", "eventBasedGateway"}:
            for event in (node, *self._alternatives(node)):
                self._arm(visit, event)
        elif what == "endEvent":
            self._end(visit)
        elif what == "exclusiveGateway":
            self._leave(visit, self._choice(visit))
        elif what in {"startEvent", "parallelGateway", "intermediateThrowEvent"}:
            self._throw_along(visit)
            self._leave(visit, self._flows(node))
        else:
            raise ValueError(f"the game knows no {what}")

    def _choice(self, visit: Visit) -> list[Any]:
        flows, default = self._flows(visit.node), visit.node.get("default")
        for flow in flows:
            condition = flow.find(f"{_B}conditionExpression")
            if condition is None or flow.get("id") == default:
                continue
            if evaluate(condition.text.strip(), visit.facts):
                return [flow]
        return [flow for flow in flows if flow.get("id") == default or len(flows) == 1]

    def _leave(self, visit: Visit, flows: list[Any]) -> None:
        if visit in visit.scope.visits:
            visit.scope.visits.remove(visit)
            self._follow(visit.scope, flows, visit.facts)
            self._look_whether_over(visit.scope)

    def _follow(self, scope: Scope, flows: list[Any], facts: Facts) -> None:
        for flow in flows:
            self.covered.add((scope.process, flow.get("id")))
        for flow in flows:
            target = self._node(scope.process, flow.get("targetRef"))
            self._arrive(scope, target, dict(facts), flow.get("id"))

    def _look_whether_over(self, scope: Scope) -> None:
        if scope.visits:
            return
        if scope.arrived:
            raise AssertionError(f"{scope.process}: tokens wait for ever at {[*scope.arrived]}")
        part = scope.part
        if part is not None and part in part.visit.parts and part.inner is scope:
            part.inner = None
            part.facts = dict(scope.known)
            self._part_done(part)

    # ---- activities

    def _do_activity(self, visit: Visit) -> None:
        loop = visit.node.find(f"{_B}multiInstanceLoopCharacteristics")
        if loop is None:
            visit.parts = [Part(visit, dict(visit.facts))]
            self._do_part(visit.parts[0])
            return
        items = list(evaluate(loop.find(f"{_B}loopDataInputRef").text, visit.facts))
        name = loop.find(f"{_B}inputDataItem").get("id")
        if loop.get("isSequential") == "true":
            visit.later = items[1:]
            items = items[:1]
        visit.parts = [Part(visit, visit.facts | {name: item}) for item in items]
        for part in list(visit.parts):
            if part in visit.parts:
                self._do_part(part)
        if not items:
            self._leave(visit, self._flows(visit.node))

    def _do_part(self, part: Part) -> None:
        visit, facts = part.visit, part.facts
        node, what, process = visit.node, kind(visit.node), visit.scope.process
        if what == "callActivity":
            part.inner = Scope(node.get("calledElement"), part)
            self._begin(part.inner, self._process(part.inner.process), facts)
        elif what == "subProcess":
            part.inner = Scope(process, part)
            self._begin(part.inner, node, facts)
        elif what == "businessRuleTask" or (
            what == "serviceTask" and properties(node).get("mode") != "job"
        ):
            learnt = self.steps.step(process, node.get("id"), facts, self._item(part))
            part.facts.update(learnt)
            self._part_done(part)

    def _part_done(self, part: Part) -> None:
        visit = part.visit
        visit.parts.remove(part)
        loop = visit.node.find(f"{_B}multiInstanceLoopCharacteristics")
        visit.facts = visit.facts | part.facts
        if loop is None:
            self._leave(visit, self._flows(visit.node))
            return
        name = loop.find(f"{_B}inputDataItem").get("id")
        visit.facts.pop(name)
        enough = loop.find(f"{_B}completionCondition")
        if enough is not None and evaluate(enough.text.strip(), part.facts):
            visit.parts, visit.later = [], []
        if visit.later:
            visit.parts = [Part(visit, visit.facts | {name: visit.later.pop(0)})]
            self._do_part(visit.parts[0])
        elif not visit.parts:
            self._leave(visit, self._flows(visit.node))

    # ---- events

    def _end(self, visit: Visit) -> None:
        scope = visit.scope
        scope.known |= visit.facts
        what, _ = self._definition(visit.node)
        if scope is self.top:
            self.outcome = properties(visit.node).get("outcome")
        if what == "terminate":
            scope.visits, scope.arrived = [visit], {}
        self._throw_along(visit)
        self._leave(visit, [])

    def _throw_along(self, visit: Visit) -> None:
        what, definition = self._definition(visit.node)
        if what not in _INTERRUPTED_BY:
            return
        code, scope = self._code(visit.scope.process, definition, what), visit.scope
        while scope.part is not None:
            outer = scope.part.visit
            for event in self._boundary(outer.node):
                caught, by = self._definition(event)
                if caught == what and self._code(outer.scope.process, by, what) in {code, None}:
                    if event.get("cancelActivity") != "false":
                        visit.scope.visits.clear()
                    self._happens(outer, event, visit.facts)
                    return
            scope = outer.scope
        raise AssertionError(f"{visit.node.get('id')}: nobody catches {code}")

    def _arm(self, visit: Visit, event: Any) -> None:
        what, definition = self._definition(event)
        if what != "timer":
            return
        now, (said,) = self.steps.now(), [each for each in definition if isinstance(each.tag, str)]
        text = said.text.strip()
        if not re.match(r"(R\d*/)?P\d|PT|(R\d*/)PT|\d{4}-", text):
            text = evaluate(text, visit.facts)
        if kind(said) == "timeDate":
            timer = Timer(instant(text))
        elif kind(said) == "timeDuration":
            timer = Timer(now + duration(text))
        else:
            times, _, every = text.removeprefix("R").partition("/")
            timer = Timer(now + duration(every), duration(every), int(times) if times else -1)
        visit.timers[event.get("id")] = timer

    def _happens(self, visit: Visit, event: Any, facts: Facts) -> None:
        """Let an event happen at a visit: on its boundary, behind a gateway, or itself."""
        scope = visit.scope
        if kind(event) == "boundaryEvent":
            self.covered.add((scope.process, event.get("id")))
            known = visit.facts | facts
            if event.get("cancelActivity") != "false":
                scope.visits.remove(visit)
                visit.parts = []
            self._follow(scope, self._flows(event), known)
            self._look_whether_over(scope)
            return
        visit.facts = visit.facts | facts
        if event is visit.node:
            self._leave(visit, self._flows(event))
            return
        way = [f for f in self._flows(visit.node) if f.get("targetRef") == event.get("id")]
        self.covered.update((scope.process, flow.get("id")) for flow in way)
        scope.visits.remove(visit)
        self._follow(scope, self._flows(event), visit.facts)
        self._look_whether_over(scope)

    def _settle(self) -> None:
        """Let every timer that is due fire, the earliest first."""
        while (found := self._due()) is not None:
            visit, id_, timer = found
            timer.left -= 1
            if timer.every is None or timer.left == 0:
                del visit.timers[id_]
            else:
                timer.due = self.steps.now() + timer.every
            self._happens(visit, self._node(visit.scope.process, id_), {})

    def _due(self) -> tuple[Visit, str, Timer] | None:
        due = [
            (visit, id_, timer)
            for visit in self._visits()
            for id_, timer in visit.timers.items()
            if timer.due <= self.steps.now()
        ]
        earliest: Callable[[tuple[Visit, str, Timer]], datetime] = lambda each: each[2].due  # noqa: E731
        return min(due, key=earliest, default=None)
