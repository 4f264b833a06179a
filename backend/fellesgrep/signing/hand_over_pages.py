"""'It is not I who should sign': the page on which a signatory names somebody else."""

from typing import Annotated

from fastapi import APIRouter, Form, Response

from fellesgrep.core.languages import say
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.portal.access import LinkAccess, Seal, allow_link
from fellesgrep.portal.forms import claim, release
from fellesgrep.signing import acts, hand_over, pages, sending
from fellesgrep.signing.models import SigningRequest

router = APIRouter(prefix="/p", tags=["portal"], include_in_schema=False)
Handing = Annotated[LinkAccess, allow_link("portal:decline", purpose=sending.PURPOSE)]
Field = Annotated[str, Form(max_length=300)]
_FIELDS = ("name", "role_title", "email")


def _page(
    access: LinkAccess, typed: dict[str, str], errors: dict[str, str] | None = None
) -> Response:
    request = access.tx.session.get_one(SigningRequest, access.link.subject_id)
    return access.page(
        "signing/pages/hand_over.html",
        status=422 if errors else 200,
        typed=typed,
        errors=errors or {},
        waiting=hand_over.wish_of(access.tx, request.id),
        refused=hand_over.last_refusal(access.tx, request),
        **pages.values_of(access, request),
    )


@router.get("/{token}/hand-over")
def show_hand_over(
    access: Annotated[LinkAccess, allow_link("portal:read", purpose=sending.PURPOSE)],
) -> Response:
    """Show the form, or that a wish waits for its answer. Changes nothing."""
    return _page(access, dict.fromkeys(_FIELDS, ""))


@router.post("/{token}/hand-over")
def name_another(
    seal: Seal, access: Handing, name: Field = "", role_title: Field = "", email: Field = ""
) -> Response:
    """Name who should sign; sent twice, it is wished once."""
    tx = access.tx
    request = tx.session.get_one(SigningRequest, access.link.subject_id)
    if not claim(tx, access.link, seal) or acts.open_request(tx, request) is None:
        return access.back()
    typed = {"name": name, "role_title": role_title, "email": email}
    try:
        hand_over.name_another(tx, request, name=name, email=email, role=role_title)
    except Invalid as problem:
        release(tx, access.link, seal)
        errors = {
            each.pointer.strip("/"): say(access.language, each.key, **each.params)
            for each in problem.fields
        }
        return _page(access, typed, errors)
    except Conflict:
        return _page(access, dict.fromkeys(_FIELDS, ""))
    return _page(access, dict.fromkeys(_FIELDS, ""))
