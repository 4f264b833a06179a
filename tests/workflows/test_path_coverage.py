"""Every path through every shipped process is walked, and what is not is told."""

import json
from pathlib import Path

from fellesgrep.core.registry import Registry
from fellesgrep.workflow.catalogue import read_folder
from tests.backend.workflow.diagrams import fact, flow, form, node, process
from tests.workflows.coverage import measure, write

BUILD = Path(__file__).parents[2] / "build"


def test_every_flow_boundary_event_and_rule_of_the_shipped_processes_is_walked(
    registry: Registry,
) -> None:
    found = measure(read_folder(), registry)
    write(found, BUILD)
    assert found.missing == []


def test_a_way_that_nobody_can_take_is_told(tmp_path: Path) -> None:
    choice = fact(enum=["left", "right"])
    drawn = process(
        node("startEvent", "start"), node("userTask", "ask"),
        node("exclusiveGateway", "which", attributes='default="which_never"'),
        node("endEvent", "left"), node("endEvent", "right"), node("endEvent", "never"),
        flow("start", "ask"), flow("ask", "which"), flow("which", "never"),
        flow("which", "left", "way == 'left'"), flow("which", "right", "way == 'right'"),
    )  # fmt: skip
    files = {"errand/process.bpmn": drawn, "errand/forms/ask.json": form("way", way=choice)}
    found = measure(files, Registry(), most=20)
    write(found, tmp_path)
    assert found.missing == [("errand/process.bpmn", "sequence flow", "which_never")]
    said = json.loads((tmp_path / "workflow-coverage.json").read_text("utf-8"))
    assert said["percent"] == 80
    assert "class=missing" in (tmp_path / "workflow-coverage.html").read_text("utf-8")
