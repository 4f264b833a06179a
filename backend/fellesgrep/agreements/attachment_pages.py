"""The files of an agreement, for partners who read or sign it."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Response

from fellesgrep.agreements import attachments
from fellesgrep.agreements.attachments import Numbered
from fellesgrep.agreements.discussion import Talk
from fellesgrep.agreements.discussion_models import DraftReading
from fellesgrep.agreements.slots import DISCUSSED_THROUGH
from fellesgrep.core import files
from fellesgrep.core.problems import NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.portal import frame
from fellesgrep.portal.access import LinkAccess, LinkDoesNotOpen, allow_link

router = APIRouter(prefix="/p", tags=["portal"], include_in_schema=False)


def of_talk(tx: Tx, talk: Talk) -> tuple[Numbered, ...]:
    """Return the files that go with what somebody reads: as they were when it was sent to them."""
    number = talk.agreement.data.get("case", {}).get("number", "")
    kept: Sequence[Mapping[str, Any]]
    if talk.reader is not None:
        reading = tx.session.get_one(DraftReading, talk.reader.reading_id)
        number, kept = reading.data["case"]["number"], reading.attachments
    else:
        kept = [each.kept() for each in attachments.attachments_of(tx, talk.agreement)]
    return attachments.numbered(talk.body, number, kept)


@router.get("/{token}/attachments/{number}")
def show_attachment(
    access: Annotated[LinkAccess, allow_link("portal:read")], number: int
) -> Response:
    """Return a file of the agreement that a link is about."""
    channels = access.tx.house.registry.all(DISCUSSED_THROUGH)
    if access.link.purpose not in channels:
        raise LinkDoesNotOpen("portal.problem.link")
    talk = channels[access.link.purpose].open(access.tx, access.link.subject_id)
    for each in of_talk(access.tx, talk):
        if each.number == number:
            headers = {
                **frame.HEADERS,
                "content-disposition": f'inline; filename="{each.file_name}"',
                "x-content-type-options": "nosniff",
            }
            content = files.read(access.tx.session, each.kept["sha256"])
            return Response(content, media_type=each.kept["media_type"], headers=headers)
    raise NotFound("core.problem.not_found")
