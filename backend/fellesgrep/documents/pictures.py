"""Which pictures may stand in a document: plain ones, whole, of a sensible size."""

import io
from typing import cast

from lxml import etree
from PIL import Image, ImageOps

from fellesgrep.documents.models import MarkType

LARGEST = 1_000_000
WIDEST = 4000
WIDEST_PHOTO = 5000
MOST_PIXELS = 50_000_000
_RASTER = {"PNG": "image/png", "JPEG": "image/jpeg"}
_SVG = "{http://www.w3.org/2000/svg}"
_NAMES_OF_ACTIVE = frozenset(
    {"script", "foreignObject", "image", "feImage", "animate", "set", "handler", "iframe"}
)


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


def clean_photo(content: bytes) -> tuple[bytes, MarkType]:
    """Return a photo or scan anew from its pixels alone, upright and no larger than reading needs.

    What else the file carried (where the photo was taken, another file behind the picture) is
    gone. Raises `PictureRefused`.
    """
    try:
        with Image.open(io.BytesIO(content), formats=tuple(_RASTER)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PictureRefused("documents.problem.picture_too_large")
            picture.thumbnail((WIDEST_PHOTO, WIDEST_PHOTO))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            kind = str(picture.format)
    except PictureRefused:
        raise
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise PictureRefused("documents.problem.no_picture") from None
    out = io.BytesIO()
    if kind == "PNG":
        _bare(upright).save(out, "PNG", optimize=False)
    else:
        _bare(upright).save(out, "JPEG", quality=88)
    return out.getvalue(), cast(MarkType, _RASTER[kind])


def _bare(picture: Image.Image) -> Image.Image:
    """Return the pixels without anything that was said about them."""
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    return bare


def clean_stroke(content: bytes, *, width: int, height: int) -> bytes:
    """Return a drawn line as a small PNG of black on nothing; raises `PictureRefused`.

    `width` and `height` are the most it may have.
    """
    try:
        with Image.open(io.BytesIO(content), formats=("PNG",)) as picture:
            if picture.width > width or picture.height > height:
                raise PictureRefused("documents.problem.picture_too_large")
            drawn = picture.convert("RGBA").getchannel("A")
    except PictureRefused:
        raise
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise PictureRefused("documents.problem.no_picture") from None
    box = drawn.getbbox()
    if box is None:
        raise PictureRefused("documents.problem.no_picture")
    stroke = drawn.crop(box)
    out = io.BytesIO()
    Image.merge("LA", (Image.new("L", stroke.size, 0), stroke)).save(out, "PNG", optimize=True)
    return out.getvalue()


def _check_drawing(content: bytes) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise PictureRefused("documents.problem.no_picture") from None
    tree = root.getroottree()
    if root.tag != f"{_SVG}svg" or b"<!DOCTYPE" in etree.tostring(tree):
        raise PictureRefused("documents.problem.no_picture")
    if tree.xpath("//processing-instruction()"):
        raise PictureRefused("documents.problem.picture_is_active")
    for element in root.iter(etree.Element):
        if _acts(element) or any(map(_is_active, element.attrib.items())):
            raise PictureRefused("documents.problem.picture_is_active")


def _acts(element: etree._Element) -> bool:
    """Tell whether an element does something, reaches out, or belongs to another language.

    What drawing programs note about themselves is in namespaces of their own; a browser runs what
    is XHTML, or what looks like it.
    """
    name = etree.QName(element)
    if f"{{{name.namespace}}}" != _SVG:
        return name.localname.lower() in _NAMES_OF_ACTIVE or "xhtml" in str(name.namespace)
    return name.localname in _NAMES_OF_ACTIVE or (
        name.localname == "style" and _reaches_out(element.text or "")
    )


def _reaches_out(style: str) -> bool:
    """Tell whether a style fetches anything; an escape can hide that, and is taken for it."""
    plain = style.lower().replace("url(#", "")
    return "url(" in plain or "@import" in plain or "\\" in plain or "expression(" in plain


def _is_active(attribute: tuple[object, object]) -> bool:
    name, value = etree.QName(str(attribute[0])).localname.lower(), str(attribute[1]).strip()
    outside = name == "href" and not value.startswith("#")
    return name.startswith("on") or outside or _reaches_out(value)
