"""What may be enclosed in a document, and how its pages come to stand in it."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pdfua
import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from fellesgrep.documents import frames
from fellesgrep.documents.enclosing import MOST_PAGES, Enclosure, take_in
from fellesgrep.documents.frames import AgreementFrame, Enclosed, EnclosedPage
from fellesgrep.documents.models import (
    LARGEST_ENCLOSURE,
    Attachment,
    Branding,
    DocumentSettings,
    Picture,
)
from fellesgrep.documents.problems import DocumentRefused
from fellesgrep.documents.render import render_pdf
from fellesgrep.documents.rendering_pool import RenderPool
from tests.contract_templates.expected import text_of

MADE = datetime(2026, 3, 2, tzinfo=UTC)


def a_pdf(pages: int = 2, size: tuple[float, float] = (595, 842), **saved: object) -> bytes:
    """Make a PDF with a black square on each page, and no font embedded for its words."""
    pdf = Pdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=size)
        page.Resources = Dictionary(
            Font=Dictionary(
                F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)
            )
        )
        page.contents_add(b"0 0 0 rg 100 100 200 200 re f BT /F1 24 Tf 100 400 Td (Kart) Tj ET")
    out = io.BytesIO()
    pdf.save(out, deterministic_id=not saved, **saved)  # type: ignore[arg-type]
    return out.getvalue()


def changed(change: Callable[[Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf())) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def a_photo(kind: str = "JPEG", size: tuple[int, int] = (1200, 800)) -> bytes:
    out = io.BytesIO()
    picture = Image.effect_mandelbrot(size, (-2, -1.5, 1, 1.5), 40).convert("RGB")
    picture.putpixel((0, 0), (255, 0, 0))
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    picture.save(out, kind, exif=exif)
    return out.getvalue()


def test_a_pdf_is_kept_as_it_is_and_its_pages_are_drawn() -> None:
    content = a_pdf()
    taken = take_in(content)
    assert taken.content == content
    assert taken.media_type == "application/pdf"
    assert [page.landscape for page in taken.pages] == [False, False]
    with Image.open(io.BytesIO(taken.pages[0].content)) as drawn:
        assert drawn.mode == "L"
        assert drawn.getpixel((drawn.width // 3, drawn.height * 3 // 4)) == 0
        assert drawn.getpixel((5, 5)) == 255
    assert take_in(content) == taken


def test_a_drawing_of_any_size_lies_or_stands_as_it_was_made() -> None:
    [page] = take_in(a_pdf(1, (2384, 1684))).pages
    assert page.landscape
    with Image.open(io.BytesIO(page.content)) as drawn:
        assert drawn.width / drawn.height == pytest.approx(2384 / 1684, abs=0.01)
        assert drawn.width < 2200
    assert take_in(a_pdf(1, (40, 60))).pages[0].content


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_is_one_page_and_loses_what_was_said_about_it(kind: str) -> None:
    taken = take_in(a_photo(kind))
    assert taken.media_type == f"image/{kind.lower()}"
    assert len(taken.pages) == 1
    assert taken.pages[0].landscape
    with Image.open(io.BytesIO(taken.content)) as picture:
        assert not picture.getexif()
        assert b"taken at home" not in taken.content


def _javascript(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def _launch(pdf: Pdf) -> None:
    action = pdf.make_indirect(Dictionary(S=Name.Launch, F="c.exe"))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)
    pdf.pages[0].Annots = Array([pdf.make_indirect(link)])


def _by_name(pdf: Pdf) -> None:
    script = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="1"))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", script])))


def _on_opening_a_page(pdf: Pdf) -> None:
    pdf.pages[0].AA = Dictionary(O=Dictionary(S=Name.Named, N=Name.Print))


def _submits(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([pdf.make_indirect(Dictionary(A=Dictionary(S=Name.SubmitForm, F="http://x")))])
    )


def _xfa(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))


def _carries(pdf: Pdf) -> None:
    pdf.attachments["other.exe"] = b"MZ"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_javascript, "acts"),
        (_launch, "acts"),
        (_by_name, "acts"),
        (_on_opening_a_page, "acts"),
        (_submits, "acts"),
        (_xfa, "acts"),
        (_carries, "holds_files"),
    ],
)
def test_a_pdf_that_acts_or_holds_files_is_refused(
    change: Callable[[Pdf], None], reason: str
) -> None:
    with pytest.raises(DocumentRefused) as refused:
        take_in(changed(change))
    assert refused.value.key == f"documents.problem.enclosure_{reason}"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no_file"),
        (b"hello", "no_file"),
        (b"%PDF-1.7\nnothing else", "no_file"),
        (a_pdf()[:300], "no_file"),
        (a_pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "encrypted"),
        (a_pdf(encryption=pikepdf.Encryption(owner="o", user="")), "encrypted"),
        (a_pdf(MOST_PAGES + 1), "too_many_pages"),
        (a_pdf() + b"PK\x05\x06" + b"\0" * 18, "holds_files"),
        (b"%PDF-" + b"0" * LARGEST_ENCLOSURE, "too_large"),
        (b"GIF89a" + b"0" * 100, "no_file"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no_file"),
    ],
)
def test_what_is_no_plain_pdf_or_picture_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        take_in(content)
    assert refused.value.key == f"documents.problem.enclosure_{reason}"


def enclosed(number: int, title: str, taken: Enclosure) -> Enclosed:
    return Enclosed(
        number=number,
        title=title,
        file_name=f"vedlegg-{number}.pdf",
        size_bytes=len(taken.content),
        sha256=hashlib.sha256(taken.content).hexdigest(),
        page_count=len(taken.pages),
        pages=tuple(
            EnclosedPage(
                Picture(hashlib.sha256(page.content).hexdigest(), page.content, page.media_type),
                page.landscape,
            )
            for page in taken.pages
        ),
    )


def render(frame: AgreementFrame, plan: Enclosure) -> bytes:
    return render_pdf(
        frames.agreement(frame),
        branding=Branding(municipality="Solvik kommune"),
        source_date=MADE,
        identifier="enclosed",
        attachments=[
            Attachment("vedlegg-2.pdf", plan.content, "application/pdf", "Supplement", MADE, "Kart")
        ],
    )


def test_the_pages_stand_behind_the_text_and_the_file_lies_beside_them_unchanged(
    agreement_frame: AgreementFrame, tmp_path: Path
) -> None:
    plan, photo = take_in(a_pdf()), take_in(a_photo())
    files = (enclosed(2, "Kart over Åsen", plan), enclosed(3, "Bilde av i dag", photo))
    pdf = render(replace(agreement_frame, enclosed=files), plan)
    assert render(replace(agreement_frame, enclosed=files), plan) == pdf
    said = " ".join(text_of(pdf).split())
    assert "Vedlegg 2: Kart over Åsen (2 sider)" in said
    assert "Vedlegg 3: Bilde av i dag (1 side)" in said
    assert "Vedlegg 2 – Kart over Åsen" in said
    assert hashlib.sha256(plan.content).hexdigest() in said
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        carried = opened.attachments["vedlegg-2.pdf"]
        assert carried.get_file().read_bytes() == plan.content
        assert str(carried.obj.AFRelationship) == "/Supplement"
        with opened.open_outline() as outline:
            titles = [item.title for item in outline.root[0].children]
            assert titles[-2:] == ["Vedlegg 2 – Kart over Åsen", "Vedlegg 3 – Bilde av i dag"]
        count = len(opened.pages)
        last = opened.pages[-1].mediabox
        assert last[2] > last[3]
        for part in opened.objects:
            if isinstance(part, pikepdf.Stream) and part.get("/Subtype") == "/Image":
                assert not part.get("/Interpolate")
                assert "/SMask" not in part
        for part in opened.objects:
            if isinstance(part, pikepdf.Dictionary) and part.get("/Type") == "/FontDescriptor":
                assert any(name in part for name in ("/FontFile", "/FontFile2", "/FontFile3"))
    assert f"Side {count} av {count}" in said
    file = tmp_path / "enclosed.pdf"
    file.write_bytes(pdf)
    assert [(each.rule_id, each.message) for each in pdfua.validate(str(file)).findings] == []
    with pypdfium2.PdfDocument(pdf) as drawn:
        picture = drawn[count - 2].render().to_pil().convert("L")
        assert picture.getextrema() == (0, 255)


def test_a_list_without_pages_is_for_readers_who_open_the_files(
    agreement_frame: AgreementFrame,
) -> None:
    plan = replace(enclosed(1, "Kart", take_in(a_pdf())), pages=())
    document = frames.agreement(replace(agreement_frame, enclosed=(plan,)))
    assert "Vedlegg 1: Kart (2 sider)" in document.content
    assert "<img" not in document.content
    assert document.pictures == ()


def test_files_are_taken_in_by_a_worker_process() -> None:
    with RenderPool(DocumentSettings(workers=1)) as pool:
        assert pool.take_in(a_pdf()) == take_in(a_pdf())
        with pytest.raises(DocumentRefused) as refused:
            pool.take_in(b"hello")
    assert refused.value.key == "documents.problem.enclosure_no_file"
