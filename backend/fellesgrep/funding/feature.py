"""What funding contributes to the application."""

from fellesgrep.cases.events import PartyRemoved
from fellesgrep.cases.slots import TOTALS
from fellesgrep.contract_templates.variables import VARIABLES
from fellesgrep.core import audit, events
from fellesgrep.core.registry import Registry
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import ROUTERS
from fellesgrep.funding.routes import router
from fellesgrep.funding.service import cost_by_case, take_out
from fellesgrep.funding.variables import variables


def _party_left(tx: Tx, event: PartyRemoved) -> None:
    take_out(tx, event.case.id, event.party.id)


def register(registry: Registry) -> None:
    """Add routes, what cases cost, what agreements may ask about money, and audit kinds."""
    registry.put(ROUTERS, "funding", router)
    registry.put(TOTALS, "funding", cost_by_case)
    registry.put(VARIABLES, "funding", variables)
    audit.register(registry, "funding_plan:changed", "funding.audit.changed")
    events.on(registry, PartyRemoved, _party_left)
