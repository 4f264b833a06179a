"""How a proposal is set out: bars that fit, shares that add up, changes in their places."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from fellesgrep.proposals.reading_setting import sections, time_plan, unpaid, who_pays

DAYS = st.none() | st.dates(date(2026, 1, 1), date(2030, 12, 31)).map(date.isoformat)
PARTIES = [None, str(UUID(int=1)), str(UUID(int=2))]
ACTIVITIES = st.lists(
    st.fixed_dictionaries(
        {
            "title": st.just("Bygge"),
            "starts_on": DAYS,
            "ends_on": DAYS,
            "responsible": st.sampled_from(["", "Kommunen"]),
        }
    ),
    max_size=5,
)
AMOUNTS = st.integers(0, 10**13)
MONEY = st.fixed_dictionaries(
    {
        "lines": st.lists(st.fixed_dictionaries({"amount_ore": AMOUNTS}), max_size=4),
        "contributions": st.lists(
            st.fixed_dictionaries(
                {
                    "party_id": st.sampled_from(PARTIES),
                    "party": st.just("Noen"),
                    "kind": st.sampled_from(["cash", "in_kind"]),
                    "amount_ore": AMOUNTS,
                }
            ),
            max_size=6,
        ),
    }
)
CONTENT: dict[str, Any] = {
    "title": "Gårdsrom",
    "background": "",
    "goals": "Et gårdsrom.\n\nFor alle.",
    "target_groups": "",
    "results": "Benker.",
    "maintenance": "",
    "activities": [],
    "lines": [{"description": "Benker", "category": "equipment", "amount_ore": 100_00}],
    "contributions": [],
}


@given(ACTIVITIES)
def test_every_bar_of_the_time_plan_lies_on_the_line(activities: list[dict[str, Any]]) -> None:
    plan = time_plan({"activities": activities}, "nb")
    assert len(plan) in {0, len(activities)}
    for each in plan:
        assert each.starts_at >= 0
        assert each.starts_at + each.lasts <= 100


@given(MONEY)
def test_shares_fit_into_the_budget_and_nothing_is_lost(content: dict[str, Any]) -> None:
    shares = who_pays(content, uuid4())
    assert sum(each.cash + each.in_kind for each in shares) <= 100
    brought = sum(each["amount_ore"] for each in content["contributions"])
    assert sum(each.share.cash_ore + each.share.in_kind_ore for each in shares) == brought
    assert (unpaid(content) == 0) == (brought >= sum(e["amount_ore"] for e in content["lines"]))


def test_only_what_reads_otherwise_is_marked_and_empty_sections_are_left_out() -> None:
    after = CONTENT | {"goals": "Et gårdsrom.\n\nFor barn.", "title": "Nytt gårdsrom"}
    shown = sections(after, CONTENT, "nb")
    assert [each.name for each in shown] == ["title", "goals", "results", "lines"]
    assert [each.name for each in shown if each.change] == ["title", "goals"]
    assert "<p>Et gårdsrom.</p>" in shown[1].change
    assert [each.name for each in sections(CONTENT, None, "nb")] == ["goals", "results", "lines"]


def test_a_section_that_was_taken_out_is_still_shown_as_gone() -> None:
    (gone,) = [each for each in sections(CONTENT | {"results": ""}, CONTENT, "nb") if each.change]
    assert gone.name == "results"
    assert "<del>Benker.</del>" in gone.change
