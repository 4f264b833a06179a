"""Turn reminders off or on by the link in a reminder. Opening it changes nothing."""

from typing import Annotated

from fastapi import APIRouter, Form, Response

from fellesgrep.core.audit import Subject
from fellesgrep.notifications import opting_out
from fellesgrep.portal.access import AnyoneAccess, LinkDoesNotOpen, allow_anyone

router = APIRouter(prefix=opting_out.PATH, tags=["portal"], include_in_schema=False)
Opening = Annotated[AnyoneAccess, allow_anyone("portal:open")]


def _recipient(access: AnyoneAccess, token: str) -> Subject:
    found = opting_out.recipient_of(access.tx.session, token)
    if found is None:
        raise LinkDoesNotOpen("portal.problem.link")
    return found


def _page(access: AnyoneAccess, token: str, *, done: bool = False) -> Response:
    recipient = _recipient(access, token)
    on = opting_out.wants_reminders(access.tx.session, recipient)
    path = f"{opting_out.PATH}/{token}"
    return access.page("portal/pages/reminders.html", path=path, on=on, done=done)


@router.api_route("/{token}", methods=["GET", "HEAD"])
def show(token: str, access: Opening) -> Response:
    """Say whether reminders are on, and offer the other. Changes nothing."""
    return _page(access, token)


@router.post("/{token}")
def turn(token: str, access: Opening, reminders: Annotated[str, Form()] = "off") -> Response:
    """Turn reminders off, or on again.

    A mail program that sends `List-Unsubscribe=One-Click` (RFC 8058) turns them off.
    """
    opting_out.turn(access.tx, _recipient(access, token), on=reminders == "on")
    return _page(access, token, done=True)
