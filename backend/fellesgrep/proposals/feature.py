"""What proposals contribute to the application."""

from fellesgrep.contract_templates.variables import VARIABLES
from fellesgrep.core import audit
from fellesgrep.core.registry import Registry
from fellesgrep.core.web import ROUTERS
from fellesgrep.proposals.operations import SUBMIT
from fellesgrep.proposals.routes import router
from fellesgrep.proposals.variables import variables
from fellesgrep.workflow.operations import OPERATIONS


def register(registry: Registry) -> None:
    """Add routes, the step that submits, what agreements may ask, and audit kinds."""
    registry.put(ROUTERS, "proposals", router)
    registry.put(OPERATIONS, "proposals.submit", SUBMIT)
    registry.put(VARIABLES, "proposals", variables)
    audit.register(registry, "proposal:edited", "proposals.audit.edited")
    audit.register(registry, "proposal:submitted", "proposals.audit.submitted")
