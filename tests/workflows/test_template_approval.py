"""A new version of a template, and the second pair of eyes on it."""

import pytest

from fellesgrep.core.clock import MovableClock
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from tests.conftest import World
from tests.workflows.story import Story


@pytest.mark.parametrize(("verdict", "outcome", "asked"), [
    ("approved", "in_force", ["contract_templates.review", "contract_templates.put_in_force"]),
    ("rejected", "rejected", ["contract_templates.review"]),
])  # fmt: skip
def test_legal_decides_whether_a_version_is_used(
    house: House,
    world: World,
    clock: MovableClock,
    verdict: str,
    outcome: str,
    asked: list[str],
) -> None:
    story = Story(house, world, clock, process="template_approval")
    story.begins(version_id="v2", proposed_by="jurist")
    assert story.task("review_template").role == Role.LEGAL
    story.completes("review_template", template_verdict=verdict)
    assert (story.outcome, story.recorder.asked) == (outcome, asked)
