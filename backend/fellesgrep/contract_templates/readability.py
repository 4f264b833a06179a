"""How heavy a text is to read: LIX (Björnsson 1968), and sentences that are too long.

LIX is words per sentence plus the share of words with more than six letters, in percent. Below
40 is easy, above 55 is the language of specialists.
"""

import re
from collections.abc import Sequence

HEAVY = 55
LONGEST_SENTENCE = 32
_FEWEST_WORDS = 40
_END = re.compile(r"(?<=[.!?:;])\s+(?=[A-ZÆØÅ«“(])")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def sentences(blocks: Sequence[str]) -> list[str]:
    """Return the sentences of blocks of text; a sentence never goes over the end of a block."""
    return [
        sentence
        for block in blocks
        for sentence in _END.split(" ".join(block.split()))
        if _WORD.search(sentence)
    ]


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(text)


def lix(blocks: Sequence[str]) -> int | None:
    """Return the LIX of blocks of text; None where there is too little text to say."""
    said = sentences(blocks)
    counted = [word for sentence in said for word in words(sentence)]
    if len(counted) < _FEWEST_WORDS:
        return None
    long_words = sum(len(word) > 6 for word in counted)
    return round(len(counted) / len(said) + 100 * long_words / len(counted))
