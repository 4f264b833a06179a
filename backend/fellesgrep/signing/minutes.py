"""Which files can be minutes: a whole PDF, or a picture of a page, of a sensible size."""

import io

import pikepdf
from PIL import Image

from fellesgrep.core.problems import Invalid, TooLarge

LARGEST = 15_000_000
MOST_PIXELS = 60_000_000
_RASTER = {"PNG": "image/png", "JPEG": "image/jpeg"}


def media_type_of(content: bytes) -> str:
    """Return what a file is by its content; raises `Invalid` for anything but PDF, PNG, JPEG."""
    if len(content) > LARGEST:
        raise TooLarge("signing.problem.minutes_too_large")
    if content.startswith(b"%PDF-") and _opens(content):
        return "application/pdf"
    try:
        with Image.open(io.BytesIO(content), formats=tuple(_RASTER)) as picture:
            if picture.width * picture.height <= MOST_PIXELS:
                picture.load()
                return _RASTER[str(picture.format)]
    except (OSError, SyntaxError, Image.DecompressionBombError):
        pass
    raise Invalid.at("/file", "signing.problem.minutes_no_file")


def _opens(content: bytes) -> bool:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return len(pdf.pages) > 0
    except pikepdf.PdfError:
        return False
