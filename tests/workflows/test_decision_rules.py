"""The decision tables: what they say, from which day, and what a case keeps of it."""

from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest

from fellesgrep.core.clock import MovableClock
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from fellesgrep.partners.models import PartnerKind
from fellesgrep.workflow.catalogue import read_folder
from fellesgrep.workflow.dmn import Hit, read_table
from tests.conftest import World
from tests.workflows.story import Story

COOPERATIVE, CONDOMINIUM = "housing_cooperative", "condominium"
MEASURES = ("alteration", "purchase_or_sale", "lease", "right", "loan", "character", "other")


def ask(path: str, **facts: Any) -> Hit:
    hit = read_table(read_folder()[path], path).decide(facts)
    assert hit is not None
    return hit


def meeting(party: str, measure: str, ordinary: str, percent: float) -> Hit:
    return ask(
        "party_clearance/general_meeting.dmn",
        party_kind=party,
        measure_kind=measure,
        ordinary_management=ordinary,
        cost_share_percent=percent,
    )


@pytest.fixture
def story(house: House, world: World, clock: MovableClock) -> Story:
    return Story(house, world, clock)


def decided(story: Story, amount_ore: int, lead_kind: str) -> Any:
    story.recorder.facts["proposals.submit"] = {
        "amount_ore": amount_ore,
        "total_ore": amount_ore,
        "lead_kind": lead_kind,
        "statements_wanted": "no",
    }
    story.begins().up_to("decide_co_funding")
    (trace,) = story.traces()
    return trace


@pytest.mark.parametrize(
    ("amount_ore", "lead_kind", "level", "words"),
    [
        (25_000_000, "condominium", "programme_leader", "inntil 250 000 kroner"),
        (25_000_000, "business", "director", "offentlig støtte"),
        (25_000_001, "condominium", "director", "inntil 2 000 000 kroner"),
        (200_000_000, "external_investor", "director", "inntil 2 000 000 kroner"),
        (200_000_001, "business", "committee", "vedtas av utvalget"),
    ],
)
def test_amount_and_kind_tell_who_decides_and_the_trace_says_why(
    story: Story, amount_ore: int, lead_kind: str, level: str, words: str
) -> None:
    trace = decided(story, amount_ore, lead_kind)
    assert trace.inputs == {"amount_ore": amount_ore, "lead_kind": lead_kind}
    assert trace.outputs["decision_level"] == level
    assert "Delegeringsreglementet" in trace.outputs["legal_reference"]
    assert words in trace.annotation
    assert trace.table.valid_from == date(2026, 1, 1)
    assert story.task("decide_co_funding").assignee_id == story.people[Role.DECISION_MAKER]


def test_a_table_binds_from_its_day_and_the_one_before_until_then(
    story: Story, clock: MovableClock
) -> None:
    clock.at = datetime(2025, 12, 31, 22, 59, tzinfo=UTC)
    trace = decided(story, 25_000_000, "business")
    assert trace.outputs["decision_level"] == "programme_leader"
    assert trace.inputs == {"amount_ore": 25_000_000}
    assert trace.table.valid_from == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("party", "measure", "ordinary", "percent", "need", "reference"),
    [
        (COOPERATIVE, "alteration", "yes", 40, "board", "§ 8-8"),
        (COOPERATIVE, "alteration", "no", 1, "two_thirds", "§ 8-9 nr. 1"),
        (COOPERATIVE, "purchase_or_sale", "yes", 0, "two_thirds", "§ 8-9 nr. 3"),
        (COOPERATIVE, "loan", "no", 0, "two_thirds", "§ 8-9 nr. 4"),
        (COOPERATIVE, "lease", "no", 0, "two_thirds", "§ 8-9 nr. 5"),
        (COOPERATIVE, "other", "no", 5, "board", "§ 8-9 nr. 6"),
        (COOPERATIVE, "other", "no", 5.1, "two_thirds", "§ 8-9 nr. 6"),
        (COOPERATIVE, "character", "no", 50, "ask_legal", "§ 8-9"),
        (CONDOMINIUM, "other", "yes", 40, "board", "§§ 57 og 58"),
        (CONDOMINIUM, "alteration", "no", 1, "two_thirds", "§ 49 annet ledd bokstav a"),
        (CONDOMINIUM, "lease", "no", 0, "two_thirds", "§ 49 annet ledd bokstav c"),
        (CONDOMINIUM, "other", "no", 5, "simple_majority", "§ 49 første ledd"),
        (CONDOMINIUM, "other", "no", 5.1, "two_thirds", "§ 50"),
        (CONDOMINIUM, "character", "no", 0, "all", "§ 51"),
        (CONDOMINIUM, "loan", "no", 0, "ask_legal", "§§ 49–51"),
        (CONDOMINIUM, "right", "unsure", 0, "ask_legal", "§§ 49 og 50"),
    ],
)
def test_law_tells_who_in_a_cooperative_or_condominium_must_say_yes(
    party: str, measure: str, ordinary: str, percent: float, need: str, reference: str
) -> None:
    hit = meeting(party, measure, ordinary, percent)
    assert hit.outputs["meeting_need"] == need
    assert reference in hit.outputs["meeting_reference"]


def test_every_combination_of_a_general_meeting_has_a_rule_and_every_rule_its_combination() -> None:
    table = read_table(read_folder()["party_clearance/general_meeting.dmn"])
    hit = {
        meeting(*asked).rule_id
        for asked in product(
            (COOPERATIVE, CONDOMINIUM), MEASURES, ("yes", "no", "unsure"), (0, 5, 5.1)
        )
    }
    assert hit == {rule for rule, _ in table.rules}


@pytest.mark.parametrize("kind", PartnerKind)
@pytest.mark.parametrize("amount_ore", [0, 200_000_000, 200_000_001])
def test_every_kind_of_party_has_a_way_to_sign(kind: PartnerKind, amount_ore: int) -> None:
    hit = ask("party_clearance/signature_policy.dmn", amount_ore=amount_ore, party_kind=kind.value)
    assert hit.outputs["signature_method"] == "email_confirmation"


@pytest.mark.parametrize(
    ("about", "days_left", "before"),
    [("signing", 7, 0), ("signing", 8, 3), ("statement", 7, 0), ("statement", 14, 2)],
)
def test_a_short_deadline_is_reminded_of_on_its_day_a_long_one_before(
    about: str, days_left: int, before: int
) -> None:
    hit = ask("signing/reminder_plan.dmn", reminder_about=about, days_left=days_left)
    assert hit.outputs == {"remind_days_before": before, "expires_days_after": 0}
