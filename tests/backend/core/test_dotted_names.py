"""`case.number` in an expression is a key of a mapping, never an attribute of an object."""

import pytest

from fellesgrep.core.expressions import ExpressionError, evaluate, look_up, names_in

CASE = {"case": {"number": "2026-00001", "area": {"name": "Furulia"}}, "parties": [1, 2]}


def test_dotted_names_are_looked_up_through_nested_mappings() -> None:
    assert evaluate("case.area.name == 'Furulia' and len(parties) > 1", CASE) is True
    assert names_in("case.area.name + max(parties, 1)") == {"case.area.name", "parties"}
    assert look_up(CASE, "case.number") == "2026-00001"


@pytest.mark.parametrize(
    "text",
    [
        "case.__class__", "case.keys", "case.keys()", "parties.append", "parties.append(1)",
        "case.number.upper", "'a'.upper", "(1).real", "len.x", "case.missing", "a" + ".b" * 900,
    ],
)  # fmt: skip
def test_nothing_of_an_object_can_be_reached_by_a_dot(text: str) -> None:
    with pytest.raises(ExpressionError):
        evaluate(text, CASE)


def test_a_missing_part_is_a_missing_name() -> None:
    with pytest.raises(KeyError):
        look_up(CASE, "case.area.name.x")
