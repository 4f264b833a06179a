"""What must be in place before each party can be bound."""

from typing import Any

import pytest

from fellesgrep.core.clock import MovableClock
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from tests.conftest import World
from tests.workflows.story import Story

TWO_THIRDS: dict[str, Any] = {
    "measure_kind": "alteration",
    "ordinary_management": "no",
    "cost_share_percent": 12,
}
BOARD = TWO_THIRDS | {"ordinary_management": "yes"}
UNSURE = TWO_THIRDS | {"ordinary_management": "unsure"}


@pytest.fixture
def story(house: House, world: World, clock: MovableClock) -> Story:
    return Story(house, world, clock)


def granted(story: Story, **kinds: str) -> Story:
    """Let a case with parties of these kinds get its money."""
    facts = story.recorder.facts
    facts["cases.list_parties"] = {"parties": list(kinds)}
    for party, kind in kinds.items():
        facts[f"cases.describe_party:{party}"] = {"party_kind": kind}
    story.begins().up_to("decide_co_funding")
    return story.completes("decide_co_funding", outcome="approved")


def refuses(story: Story, operation: str, settled: str) -> None:
    story.recorder.facts[operation] = {"party_cleared": "no"}
    story.recorder.facts["cases.settle_clearance"] = {"clearance": settled}


def test_all_parties_are_cleared_at_the_same_time_each_as_its_kind_needs(story: Story) -> None:
    granted(story, laget="housing_cooperative", firmaet="business", gjengen="informal_group")
    waiting = {(task.element, task.item, task.role) for task in story.tasks()}
    assert waiting == {
        ("assess_measure", "laget", "liaison"),
        ("confirm_authority", "firmaet", "liaison"),
        ("name_members", "gjengen", "liaison"),
    }
    story.completes("name_members", item="gjengen").completes("assess_measure", **TWO_THIRDS)
    story.completes("confirm_authority", item="firmaet")
    assert story.waits_for == ["record_meeting"]
    story.completes("record_meeting", meeting_result="adopted")
    assert story.waits_for == ["draft_agreement"]


def test_two_parties_of_one_kind_do_not_mix_up_what_is_known_of_them(story: Story) -> None:
    granted(story, laget="housing_cooperative", sameiet="condominium")
    story.completes("assess_measure", item="sameiet", **TWO_THIRDS)
    story.completes("assess_measure", item="laget", **BOARD)
    waiting = {(task.element, task.item) for task in story.tasks()}
    assert waiting == {("record_meeting", "sameiet"), ("confirm_authority", "laget")}
    references = {each.outputs.get("meeting_reference") for each in story.traces()}
    assert "Eierseksjonsloven § 49 annet ledd bokstav a" in references
    assert "Borettslagsloven § 8-8, jf. § 8-9" in references


@pytest.mark.parametrize(("advice", "next_step"), [
    ("board", "confirm_authority"), ("two_thirds", "record_meeting"),
])  # fmt: skip
def test_where_the_law_gives_no_certain_answer_legal_does(
    story: Story, advice: str, next_step: str
) -> None:
    granted(story, laget="housing_cooperative").completes("assess_measure", **UNSURE)
    assert story.task("advise_meeting_need").role == Role.LEGAL
    story.completes("advise_meeting_need", meeting_need=advice)
    assert story.waits_for == [next_step]


def test_a_municipal_unit_is_committed_without_anybody_doing_anything(story: Story) -> None:
    granted(story, parkvesenet="municipal_unit")
    assert story.waits_for == ["draft_agreement"]
    assert "cases.commit_unit:parkvesenet" in story.recorder.asked


@pytest.mark.parametrize(("kind", "step", "operation"), [
    ("business", "confirm_authority", "cases.confirm_authority"),
    ("informal_group", "name_members", "cases.name_members"),
])  # fmt: skip
def test_a_leading_party_that_cannot_be_bound_ends_the_case(
    story: Story, kind: str, step: str, operation: str
) -> None:
    refuses(story, operation, "none")
    granted(story, parten=kind).completes(step)
    assert (story.outcome, story.waits_for) == ("declined_by_partner", [])


def test_a_meeting_that_says_no_sends_the_others_back_to_their_proposal(story: Story) -> None:
    refuses(story, "cases.record_meeting", "some")
    granted(story, firmaet="business", laget="housing_cooperative")
    story.completes("assess_measure", **TWO_THIRDS).completes("confirm_authority")
    story.completes("record_meeting", meeting_result="rejected")
    assert story.waits_for == ["write_proposal"]
    story.recorder.facts["cases.settle_clearance"] = {"clearance": "all"}
    story.recorder.facts["cases.list_parties"] = {"parties": ["firmaet"]}
    story.up_to("confirm_authority").completes("confirm_authority")
    assert story.waits_for == ["draft_agreement"]


def test_what_a_clearance_found_survives_every_restart(story: Story) -> None:
    granted(story, a="business", b="business", c="business")
    for party in ("b", "c", "a"):
        found: dict[str, Any] = {task.item or "": task.status for task in story.tasks()}
        assert party in found
        story.completes("confirm_authority", item=party)
    assert story.waits_for == ["draft_agreement"]


def test_a_logged_meeting_lets_its_own_party_go_on_and_nobody_else(story: Story) -> None:
    granted(story, laget="housing_cooperative", sameiet="condominium")
    for party in ("laget", "sameiet"):
        story.completes("assess_measure", item=party, **TWO_THIRDS)
    assert not story.hears("meeting_held", item="firmaet", meeting_result="adopted")
    assert story.hears("meeting_held", item="sameiet", meeting_result="adopted")
    assert [(task.element, task.item) for task in story.tasks()] == [("record_meeting", "laget")]
    assert "cases.record_logged_meeting:sameiet" in story.recorder.asked
    assert not story.hears("meeting_held", item="sameiet", meeting_result="adopted")
    story.completes("record_meeting", meeting_result="adopted")
    assert story.waits_for == ["draft_agreement"]
