"""Statements of municipal units before the decision."""

import pytest

from fellesgrep.core.clock import MovableClock
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from tests.conftest import World
from tests.workflows.story import FACTS, Story


@pytest.fixture
def story(house: House, world: World, clock: MovableClock) -> Story:
    """Two units are asked until 16 March; it is 2 March."""
    told = Story(house, world, clock)
    usual = FACTS["proposals.submit"]
    assert isinstance(usual, dict)
    told.recorder.facts["proposals.submit"] = usual | {"statements_wanted": "yes"}
    told.begins().up_to("write_proposal").completes("write_proposal", wants_statements=True)
    assert told.waits_for == ["ask_for_statements"]
    return told.completes("ask_for_statements", people=[], statements_due_on="2026-03-16")


def asked(story: Story, operation: str) -> int:
    return story.recorder.asked.count(operation)


def test_units_give_their_statements_at_the_same_time_and_the_case_goes_on(story: Story) -> None:
    assert [(t.item, t.role) for t in story.tasks()] == [
        ("plan", Role.MUNICIPAL_UNIT),
        ("park", Role.MUNICIPAL_UNIT),
    ]
    assert {str(task.due_on) for task in story.tasks()} == {"2026-03-16"}
    story.completes("give_statement", item="park", position="conditions")
    assert [task.item for task in story.tasks()] == ["plan"]
    story.completes("give_statement", item="plan", position="support")
    assert story.waits_for == ["decide_co_funding"]
    story.time_passes(days=30)
    assert asked(story, "proposals.remind_units") == 0


def test_a_unit_is_reminded_and_may_still_answer(story: Story) -> None:
    story.time_passes(days=12)
    assert asked(story, "proposals.remind_units") == 1
    assert len(story.waits_for) == 2
    story.completes("give_statement", item="plan").completes("give_statement", item="park")
    assert story.waits_for == ["decide_co_funding"]


def test_after_the_deadline_the_case_goes_on_without_and_the_programme_leader_is_told(
    story: Story,
) -> None:
    story.completes("give_statement", item="plan").time_passes(days=15)
    assert story.waits_for == ["decide_co_funding"]
    assert asked(story, "proposals.escalate_statements") == 1
    assert story.recorder.knew["proposals.escalate_statements"]["statements"] == ["plan", "park"]


def test_a_proposal_that_is_returned_can_be_sent_to_units_again(story: Story) -> None:
    story.completes("give_statement", item="plan").completes("give_statement", item="park")
    story.completes("decide_co_funding", outcome="returned")
    story.completes("write_proposal")
    story.completes("ask_for_statements", people=[], statements_due_on="2026-03-20")
    assert [task.item for task in story.tasks()] == ["plan", "park"]


def test_where_nobody_is_asked_the_case_goes_on_at_once(story: Story) -> None:
    for unit in ("plan", "park"):
        story.completes("give_statement", item=unit)
    story.completes("decide_co_funding", outcome="returned").completes("write_proposal")
    usual = FACTS["proposals.ask_units"]
    assert isinstance(usual, dict)
    story.recorder.facts["proposals.ask_units"] = usual | {"statements": []}
    story.completes("ask_for_statements", people=[], statements_due_on="2026-03-20")
    assert story.waits_for == ["decide_co_funding"]
