"""Walks a shipped process with the engine and the token game side by side.

Before every step the engine's position is saved and loaded again. What people answer and what
operations learn is chosen by whoever walks, among the values that make a difference.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from fellesgrep.core.expressions import literals_in, names_in
from fellesgrep.core.registry import Registry
from fellesgrep.workflow.catalogue import Bundle, Element, bundle_of
from fellesgrep.workflow.check_tables import OTHER, candidates, combinations
from fellesgrep.workflow.dmn import Table, read_table
from fellesgrep.workflow.engine import Position
from fellesgrep.workflow.graph import Graph, text_of
from fellesgrep.workflow.operations import OPERATIONS
from fellesgrep.workflow.timers import written
from tests.workflows.token_game import Facts, Game

BEGIN = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
LISTS = (["a"], ["a", "b"], ["c", "a", "b"])
Choose = Callable[[Sequence[Any]], Any]


@dataclass
class World:
    """The files, and the values that names can have in them."""

    files: Mapping[str, str]
    process: str
    registry: Registry

    @cached_property
    def bundle(self) -> Bundle:
        return bundle_of(self.files, self.process)

    @cached_property
    def graphs(self) -> dict[str, Graph]:
        return {name: Graph(name, text) for name, text in self.bundle.diagrams.items()}

    @cached_property
    def tables(self) -> dict[str, list[tuple[str, Table]]]:
        """Name → path and table, for each day that it changes."""
        found: dict[str, list[tuple[str, Table]]] = defaultdict(list)
        for path, text in self.files.items():
            if path.endswith(".dmn"):
                table = read_table(text, path)
                found[table.name].append((path, table))
        return found

    @cached_property
    def values(self) -> dict[str, list[Any]]:
        """Name of a fact → the values that make a difference somewhere."""
        found: dict[str, list[Any]] = defaultdict(list)
        for text in self._expressions():
            literals = {value for value in literals_in(text) if not isinstance(value, bool)}
            around = {value + 1 if isinstance(value, int | float) else OTHER for value in literals}
            for name in names_in(text):
                found[name] += [*literals, *around]
        for versions in self.tables.values():
            for _, table in versions:
                answered = list(filter(table.hits, combinations(table)))
                for name, values in candidates(table).items():
                    taken = {facts[name] for facts in answered}
                    found[name] += [value for value in values if value in taken]
        for name in self._of_loops():
            found[name] = list(LISTS)
        for name, kind in self._of_timers():
            found[name] = {"timeDate": ["in 3 days", "in 20 days"], "timeDuration": ["P3D"]}.get(
                kind, ["R2/P3D"]
            )
        return {name: sorted(set(map(_hashable, each)), key=str) for name, each in found.items()}

    def _expressions(self) -> Iterable[str]:
        for graph in self.graphs.values():
            yield from (flow.condition for flow in graph.flows if flow.condition)
            for node in graph.nodes.values():
                path = "bpmn:multiInstanceLoopCharacteristics/bpmn:completionCondition"
                if text := text_of(node, path):
                    yield text

    def _of_loops(self) -> Iterable[str]:
        for graph in self.graphs.values():
            for node in graph.nodes.values():
                path = "bpmn:multiInstanceLoopCharacteristics/bpmn:loopDataInputRef"
                if text := text_of(node, path):
                    yield from names_in(text)

    def _of_timers(self) -> Iterable[tuple[str, str]]:
        for graph in self.graphs.values():
            for id_ in graph.nodes:
                if graph.event_kind(id_) == "timer":
                    for tag in ("timeDate", "timeDuration", "timeCycle"):
                        text = text_of(graph.definition(id_), f"bpmn:{tag}")
                        if text and not written(text):
                            for name in names_in(text):
                                yield name, tag


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@dataclass
class Teller:
    """Says what people answer and operations learn: the same to the engine and to the game."""

    world: World
    choose: Choose
    clock: "Walk"
    told: dict[tuple[Any, ...], Facts] = field(default_factory=dict)

    def tell(self, key: tuple[Any, ...], element: Element, facts: Mapping[str, Any]) -> Facts:
        if key not in self.told:
            self.told[key] = self._learnt(element, facts)
        return dict(self.told[key])

    def _learnt(self, element: Element, facts: Mapping[str, Any]) -> Facts:
        if element.kind == "businessRuleTask":
            return self._decide(element, facts)
        found: Facts = {}
        form = self.world.bundle.form(element.process, element.id)
        required = form.source.get("required", ()) if form else ()
        for name in form.facts if form else ():
            if name in required or self.choose((True, False)):
                found[name] = self._value(name, form.properties[name] if form else {})
        operation = self.world.registry.all(OPERATIONS).get(element.operation or "")
        for name in operation.facts if operation else ():
            if form is None or name not in form.properties:
                found[name] = self._value(name, {})
        for name in element.properties.get("facts", "").split():
            found[name] = self._value(name, {})
        return found

    def _decide(self, element: Element, facts: Mapping[str, Any]) -> Facts:
        path, table = self.choose(self.world.tables[element.properties["decision"]])
        hit = table.decide(facts)
        assert hit is not None, f"{path}: no rule for {facts}"
        self.clock.rules.add((path, hit.rule_id))
        return dict(hit.outputs)

    def _value(self, name: str, field_: Mapping[str, Any]) -> Any:
        choices = [each["const"] for each in field_.get("oneOf", ())] or field_.get("enum", [])
        if field_.get("type") == "boolean":
            choices = [True, False]
        value = self.choose(choices or self.world.values.get(name) or [OTHER])
        if field_.get("format") == "date" and not str(value).startswith("in "):
            value = self.choose(["in 3 days", "in 20 days"])
        if isinstance(value, str) and (days := re.fullmatch(r"in (\d+) days", value)):
            return str((self.clock.at + timedelta(days=int(days[1]))).date())
        return list(value) if isinstance(value, tuple) else value


class Side:
    """What the engine, or the game, is told; each counts for itself how often it asked."""

    def __init__(self, walk: "Walk") -> None:
        self.walk = walk
        self.asked: dict[tuple[Any, ...], int] = defaultdict(int)

    def now(self) -> datetime:
        return self.walk.at

    def take(self, element: Element, facts: Mapping[str, Any], item: str | None) -> Facts:
        place = (element.process, element.id, item)
        self.asked[place] += 1
        return self.walk.teller.tell((*place, self.asked[place]), element, facts)

    def step(self, process: str, element: str, facts: Facts, item: str | None) -> Facts:
        return self.take(self.walk.world.bundle.elements[process][element], facts, item)


class Walk:
    """One instance, in the engine and in the game."""

    def __init__(self, world: World, choose: Choose) -> None:
        self.world, self.at = world, BEGIN
        self.rules: set[tuple[str, str]] = set()
        self.teller = Teller(world, choose, self)
        self.engine_side, self.game_side = Side(self), Side(self)
        self.done: list[str] = []
        self.outcome: str | None = None
        start = next(
            element
            for element in world.bundle.elements[world.process].values()
            if element.kind == "startEvent"
        )
        facts = self.teller.tell(("start",), start, {})
        self.position = Position.begin(world.bundle, self.engine_side, facts)
        self.game = Game(world.bundle.diagrams, world.process, self.game_side, dict(facts))
        self.agree()

    def restore(self) -> None:
        self.position = Position.load(self.world.bundle, self.engine_side, self.position.save())

    def agree(self) -> None:
        """Fail where the engine and the game see it differently."""
        self.restore()
        stood = sorted(
            ((each.element.process, each.element.id, each.item)
             for each in self.position.waiting()),
            key=str,
        )  # fmt: skip
        assert stood == self.game.waiting(), (self.done, self.teller.told)
        assert self.position.ended == self.game.ended, self.done
        if not self.game.ended:
            assert self.position.next_due() == self.game.next_due(), self.done

    @property
    def ended(self) -> bool:
        return self.game.ended

    def acts(self) -> list[tuple[str, Any]]:
        """Return everything that can happen next."""
        found: list[tuple[str, Any]] = [("complete", each) for each in self.game.waiting()]
        found += [("hear", each) for each in sorted(self.game.messages(), key=str)]
        return found + ([("wait", None)] if self.game.next_due() is not None else [])

    def act(self, what: str, about: Any) -> None:
        self.done.append(f"{what} {about}")
        acts: dict[str, Callable[[Any], None]] = {
            "complete": self._complete,
            "hear": self._hear,
            "wait": self._wait,
        }
        acts[what](about)
        self.outcome = self.position.outcome  # told of the step just made, not kept in the state
        self.agree()

    def _complete(self, place: tuple[str, str, str | None]) -> None:
        process, id_, item = place
        element = self.world.bundle.elements[process][id_]
        token, facts = next(
            (each.token, each.facts)
            for each in self.position.waiting()
            if (each.element.process, each.element.id, each.item) == place
        )
        self.position.complete(token, self.engine_side.take(element, facts, item))
        self.game.complete(process, id_, item, self.game_side.take(element, dict(facts), item))

    def _hear(self, message: tuple[str, str | None]) -> None:
        name, item = message
        facts: Facts = {}
        assert self.position.message(name, facts, item), message
        self.game.hear(name, item, facts)

    def _wait(self, _: None) -> None:
        due = self.game.next_due()
        assert due is not None
        self.at = due
        self.position.fire_timers()
        self.game.fire_timers()
