"""Random processes, walked at random, saved and restored at every step, against a token game.

The game knows nothing of SpiffWorkflow: it is a dozen lines on the tree that the diagram was
written from. The token game on the XML, which walks the shipped processes, is held to it too.
"""

import itertools
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from fellesgrep.workflow.catalogue import Element, bundle_of
from fellesgrep.workflow.engine import Position
from tests.backend.workflow.diagrams import flow, node, process
from tests.workflows.token_game import Facts, Game

KINDS = ("sequence", "together", "repeat", "either", "inside")


@dataclass
class Block:
    """A piece of a process with one way in and one way out, and where it stands in the game."""

    kind: str
    name: str
    parts: list["Block"] = field(default_factory=list)
    at: int | None = None

    def enter(self) -> None:
        self.at = 0
        if self.kind == "together":
            for part in self.parts:
                part.enter()
        elif self.kind != "task":
            self.parts[0].enter()

    def waiting(self) -> set[str]:
        if self.at is None:
            return set()
        if self.kind == "task":
            return {self.name}
        return {name for part in self.parts for name in part.waiting()}

    def complete(self, name: str, answer: str) -> None:
        if self.kind == "task":
            self.at = None
            return
        (part,) = (part for part in self.parts if name in part.waiting())
        part.complete(name, answer)
        if part.waiting():
            return
        following = self._following(self.parts.index(part), answer)
        if following is not None:
            self.parts[following].enter()
        elif not self.waiting():
            self.at = None

    def _following(self, index: int, answer: str) -> int | None:
        """Tell which part comes after part `index` with the answer of its last task."""
        if self.kind in {"sequence", "inside"}:
            return index + 1 if index + 1 < len(self.parts) else None
        if self.kind == "repeat" and index == 1:
            return 0 if answer == "more" else None
        if self.kind in {"repeat", "either"} and index == 0:
            return 1 if self.kind == "repeat" or answer == "more" else 2
        return None

    def draw(self) -> tuple[str, str, str]:
        """Return the diagram's text, and the ids at the way in and out."""
        if self.kind == "task":
            return node("userTask", self.name), self.name, self.name
        drawn = [part.draw() for part in self.parts]
        text = "".join(each[0] for each in drawn)
        entry, leave = f"{self.name}_in", f"{self.name}_out"
        if self.kind in {"sequence", "inside"}:
            text += "".join(
                flow(before[2], after[1]) for before, after in itertools.pairwise(drawn)
            )
            if self.kind == "sequence":
                return text, drawn[0][1], drawn[-1][2]
            text += node("startEvent", entry) + flow(entry, drawn[0][1])
            text += node("endEvent", leave) + flow(drawn[-1][2], leave)
            return node("subProcess", self.name, text), self.name, self.name
        if self.kind == "together":
            text += node("parallelGateway", entry) + node("parallelGateway", leave)
            text += "".join(flow(entry, way_in) + flow(out, leave) for _, way_in, out in drawn)
            return text, entry, leave
        asked = f"{self.parts[1 if self.kind == 'repeat' else 0].name}_says == 'more'"
        choice = f"{self.name}_choice"
        text += node("exclusiveGateway", leave)
        if self.kind == "repeat":
            text += node("exclusiveGateway", entry)
            text += node("exclusiveGateway", choice, attributes=f'default="{choice}_{leave}"')
            text += flow(entry, drawn[0][1]) + flow(drawn[0][2], drawn[1][1])
            text += flow(drawn[1][2], choice) + flow(choice, leave) + flow(choice, entry, asked)
            return text, entry, leave
        text += node("exclusiveGateway", choice, attributes=f'default="{choice}_{drawn[2][1]}"')
        text += flow(drawn[0][2], choice) + flow(choice, drawn[1][1], asked)
        text += flow(choice, drawn[2][1])
        text += flow(drawn[1][2], leave) + flow(drawn[2][2], leave)
        return text, drawn[0][1], leave


class Maker:
    """Makes random blocks with names of their own."""

    def __init__(self, seed: int) -> None:
        self.chance, self.made = random.Random(seed), 0

    def task(self) -> Block:
        self.made += 1
        return Block("task", f"t{self.made}")

    def block(self, depth: int) -> Block:
        if depth == 0:
            return self.task()
        kind = self.chance.choice(KINDS)
        self.made += 1
        name = f"b{self.made}"
        if kind == "repeat":
            return Block(kind, name, [self.block(depth - 1), self.task()])
        if kind == "either":
            return Block(kind, name, [self.task(), self.block(depth - 1), self.block(depth - 1)])
        return Block(kind, name, [self.block(depth - 1) for _ in range(self.chance.choice((2, 3)))])


class Nobody:
    """A host that nothing is asked of."""

    def now(self) -> datetime:
        return datetime(2026, 3, 2, tzinfo=UTC)

    def take(
        self, element: Element, facts: Mapping[str, Any], item: str | None
    ) -> Mapping[str, Any]:
        raise AssertionError(element.id)

    def step(self, process: str, element: str, facts: Facts, item: str | None) -> Facts:
        raise AssertionError(element)


@pytest.mark.parametrize("seed", range(80))
def test_the_engine_waits_where_the_token_game_waits(seed: int) -> None:
    maker = Maker(seed)
    game = maker.block(depth=3)
    text, entry, leave = game.draw()
    drawn = process(
        node("startEvent", "start"), text, node("endEvent", "end", outcome="done"),
        flow("start", entry), flow(leave, "end"),
    )  # fmt: skip
    bundle = bundle_of({"errand/process.bpmn": drawn}, "errand")
    position = Position.begin(bundle, Nobody(), {})
    second = Game(bundle.diagrams, "errand", Nobody(), {})
    game.enter()
    for step in range(150):
        position = Position.load(bundle, Nobody(), position.save())
        waiting = {each.element.id: each.token for each in position.waiting()}
        assert set(waiting) == game.waiting() == {id_ for _, id_, _ in second.waiting()}, step
        if not waiting:
            break
        name = maker.chance.choice(sorted(waiting))
        answer = maker.chance.choice(("more", "enough", "enough"))
        position.complete(waiting[name], {f"{name}_says": answer})
        game.complete(name, answer)
        second.complete("errand", name, None, {f"{name}_says": answer})
    assert position.ended == (not game.waiting())
