"""Which characters the bundled fonts can draw."""

import unicodedata
from functools import cache

from fontTools.ttLib import TTFont

from fellesgrep.documents.fetching import FONT_FOLDER

# Regular stands for the family: its four faces cover the same characters.
_COVERING_FILES = ("SourceSans3-Regular.ttf.woff2", "DejaVuSans.ttf")
_DRAWN_AS_NOTHING = {"Cc", "Cf", "Zl", "Zp"}


@cache
def _covered() -> frozenset[int]:
    covered: set[int] = set()
    for name in _COVERING_FILES:
        with TTFont(FONT_FOLDER / name, lazy=True) as font:
            covered.update(font.getBestCmap())
    return frozenset(covered)


def undrawable(text: str) -> str:
    """Return the characters of a text that would come out as empty boxes, each once, sorted."""
    return "".join(
        sorted(
            letter
            for letter in set(text)
            if ord(letter) not in _covered()
            and unicodedata.category(letter) not in _DRAWN_AS_NOTHING
        )
    )
