"""When a signatory was born, where the register that names who may sign tells it."""

from datetime import date

from fellesgrep.cases.models import CaseParty
from fellesgrep.core.tx import Tx
from fellesgrep.signing.authority import standing
from fellesgrep.signing.models import SigningRequest


def by_authority(tx: Tx, request: SigningRequest) -> date | None:
    """Return the birth date of the person in the rule; None where it is not known for sure."""
    rule = standing(tx, tx.session.get_one(CaseParty, request.party_id)).rule
    people = rule.people if rule else ()
    told = {each.born_on for each in people if each.contact_id == request.contact_id}
    return told.pop() if len(told) == 1 else None
