"""When reminders and what needs no hurry may leave: pure rules."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from fellesgrep.core.calendar import is_working_day
from fellesgrep.core.clock import OSLO, end_of_day
from fellesgrep.notifications.policy import (
    LEAST_GAP,
    NoticePolicy,
    PolicyPart,
    allowed_at,
    effective,
    is_allowed,
    next_reminder,
    quiet_fault,
)

DEFAULT = NoticePolicy()
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 8 * 366 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
HOURS = st.integers(0, 23)
POLICIES = (
    st.tuples(HOURS, HOURS, st.booleans(), st.integers(0, 4), st.integers(1, 9))
    .filter(lambda given: (given[1] - given[0]) % 24 <= 20)
    .map(
        lambda given: NoticePolicy(
            quiet_from=given[0],
            quiet_until=given[1],
            working_days_only=given[2],
            at_most=given[3],
            days_between=given[4],
        )
    )
)


def oslo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "leaves"),
    [
        ("2026-03-02T12:00", "2026-03-02T12:00"),  # a Monday at noon
        ("2026-03-02T19:59:59", "2026-03-02T19:59:59"),
        ("2026-03-02T20:00", "2026-03-03T08:00"),
        ("2026-03-03T07:59", "2026-03-03T08:00"),
        ("2026-03-06T21:00", "2026-03-09T08:00"),  # Friday night to Monday
        ("2026-04-02T09:00", "2026-04-07T08:00"),  # Maundy Thursday to the Tuesday after Easter
        ("2026-05-15T23:00", "2026-05-18T08:00"),  # over the 17th of May, a Sunday
        ("2026-03-28T22:00", "2026-03-30T08:00"),  # over the night that lacks an hour
        ("2026-10-24T22:00", "2026-10-26T08:00"),  # over the night that has one twice
    ],
)
def test_what_needs_no_hurry_waits_for_the_next_allowed_hour(at: str, leaves: str) -> None:
    assert allowed_at(oslo(at), DEFAULT) == oslo(leaves)


def test_quiet_hours_can_lie_within_a_day_or_be_none() -> None:
    noon = NoticePolicy(quiet_from=11, quiet_until=13, working_days_only=False)
    assert allowed_at(oslo("2026-03-07T12:30"), noon) == oslo("2026-03-07T13:00")
    none = NoticePolicy(quiet_from=0, quiet_until=0, working_days_only=False)
    assert allowed_at(oslo("2026-03-07T03:30"), none) == oslo("2026-03-07T03:30")


@given(INSTANTS, POLICIES)
def test_the_instant_is_allowed_not_earlier_and_the_first_of_them(
    at: datetime, policy: NoticePolicy
) -> None:
    leaves = allowed_at(at, policy)
    assert leaves >= at
    assert is_allowed(leaves, policy)
    assert allowed_at(leaves, policy) == leaves
    for minutes in range(0, int((leaves - at).total_seconds() // 60), 30):
        assert not is_allowed(at + timedelta(minutes=minutes), policy)


@given(INSTANTS, st.integers(0, 40), st.integers(0, 10), POLICIES)
def test_reminders_come_in_allowed_hours_apart_and_before_the_deadline(
    asked_at: datetime, days: int, before: int, policy: NoticePolicy
) -> None:
    deadline_on = asked_at.astimezone(OSLO).date() + timedelta(days=days)
    sent: list[datetime] = []
    while True:
        planned = next_reminder(
            policy,
            deadline_on=deadline_on,
            days_before=before,
            asked_at=asked_at,
            reminded=len(sent),
            reminded_at=sent[-1] if sent else None,
        )
        if planned is None:
            break
        assert is_allowed(planned, policy)
        assert (sent[-1] if sent else asked_at) + LEAST_GAP <= planned < end_of_day(deadline_on)
        sent.append(planned)
    assert len(sent) <= policy.at_most


def test_the_first_reminder_comes_some_days_before_and_the_next_some_days_later() -> None:
    asked_at = oslo("2026-03-02T12:00")
    deadline_on = date(2026, 3, 20)  # a Friday
    first = next_reminder(DEFAULT, deadline_on=deadline_on, days_before=3, asked_at=asked_at)
    assert first == oslo("2026-03-17T08:00")
    second = next_reminder(
        DEFAULT,
        deadline_on=deadline_on,
        days_before=3,
        asked_at=asked_at,
        reminded=1,
        reminded_at=first,
    )
    assert second == oslo("2026-03-19T08:00")
    chosen = NoticePolicy(remind_days_before=10)
    earlier = next_reminder(chosen, deadline_on=deadline_on, days_before=3, asked_at=asked_at)
    assert earlier == oslo("2026-03-10T08:00")


def test_what_would_come_after_the_deadline_comes_on_the_last_working_day_before() -> None:
    asked_at = oslo("2026-03-23T12:00")
    easter_monday = date(2026, 4, 6)
    planned = next_reminder(DEFAULT, deadline_on=easter_monday, days_before=3, asked_at=asked_at)
    assert planned == oslo("2026-04-01T08:00")
    quiet = NoticePolicy(working_days_only=False)
    planned = next_reminder(quiet, deadline_on=easter_monday, days_before=3, asked_at=asked_at)
    assert planned == oslo("2026-04-03T08:00")


def test_nobody_is_reminded_the_moment_they_are_asked() -> None:
    asked_at = oslo("2026-03-02T12:00")
    assert (
        next_reminder(DEFAULT, deadline_on=date(2026, 3, 2), days_before=0, asked_at=asked_at)
        is None
    )
    again = next_reminder(DEFAULT, deadline_on=date(2026, 3, 4), days_before=3, asked_at=asked_at)
    assert again is not None
    assert again >= asked_at + LEAST_GAP


def test_the_nearest_level_decides_and_each_value_tells_who_did() -> None:
    found = effective(
        [
            ("municipality", PolicyPart(at_most=3, quiet_from=18, quiet_until=9)),
            ("template", PolicyPart(at_most=1)),
            ("agreement", PolicyPart(reach="email_and_sms")),
        ]
    )
    assert found.policy == NoticePolicy(
        at_most=1, quiet_from=18, quiet_until=9, reach="email_and_sms"
    )
    assert found.sources == {
        "remind_days_before": "product",
        "days_between": "product",
        "at_most": "template",
        "quiet_from": "municipality",
        "quiet_until": "municipality",
        "working_days_only": "product",
        "reach": "agreement",
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"at_most": 11},
        {"days_between": 0},
        {"reach": "pigeon"},
        {"sender": "x"},
    ],
)
def test_what_leaves_no_time_or_is_unknown_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        PolicyPart.model_validate(wrong)


def test_quiet_hours_have_an_end_and_leave_four_hours_of_the_day() -> None:
    assert quiet_fault(PolicyPart(quiet_from=20)) == "notifications.problem.quiet_hours_open"
    assert quiet_fault(PolicyPart(quiet_from=8, quiet_until=5)) == (
        "notifications.problem.quiet_hours_long"
    )
    assert quiet_fault(PolicyPart(quiet_from=8, quiet_until=4)) is None
    assert quiet_fault(PolicyPart()) is None


def test_working_days_know_the_movable_feasts() -> None:
    assert not is_working_day(date(2026, 5, 14))  # Ascension Day
    assert not is_working_day(date(2026, 5, 25))  # Whit Monday
    assert is_working_day(date(2026, 12, 24))
