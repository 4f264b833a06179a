import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fellesgrep.proposals.rules import REQUIRED_TEXTS, fingerprint, gaps, period

WRITTEN = dict.fromkeys(REQUIRED_TEXTS, "Noe")


@dataclass(frozen=True)
class Activity:
    title: str = "Bygge"
    starts_on: date | None = date(2026, 5, 1)
    ends_on: date | None = date(2026, 5, 1)
    responsible: str = "Kommunen"


def pointers(texts: dict[str, str], *activities: Activity) -> list[str]:
    return [problem.pointer for problem in gaps(texts, activities)]


def test_a_complete_proposal_has_no_gaps_even_if_an_activity_takes_one_day() -> None:
    assert pointers(WRITTEN, Activity()) == []


def test_every_text_that_the_agreement_needs_is_asked_for() -> None:
    for name in REQUIRED_TEXTS:
        assert pointers(WRITTEN | {name: " "}, Activity()) == [f"/proposal/{name}"]


def test_an_activity_without_a_name_a_day_or_somebody_responsible_is_pointed_at() -> None:
    assert pointers(WRITTEN) == ["/proposal/activities"]
    assert pointers(WRITTEN, Activity(), Activity("", None, None, "")) == [
        "/proposal/activities/1/title",
        "/proposal/activities/1/responsible",
        "/proposal/activities/1/starts_on",
        "/proposal/activities/1/ends_on",
    ]


def test_nothing_ends_before_it_starts() -> None:
    wrong = Activity(starts_on=date(2026, 5, 2), ends_on=date(2026, 5, 1))
    (problem,) = gaps(WRITTEN, [Activity(), wrong])
    assert problem.pointer == "/proposal/activities/1/ends_on"
    assert problem.params == {"title": "Bygge", "starts_on": date(2026, 5, 2)}


def test_the_time_plan_reaches_from_the_first_start_to_the_last_end() -> None:
    late = Activity(starts_on=date(2026, 4, 1), ends_on=date(2027, 1, 31))
    assert period([Activity(), late]) == (date(2026, 4, 1), date(2027, 1, 31))
    assert period([Activity(starts_on=None, ends_on=None)]) == (None, None)


contents = st.fixed_dictionaries(
    {
        "title": st.text(max_size=8),
        "goals": st.text(max_size=8),
        "lines": st.lists(st.fixed_dictionaries({"amount_ore": st.integers(0, 9)}), max_size=3),
        "contributions": st.lists(
            st.fixed_dictionaries(
                {
                    "party_id": st.sampled_from([None, "a", "b"]),
                    "party": st.text(max_size=4),
                    "amount_ore": st.integers(0, 9),
                }
            ),
            max_size=3,
        ),
    }
)


def without_names(content: dict[str, Any]) -> dict[str, Any]:
    named = [{**each, "party": ""} for each in content["contributions"]]
    return {**content, "contributions": named}


@given(contents, contents)
def test_two_proposals_have_one_fingerprint_only_where_they_say_the_same(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    same = without_names(one) == without_names(other)
    assert (fingerprint(one) == fingerprint(other)) == same


@given(contents)
def test_a_fingerprint_does_not_know_the_order_in_which_a_proposal_is_kept(
    content: dict[str, Any],
) -> None:
    stored = json.loads(json.dumps(dict(reversed(content.items()))))
    assert fingerprint(stored) == fingerprint(content)
