"""Files that are enclosed in a document: checked, and their pages drawn as pictures.

A foreign PDF cannot be made PDF/A by anybody for certain: fonts may lack, colours may depend on a
device, nothing may be tagged. So its pages are shown as pictures of our own making, which keep
what the document promises, and the file itself is embedded unchanged beside them. Runs in a worker
process with limits, since what is read here comes from outside.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image, ImageChops

from fellesgrep.documents.models import LARGEST_ENCLOSURE
from fellesgrep.documents.pictures import PictureRefused, clean_photo
from fellesgrep.documents.problems import DocumentRefused

MOST_PAGES = 40
_MOST_OBJECTS = 100_000
_DOTS_PER_MM = 200 / 25.4
_PORTRAIT_MM = (182, 236)
_LANDSCAPE_MM = (269, 148)
"""What a page leaves for a picture; see `enclosed` in the style sheet."""
_POINTS_PER_MM = 72 / 25.4
_ZIP_END = b"PK\x05\x06"
_ACTS = frozenset(
    {
        "/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/GoToR",
        "/GoToE", "/Rendition", "/RichMedia", "/Movie", "/Sound", "/3D", "/XFA", "/AA",
    }
)  # fmt: skip
_CARRIES = frozenset({"/EmbeddedFile", "/EmbeddedFiles", "/FileAttachment", "/EF", "/Collection"})
PDF = "application/pdf"


@dataclass(frozen=True)
class DrawnPage:
    """A page as a picture that stands in a document."""

    content: bytes
    media_type: str
    landscape: bool


@dataclass(frozen=True)
class Enclosure:
    """A file as it is embedded, and its pages as they are shown."""

    content: bytes
    media_type: str
    pages: tuple[DrawnPage, ...]


def take_in(content: bytes) -> Enclosure:
    """Return a PDF, PNG or JPEG as a document encloses it; raises `DocumentRefused`.

    The kind is told by the bytes. A picture is made anew from its pixels; a PDF is kept as it is,
    where it is not encrypted and holds nothing that acts and no other file.
    """
    if len(content) > LARGEST_ENCLOSURE:
        raise _refused("too_large", megabytes=LARGEST_ENCLOSURE // 1_000_000)
    if content.startswith(b"%PDF-"):
        _check(content)
        return Enclosure(content, PDF, tuple(_drawn(content)))
    try:
        cleaned, media_type = clean_photo(content)
    except PictureRefused as reason:
        kind = "too_large" if reason.key.endswith("too_large") else "no_file"
        raise _refused(kind, megabytes=LARGEST_ENCLOSURE // 1_000_000) from None
    with Image.open(io.BytesIO(cleaned)) as picture:
        return Enclosure(cleaned, media_type, (_page(picture),))


def _refused(reason: str, **params: Any) -> DocumentRefused:
    return DocumentRefused(f"documents.problem.enclosure_{reason}", **params)


def _check(content: bytes) -> None:
    if _ZIP_END in content[-70_000:]:
        raise _refused("holds_files")
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise _refused("encrypted")
            if not 1 <= len(pdf.pages) <= MOST_PAGES:
                raise _refused("too_many_pages", pages=MOST_PAGES)
            names = set(_names(pdf))
    except pikepdf.PasswordError:
        raise _refused("encrypted") from None
    except (pikepdf.PdfError, ValueError, RecursionError):
        raise _refused("no_file") from None
    if names & _CARRIES:
        raise _refused("holds_files")
    if names & _ACTS:
        raise _refused("acts")


def _names(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield every name in a file's dictionaries; raises `ValueError` for too many objects."""
    waiting: list[Any] = [pdf.trailer, *pdf.objects]
    looked_at = 0
    while waiting:
        part = waiting.pop()
        looked_at += 1
        if looked_at > _MOST_OBJECTS:
            raise ValueError("too many objects")
        if isinstance(part, pikepdf.Name):
            yield str(part)
        elif isinstance(part, pikepdf.Array):
            waiting.extend(each for each in _direct(list(part)))
        elif isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
            held = dict(part.items())
            yield from held
            waiting.extend(_direct(list(held.values())))


def _direct(parts: list[Any]) -> Iterator[Any]:
    """Leave out what is an object of its own: it is looked at in its turn."""
    for part in parts:
        if isinstance(part, pikepdf.Object) and not part.is_indirect:
            yield part


def _drawn(content: bytes) -> Iterator[DrawnPage]:
    try:
        with pypdfium2.PdfDocument(content) as pdf:
            pdf.init_forms()
            for page in pdf:
                width, height = page.get_size()
                scale = _scale(width / _POINTS_PER_MM, height / _POINTS_PER_MM)
                picture = page.render(scale=scale, fill_color=(255, 255, 255, 255)).to_pil()
                yield _page(picture.convert("RGB"))
    except pypdfium2.PdfiumError:
        raise _refused("no_file") from None


def _scale(width_mm: float, height_mm: float) -> float:
    """Return how much larger than its points a page is drawn, to fill what a page leaves for it."""
    across, down = _LANDSCAPE_MM if width_mm > height_mm else _PORTRAIT_MM
    fitting = min(across / width_mm, down / height_mm)
    return fitting * _DOTS_PER_MM / _POINTS_PER_MM


def _page(picture: Image.Image) -> DrawnPage:
    landscape = picture.width > picture.height
    across, down = _LANDSCAPE_MM if landscape else _PORTRAIT_MM
    most = (round(across * _DOTS_PER_MM), round(down * _DOTS_PER_MM))
    shown = picture.convert("RGB")
    shown.thumbnail(most)
    if _is_grey(shown):
        shown = shown.convert("L")
    exact, small = io.BytesIO(), io.BytesIO()
    shown.save(exact, "PNG")
    shown.save(small, "JPEG", quality=85)
    if len(exact.getvalue()) <= len(small.getvalue()):
        return DrawnPage(exact.getvalue(), "image/png", landscape)
    return DrawnPage(small.getvalue(), "image/jpeg", landscape)


def _is_grey(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    return not (
        ImageChops.difference(red, green).getbbox() or ImageChops.difference(green, blue).getbbox()
    )
