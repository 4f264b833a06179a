"""Which method a signatory is asked for: what the policy says, or more if the plan wants it.

The signature policy (a decision table) gave each party its method when it was cleared. Whoever
plans the signing may ask for a stronger one; only legal staff let a weaker one do (`lowering`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from fellesgrep.cases.clearance import clearances
from fellesgrep.core.problems import FieldProblem, Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.partners.models import Contact
from fellesgrep.signing import methods
from fellesgrep.signing.models import SigningRequest


@dataclass(frozen=True)
class Lowered:
    """What legal staff allowed instead of the policy's method, why and who."""

    to: str
    reason: str
    by_id: UUID | None


def policies(tx: Tx, case_id: UUID) -> Mapping[UUID, str]:
    """Return what the signature policy says, by party; where it says nothing, the weakest."""
    return {
        each.party_id: each.signature_method or methods.EMAIL_CONFIRMATION
        for each in clearances(tx, case_id)
    }


def settle(
    request: SigningRequest, policy: str, wanted: str | None, lowered: Lowered | None, pointer: str
) -> None:
    """Set what a planned request asks for; raises `Invalid` for less than is demanded."""
    least = lowered.to if lowered else policy
    if wanted is not None and wanted not in methods.ORDER:
        raise Invalid.at(pointer, "core.field.not_a_choice")
    if wanted is not None and wanted != least and not methods.strong_enough(wanted, least):
        raise Invalid.at(pointer, "signing.problem.method_below_policy")
    request.policy_method = policy
    request.required_method = wanted or least
    if lowered:
        request.lowered_to = lowered.to
        request.lowered_reason, request.lowered_by_id = lowered.reason, lowered.by_id


def lowered_of(request: SigningRequest) -> Lowered | None:
    """Return what legal staff allowed for a request."""
    if request.lowered_to is None:
        return None
    return Lowered(request.lowered_to, request.lowered_reason, request.lowered_by_id)


def forget_lowering(request: SigningRequest) -> None:
    """Ask for what the policy says again: what legal staff allowed was about somebody else."""
    if request.lowered_to is not None:
        request.lowered_to, request.lowered_reason, request.lowered_by_id = None, "", None
        request.required_method = request.policy_method


def hindrance(tx: Tx, request: SigningRequest) -> FieldProblem | None:
    """Return what keeps a request from being signed by the method that it asks for."""
    pointer = f"/signatories/{request.position}"
    method = methods.find(tx.house, request.required_method)
    if method is None:
        return FieldProblem(pointer, "signing.problem.method_unknown", {"name": request.name})
    if setting := method.missing_setting(tx.house):
        params = {"name": request.name, "setting": setting}
        return FieldProblem(pointer, "signing.problem.method_not_set_up", params)
    why = method.unreached(tx.session.get_one(Contact, request.contact_id))
    return FieldProblem(pointer, why, {"name": request.name}) if why else None
