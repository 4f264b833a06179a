"""Legal staff let a weaker method do than the signature policy asks for, and say why."""

from uuid import UUID

from fellesgrep.core.audit import code, ref
from fellesgrep.core.problems import Conflict, Invalid, NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.signing import methods, rounds, sending
from fellesgrep.signing.models import SigningRound


def lower(tx: Tx, signing: SigningRound, request_id: UUID, *, method: str, reason: str) -> None:
    """Let a planned request be signed by a weaker method; raises `Conflict` once it is sent."""
    rounds.lock(tx, signing)
    request = next((each for each in signing.requests if each.id == request_id), None)
    if request is None:
        raise NotFound("core.problem.not_found")
    if signing.sent_at is not None or rounds.agreement_of(tx, signing).frozen_at is not None:
        raise Conflict("signing.problem.already_sent")
    if methods.find(tx.house, method) is None:
        raise Invalid.at("/method", "core.field.not_a_choice")
    request.lowered_to = request.required_method = method
    request.lowered_reason, request.lowered_by_id = reason, tx.actor.id
    signing.updated_at = tx.now()
    tx.session.flush()
    tx.audit(
        "signing:method_lowered",
        rounds.history_of(tx, signing),
        {
            "party": ref("signing_request", request.id),
            "method": code(f"signing.way.{method}"),
        },
        also=[sending.subject_of(request)],
    )
