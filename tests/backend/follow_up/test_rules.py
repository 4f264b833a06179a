import pytest

from fellesgrep.follow_up.rules import Fulfilled, objections


def test_all_is_fulfilled_only_where_nothing_is_open() -> None:
    assert objections(Fulfilled.YES, "", 0) == []
    (problem,) = objections(Fulfilled.YES, "Det gikk bra.", 2)
    assert (problem.pointer, problem.params) == ("/answers/fulfilled", {"smart_count": 2})


@pytest.mark.parametrize("fulfilled", [Fulfilled.PARTLY, Fulfilled.NO])
def test_anything_less_needs_a_reason_whatever_is_open(fulfilled: Fulfilled) -> None:
    assert objections(fulfilled, "Bedriften gikk konkurs.", 2) == []
    for still_open in (0, 2):
        (problem,) = objections(fulfilled, "  ", still_open)
        assert problem.pointer == "/answers/summary"
