"""How earlier packages learn about later ones without importing them.

A package that wants contributions declares a typed `Slot`; later packages `put` their
contribution there in their `register(registry)`, which `app.py` calls by name.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")


class Slot(Generic[T]):
    """A named place in the registry for contributions of one type."""

    def __init__(self, name: str) -> None:
        self.name = name


class Registry:
    """All contributions of one assembled application."""

    def __init__(self) -> None:
        self._slots: dict[str, dict[str, Any]] = {}

    def put(self, slot: Slot[T], key: str, value: T) -> None:
        """Add a contribution; a second one under the same key is a programming error."""
        taken = self._slots.setdefault(slot.name, {})
        if key in taken:
            raise ValueError(f"{slot.name} already holds {key!r}")
        taken[key] = value

    def append(self, slot: Slot[list[T]], key: str, value: T) -> None:
        """Add to the list kept under `key`, for slots where several may answer (events)."""
        self._slots.setdefault(slot.name, {}).setdefault(key, []).append(value)

    def get(self, slot: Slot[T], key: str) -> T:
        """Return the contribution under `key`; raises `LookupError` naming slot and key."""
        try:
            return cast(T, self._slots[slot.name][key])
        except KeyError:
            raise LookupError(f"{slot.name} has nothing called {key!r}") from None

    def all(self, slot: Slot[T]) -> Mapping[str, T]:
        """Return every contribution of a slot, by key, in the order of registration."""
        return MappingProxyType(cast(dict[str, T], self._slots.get(slot.name, {})))
