from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesgrep.core.problems import Forbidden
from fellesgrep.decisions.rules import Level, authority, holds

TODAY = date(2026, 3, 2)
LEVELS = list(Level)


@dataclass(frozen=True)
class Held:
    level: str = Level.DIRECTOR
    limit_ore: int | None = None
    valid_from: date = date(2026, 1, 1)
    valid_to: date | None = None


def refused(*held: Held, level: Level = Level.DIRECTOR, amount_ore: int = 100) -> str:
    with pytest.raises(Forbidden) as problem:
        authority(held, level, amount_ore, TODAY)
    return problem.value.key.removeprefix("decisions.problem.")


def test_a_delegation_holds_from_its_first_day_to_its_last() -> None:
    held = Held(valid_from=date(2026, 3, 2), valid_to=date(2026, 3, 2))
    assert [holds(held, date(2026, 3, day)) for day in (1, 2, 3)] == [False, True, False]


def test_who_may_not_decide_reads_why() -> None:
    assert refused() == "no_delegation"
    assert refused(Held(valid_to=date(2026, 3, 1))) == "no_delegation"
    assert refused(Held(valid_from=date(2026, 3, 3))) == "no_delegation"
    assert refused(Held(Level.PROGRAMME_LEADER)) == "level_too_low.director"
    assert refused(Held(limit_ore=99)) == "above_limit"


def test_a_limit_is_reached_by_the_amount_itself() -> None:
    held = Held(limit_ore=100)
    assert authority([held], Level.DIRECTOR, 100, TODAY) is held


def test_of_several_the_lowest_sufficient_level_counts() -> None:
    low, middle, high = Held(Level.PROGRAMME_LEADER), Held(), Held(Level.COMMITTEE)
    assert authority([high, middle, low], Level.DIRECTOR, 100, TODAY) is middle


@given(
    st.lists(
        st.builds(
            Held,
            st.sampled_from(LEVELS),
            st.none() | st.integers(0, 300),
            st.dates(date(2026, 2, 25), date(2026, 3, 8)),
            st.none() | st.dates(date(2026, 2, 25), date(2026, 3, 8)),
        )
    ),
    st.sampled_from(LEVELS),
    st.integers(0, 300),
)
def test_nobody_ever_decides_above_their_delegation(
    held: list[Held], level: Level, amount_ore: int
) -> None:
    try:
        used = authority(held, level, amount_ore, TODAY)
    except Forbidden:
        return
    assert LEVELS.index(Level(used.level)) >= LEVELS.index(level)
    assert used.limit_ore is None or used.limit_ore >= amount_ore
    assert used.valid_from <= TODAY
    assert used.valid_to is None or used.valid_to >= TODAY
