"""The files that are part of a case's agreement, as those who draft it work on them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response, UploadFile
from pydantic import Field

from fellesgrep.agreements import attachments, drafting
from fellesgrep.agreements.attachments import AgreementAttachment
from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.rules import Status
from fellesgrep.cases.models import Case
from fellesgrep.core import files
from fellesgrep.core.web import Body, View
from fellesgrep.documents.models import LARGEST_ENCLOSURE
from fellesgrep.identity.access import Access, allow
from fellesgrep.identity.policy import Place

router = APIRouter(prefix="/api/v1/cases/{case_id}/agreement/attachments", tags=["agreements"])
Reading = Annotated[Access, allow("agreement:read", on="case")]
Drafting = Annotated[Access, allow("agreement:draft", on="case")]
_HEADERS = {"content-disposition": "inline", "x-content-type-options": "nosniff"}


class Title(Body):
    """What a file is called."""

    title: str = Field(max_length=500)


class Order(Body):
    """The so many'th, from 1."""

    place: int = Field(ge=1, le=100)


class AttachmentView(View):
    """A file of the agreement, with the number that it has in the text."""

    id: UUID
    number: int
    title: str
    media_type: str
    size: int
    pages: int
    sha256: str
    url: str


class AttachmentsView(View):
    """The files in their order."""

    items: list[AttachmentView]
    editable: bool


def _view(access: Access, case_id: UUID) -> AttachmentsView:
    agreement = drafting.get_current(access.tx, case_id)
    case = access.tx.session.get_one(Case, case_id)
    found = attachments.attachments_of(access.tx, agreement)
    numbers = attachments.numbered(
        _body(access, agreement), case.number, [each.kept() for each in found]
    )
    return AttachmentsView(
        items=[_one(case_id, each, told.number) for each, told in zip(found, numbers, strict=True)],
        editable=agreement.status == Status.DRAFTING
        and access.may("agreement:draft", Place(area_id=case.area_id)),
    )


def _body(access: Access, agreement: Agreement) -> str:
    if agreement.status != Status.DRAFTING:
        return agreement.body
    draft = drafting.read_draft(access.tx, agreement)
    return draft.filled.body if draft else ""


def _one(case_id: UUID, row: AgreementAttachment, number: int) -> AttachmentView:
    return AttachmentView(
        id=row.id,
        number=number,
        title=row.title,
        media_type=row.media_type,
        size=row.size,
        pages=len(row.pages),
        sha256=row.sha256,
        url=f"/api/v1/cases/{case_id}/agreement/attachments/{row.id}/file",
    )


@router.get("")
def list_attachments(case_id: UUID, access: Reading) -> AttachmentsView:
    """List the files that are part of the agreement."""
    return _view(access, case_id)


@router.post("")
def add_attachment(
    case_id: UUID,
    file: UploadFile,
    title: Annotated[str, Form(max_length=500)],
    access: Drafting,
) -> AttachmentsView:
    """Add a PDF or a picture to the draft."""
    agreement = drafting.get_current(access.tx, case_id)
    attachments.add(access.tx, agreement, file.file.read(LARGEST_ENCLOSURE + 1), title)
    return _view(access, case_id)


@router.post("/{attachment_id}/rename")
def rename_attachment(
    case_id: UUID, attachment_id: UUID, body: Title, access: Drafting
) -> AttachmentsView:
    """Call a file otherwise."""
    agreement = drafting.get_current(access.tx, case_id)
    attachments.rename(access.tx, agreement, attachment_id, body.title)
    return _view(access, case_id)


@router.post("/{attachment_id}/move")
def move_attachment(
    case_id: UUID, attachment_id: UUID, body: Order, access: Drafting
) -> AttachmentsView:
    """Let a file be the so many'th."""
    agreement = drafting.get_current(access.tx, case_id)
    attachments.move_to(access.tx, agreement, attachment_id, body.place)
    return _view(access, case_id)


@router.post("/{attachment_id}/remove")
def remove_attachment(case_id: UUID, attachment_id: UUID, access: Drafting) -> AttachmentsView:
    """Take a file out of the draft."""
    agreement = drafting.get_current(access.tx, case_id)
    attachments.remove(access.tx, agreement, attachment_id)
    return _view(access, case_id)


@router.get("/{attachment_id}/file", response_class=Response)
def show_attachment(case_id: UUID, attachment_id: UUID, access: Reading) -> Response:
    """Return a file as it is kept."""
    agreement = drafting.get_current(access.tx, case_id)
    row = attachments.attachment_of(access.tx, agreement, attachment_id)
    content = files.read(access.tx.session, row.sha256)
    return Response(content, media_type=row.media_type, headers=_HEADERS)
