"""Clarification: the partner confirms what was written down, wants it otherwise, or is silent."""

import pytest

from fellesgrep.core.clock import MovableClock
from fellesgrep.core.tx import House
from tests.conftest import World
from tests.workflows.story import Story


@pytest.fixture
def story(house: House, world: World, clock: MovableClock) -> Story:
    """The liaison has asked the partner to confirm."""
    told = Story(house, world, clock).begins().up_to("clarify_expectations")
    told.recorder.facts["cases.clarify"] = {"confirmation": "asked"}
    return told.completes("clarify_expectations", way="formal")


def test_the_case_waits_for_the_partner_and_goes_on_when_they_confirm(story: Story) -> None:
    assert story.waits_for == ["confirm_expectations"]
    story.completes("confirm_expectations", partner_answer="confirmed")
    assert story.waits_for == ["settle_parties"]


def test_what_the_partner_wants_otherwise_brings_the_clarification_back(story: Story) -> None:
    story.completes("confirm_expectations", partner_answer="commented")
    assert story.waits_for == ["clarify_expectations"]
    story.recorder.facts["cases.clarify"] = {"confirmation": "none"}
    story.completes("clarify_expectations", way="formal")
    assert story.waits_for == ["settle_parties"]


def test_a_partner_who_does_not_answer_in_two_weeks_holds_nothing_up(story: Story) -> None:
    story.time_passes(days=14)
    assert story.waits_for == ["confirm_expectations"]
    story.time_passes(days=2)
    assert story.waits_for == ["settle_parties"]
