"""The cooperation process as people live through it."""

import pytest

from fellesgrep.core.clock import MovableClock
from fellesgrep.core.tx import House
from tests.conftest import World
from tests.workflows.story import Story


@pytest.fixture
def story(house: House, world: World, clock: MovableClock) -> Story:
    return Story(house, world, clock).begins()


def test_a_case_walks_from_first_contact_to_a_sealed_agreement_and_its_end(story: Story) -> None:
    assert story.waits_for == ["log_first_contact"]
    story.completes("log_first_contact", next_step="clarify")
    story.completes("clarify_expectations", way="formal")
    story.completes("settle_parties")
    story.completes("write_proposal")
    story.completes("decide_co_funding", outcome="approved", reasons="Godt tiltak.")
    story.completes("confirm_authority", authority="yes")
    story.completes("draft_agreement")
    story.completes("approve_agreement", verdict="approved")
    story.completes("set_up_signing")
    assert story.waits_for == []
    story.worker_works()
    assert [task.item for task in story.tasks()] == ["kari", "ola", "bedrift"]
    for signer in ("ola", "kari", "bedrift"):
        story.completes("sign", item=signer, answer="signed")
    story.completes("countersign")
    story.worker_works()
    story.completes("conclude_cooperation", fulfilled="yes")
    assert story.waits_for == []
    assert story.told.outcomes == ["completed"]
    assert story.told.stages == [
        "first_contact", "clarification", "proposal", "co_funding", "agreement", "signing",
        "follow_up",
    ]  # fmt: skip
    assert story.recorder.asked == [
        "cases.log_first_contact",
        "cases.clarify",
        "cases.settle_parties",
        "proposals.submit",
        "decisions.decide",
        "cases.list_parties",
        "cases.describe_party:bedriften",
        "cases.confirm_authority:bedriften",
        "cases.settle_clearance",
        "agreements.submit_draft",
        "agreements.review",
        "signing.send_out",
        "agreements.freeze",
        "signing.issue",
        "signing.record:ola",
        "signing.record:kari",
        "signing.record:bedrift",
        "signing.countersign",
        "signing.seal",
        "follow_up.start",
        "follow_up.plan_reminder",
        "follow_up.conclude",
    ]


def test_a_contact_that_leads_nowhere_ends_the_case(story: Story) -> None:
    story.completes("log_first_contact", next_step="close")
    assert (story.outcome, story.waits_for) == ("not_pursued", [])


def test_an_informal_cooperation_is_a_proper_end(story: Story) -> None:
    story.up_to("clarify_expectations").completes("clarify_expectations", way="informal")
    story.completes("settle_parties")
    assert (story.outcome, story.waits_for) == ("informal_cooperation", [])


def test_a_letter_of_cooperation_is_a_proper_end(story: Story) -> None:
    story.up_to("clarify_expectations").completes("clarify_expectations", way="letter")
    story.completes("settle_parties").completes("send_letter", letter="Vi møtes hver måned.")
    assert (story.outcome, story.waits_for) == ("letter_of_cooperation", [])


def test_a_returned_proposal_goes_back_to_those_who_wrote_it_as_often_as_needed(
    story: Story,
) -> None:
    for _ in range(3):
        story.up_to("decide_co_funding").completes("decide_co_funding", outcome="returned")
        assert story.waits_for == ["write_proposal"]
    story.completes("write_proposal").completes("decide_co_funding", outcome="approved")
    assert story.waits_for == ["confirm_authority"]
    assert story.told.stages.count("proposal") == 4


def test_a_rejected_proposal_ends_the_case(story: Story) -> None:
    story.up_to("decide_co_funding").completes("decide_co_funding", outcome="rejected")
    assert (story.outcome, story.waits_for) == ("declined_by_municipality", [])


def test_legal_sends_a_draft_back(story: Story) -> None:
    story.up_to("approve_agreement").completes("approve_agreement", verdict="returned")
    assert story.waits_for == ["draft_agreement"]


def test_an_agreement_that_follows_its_template_needs_no_approval_of_its_own(story: Story) -> None:
    story.recorder.facts["agreements.submit_draft"] = {"departs": "no"}
    story.up_to("draft_agreement").completes("draft_agreement")
    assert story.waits_for == ["set_up_signing"]
    assert "agreements.accept_standard" in story.recorder.asked


def test_one_who_declines_ends_the_signing_for_everybody(story: Story) -> None:
    story.up_to("sign").completes("sign", item="kari", answer="signed")
    story.completes("sign", item="bedrift", answer="declined")
    assert (story.outcome, story.waits_for) == ("declined_by_partner", [])


def test_a_signing_task_is_due_on_the_deadline_and_others_after_their_days(story: Story) -> None:
    assert str(story.task("log_first_contact").due_on) == "2026-03-09"
    story.up_to("set_up_signing").completes("set_up_signing", deadline_on="2026-04-01")
    story.worker_works()
    assert {str(task.due_on) for task in story.tasks()} == {"2026-04-01"}


def test_promises_are_reminded_of_once_before_they_are_due(story: Story) -> None:
    story.up_to("conclude_cooperation").time_passes(days=45)
    assert "follow_up.remind" not in story.recorder.asked
    story.time_passes(days=1)
    story.time_passes(days=100)
    assert story.recorder.asked.count("follow_up.remind") == 1
    story.completes("conclude_cooperation", fulfilled="yes")
    assert story.outcome == "completed"
