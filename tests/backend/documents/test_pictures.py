"""Only plain pictures get into documents."""

import io

import pytest
from PIL import Image

from fellesgrep.documents.pictures import PictureRefused, check_picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'


def raster(kind: str, size: tuple[int, int] = (8, 8)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    return out.getvalue()


def test_a_plain_picture_is_known_by_its_content() -> None:
    assert check_picture(raster("PNG")) == "image/png"
    assert check_picture(raster("JPEG")) == "image/jpeg"
    drawing = SVG.format('<circle id="c" r="4"/><path fill="url(#c)" d="M0 0"/>').encode()
    assert check_picture(drawing) == "image/svg+xml"


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<g onload="alert(1)"/>',
        '<a href="https://example.org"><rect/></a>',
        '<image href="file:///etc/hostname"/>',
        "<foreignObject/>",
        '<rect fill="url(https://example.org/x)"/>',
    ],
)
def test_a_drawing_that_does_something_or_reaches_out_is_refused(inside: str) -> None:
    with pytest.raises(PictureRefused, match="picture_is_active"):
        check_picture(SVG.format(inside).encode())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"<html/>",
        raster("GIF"),
        raster("PNG")[:40],
        b"<!DOCTYPE svg>" + b"<svg/>",
    ],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(PictureRefused, match="no_picture"):
        check_picture(content)


def test_a_picture_too_large_is_refused() -> None:
    with pytest.raises(PictureRefused, match="picture_too_large"):
        check_picture(raster("PNG", (4001, 1)))
    with pytest.raises(PictureRefused, match="picture_too_large"):
        check_picture(b" " * 1_000_001)
