from dataclasses import dataclass
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from fellesgrep.core.ids import new_id
from fellesgrep.funding.rules import (
    MAX_AMOUNT_ORE,
    ContributionKind,
    by_party,
    imbalance,
    strangers,
    totals,
    unnamed,
)

COOPERATIVE, BUSINESS = new_id(), new_id()


@dataclass(frozen=True)
class Line:
    amount_ore: int
    description: str = "Benker"


@dataclass(frozen=True)
class Brought:
    party_id: UUID | None
    kind: str
    amount_ore: int
    description: str = "Dugnad"


amounts = st.integers(0, MAX_AMOUNT_ORE)
lines = st.lists(st.builds(Line, amounts), max_size=20)
contributions = st.lists(
    st.builds(
        Brought,
        st.sampled_from([None, COOPERATIVE, BUSINESS]),
        st.sampled_from(list(ContributionKind)),
        amounts,
    ),
    max_size=20,
)


@given(lines, contributions)
def test_what_is_missing_makes_a_plan_balance_to_the_ore_when_somebody_brings_it(
    costs: list[Line], brought: list[Brought]
) -> None:
    sums = totals(costs, brought)
    if sums.missing_ore >= 0:
        mended = totals(costs, [*brought, Brought(BUSINESS, "cash", sums.missing_ore)])
    else:
        mended = totals([*costs, Line(-sums.missing_ore)], brought)
    assert mended.balanced
    assert imbalance(mended, at="") == []


@given(lines, contributions)
def test_a_plan_is_refused_exactly_when_it_does_not_balance(
    costs: list[Line], brought: list[Brought]
) -> None:
    paid, cost = sum(each.amount_ore for each in brought), sum(line.amount_ore for line in costs)
    found = imbalance(totals(costs, brought), at="/funding_plan")
    assert bool(found) == (paid != cost)
    for problem in found:
        assert problem.params["difference_ore"] == abs(cost - paid)
        assert problem.key.endswith("missing" if paid < cost else "too_much")


@given(contributions)
def test_the_shares_of_all_parties_are_everything_that_is_brought(brought: list[Brought]) -> None:
    shares = by_party(brought)
    assert sum(share.cash_ore + share.in_kind_ore for share in shares) == sum(
        each.amount_ore for each in brought
    )
    assert len({share.party_id for share in shares}) == len(shares)
    municipality = sum(share.cash_ore for share in shares if share.party_id is None)
    assert totals([], brought).municipality_cash_ore == municipality


def test_a_contribution_of_somebody_who_is_no_party_is_named_by_its_place() -> None:
    brought = [
        Brought(None, "cash", 1),
        Brought(COOPERATIVE, "cash", 1),
        Brought(BUSINESS, "cash", 1),
    ]
    found = strangers(brought, frozenset({COOPERATIVE}), at="/funding_plan")
    assert [problem.pointer for problem in found] == ["/funding_plan/contributions/2/party_id"]


def test_every_row_says_what_it_is() -> None:
    found = unnamed([Line(1), Line(1, " ")], [Brought(None, "cash", 1, "")], at="")
    assert [problem.pointer for problem in found] == [
        "/lines/1/description",
        "/contributions/0/description",
    ]
