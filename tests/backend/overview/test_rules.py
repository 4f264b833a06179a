from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fellesgrep.overview.rules import Due, end_of_week, grouped, when_due

days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@dataclass(frozen=True)
class Thing:
    due_on: date | None


@given(days, st.integers(-400, 400))
def test_every_deadline_has_one_group_and_groups_follow_each_other(today: date, off: int) -> None:
    due_on = today + timedelta(days=off)
    group = when_due(due_on, today)
    assert (group is Due.LATE) == (off < 0)
    assert (group is Due.TODAY) == (off == 0)
    order = list(Due)
    assert order.index(group) <= order.index(when_due(due_on + timedelta(days=1), today))


@given(days, st.integers(1, 30))
def test_this_week_ends_on_sunday(today: date, off: int) -> None:
    due_on = today + timedelta(days=off)
    same_week = due_on.isocalendar()[:2] == today.isocalendar()[:2]
    assert (when_due(due_on, today) is Due.WEEK) == same_week
    assert end_of_week(today).isoweekday() == 7


@given(days, st.lists(st.none() | days))
def test_nothing_is_lost_and_the_earliest_comes_first(
    today: date, deadlines: list[date | None]
) -> None:
    groups = grouped([Thing(day) for day in deadlines], today)
    shown = [thing.due_on for group in Due for thing in groups[group]]
    assert shown == sorted(deadlines, key=lambda day: day or date.max)


def test_what_has_no_deadline_comes_later() -> None:
    assert when_due(None, date(2026, 3, 2)) is Due.LATER
