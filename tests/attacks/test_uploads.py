"""Huge, packed, two-faced and acting files, at every place that takes one."""

import base64
import io
import itertools
import zlib
from collections.abc import Iterator

import pikepdf
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from fellesgrep.core.body_size import LARGEST, LARGEST_WITH_FILES
from fellesgrep.documents.pictures import PictureRefused, check_picture
from fellesgrep.identity.policy import Role
from fellesgrep.signing.scans import ScanRefused, read_scan
from fellesgrep.signing.verify_seal import verify
from tests.attacks.conftest import KARI
from tests.backend.signing.stories import Signing
from tests.conftest import ClientFor

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'
ATTLIST = '<!DOCTYPE svg [<!ATTLIST svg onload CDATA "alert(1)">]>' + SVG.format("")
PARTS = ("--x\r\ncontent-disposition: form-data; name=file; filename=a\r\n\r\n", "\r\n--x--\r\n")


def endless(sent: list[int], most: int) -> Iterator[bytes]:
    """A body whose length nobody was told; counts what was taken of it."""
    yield PARTS[0].encode()
    for _ in range(most // 1_000_000 + 5):
        sent.append(1_000_000)
        yield b"\0" * 1_000_000


def a_picture(kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, kind)
    return out.getvalue()


def a_pdf_with(packed: bytes, *, as_objects: bool) -> bytes:
    """A PDF whose list of objects, or whose objects, are packed in what is given."""
    body = bytearray(b"%PDF-1.7\n")
    catalog = len(body)
    body += b"1 0 obj\n<</Type/Catalog/Pages 4 0 R>>\nendobj\n"
    objects = len(body)
    head = b"2 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n"
    body += head % len(packed) + packed + b"\nendstream\nendobj\n"
    at = len(body)
    rows = [(0, 0, 255), (1, catalog, 0), (1, objects, 0), (1, at, 0), (2, 2, 0)]
    listed = b"".join(bytes([kind]) + a.to_bytes(4, "big") + bytes([b]) for kind, a, b in rows)
    packing = b""
    if not as_objects:
        listed, packing = packed, b"/Filter/FlateDecode"
    body += b"3 0 obj\n<</Type/XRef/Size 5/W[1 4 1]/Root 1 0 R%s/Length %d>>\nstream\n" % (
        packing,
        len(listed),
    )
    return bytes(body + listed + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at)


def packed_gigabyte() -> bytes:
    packing, packed = zlib.compressobj(9), bytearray()
    for _ in range(1000):
        packed += packing.compress(b"0 " * 500_000)
    return bytes(packed + packing.flush())


@pytest.mark.parametrize(
    ("kind", "path", "most"),
    [
        ("multipart/form-data; boundary=x", "/verify", LARGEST_WITH_FILES),
        ("application/json", "/api/v1/development-login", LARGEST),
        ("application/x-www-form-urlencoded", "/p/new-link", LARGEST),
    ],
)
def test_a_body_without_end_is_refused_before_it_is_kept(
    client_for: ClientFor, kind: str, path: str, most: int
) -> None:
    """Fails without `core.body_size.LimitBodies`: anybody could fill the disk or the memory."""
    sent: list[int] = []
    answer = client_for(None).post(
        path, content=endless(sent, most), headers={"content-type": kind}
    )
    assert answer.status_code == 413
    assert "For stort" in answer.text or "for stort" in answer.text


def test_a_body_that_says_how_large_it_is_is_not_read_at_all(client_for: ClientFor) -> None:
    """Fails where `LimitBodies` does not believe `content-length`."""
    headers = {"content-length": str(10**12), "content-type": "application/json"}
    answer = client_for(None).post("/api/v1/development-login", content=b"{}", headers=headers)
    assert answer.status_code == 413


def test_what_is_as_large_as_may_be_is_still_taken(client_for: ClientFor) -> None:
    """Fails where `LARGEST_WITH_FILES` is less than the largest file that a page takes."""
    answer = client_for(None).post(
        "/verify", files={"file": ("a.pdf", b"%PDF-" + b"0" * 24_900_000)}
    )
    assert answer.status_code == 200


def test_a_file_larger_than_a_page_takes_is_refused(client_for: ClientFor) -> None:
    """Fails without `LARGEST` in `signing.verification_pages`."""
    answer = client_for(None).post(
        "/verify", files={"file": ("a.pdf", b"%PDF-" + b"0" * 25_000_000)}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("as_objects", [True, False])
def test_a_small_pdf_that_unpacks_to_a_gigabyte_is_not_unpacked(as_objects: bool) -> None:
    """Fails with a pyHanko that has no `decode_limits`."""
    bomb = a_pdf_with(packed_gigabyte(), as_objects=as_objects)
    assert len(bomb) < 2_000_000
    assert verify(bomb).verdict in {"no_seal", "unreadable"}
    with pytest.raises(ScanRefused):
        read_scan(bomb)


def nested_pdf(depth: int) -> bytes:
    return b"%PDF-1.7\n1 0 obj\n" + b"[" * depth + b"]" * depth + b"\nendobj\n%%EOF"


@pytest.mark.parametrize(
    "content",
    [
        nested_pdf(100_000),
        b"%PDF-1.7\nstartxref\n0\n%%EOF",
        b"%PDF-1.7\nxref\n0 99999999999\ntrailer<</Size 99999999999>>\nstartxref\n9\n%%EOF",
        b"%PDF-1.7\ntrailer<</Root 1 0 R/Prev 9>>\nxref\n0 0\nstartxref\n9\n%%EOF",
        b"%PDF-1.7\n/ByteRange[0 1 2 99999999999]\n%%EOF",
        b"\x00" * 1000,
        b"PK\x03\x04" + b"\x00" * 1000,
    ],
    ids=range(7),
)
def test_a_file_made_to_break_the_reader_is_answered_like_any_other(
    client_for: ClientFor, content: bytes
) -> None:
    """Fails where `verify_seal.verify` lets an error of the parser through."""
    answer = client_for(None).post("/verify", files={"file": ("a.pdf", content)})
    assert answer.status_code == 200
    with pytest.raises(ScanRefused):
        read_scan(content)


def two_faced() -> Iterator[bytes]:
    """Files that are one thing to us and another to whoever opens them later."""
    plain = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(plain, deterministic_id=True)
    yield a_picture("GIF")
    yield a_picture() + plain.getvalue()
    yield a_picture("JPEG") + b"<html><script>alert(1)</script>"
    yield plain.getvalue() + b"PK\x05\x06" + b"\0" * 18
    yield plain.getvalue() + b"<html>"
    yield b"<script>alert(1)</script>" + plain.getvalue()
    yield b"MZ" + plain.getvalue()
    yield SVG.format("<script>alert(1)</script>").encode()
    yield b"#!/bin/sh\n" + a_picture()
    yield b"%PDF-1.7\n" + a_picture()
    yield a_picture("JPEG") + b"PK\x05\x06" + b"\0" * 18


@pytest.mark.parametrize("content", list(two_faced()), ids=range(11))
def test_a_file_that_is_two_things_is_kept_nowhere(content: bytes) -> None:
    """Fails without `_OTHER_THING`, `_ZIP_END` and `_ENDING` in `signing.scans`."""
    with pytest.raises(ScanRefused):
        read_scan(content)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a.pdf\r\nset-cookie: a=b", "a\x00.html", "<script>.html", ""]
)
def test_the_name_of_a_file_is_never_used(client_for: ClientFor, name: str) -> None:
    """Fails where a name that was sent becomes a path, a header or a part of a page."""
    kept = client_for(None).post("/verify", files={"file": (name, a_picture(), "text/html")})
    assert kept.status_code in {200, 400, 422}
    assert "<script>.html" not in kept.text
    assert "set-cookie" not in kept.headers


@pytest.mark.parametrize(
    "drawing",
    [
        f'<?xml version="1.0" encoding="utf-16"?>{ATTLIST}'.encode("utf-16-le"),
        ATTLIST.encode(),
        ('<?xml version="1.0" encoding="utf-16"?>' + ATTLIST).encode("utf-16"),
        ("<?xml-stylesheet href='http://evil.example/x.css'?>" + SVG.format("")).encode(),
        *(
            SVG.format(inside).encode()
            for inside in (
                "<style>@import 'http://evil.example/x.css';</style>",
                "<style>rect{fill:URL(http://evil.example/x)}</style>",
                "<style>rect{fill:u\\72l(http://evil.example/x)}</style>",
                '<rect style="fill:URL(http://evil.example/x)"/>',
                '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
                '<h:body xmlns:h="http://www.w3.org/1999/xhtml"/>',
                "<handler>alert(1)</handler>",
                '<feImage href="http://evil.example/x"/>',
                '<use href="data:image/svg+xml,x"/>',
                '<a href="javascript:alert(1)"/>',
                '<set attributeName="href" to="javascript:alert(1)"/>',
            )
        ),
    ],
    ids=range(15),
)
def test_a_mark_that_acts_or_reaches_out_is_refused_however_it_is_written(drawing: bytes) -> None:
    """Fails without `_acts`, `_reaches_out` and the document type in `documents.pictures`."""
    with pytest.raises(PictureRefused):
        check_picture(drawing)


def test_an_entity_that_grows_without_end_is_refused() -> None:
    """Fails where the XML of a drawing is read with entities resolved, or without limits."""
    names = "abcdefghij"
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise(names))
    bomb = f'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">{entities}]>' + SVG.format("<desc>&j;</desc>")
    with pytest.raises(PictureRefused):
        check_picture(bomb.encode())


def test_what_drawing_programs_write_is_still_a_mark() -> None:
    """Fails where `_acts` takes every foreign note for an attack."""
    inside = (
        '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"/>'
        "<style>.a{fill:#123456}</style><defs><linearGradient id='g'/></defs>"
        "<rect class='a' fill='url(#g)'/>"
    )
    assert check_picture(SVG.format(inside).encode()) == "image/svg+xml"


def test_only_administrators_set_the_mark_and_only_to_a_picture(client_for: ClientFor) -> None:
    """Fails without the policy's row for `letterhead:edit`, or `check_picture`."""
    sent = {"file": ("a.svg", SVG.format("<script/>").encode(), "image/png")}

    def put(client: TestClient) -> int:
        version = client.get("/api/v1/letterhead").json()["version"]
        headers = {"if-match": str(version)}
        return client.put("/api/v1/letterhead/mark", files=sent, headers=headers).status_code

    assert put(client_for(Role.LIAISON)) == 403
    assert put(client_for(Role.ADMIN)) == 422


def a_stroke(width: int, height: int) -> str:
    out = io.BytesIO()
    Image.new("RGBA", (width, height), (0, 0, 0, 255)).save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


@pytest.mark.parametrize("mark", [a_stroke(60_000, 1_000), "data:text/html;base64,PGI+"])
def test_a_drawn_signature_that_fills_the_memory_or_is_no_drawing_signs_nothing(
    signing: Signing, mark: str
) -> None:
    """Fails without the size asked before unpacking in `documents.pictures.clean_stroke`."""
    form = signing.filled(KARI) | {"mark": mark}
    answer = signing.browser.post(f"{signing.links[KARI]}/sign", data=form)
    assert answer.status_code == 422
    assert signing.request(KARI).status == "sent"
