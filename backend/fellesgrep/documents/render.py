"""Lay out a document and write it as tagged PDF/A-3a, the same bytes for the same input."""

import base64
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pydyf
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from fellesgrep.documents.accessible import make_accessible
from fellesgrep.documents.fetching import BASE_ADDRESS, AddressRefused, Carried, ClosedFetcher
from fellesgrep.documents.frames import fill_page
from fellesgrep.documents.lettering import undrawable
from fellesgrep.documents.models import Attachment, Branding, HtmlDocument, Picture
from fellesgrep.documents.problems import DocumentRefused

STYLE_FILE = Path(__file__).parent / "style.css"


def render_pdf(
    document: HtmlDocument,
    *,
    branding: Branding,
    source_date: datetime,
    identifier: str,
    attachments: Sequence[Attachment] = (),
    demonstration: bool = False,
) -> bytes:
    """Return the document as PDF/A-3a.

    `source_date` is the only time that the file knows, `identifier` its permanent name. Raises
    `DocumentRefused` for a resource outside the document or a character without a glyph.
    """
    if source_date.tzinfo is None:
        raise ValueError("the date of a document needs a time zone")
    made_at = source_date.astimezone(UTC).replace(microsecond=0)
    page = fill_page(
        document.language,
        document=document,
        branding=branding,
        mark_url=_mark_url(branding),
        made_at=made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        demonstration=demonstration,
    )
    if missing := undrawable(page):
        raise DocumentRefused.letters(missing)
    with _standing_still(made_at):
        return _write(page, document.pictures, attachments, identifier)


def _write(
    page: str, pictures: Sequence[Picture], attachments: Sequence[Attachment], identifier: str
) -> bytes:
    shown: list[Picture | Attachment] = [*pictures, *attachments]
    carried = {each.name: Carried(each.content, each.media_type) for each in shown}
    fetcher = ClosedFetcher(carried)
    fonts, style = fonts_and_style()
    try:
        laid_out = weasyprint.HTML(string=page, base_url=BASE_ADDRESS, url_fetcher=fetcher).render(
            stylesheets=[style], font_config=fonts
        )
        pdf: bytes = laid_out.write_pdf(
            pdf_variant="pdf/a-3a",
            pdf_identifier=hashlib.sha256(identifier.encode()).hexdigest()[:32].encode(),
            attachments=[_embedded(each, fetcher) for each in _by_name(attachments)],
            finisher=_finish,
        )
    except AddressRefused:
        raise DocumentRefused.address(fetcher.refused[0]) from None
    if fetcher.refused:
        raise DocumentRefused.address(fetcher.refused[0])
    return pdf


@cache
def fonts_and_style() -> tuple[FontConfiguration, weasyprint.CSS]:
    """Read fonts and style once per process: unpacking the fonts costs more than a letter."""
    fonts = FontConfiguration()
    style = weasyprint.CSS(
        string=STYLE_FILE.read_text("utf-8"),
        base_url=BASE_ADDRESS,
        url_fetcher=ClosedFetcher(),
        font_config=fonts,
    )
    return fonts, style


def _by_name(attachments: Sequence[Attachment]) -> list[Attachment]:
    """Sort as the name tree of a PDF must be; two files of one name would hide each other."""
    names = [each.name for each in attachments]
    if len(set(names)) != len(names):
        raise ValueError(f"attachments share a name: {names}")
    return sorted(attachments, key=lambda each: each.name.encode())


def _embedded(attachment: Attachment, fetcher: ClosedFetcher) -> weasyprint.Attachment:
    modified = attachment.modified.astimezone(UTC)
    return weasyprint.Attachment(
        url=f"attachment:{attachment.name}",
        url_fetcher=fetcher,
        name=attachment.name,
        description=attachment.description,
        created=modified,
        modified=modified,
        relationship=attachment.relationship,
    )


def _finish(_: weasyprint.Document, pdf: pydyf.PDF) -> None:
    make_accessible(pdf)
    _name_attachments_once(pdf)


def _name_attachments_once(pdf: pydyf.PDF) -> None:
    """WeasyPrint lists each associated file twice, which some readers show twice."""
    associated: Any = pdf.catalog.get("AF")
    if associated:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(associated))


def _mark_url(branding: Branding) -> str:
    if branding.mark is None:
        return ""
    return f"data:{branding.mark_media_type};base64,{base64.b64encode(branding.mark).decode()}"


@contextmanager
def _standing_still(at: datetime) -> Iterator[None]:
    """Fix the time that font subsetting writes into fonts (reproducible-builds.org)."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(at.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
