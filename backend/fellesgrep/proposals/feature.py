"""What proposals contribute to the application."""

from fellesgrep.contract_templates.variables import VARIABLES
from fellesgrep.core import audit
from fellesgrep.core.registry import Registry
from fellesgrep.core.web import ROUTERS
from fellesgrep.notifications.slots import MESSAGE_TEXTS, MessageText
from fellesgrep.proposals import reading_feature
from fellesgrep.proposals.operations import OPERATIONS_OF_PROPOSALS, unit_asked
from fellesgrep.proposals.routes import router
from fellesgrep.proposals.variables import variables
from fellesgrep.workflow.operations import ASSIGNERS, OPERATIONS

_TOLD = ("edited", "submitted", "statements_asked", "statement_given", "statement_missing")
_MAILS = ("statement_wanted", "statement_reminder", "statement_missing")


def register(registry: Registry) -> None:
    """Add routes, steps, who gives a statement, mails, what agreements may ask, audit kinds."""
    registry.put(ROUTERS, "proposals", router)
    for name, operation in OPERATIONS_OF_PROPOSALS.items():
        registry.put(OPERATIONS, name, operation)
    registry.put(ASSIGNERS, "proposals.unit_asked", unit_asked)
    registry.put(VARIABLES, "proposals", variables)
    for kind in _TOLD:
        audit.register(registry, f"proposal:{kind}", f"proposals.audit.{kind}")
    for kind in _MAILS:
        text = MessageText(
            f"proposals.mail.{kind}",
            maker="own_page",
            target="/cases/{id}/show",
            unhurried=kind == "statement_reminder",
        )
        registry.put(MESSAGE_TEXTS, f"proposals.{kind}", text)
    reading_feature.register(registry)
