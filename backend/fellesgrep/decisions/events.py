"""What decisions tell later packages."""

from dataclasses import dataclass

from fellesgrep.decisions.models import Decision


@dataclass(frozen=True)
class DecisionMade:
    """Somebody decided on a proposal: approved, rejected or returned."""

    decision: Decision
