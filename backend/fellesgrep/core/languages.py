"""Texts in nb, nn and en: one `messages.<language>.toml` per package, one flat name space.

A key is `<package>.<table>.<name>`. A text may hold `{parameters}` and, for counted things, two
forms parted by `|||` chosen by the parameter `smart_count` (the convention of react-admin).
"""

import string
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from babel.dates import format_date

from fellesgrep.core.clock import local_date
from fellesgrep.core.money import format_ore

Language = Literal["nb", "nn", "en"]
LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")
_PACKAGES = Path(__file__).parent.parent


def _flatten(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, str):
            yield key, value
        else:
            yield from _flatten(value, key)


@cache
def texts(language: Language) -> Mapping[str, str]:
    """Return every text of a language by its full key."""
    found: dict[str, str] = {}
    for file in sorted(_PACKAGES.glob(f"*/messages.{language}.toml")):
        found.update(_flatten(tomllib.loads(file.read_text("utf-8")), file.parent.name))
    return found


def say(language: Language, key: str, **params: Any) -> str:
    """Return the text under `key`; raises `LookupError` for an unknown key."""
    try:
        text = texts(language)[key]
    except KeyError:
        raise LookupError(f"no text {key!r} in {language}") from None
    if "|||" in text:
        one, many = text.split("|||", 1)
        text = one if params.get("smart_count") == 1 else many
    return _Formatter(language).format(text.strip(), **params)


def choose_language(accept_language: str | None, default: Language = "nb") -> Language:
    """Return the first language of an `Accept-Language` header that we speak."""
    weighted: list[tuple[float, str]] = []
    for part in (accept_language or "").split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weighted.append((-float(quality or 1), tag.split("-")[0].lower()))
        except ValueError:
            continue
    for _, tag in sorted(weighted, key=lambda pair: pair[0]):
        found = "nb" if tag == "no" else tag
        if found in LANGUAGES:
            return found
    return default


def say_date(language: Language, day: date | datetime) -> str:
    """Write a day as people read it: `3. mars 2026`."""
    if isinstance(day, datetime):
        day = local_date(day)
    return format_date(day, format="long", locale={"nb": "nb", "nn": "nn", "en": "en_GB"}[language])


class _Formatter(string.Formatter):
    """Writes dates, and values whose name ends in `_ore`, in the reader's way."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        value = kwargs[field_name]
        if field_name.endswith("_ore") and isinstance(value, int):
            value = format_ore(value, self.language)
        elif isinstance(value, date):
            value = say_date(self.language, value)
        return value, field_name
