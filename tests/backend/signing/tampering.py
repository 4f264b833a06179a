"""Ways to tamper with a sealed file: one bit of one byte, anywhere."""

import random
from collections.abc import Iterator


def flips(sealed: bytes, count: int, *, seed: int) -> Iterator[tuple[int, bytes]]:
    """Yield places and files with one bit changed there, spread evenly over the whole file."""
    chance = random.Random(seed)
    step = len(sealed) / count
    for number in range(count):
        place = min(len(sealed) - 1, int((number + chance.random()) * step))
        changed = bytearray(sealed)
        changed[place] ^= 1 << chance.randrange(8)
        yield place, bytes(changed)
