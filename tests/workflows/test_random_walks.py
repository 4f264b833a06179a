"""Random walks through every shipped process, saved and restored at every step.

The engine must wait, hear, fire and end where the token game does: with people who answer
anything, deadlines that pass, partners who decline, and proposals that come back.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from fellesgrep.app import make_registry
from fellesgrep.settings import Settings
from fellesgrep.workflow.catalogue import main_processes, read_folder
from tests.workflows.coverage import LeastChosen
from tests.workflows.walk import Walk, World

MADE, KEPT = 300, 8
PROCESSES = main_processes(read_folder())


@cache
def world(process: str) -> World:
    return World(read_folder(), process, make_registry(Settings()))


@dataclass
class Led:
    """A walk that was made: which option was chosen each time, and how many after each step."""

    chance: LeastChosen
    choices: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)
    outcome: str | None = None

    def __call__(self, options: Sequence[Any]) -> Any:
        index = self.chance.index(options)
        self.choices.append(index)
        return options[index]


@cache
def long_walks(process: str) -> Mapping[str | None, list[Led]]:
    """Return the longest of some walks by how they ended: None where they went round and round."""
    made, chance = [], LeastChosen(3)
    for _ in range(MADE):
        led = Led(chance)
        walk = Walk(world(process), led)
        led.after.append(len(led.choices))
        while not walk.ended and len(led.after) < 40:
            walk.act(*led(walk.acts()))
            led.after.append(len(led.choices))
        led.outcome = walk.outcome
        made.append(led)
    found: dict[str | None, list[Led]] = defaultdict(list)
    for led in sorted(made, key=lambda each: -len(each.after)):
        found[led.outcome] += [led] if len(found[led.outcome]) < KEPT else []
    return found


def outcomes(process: str) -> set[str]:
    """Return every way to end that is drawn."""
    elements = world(process).bundle.elements[process].values()
    return {each.properties["outcome"] for each in elements if "outcome" in each.properties}


class Walker(RuleBasedStateMachine):
    """Somebody who does anything that can be done next."""

    process: str
    reached: set[str | None]

    def __init__(self) -> None:
        super().__init__()
        self.walk: Walk | None = None
        self.data: Any = None
        self.led: Iterator[int] = iter(())

    def choose(self, options: Any) -> Any:
        following = next(self.led, None)
        if following is not None:
            return options[following]
        return self.data.draw(st.sampled_from(list(options)))

    @initialize(data=st.data())
    def begin(self, data: Any) -> None:
        """Begin anywhere on the way of a long walk, often near its end.

        Few random walks would get far by chance, and fewer still to a kept promise.
        """
        self.data = data
        known = long_walks(self.process)
        led = data.draw(st.sampled_from(known[data.draw(st.sampled_from(sorted(known, key=str)))]))
        last = len(led.after) - 1
        near = st.integers(max(0, last - 2), last)
        steps = data.draw(st.one_of(st.integers(0, last), near))
        self.led = iter(led.choices[: led.after[steps]])
        self.walk = Walk(world(self.process), self.choose)
        for _ in range(steps):
            self.walk.act(*self.choose(self.walk.acts()))

    def can(self, what: str) -> bool:
        return self.walk is not None and what in {act for act, _ in self.walk.acts()}

    def do(self, what: str, data: Any) -> None:
        assert self.walk is not None
        self.data = data
        self.walk.act(*self.choose([act for act in self.walk.acts() if act[0] == what]))

    def teardown(self) -> None:
        if self.walk is not None and self.walk.ended:
            self.reached.add(self.walk.outcome)

    @precondition(lambda self: self.can("complete"))
    @rule(data=st.data())
    def somebody_completes_a_step(self, data: Any) -> None:
        self.do("complete", data)

    @precondition(lambda self: self.can("wait"))
    @rule(data=st.data())
    def time_passes(self, data: Any) -> None:
        self.do("wait", data)

    @precondition(lambda self: self.can("hear"))
    @rule(data=st.data())
    def a_message_comes(self, data: Any) -> None:
        self.do("hear", data)

    @precondition(lambda self: self.walk is not None and self.walk.ended)
    @rule()
    def nothing_waits_any_more(self) -> None:
        assert self.walk is not None
        assert (self.walk.position.waiting(), self.walk.position.next_due()) == ([], None)
        assert self.walk.outcome == self.walk.game.outcome


@pytest.mark.parametrize("process", PROCESSES)
def test_the_engine_goes_where_the_token_game_goes_to_every_end(process: str) -> None:
    reached: set[str | None] = set()
    walker = type("WalkerOf", (Walker,), {"process": process, "reached": reached})
    few = settings(
        max_examples=80, stateful_step_count=60, deadline=None, derandomize=True, database=None
    )
    run_state_machine_as_test(walker, settings=few)
    assert reached == outcomes(process), "some way to end was never walked to"
