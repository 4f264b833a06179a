"""What agreements contribute to the application."""

from fellesgrep.agreements.drafting import begin
from fellesgrep.agreements.operations import FREEZE, REVIEW, SUBMIT_DRAFT
from fellesgrep.agreements.routes import router
from fellesgrep.core import audit, events
from fellesgrep.core.registry import Registry
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import ROUTERS
from fellesgrep.workflow.events import StageEntered
from fellesgrep.workflow.operations import OPERATIONS

_TOLD = (
    "begun", "edited", "submitted", "approved", "returned", "frozen", "sent_out", "signed",
    "declined", "voided", "sealing", "sealed",
)  # fmt: skip


def _open_draft(tx: Tx, entered: StageEntered) -> None:
    """Have a draft at hand when the case comes to its agreement."""
    if entered.subject.kind == "case" and entered.stage == "agreement":
        begin(tx, entered.subject.id)


def register(registry: Registry) -> None:
    """Add routes, steps, the draft that a case finds at its stage, and audit kinds."""
    registry.put(ROUTERS, "agreements", router)
    registry.put(OPERATIONS, "agreements.submit_draft", SUBMIT_DRAFT)
    registry.put(OPERATIONS, "agreements.review", REVIEW)
    registry.put(OPERATIONS, "agreements.freeze", FREEZE)
    events.on(registry, StageEntered, _open_draft)
    for what in _TOLD:
        audit.register(registry, f"agreement:{what}", f"agreements.audit.{what}")
