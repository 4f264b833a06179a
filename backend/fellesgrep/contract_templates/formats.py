"""How values are written in texts of agreements: the names that `data-format` may hold.

| name | value | nb |
| --- | --- | --- |
| `text` (default) | text or number | as it is; a new line stays a new line |
| `paragraphs` | text, on a `p` | one paragraph for each part between empty lines |
| `money` | integer øre | `150 000 kr`, øre only where there are any |
| `number` | number | `1 250` |
| `date` | `2026-03-02` | `2. mars 2026` |
| `orgnr` | nine digits | `923 609 016` |
| `word` | a code such as `in_kind` | its word: `Egeninnsats` |
| `party` | a kind of partner | how the text calls it: `Borettslaget` |

Numbers and amounts never break over two lines.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from babel.numbers import format_decimal
from stdnum.no import orgnr

from fellesgrep.core.languages import Language, say, say_date
from fellesgrep.core.money import format_ore

PARAGRAPHS = "paragraphs"
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def _text(value: Any, _: Language) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise TypeError(value)
    return str(value).strip()


def _money(value: Any, language: Language) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(value)
    return format_ore(value, language)


def _number(value: Any, language: Language) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(value)
    written: str = format_decimal(value, locale="en" if language == "en" else "nb")
    return re.sub(r"\s", _NO_BREAK_SPACE, written)


def _date(value: Any, language: Language) -> str:
    day = value if isinstance(value, date) else date.fromisoformat(value)
    return say_date(language, day).replace(" ", _NO_BREAK_SPACE)


def _orgnr(value: Any, _: Language) -> str:
    digits = orgnr.compact(value)
    return _NO_BREAK_SPACE.join(digits[at : at + 3] for at in range(0, len(digits), 3))


def _word(value: Any, language: Language) -> str:
    return say(language, f"contract_templates.word.{value}")


def _party(value: Any, language: Language) -> str:
    return say(language, f"contract_templates.party.{value}")


FORMATS: Mapping[str, Callable[[Any, Language], str]] = {
    "text": _text,
    PARAGRAPHS: _text,
    "money": _money,
    "number": _number,
    "date": _date,
    "orgnr": _orgnr,
    "word": _word,
    "party": _party,
}


def write(value: Any, format_name: str, language: Language) -> str:
    """Return a value as a text shows it; raises `ValueError` where it is of another type."""
    try:
        return FORMATS[format_name](value, language)
    except (TypeError, LookupError, AttributeError):
        raise ValueError(f"cannot be written as {format_name}: {value!r}") from None
