"""What an agreement's text can say about the project."""

from typing import Any
from uuid import UUID

from fellesgrep.core.tx import Tx
from fellesgrep.proposals.service import find_proposal, plain


def variables(tx: Tx, case_id: UUID) -> dict[str, Any]:
    """Return the case's proposal, as `contract_templates.variables` lists it."""
    proposal = find_proposal(tx.session, case_id)
    return {"proposal": plain(proposal) if proposal else None}
