"""Signing against a deadline: reminders, expiry, recall."""

from typing import Any

import pytest

from fellesgrep.core.clock import MovableClock
from fellesgrep.core.tx import House
from tests.conftest import World
from tests.workflows.story import Story

EXTENDED: dict[str, Any] = {
    "signers": ["ola", "bedrift"],
    "remind_at": "2026-03-27T08:00",
    "expires_on": "2026-03-30",
}


@pytest.fixture
def story(house: House, world: World, clock: MovableClock) -> Story:
    """Three are to sign until 16 March; it is 2 March."""
    return Story(house, world, clock).begins().up_to("sign")


def reminders(story: Story) -> int:
    return story.recorder.asked.count("signing.remind")


def test_those_who_have_not_answered_are_reminded_once_and_go_on_signing(story: Story) -> None:
    story.time_passes(days=10)
    assert reminders(story) == 0
    story.time_passes(days=1)
    assert reminders(story) == 1
    assert len(story.waits_for) == 3
    story.time_passes(days=2)
    for signer in ("kari", "ola", "bedrift"):
        story.completes("sign", item=signer, answer="signed")
    assert (story.waits_for, reminders(story)) == (["countersign"], 1)


def test_nobody_is_reminded_once_all_have_signed(story: Story) -> None:
    for signer in ("kari", "ola", "bedrift"):
        story.completes("sign", item=signer, answer="signed")
    story.time_passes(days=40)
    assert (story.waits_for, reminders(story)) == (["countersign"], 0)


def test_when_the_deadline_passes_the_liaison_may_extend_it_for_those_who_are_missing(
    story: Story,
) -> None:
    story.completes("sign", item="kari", answer="signed").time_passes(days=15)
    assert story.waits_for == ["decide_after_deadline"]
    story.recorder.facts["signing.after_deadline"] = EXTENDED
    story.completes("decide_after_deadline", after_deadline="extend")
    assert [task.item for task in story.tasks()] == ["ola", "bedrift"]
    story.time_passes(days=12)
    assert reminders(story) == 2
    story.completes("sign", item="ola", answer="signed")
    story.completes("sign", item="bedrift", answer="signed")
    assert story.waits_for == ["countersign"]


def test_a_deadline_can_pass_again_and_again(story: Story) -> None:
    story.time_passes(days=15)
    for expires_on in ("2026-03-30", "2026-04-15"):
        story.recorder.facts["signing.after_deadline"] = EXTENDED | {"expires_on": expires_on}
        story.completes("decide_after_deadline", after_deadline="extend")
        assert story.waits_for == ["sign", "sign"]
        story.time_passes(days=20)
        assert story.waits_for == ["decide_after_deadline"]


def test_what_was_not_signed_in_time_can_end_there(story: Story) -> None:
    story.time_passes(days=15)
    story.recorder.facts["signing.after_deadline"] = {"signing_result": "expired"}
    story.completes("decide_after_deadline", after_deadline="end")
    assert (story.outcome, story.waits_for) == ("not_signed", [])


def test_an_agreement_that_is_recalled_is_written_anew_and_signed_by_all(story: Story) -> None:
    story.completes("sign", item="kari", answer="signed")
    assert story.hears("signing_recalled")
    assert "signing.recall" in story.recorder.asked
    assert story.waits_for == ["draft_agreement"]
    story.up_to("sign")
    assert len(story.waits_for) == 3


def test_nothing_can_be_recalled_once_all_have_signed(story: Story) -> None:
    story.up_to("countersign")
    assert not story.hears("signing_recalled")
    assert story.waits_for == ["countersign"]


def test_somebody_may_decline_after_a_reminder(story: Story) -> None:
    story.time_passes(days=11).completes("sign", item="ola", answer="declined")
    assert (story.outcome, story.waits_for) == ("declined_by_partner", [])
