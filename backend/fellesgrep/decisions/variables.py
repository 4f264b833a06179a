"""What an agreement's text can say about the decision behind it."""

from typing import Any
from uuid import UUID

from fellesgrep.core.clock import local_date
from fellesgrep.core.tx import Tx
from fellesgrep.decisions.service import approval
from fellesgrep.identity.models import Person


def variables(tx: Tx, case_id: UUID) -> dict[str, Any]:
    """Return the granting decision, as `contract_templates.variables` lists it."""
    decision = approval(tx.session, case_id)
    if decision is None:
        return {"decision": None}
    return {
        "decision": {
            "number": decision.number,
            "decided_on": local_date(decision.decided_at),
            "decided_by": tx.session.get_one(Person, decision.decided_by_id).name,
            "level": decision.level,
            "amount_ore": decision.amount_ore,
            "legal_reference": decision.legal_reference,
            "conditions": decision.conditions,
        }
    }
