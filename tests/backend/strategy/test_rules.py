from hypothesis import given
from hypothesis import strategies as st

from fellesgrep.strategy.rules import CasesOfItem, ItemStatus, coverage, item_status

statuses = st.lists(st.sampled_from(ItemStatus))


def test_the_furthest_case_says_how_far_an_item_has_come() -> None:
    assert item_status(CasesOfItem()) is ItemStatus.PLANNED
    assert item_status(CasesOfItem(cases=1)) is ItemStatus.PLANNED
    assert item_status(CasesOfItem(cases=2, contacted=1)) is ItemStatus.CONTACTED
    assert item_status(CasesOfItem(3, 2, 1)) is ItemStatus.IN_COOPERATION
    assert item_status(CasesOfItem(4, 3, 1, 1)) is ItemStatus.AGREED


@given(statuses)
def test_coverage_counts_each_item_once_and_names_who_was_not_reached(
    found: list[ItemStatus],
) -> None:
    covered = coverage(list(enumerate(found, start=1)))
    assert covered.reached + len(covered.not_reached) == covered.items == len(found)
    assert all(found[number - 1] is ItemStatus.PLANNED for number in covered.not_reached)
    assert covered.agreed <= covered.reached


@given(statuses)
def test_coverage_is_full_only_when_everybody_was_reached(found: list[ItemStatus]) -> None:
    covered = coverage(list(enumerate(found, start=1)))
    assert (covered.percent == 100) == (bool(found) and not covered.not_reached)
