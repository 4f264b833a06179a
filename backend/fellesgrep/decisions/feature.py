"""What decisions contribute to the application."""

from fellesgrep.contract_templates.variables import VARIABLES
from fellesgrep.core import audit
from fellesgrep.core.registry import Registry
from fellesgrep.core.web import ROUTERS
from fellesgrep.decisions.operations import DECIDE, decision_maker
from fellesgrep.decisions.routes import router
from fellesgrep.decisions.variables import variables
from fellesgrep.workflow.operations import ASSIGNERS, OPERATIONS


def register(registry: Registry) -> None:
    """Add routes, the step that decides and who gets it, what agreements may ask, audit kinds."""
    registry.put(ROUTERS, "decisions", router)
    registry.put(OPERATIONS, "decisions.decide", DECIDE)
    registry.put(ASSIGNERS, "decisions.decision_maker", decision_maker)
    registry.put(VARIABLES, "decisions", variables)
    audit.register(registry, "decision:made", "decisions.audit.made")
    audit.register(registry, "delegation:granted", "decisions.audit.delegated")
    audit.register(registry, "delegation:granted_to_limit", "decisions.audit.delegated_to_limit")
