"""Signing with a one-time code: by e-mail, which confirms the address that the link went to."""

from fellesgrep.partners.models import Contact
from fellesgrep.portal.access import LinkAccess
from fellesgrep.portal.codes import CodeAnswer
from fellesgrep.portal.service import confirm_code
from fellesgrep.signing.methods import EMAIL_CONFIRMATION, Proof, Refused, SigningMethod
from fellesgrep.signing.models import SigningRequest

_PROBLEMS = {
    CodeAnswer.WRONG: "signing.problem.code_wrong",
    CodeAnswer.NONE_LEFT: "signing.problem.code_over",
}


def masked_address(contact: Contact) -> str:
    """Return an address that its owner knows again and others learn little from."""
    name, _, place = contact.email.partition("@")
    return f"{name[:1]}…\N{WORD JOINER}@{place}"


def _by_email(access: LinkAccess, request: SigningRequest, typed: str) -> Proof | Refused:
    answer = confirm_code(access.tx, access.link, typed)
    if answer is not CodeAnswer.RIGHT:
        return Refused("code", _PROBLEMS[answer])
    return Proof(EMAIL_CONFIRMATION, {"code_confirmed_at": access.tx.now().isoformat()})


def _no_address(contact: Contact) -> str:
    return "" if contact.email else "signing.problem.no_address"


BY_EMAIL = SigningMethod(
    EMAIL_CONFIRMATION,
    step="code",
    starts_at="/code",
    asks_code=True,
    unreached=_no_address,
    where=masked_address,
    prove=_by_email,
)
