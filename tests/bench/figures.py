"""The registry of figures and the bound that each is held against."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Figure:
    """A number with a name, what it means, and how far it may go."""

    name: str
    meaning: str
    unit: str
    bound: float
    better: Literal["lower", "higher"]
    measure: Callable[[Path], float]

    def holds(self, value: float) -> bool:
        """Whether a measured value is within the bound."""
        return value <= self.bound if self.better == "lower" else value >= self.bound


FIGURES: dict[str, Figure] = {}


def figure(
    name: str,
    meaning: str,
    *,
    unit: str,
    bound: float,
    better: Literal["lower", "higher"] = "lower",
) -> Callable[[Callable[[Path], float]], Callable[[Path], float]]:
    """Register a function that measures; it gets an empty data directory of its own."""

    def register(measure: Callable[[Path], float]) -> Callable[[Path], float]:
        if name in FIGURES:
            raise ValueError(f"two figures are called {name}")
        FIGURES[name] = Figure(name, meaning, unit, bound, better, measure)
        return measure

    return register
