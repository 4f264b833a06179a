"""What may be taken as the scan of a signed paper: a whole PDF, or a photo, and nothing besides."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from fellesgrep.documents.pictures import PictureRefused, clean_photo

LARGEST = 15_000_000
MOST_PAGES = 60
_MOST_PARTS = 20_000
_ENDING = re.compile(rb"%%EOF[\r\n \t\0]{0,16}\Z")
_OTHER_THING = re.compile(rb"%PDF-|<script|<html|<svg|<\?php|<!doctype", re.IGNORECASE)
_ZIP_END = b"PK\x05\x06"
_ACTIVE = frozenset(
    {
        "/JavaScript",
        "/JS",
        "/Launch",
        "/EmbeddedFiles",
        "/EmbeddedFile",
        "/AA",
        "/RichMedia",
        "/XFA",
        "/SubmitForm",
        "/ImportData",
    }
)


class ScanRefused(ValueError):
    """The bytes are no scan that is kept; `key` is the text that says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Scan:
    """A scan as it is kept."""

    content: bytes
    media_type: str


def read_scan(content: bytes) -> Scan:
    """Return what is kept of a file that was sent; raises `ScanRefused`.

    The kind is told by the bytes, never by a name. A photo is made anew from its pixels; a PDF is
    kept as it is, where it is one from its first byte to its last and holds nothing that acts.
    """
    if not content:
        raise ScanRefused("signing.problem.no_file")
    if len(content) > LARGEST:
        raise ScanRefused("signing.problem.scan_too_large")
    if _ZIP_END in content[-70_000:]:
        raise ScanRefused("signing.problem.scan_is_two_things")
    if content.startswith(b"%PDF-"):
        _check_pdf(content)
        return Scan(content, "application/pdf")
    if _OTHER_THING.search(content):
        raise ScanRefused("signing.problem.scan_is_two_things")
    try:
        cleaned, media_type = clean_photo(content)
    except PictureRefused as refused:
        too_large = refused.key.endswith("too_large")
        key = "scan_too_large" if too_large else "no_scan"
        raise ScanRefused(f"signing.problem.{key}") from None
    return Scan(cleaned, media_type)


def _check_pdf(content: bytes) -> None:
    if not _ENDING.search(content):
        raise ScanRefused("signing.problem.scan_is_two_things")
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=True)
        pages = int(reader.root["/Pages"]["/Count"])
        encrypted = reader.encrypted
        active = not encrypted and any(name in _ACTIVE for name in _names(reader.trailer_view))
    except (PdfError, LookupError, ValueError, TypeError, RecursionError, NotImplementedError):
        raise ScanRefused("signing.problem.no_scan") from None
    if encrypted or active or not 1 <= pages <= MOST_PAGES:
        raise ScanRefused("signing.problem.scan_acts")


def _names(start: Any) -> Iterator[str]:
    """Yield every name in a PDF's objects, keys and values; raises `ValueError` for too many."""
    seen: set[Any] = set()
    waiting: list[Any] = [start]
    parts = 0
    while waiting:
        part = waiting.pop()
        parts += 1
        if parts > _MOST_PARTS:
            raise ValueError("too many parts")
        if isinstance(part, generic.IndirectObject):
            if part.reference in seen:
                continue
            seen.add(part.reference)
            part = part.get_object()
        if isinstance(part, generic.NameObject):
            yield str(part)
        elif isinstance(part, generic.DictionaryObject):
            yield from (str(name) for name in part)
            waiting.extend(part.raw_get(name) for name in part)
        elif isinstance(part, generic.ArrayObject):
            waiting.extend(part.raw_get(index) for index in range(len(part)))
