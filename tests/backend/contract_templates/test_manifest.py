"""What a template asks its author, and when."""

from typing import Any

import pytest
from pydantic import ValidationError

from fellesgrep.contract_templates.manifest import Manifest


def asking(*fields: dict[str, Any]) -> Manifest:
    words = {"nb": "Ord", "nn": "Ord", "en": "Words"}
    return Manifest.model_validate(
        {
            "key": "type",
            "version": 1,
            "title": words,
            "languages": ["nb"],
            "fits": [],
            "fields": [{"label": words, "required": True} | field for field in fields],
        }
    )


DEAR: dict[str, Any] = {"name": "dear", "type": "yes_no", "default": False}
PRICE: dict[str, Any] = {"name": "price", "type": "money", "asked_if": "dear"}


@pytest.mark.parametrize(
    ("dear", "value", "missing"), [(True, 100, []), (True, None, ["/fields/price"]), (False, 0, [])]
)
def test_a_question_after_a_yes_is_required_only_then(
    dear: bool, value: int | None, missing: list[str]
) -> None:
    manifest = asking(DEAR, PRICE)
    values = manifest.values({"dear": dear, "price": value})
    assert [each.pointer for each in manifest.missing(values, "nb")] == missing


def test_what_was_answered_before_the_yes_was_taken_back_is_not_said() -> None:
    values = asking(DEAR, PRICE).values({"dear": False, "price": 100})
    assert values == {"dear": False, "price": None}


@pytest.mark.parametrize("fields", [(PRICE, DEAR), (PRICE,), (DEAR | {"type": "text"}, PRICE)])
def test_a_question_comes_after_an_earlier_yes_or_no(fields: tuple[dict[str, Any], ...]) -> None:
    with pytest.raises(ValidationError):
        asking(*fields)
