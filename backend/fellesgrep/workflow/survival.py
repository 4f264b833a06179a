"""Does a position survive in another version of its process? Compares the two, changes nothing.

SpiffWorkflow's `migrate_workflow` puts new specs into a loaded instance. Our state holds no specs,
only the names of the places, so that an instance is moved by loading it with the other version's
specs: what is to be found out is whether each place is still the same there.
"""

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.util.task import TaskState

from fellesgrep.workflow.catalogue import Bundle
from fellesgrep.workflow.state import OPEN

_NAME, _STATE, _INTERNAL = 2, 3, 5
_HISTORY = "Start"
"""Every level has this place; what lies behind and is drawn no more is remembered as it."""


@dataclass(frozen=True)
class Obstacle:
    """Why an instance cannot move: text `workflow.obstacle.<kind>`."""

    kind: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Level:
    """A process or sub-process that runs: its places, and its drawing before and afterwards."""

    rows: list[list[Any]]
    old: Any
    new: Any


class Survey:
    """A saved position beside another version."""

    def __init__(self, old: Bundle, new: Bundle, state: bytes) -> None:
        self._bundles = old, new
        self._plain = json.loads(zlib.decompress(state))
        self.obstacles: list[Obstacle] = []
        self.timers: list[str] = []
        """Names of the timers that run by another time there."""

        self._levels = list(self._read())
        for level in self._levels:
            self._compare(level)

    def state(self) -> bytes:
        """Return the position as the other version loads it: changed timers are to start anew."""
        for level in self._levels:
            for row in level.rows:
                if not _is_live(level, row) and row[_NAME] not in level.new.task_specs:
                    row[_NAME] = _HISTORY
                if _is_live(level, row) and _timer_differs(level, row[_NAME]):
                    row[_INTERNAL].pop("event_value", None)
        return zlib.compress(json.dumps(self._plain, separators=(",", ":")).encode(), 6)

    def _read(self) -> Iterator[_Level]:
        old, new = self._bundles
        (spec, called), (new_spec, new_called) = old.specs, new.specs
        places: dict[str, tuple[Any, Any]] = {}

        def level(rows: list[list[Any]], before: Any, after: Any) -> _Level:
            for row in rows:
                places[row[0]] = (
                    before.task_specs[row[_NAME]],
                    after.task_specs.get(row[_NAME]),
                )
            return _Level(rows, before, after)

        yield level(self._plain["tasks"], spec, new_spec)
        for sub in self._plain["subs"]:
            before, after = places.get(sub["in"], (None, None))
            name = getattr(before, "spec", None)
            if name is None:
                continue  # its own place did not survive, and says so
            if getattr(after, "spec", None) != name:
                self._tell("other_call", before)
                continue
            yield level(sub["tasks"], called[name], new_called[name])

    def _compare(self, level: _Level) -> None:
        for row in level.rows:
            name = row[_NAME]
            before, after = level.old.task_specs[name], level.new.task_specs.get(name)
            if isinstance(before, BoundaryEventSplit):
                self._compare_edges(level, name.removesuffix(".BoundaryEventSplit"))
            if not _is_live(level, row):
                continue
            if after is None:
                self._tell("gone", before)
            elif type(after) is not type(before) or self._drawn(level, before) != self._drawn(
                level, after, new=True
            ):
                self._tell("other_kind", before)
            else:
                self._compare_place(level, row, before, after)

    def _compare_place(self, level: _Level, row: list[Any], before: Any, after: Any) -> None:
        self._compare_edges(level, before.name)
        if isinstance(before, UnstructuredJoin):
            came = level.rows[row[1]][_NAME]
            if came not in {each.name for each in after.inputs}:
                self._tell("other_way", before)
        definition = getattr(before, "event_definition", None)
        if type(definition) is not type(getattr(after, "event_definition", None)):
            self._tell("other_event", before)
        elif _timer_differs(level, before.name):
            self.timers.append(before.name)

    def _compare_edges(self, level: _Level, name: str) -> None:
        """What is on the edge of a step that has begun must be the same: it began with it."""
        if _on_edge(level.old, name) != _on_edge(level.new, name):
            self._tell("other_edge", level.old.task_specs[name])

    def _drawn(self, level: _Level, spec: Any, *, new: bool = False) -> tuple[Any, ...]:
        bundle = self._bundles[1 if new else 0]
        found = bundle.element((level.new if new else level.old).name, spec.bpmn_id or "")
        return (found.kind, found.item, found.is_job) if found else ()

    def _tell(self, kind: str, spec: Any) -> None:
        found = Obstacle(kind, {"step": spec.bpmn_name or spec.bpmn_id or spec.name})
        if found not in self.obstacles:
            self.obstacles.append(found)


def _is_live(level: _Level, row: list[Any]) -> bool:
    """Tell whether a place is reached and not over, or tells a join of an arrival."""
    arrived = row[_STATE] == TaskState.CANCELLED
    return bool(row[_STATE] & OPEN) or (
        arrived and isinstance(level.old.task_specs[row[_NAME]], UnstructuredJoin)
    )


def _on_edge(spec: Any, name: str) -> set[str] | None:
    split = spec.task_specs.get(f"{name}.BoundaryEventSplit")
    return None if split is None else {each.name for each in split.outputs}


def _timer_differs(level: _Level, name: str) -> bool:
    before = getattr(level.old.task_specs[name], "event_definition", None)
    after = getattr(level.new.task_specs.get(name), "event_definition", None)
    return (
        isinstance(before, TimerEventDefinition)
        and isinstance(after, TimerEventDefinition)
        and before.expression != after.expression
    )
