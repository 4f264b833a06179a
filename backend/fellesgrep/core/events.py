"""Domain events: a feature says what happened, later features act in the same transaction."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from fellesgrep.core.registry import Registry, Slot

if TYPE_CHECKING:
    from fellesgrep.core.tx import Tx

Event = TypeVar("Event")
HANDLERS: Slot[list[Callable[["Tx", Any], None]]] = Slot("event handlers")


def on(registry: Registry, event: type[Event], handler: Callable[["Tx", Event], None]) -> None:
    """Have `handler` called, inside the transaction, whenever an `event` is published."""
    registry.append(HANDLERS, event.__qualname__, handler)
