"""Which sequence flows, boundary events and decision rules of the processes were walked.

Walks go on, choosing what was chosen least, until everything was walked or too many were made.
Each step of them has the engine and the token game agree.
"""

import html
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fellesgrep.core.registry import Registry
from fellesgrep.workflow.catalogue import main_processes
from fellesgrep.workflow.dmn import read_table
from tests.workflows.walk import Walk, World

MOST_WALKS, MOST_STEPS = 6_000, 80
AT_RANDOM = 0.5
Thing = tuple[str, str, str]
"""File, kind (sequence flow, boundary event, decision rule), id."""


@dataclass
class Coverage:
    """What there is, and how often it was walked."""

    everything: set[Thing]
    walked: Counter[Thing] = field(default_factory=Counter)
    walks: int = 0
    steps: int = 0

    @property
    def missing(self) -> list[Thing]:
        return sorted(self.everything - set(self.walked))

    @property
    def percent(self) -> float:
        return 100 * (1 - len(self.missing) / max(1, len(self.everything)))


class LeastChosen:
    """Chooses what was chosen least among the same options, or any: by chance, from a seed.

    Always the least chosen would walk in step with itself, and some pairs of answers never meet.
    """

    def __init__(self, seed: int) -> None:
        self.chance, self.times = random.Random(seed), Counter[tuple[tuple[str, ...], str]]()

    def __call__(self, options: Sequence[Any]) -> Any:
        return options[self.index(options)]

    def index(self, options: Sequence[Any]) -> int:
        shown = tuple(map(str, options))
        least = min(self.times[shown, each] for each in shown)
        any_of_them = self.chance.random() < AT_RANDOM
        index: int = self.chance.choice(
            [i for i, e in enumerate(shown) if any_of_them or self.times[shown, e] == least]
        )
        self.times[shown, shown[index]] += 1
        return index


def measure(files: Mapping[str, str], registry: Registry, *, most: int = MOST_WALKS) -> Coverage:
    """Walk until everything was walked, or `most` walks for each process were made."""
    worlds = [World(files, process, registry) for process in main_processes(files)]
    found = Coverage(_of_tables(files) | {each for world in worlds for each in _of_diagrams(world)})
    for world in worlds:
        own = {path: text for path, text in files.items() if path.split("/")[0] in world.graphs}
        wanted = _of_diagrams(world) | _of_tables(own)
        choose = LeastChosen(8)
        for _ in range(most):
            if wanted <= set(found.walked):
                break
            _walk(world, choose, found)
    return found


def _walk(world: World, choose: LeastChosen, found: Coverage) -> None:
    walk = Walk(world, choose)
    found.walks += 1
    for _ in range(MOST_STEPS):
        if walk.ended:
            break
        walk.act(*choose.chance.choice(walk.acts()))
        found.steps += 1
    for process, id_ in walk.game.covered:
        graph = world.graphs[process]
        kind = "boundary event" if id_ in graph.nodes else "sequence flow"
        found.walked[f"{process}/process.bpmn", kind, id_] += 1
    for path, rule in walk.rules:
        found.walked[path, "decision rule", rule] += 1


def _of_diagrams(world: World) -> set[Thing]:
    return {
        (f"{process}/process.bpmn", kind, id_)
        for process, graph in world.graphs.items()
        for kind, ids in (
            ("sequence flow", [flow.id for flow in graph.flows]),
            ("boundary event", list(graph.of_kind("boundaryEvent"))),
        )
        for id_ in ids
    }


def _of_tables(files: Mapping[str, str]) -> set[Thing]:
    return {
        (path, "decision rule", rule)
        for path, text in files.items()
        if path.endswith(".dmn")
        for rule, _ in read_table(text, path).rules
    }


def write(found: Coverage, folder: Path) -> None:
    """Write `workflow-coverage.json` and `.html`."""
    folder.mkdir(parents=True, exist_ok=True)
    things = [
        {"file": file, "kind": kind, "id": id_, "walked": found.walked[file, kind, id_]}
        for file, kind, id_ in sorted(found.everything)
    ]
    said = {"percent": found.percent, "walks": found.walks, "steps": found.steps}
    text = json.dumps(said | {"things": things}, indent=1)
    (folder / "workflow-coverage.json").write_text(text, "utf-8")
    (folder / "workflow-coverage.html").write_text(_page(found, things), "utf-8")


def _page(found: Coverage, things: list[dict[str, Any]]) -> str:
    rows = "".join(
        f"<tr{'' if each['walked'] else ' class=missing'}>"
        + "".join(f"<td>{html.escape(str(value))}</td>" for value in each.values())
        + "</tr>"
        for each in things
    )
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><title>Path coverage</title><style>"
        "body{font:1rem/1.5 system-ui;margin:2rem}td,th{padding:.2rem .8rem;text-align:left}"
        ".missing{background:#fbd5d5}</style>"
        f"<h1>Path coverage of the processes: {found.percent:.1f} %</h1>"
        f"<p>{len(found.everything)} sequence flows, boundary events and decision rules; "
        f"{found.walks} walks of {found.steps} steps, each saved and restored before the next, "
        "the engine and the token game agreeing.</p><table><thead><tr><th>File<th>Kind<th>Id"
        f"<th>Walks</thead><tbody>{rows}</tbody></table></html>"
    )
