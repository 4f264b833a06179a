"""The municipality's letterhead: read by all, changed by administrators."""

from typing import Annotated

from fastapi import APIRouter, Response, UploadFile
from markupsafe import Markup

from fellesgrep.contract_templates import letterhead as service
from fellesgrep.contract_templates.letterhead import LETTERHEAD, Letterhead
from fellesgrep.contract_templates.rendering import render
from fellesgrep.contract_templates.schemas import LetterheadEdit, LetterheadView
from fellesgrep.core.languages import say
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import IfMatch, ReaderLanguage, expect_version
from fellesgrep.documents.frames import LetterFrame, letter
from fellesgrep.documents.pictures import LARGEST
from fellesgrep.identity.access import Access, allow
from fellesgrep.identity.policy import EVERYWHERE

router = APIRouter(prefix="/api/v1/letterhead", tags=["letterhead"])
Reading = Annotated[Access, allow("letterhead:read")]
Changing = Annotated[Access, allow("letterhead:edit")]


@router.get("")
def show_letterhead(access: Reading) -> LetterheadView:
    """Return what stands in the head of documents."""
    return _view(access, service.letterhead(access.tx))


@router.put("")
def change_letterhead(body: LetterheadEdit, version: IfMatch, access: Changing) -> LetterheadView:
    """Change unit, contact lines and colour."""
    row = service.letterhead(access.tx)
    expect_version(row, version)
    service.change(access.tx, row, **body.model_dump())
    return _view(access, row)


@router.put("/mark")
def set_mark(file: UploadFile, version: IfMatch, access: Changing) -> LetterheadView:
    """Set the municipality's mark: PNG, JPEG or a plain SVG."""
    row = service.letterhead(access.tx)
    expect_version(row, version)
    service.set_mark(access.tx, row, file.file.read(LARGEST + 1))
    return _view(access, row)


@router.post("/mark/remove")
def remove_mark(version: IfMatch, access: Changing) -> LetterheadView:
    """Take the mark away."""
    row = service.letterhead(access.tx)
    expect_version(row, version)
    service.set_mark(access.tx, row, None)
    return _view(access, row)


@router.get("/preview.pdf", response_class=Response)
def preview_letterhead(access: Reading, language: ReaderLanguage) -> Response:
    """Return a letter that shows how documents look now."""
    tx: Tx = access.tx
    sample = LetterFrame(
        language=language,
        subject=say(language, "contract_templates.letterhead.subject"),
        sent_on=tx.today(),
        reference="2026-00001",
        recipient_lines=(say(language, "contract_templates.letterhead.recipient"),),
        body=Markup("<p>{}</p>").format(say(language, "contract_templates.letterhead.body")),
        sender_name=access.person.name,
        sender_title=access.person.title,
    )
    pdf = render(tx, letter(sample), at=tx.now(), identifier=f"letterhead:{LETTERHEAD.id}")
    return Response(pdf, media_type="application/pdf")


def _view(access: Access, row: Letterhead) -> LetterheadView:
    shown = service.branding(access.tx)
    return LetterheadView(
        municipality=shown.municipality,
        organisation_number=shown.organisation_number,
        unit=row.unit,
        contact_lines=row.contact_lines,
        colour=row.colour,
        has_mark=row.mark_sha256 is not None,
        version=row.version,
        can=["edit"] if access.may("letterhead:edit", EVERYWHERE) else [],
    )
