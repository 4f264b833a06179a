"""Signing with a one-time code.

By e-mail it goes where the link went: it confirms that mailbox once more and is called so. By
text message it goes to the number of the contact person on record, which nobody types here.
"""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from fellesgrep.core.tx import House
from fellesgrep.notifications.phones import masked, mobile
from fellesgrep.notifications.settings import NOTIFICATIONS
from fellesgrep.partners.models import Contact
from fellesgrep.portal.access import LinkAccess, Seal, allow_link, client_address
from fellesgrep.portal.codes import CodeAnswer
from fellesgrep.portal.forms import claim
from fellesgrep.portal.service import ask_for_sms_code, confirm_code
from fellesgrep.signing import acts, methods, sending
from fellesgrep.signing.methods import (
    EMAIL_CONFIRMATION,
    SMS_CODE,
    Proof,
    Refused,
    SigningMethod,
)
from fellesgrep.signing.models import SigningRequest

router = APIRouter(prefix="/p", tags=["portal"], include_in_schema=False)
_PROBLEMS = {
    CodeAnswer.WRONG: "signing.problem.code_wrong",
    CodeAnswer.NONE_LEFT: "signing.problem.code_over",
}


def _masked_address(contact: Contact) -> str:
    """Return an address that its owner knows again and others learn little from."""
    name, _, place = contact.email.partition("@")
    return f"{name[:1]}…\N{WORD JOINER}@{place}"


def _masked_phone(contact: Contact) -> str:
    return masked(mobile(contact.phone))


def _by_email(access: LinkAccess, request: SigningRequest, typed: str) -> Proof | Refused:
    answer = confirm_code(access.tx, access.link, typed)
    if answer is not CodeAnswer.RIGHT:
        return Refused("code", _PROBLEMS[answer])
    return Proof(EMAIL_CONFIRMATION, {"code_confirmed_at": access.tx.now().isoformat()})


def _by_sms(access: LinkAccess, request: SigningRequest, typed: str) -> Proof | Refused:
    answer = confirm_code(access.tx, access.link, typed, "sms")
    if answer is not CodeAnswer.RIGHT:
        return Refused("code", _PROBLEMS[answer])
    contact = access.tx.session.get_one(Contact, request.contact_id)
    facts = {"code_confirmed_at": access.tx.now().isoformat(), "phone": _masked_phone(contact)}
    return Proof(SMS_CODE, facts)


@router.post("/{token}/sms-code")
def send_sms_code(
    http: Request,
    seal: Seal,
    access: Annotated[LinkAccess, allow_link("portal:confirm", purpose=sending.PURPOSE)],
) -> Response:
    """Send a code by text message, where this request may be signed so."""
    tx = access.tx
    request = tx.session.get_one(SigningRequest, access.link.subject_id)
    if claim(tx, access.link, seal) and acts.open_request(tx, request) is not None:
        contact = tx.session.get_one(Contact, request.contact_id)
        if BY_SMS in methods.open_to(tx, request):
            address = client_address(http)
            ask_for_sms_code(tx, access.link, phone=mobile(contact.phone), address=address)
    return access.back(step=BY_SMS.step)


def _no_address(contact: Contact) -> str:
    return "" if contact.email else "signing.problem.no_address"


def _no_phone(contact: Contact) -> str:
    return _no_address(contact) or ("" if mobile(contact.phone) else "signing.problem.no_phone")


def _no_provider(house: House) -> str:
    return "" if house.settings(NOTIFICATIONS).sends_sms else "FELLESGREP_SMS_URL"


BY_EMAIL = SigningMethod(
    EMAIL_CONFIRMATION,
    step="code",
    starts_at="/code",
    asks_code=True,
    unreached=_no_address,
    where=_masked_address,
    prove=_by_email,
)
BY_SMS = SigningMethod(
    SMS_CODE,
    step="sms",
    starts_at="/sms-code",
    asks_code=True,
    missing_setting=_no_provider,
    unreached=_no_phone,
    where=_masked_phone,
    prove=_by_sms,
)
