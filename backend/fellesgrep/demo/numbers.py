"""Organisation numbers that nobody has: right by their check digit, in a block set aside.

Norway's register gives numbers that begin with 8 or 9, and the authorities' own test data ones
that begin with 2 or 3. Ours are the valid ones from 399 000 000.
"""

from collections.abc import Iterator
from itertools import count

from stdnum.no import orgnr

FIRST = 399_000_000


def synthetic_numbers(first: int = FIRST) -> Iterator[str]:
    """Yield valid organisation numbers from `first` upwards."""
    return (number for number in map(str, count(first)) if orgnr.is_valid(number))
