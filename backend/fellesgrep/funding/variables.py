"""What an agreement's text can say about money."""

from typing import Any
from uuid import UUID

from fellesgrep.core.tx import Tx
from fellesgrep.funding import rules
from fellesgrep.funding.service import find_plan, party_names, plain


def variables(tx: Tx, case_id: UUID) -> dict[str, Any]:
    """Return the case's budget and who pays, as `contract_templates.variables` lists it."""
    plan = find_plan(tx.session, case_id)
    if plan is None:
        return {"funding": None}
    names = party_names(tx, case_id)
    sums = rules.totals(plan.lines, plan.contributions)
    shares = {share.party_id: share for share in rules.by_party(plan.contributions)}
    municipality = shares.get(None)
    return {
        "funding": {
            "total_ore": sums.total_ore,
            "municipality_cash_ore": sums.municipality_cash_ore,
            "municipality_in_kind_ore": municipality.in_kind_ore if municipality else 0,
            **plain(plan, names),
            "shares": [
                {
                    "party": names[share.party_id],
                    "cash_ore": share.cash_ore,
                    "in_kind_ore": share.in_kind_ore,
                    "total_ore": share.cash_ore + share.in_kind_ore,
                }
                for share in shares.values()
            ],
        }
    }
