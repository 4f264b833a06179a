"""The worked examples of the documentation still fit, and touch the files that they say."""

import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from fellesgrep.core.registry import Registry
from fellesgrep.workflow.catalogue import SHIPPED, main_processes, read_folder
from fellesgrep.workflow.check import check_all
from fellesgrep.workflow.dmn import read_table
from tests.workflows.walk import Walk, World

ROOT = SHIPPED.parent
DOCS = ROOT / "docs"
EXAMPLES = ["add-a-step", "add-a-decision-rule", "add-a-process"]


def applied(example: str, folder: Path) -> dict[str, str]:
    """Return the process files as they are after an example."""
    for part in ("workflows", "tests/workflows"):
        shutil.copytree(ROOT / part, folder / part)
    diff = DOCS / "examples" / f"{example}.diff"
    subprocess.run(["git", "apply", str(diff)], cwd=folder, check=True)
    return read_folder(folder / "workflows")


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_applies_passes_the_check_and_touches_what_it_says(
    example: str, registry: Registry, tmp_path: Path
) -> None:
    assert [str(each) for each in check_all(registry, applied(example, tmp_path))] == []
    diff = (DOCS / "examples" / f"{example}.diff").read_text("utf-8")
    touched = re.findall(r"^\+\+\+ b/(.+)$", diff, re.MULTILINE)
    (said,) = re.findall(
        rf"\(examples/{example}\.diff\)\n\n(.+?)\n\n",
        (DOCS / "workflows.md").read_text("utf-8"),
        re.DOTALL,
    )
    assert sorted(touched) == sorted(re.findall(r"^\| `([^`]+)` \|", said, re.MULTILINE))


def test_the_added_step_is_come_to(registry: Registry, tmp_path: Path) -> None:
    world = World(applied("add-a-step", tmp_path), "cooperation", registry)
    chance = random.Random(1)
    for _ in range(20):
        walk = Walk(world, chance.choice)
        while not walk.ended and len(walk.done) < 20:
            if ("clarification", "agree_on_contact", None) in walk.game.waiting():
                return
            walk.act(*chance.choice(walk.acts()))
    raise AssertionError("nobody came to the new step")


def test_the_added_rule_hits(tmp_path: Path) -> None:
    text = applied("add-a-decision-rule", tmp_path)["signing/reminder_plan.dmn"]
    hit = read_table(text).decide({"reminder_about": "signing", "days_left": 31})
    assert hit is not None
    assert (hit.rule_id, hit.outputs["remind_days_before"]) == (
        "reminder_plan_signing_very_long",
        7,
    )


def test_the_added_process_runs_to_its_end(registry: Registry, tmp_path: Path) -> None:
    files = applied("add-a-process", tmp_path)
    assert "area_visit" in main_processes(files)
    walk = Walk(World(files, "area_visit", registry), random.Random(1).choice)
    walk.act("complete", ("area_visit", "write_up_visit", None))
    assert walk.outcome == "written_up"
