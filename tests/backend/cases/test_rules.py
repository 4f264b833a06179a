from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesgrep.cases.models import Outcome, Stage
from fellesgrep.cases.rules import case_number, is_overdue, permitted_acts, stage_bar

START = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


def at(day: int) -> datetime:
    return START + timedelta(days=day)


def walked(*stages: Stage) -> list[tuple[Stage, datetime]]:
    return [(stage, at(day)) for day, stage in enumerate(stages)]


def states(*stages: Stage) -> dict[Stage, str]:
    return {step.stage: step.state for step in stage_bar(walked(*stages))}


def test_the_bar_shows_what_is_done_where_it_stands_and_what_comes() -> None:
    bar = stage_bar(walked(Stage.FIRST_CONTACT, Stage.CLARIFICATION))
    assert [step.state for step in bar] == ["done", "current", *["upcoming"] * 6]
    assert (bar[0].entered_at, bar[0].left_at) == (at(0), at(1))
    assert (bar[1].entered_at, bar[1].left_at) == (at(1), None)


def test_a_case_that_is_sent_back_has_its_later_stages_before_it_again() -> None:
    shown = states(
        Stage.FIRST_CONTACT, Stage.CLARIFICATION, Stage.PROPOSAL, Stage.CO_FUNDING, Stage.PROPOSAL
    )
    assert (shown[Stage.PROPOSAL], shown[Stage.CO_FUNDING]) == ("current", "upcoming")


def test_a_closed_case_says_which_stages_it_never_saw() -> None:
    shown = states(Stage.FIRST_CONTACT, Stage.CLARIFICATION, Stage.CLOSED)
    assert shown[Stage.CLARIFICATION] == "done"
    assert shown[Stage.SIGNING] == "skipped"
    assert shown[Stage.CLOSED] == "current"


@given(st.lists(st.sampled_from(list(Stage)), min_size=1))
def test_the_bar_always_has_every_stage_once_and_one_current(stages: list[Stage]) -> None:
    bar = stage_bar(walked(*stages))
    assert [step.stage for step in bar] == list(Stage)
    assert [step.stage for step in bar if step.state == "current"] == [stages[-1]]


@given(st.integers(0, 3000), st.integers(1, 99_999))
def test_numbers_of_a_year_sort_as_they_were_given(year: int, serial: int) -> None:
    assert case_number(year, serial) < case_number(year, serial + 1) or serial == 99_999


def test_a_deadline_lasts_to_the_end_of_its_day() -> None:
    today = date(2026, 3, 2)
    assert not is_overdue(today, today)
    assert is_overdue(today - timedelta(days=1), today)
    assert not is_overdue(None, today)


@pytest.mark.parametrize("stage", list(Stage))
def test_no_act_is_offered_that_the_policy_refuses(stage: Stage) -> None:
    for on_hold in (False, True):
        assert _acts(stage, on_hold=on_hold, allowed=False) == []


def _acts(
    stage: Stage, *, on_hold: bool = False, outcome: Outcome | None = None, allowed: bool = True
) -> list[str]:
    return permitted_acts(
        stage,
        outcome,
        on_hold=on_hold,
        edit=allowed,
        hand_over=allowed,
        log_engagement=allowed,
    )


def test_a_closed_case_takes_entries_in_its_contact_log_and_may_be_opened_again() -> None:
    def closed(outcome: Outcome) -> list[str]:
        return _acts(Stage.CLOSED, outcome=outcome)

    assert closed(Outcome.COMPLETED) == ["log_engagement"]
    assert closed(Outcome.WITHDRAWN) == ["reopen", "log_engagement"]


def test_where_a_case_stands_decides_what_is_offered() -> None:
    assert _acts(Stage.FOLLOW_UP) == ["edit", "hand_over", "hold", "log_engagement"]
    assert _acts(Stage.FOLLOW_UP, on_hold=True) == ["edit", "hand_over", "resume", "log_engagement"]
    assert "add_party" in _acts(Stage.PROPOSAL)
    assert "add_party" not in _acts(Stage.CO_FUNDING)
    assert "withdraw" in _acts(Stage.SIGNING)
