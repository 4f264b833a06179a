import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fellesgrep.core.expressions import ExpressionError, evaluate, names_in

NAMES = {"amount_ore": 40_000_000, "kind": "business", "parties": ["a", "b"]}


def test_conditions_are_evaluated_on_the_given_names_only() -> None:
    assert evaluate("amount_ore > 25000000 and kind in ('business', 'ngo')", NAMES) is True
    assert evaluate("len(parties) + 1", NAMES) == 3
    assert names_in("len(parties) > 1 or kind == 'x'") == {"parties", "kind"}
    with pytest.raises(ExpressionError, match="unknown"):
        evaluate("unknown > 1", NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "kind.__class__",
        "(lambda: 1)()",
        "[x for x in parties]",
        "f'{kind}'",
        "parties[0]",
        "2 ** 100000000",
        "open('x')",
        "kind := 1",
        "b'x'",
        "1 +",
        "",
        "(" * 500,
        "'a' * 10 * 1000000000",
    ],
)
def test_what_is_no_plain_condition_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        evaluate(text, NAMES)


@given(st.text(max_size=200))
@settings(max_examples=300)
def test_any_text_gives_a_value_or_a_refusal(text: str) -> None:
    with contextlib.suppress(ExpressionError):
        evaluate(text, NAMES)
