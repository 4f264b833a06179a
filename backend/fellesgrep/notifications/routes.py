"""The outbox of a development installation. Elsewhere these routes do not exist."""

from email.message import EmailMessage
from typing import Annotated

from fastapi import APIRouter

from fellesgrep.core.problems import NotFound
from fellesgrep.core.web import Page, Paged
from fellesgrep.identity.access import Access, allow
from fellesgrep.notifications import outbox
from fellesgrep.notifications.schemas import OutboxItem, OutboxMail
from fellesgrep.notifications.settings import NOTIFICATIONS

router = APIRouter(prefix="/api/v1/outbox", tags=["outbox"])


def _item(name: str, mail: EmailMessage) -> OutboxItem:
    return OutboxItem(
        name=name, to=str(mail["to"]), subject=str(mail["subject"]), at=mail["date"].datetime
    )


@router.get("")
def list_outbox(access: Annotated[Access, allow("outbox:read")], paged: Paged) -> Page[OutboxItem]:
    """List the mails that would have been sent, newest first."""
    folder = access.tx.house.settings(NOTIFICATIONS).outbox
    found = outbox.names(folder)
    start = (paged.page - 1) * paged.per_page
    mails = [(name, outbox.get(folder, name)) for name in found[start : start + paged.per_page]]
    items = [_item(name, mail) for name, mail in mails if mail is not None]
    return Page(items=items, total=len(found))


@router.get("/{name}")
def show_mail(name: str, access: Annotated[Access, allow("outbox:read")]) -> OutboxMail:
    """Return one mail."""
    mail = outbox.get(access.tx.house.settings(NOTIFICATIONS).outbox, name)
    if mail is None:
        raise NotFound("core.problem.not_found")
    return OutboxMail(
        **_item(name, mail).model_dump(),
        text=outbox.part(mail, "plain"),
        html=outbox.part(mail, "html"),
        links=list(outbox.links(mail)),
    )
