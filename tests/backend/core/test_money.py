import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesgrep.core.money import format_ore, parse_kroner, share

ORE = st.integers(min_value=-(10**14), max_value=10**14)


@given(ORE, st.sampled_from(["nb", "nn"]))
def test_what_is_written_can_be_read_again(ore: int, language: str) -> None:
    assert parse_kroner(format_ore(ore, language).replace("\u2212", "-")) == ore


@given(
    st.integers(min_value=0, max_value=10**14),
    st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=30).filter(any),
)
def test_shares_sum_to_the_whole_and_differ_from_the_exact_part_by_less_than_one_ore(
    total: int, weights: list[int]
) -> None:
    parts = share(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < sum(weights)


def test_money_is_written_as_people_read_it() -> None:
    assert format_ore(15_000_000) == "150\u00a0000\u00a0kr"
    assert format_ore(125_050) == "1\u00a0250,50\u00a0kr"
    assert format_ore(15_000_000, "en") == "NOK\u00a0150,000"


@pytest.mark.parametrize("text", ["", "mye", "1,234", "1.2.3", "kr"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"amount|decimals"):
        parse_kroner(text)
