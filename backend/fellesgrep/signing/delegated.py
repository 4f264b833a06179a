"""The delegation on which somebody signs for the municipality, where delegations are kept."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from fellesgrep.core.languages import Language, say
from fellesgrep.core.tx import Tx
from fellesgrep.decisions.models import Delegation
from fellesgrep.decisions.rules import Level, authority
from fellesgrep.decisions.service import approval
from fellesgrep.signing.models import Countersignature


def delegation_of(tx: Tx, case_id: UUID, person_id: UUID) -> Delegation | None:
    """Return the delegation on which a person may bind the municipality to a case's agreement.

    The amount is what was decided for it. None for somebody of whom no delegation is kept; raises
    `Forbidden` saying why where there are some and none reaches so far today.
    """
    held = tx.session.scalars(
        select(Delegation).where(Delegation.person_id == person_id).order_by(Delegation.id)
    ).all()
    if not held:
        return None
    decided = approval(tx.session, case_id)
    amount_ore = decided.amount_ore if decided else 0
    return authority(held, Level.PROGRAMME_LEADER, amount_ore, tx.today())


def words(tx: Tx, given: Countersignature, language: Language) -> str:
    """Return the delegation of a countersignature as the signature page names it, or nothing."""
    delegation = given.delegation_id and tx.session.get(Delegation, given.delegation_id)
    if not delegation:
        return ""
    limited = "limited" if delegation.limit_ore is not None else "unlimited"
    return say(
        language,
        f"signing.delegation.{limited}",
        level=say(language, f"decisions.level.{delegation.level}"),
        limit_ore=delegation.limit_ore,
        valid_from=delegation.valid_from,
    )


def facts(tx: Tx, given: Countersignature) -> dict[str, Any] | None:
    """Return the delegation of a countersignature as the evidence keeps it."""
    delegation = given.delegation_id and tx.session.get(Delegation, given.delegation_id)
    if not delegation:
        return None
    return {
        "delegation": str(delegation.id),
        "level": delegation.level,
        "limit_ore": delegation.limit_ore,
        "valid_from": delegation.valid_from,
        "valid_to": delegation.valid_to,
    }
