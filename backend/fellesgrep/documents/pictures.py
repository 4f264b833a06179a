"""Which pictures may stand in a document: plain ones, whole, of a sensible size."""

import io
from typing import cast

from lxml import etree
from PIL import Image

from fellesgrep.documents.models import MarkType

LARGEST = 1_000_000
WIDEST = 4000
_RASTER = {"PNG": "image/png", "JPEG": "image/jpeg"}
_SVG = "{http://www.w3.org/2000/svg}"
_ACTIVE = {f"{_SVG}{name}" for name in ("script", "foreignObject", "image", "animate", "set")}


class PictureRefused(ValueError):
    """The bytes are no picture that a document may hold; `key` is the text that says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def check_picture(content: bytes) -> MarkType:
    """Return the media type of a PNG, JPEG or harmless SVG; raises `PictureRefused`."""
    if len(content) > LARGEST:
        raise PictureRefused("documents.problem.picture_too_large")
    if content.lstrip()[:1] == b"<":
        _check_drawing(content)
        return "image/svg+xml"
    try:
        with Image.open(io.BytesIO(content), formats=tuple(_RASTER)) as picture:
            if max(picture.size) > WIDEST:
                raise PictureRefused("documents.problem.picture_too_large")
            picture.load()
            return cast(MarkType, _RASTER[str(picture.format)])
    except (OSError, SyntaxError, Image.DecompressionBombError):
        raise PictureRefused("documents.problem.no_picture") from None


def _check_drawing(content: bytes) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise PictureRefused("documents.problem.no_picture") from None
    if root.tag != f"{_SVG}svg" or b"<!DOCTYPE" in content:
        raise PictureRefused("documents.problem.no_picture")
    for element in root.iter(etree.Element):
        if element.tag in _ACTIVE or any(map(_is_active, element.attrib.items())):
            raise PictureRefused("documents.problem.picture_is_active")


def _is_active(attribute: tuple[object, object]) -> bool:
    name, value = etree.QName(str(attribute[0])).localname.lower(), str(attribute[1]).strip()
    outside = name == "href" and not value.startswith("#")
    return name.startswith("on") or outside or "url(" in value.replace("url(#", "")
