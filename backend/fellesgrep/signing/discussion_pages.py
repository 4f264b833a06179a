"""The discussion of an agreement, reached from the page on which it is to be signed.

A question is answered there. A change that is suggested now is rejected with a reason, or the
agreement is taken back for correction and the change goes into the next draft.
"""

from uuid import UUID

from sqlalchemy import select

from fellesgrep.agreements.discussion import Talk
from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.slots import Channel
from fellesgrep.core.tx import Tx
from fellesgrep.signing.models import RequestStatus, SigningRequest, SigningRound
from fellesgrep.signing.sending import write


def open_discussion(tx: Tx, request_id: UUID) -> Talk:
    """Return the discussion as a signatory takes part in it."""
    request = tx.session.get_one(SigningRequest, request_id)
    signing = tx.session.get_one(SigningRound, request.round_id)
    agreement = tx.session.get_one(Agreement, signing.agreement_id)
    return Talk(agreement, agreement.body, request.contact_id, request.party_name)


def tell_signatory(tx: Tx, case_id: UUID, contact_id: UUID) -> bool:
    """Write to somebody who is asked to sign that there is an answer; False when nobody is."""
    request = tx.session.scalars(
        select(SigningRequest)
        .join(SigningRound, SigningRound.id == SigningRequest.round_id)
        .join(Agreement, Agreement.id == SigningRound.agreement_id)
        .where(
            Agreement.case_id == case_id,
            SigningRequest.contact_id == contact_id,
            SigningRequest.status == RequestStatus.SENT,
        )
    ).first()
    if request is not None:
        write(tx, request, "signing.answered")
    return request is not None


CHANNEL = Channel(open=open_discussion, tell_answered=tell_signatory)
