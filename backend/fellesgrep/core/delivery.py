"""What comes with the product as files (processes, templates) and enters the database."""

from collections.abc import Callable

from fellesgrep.core.registry import Slot
from fellesgrep.core.tx import House, Tx

DELIVERIES: Slot[Callable[[Tx], object]] = Slot("deliveries")
"""Package name → function that takes in its files; it must be safe to run at every start."""


def take_in(house: House) -> None:
    """Take in what this version of the product brings, after the schema is there."""
    with house.transaction() as tx:
        for take in house.registry.all(DELIVERIES).values():
            take(tx)
