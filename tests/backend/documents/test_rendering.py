"""What a finished document is: archivable, accessible, repeatable, closed to the outside."""

import hashlib
import io
import os
import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from markupsafe import Markup

from fellesgrep.documents.frames import AgreementFrame, LetterFrame, agreement, letter
from fellesgrep.documents.models import Attachment, Branding, HtmlDocument
from fellesgrep.documents.problems import DocumentRefused
from fellesgrep.documents.render import render_pdf

_DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">
<image href="file:///etc/hostname" width="5" height="5"/></svg>"""
_PICTURE_IN_A_PICTURE = f"data:image/svg+xml;base64,{b64encode(_DRAWING).decode()}"
_PLAIN_SPACES = {0x2002: " ", 0xA0: " "}
MADE = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


def render(document: HtmlDocument, branding: Branding, *attachments: Attachment) -> bytes:
    return render_pdf(
        document,
        branding=branding,
        source_date=MADE,
        identifier="agreement-1",
        attachments=attachments,
    )


def text_of(pdf: bytes) -> str:
    out = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return out.stdout.decode().translate(_PLAIN_SPACES)


def html(content: str) -> HtmlDocument:
    return HtmlDocument("Prøve", "nb", Markup(content))


def test_the_file_is_sound_and_says_it_is_accessible_pdf_a_3(
    agreement_frame: AgreementFrame, branding: Branding, tmp_path: Path
) -> None:
    pdf = render(agreement(agreement_frame), branding)
    (tmp_path / "a.pdf").write_bytes(pdf)
    checked = subprocess.run(
        ["qpdf", "--check", tmp_path / "a.pdf"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        metadata = opened.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["dc:title"] == "Opprusting av fellesgården"
        assert opened.Root.Lang == "nb"
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        assert opened.Root.OutputIntents[0].S == "/GTS_PDFA1"


def test_headings_tables_and_lists_are_tagged_as_such(
    agreement_frame: AgreementFrame, branding: Branding
) -> None:
    with pikepdf.open(io.BytesIO(render(agreement(agreement_frame), branding))) as opened:
        kinds = {
            str(each.get("/S")) for each in opened.objects if isinstance(each, pikepdf.Dictionary)
        }
    assert {"/H1", "/H2", "/P", "/Table", "/THead", "/TR", "/TH", "/TD", "/L", "/LI"} <= kinds


def test_every_page_is_numbered_and_a_long_table_repeats_its_head(
    agreement_frame: AgreementFrame, branding: Branding
) -> None:
    pages = text_of(render(agreement(agreement_frame), branding)).rstrip("\f\n").split("\f")
    for number, page in enumerate(pages, start=1):
        assert f"Side {number} av {len(pages)}" in page
    with_table = [page for page in pages if "Post 1 " in page or "Post 59 " in page]
    assert len(with_table) == 2
    assert all("Budsjettpost" in page for page in with_table)


def test_clauses_are_numbered_and_norwegian_signs_come_out(
    agreement_frame: AgreementFrame, branding: Branding
) -> None:
    text = text_of(render(agreement(agreement_frame), branding))
    for expected in ("1. Formål", "2. Budsjett", "3. Varighet", "3.1 Oppsigelse", "3.1.2"):
        assert expected in text
    for expected in ("– «et sted for alle», jf. § 1-1", "ÆØÅ æøå", "1 250 000 kr"):
        assert expected in text
    assert "Nordvik kommune" in text
    assert "923 609 016" in text
    assert "20. november 2026 kl. 13.05" in text


def test_a_document_before_signing_promises_nothing_about_signatures(
    agreement_frame: AgreementFrame, branding: Branding
) -> None:
    page = agreement_frame.signature_page
    assert page is not None
    unsigned = replace(
        page, signatures=(replace(page.signatures[0], signed_at=None),), shown_sha256=""
    )
    text = text_of(render(agreement(replace(agreement_frame, signature_page=unsigned)), branding))
    assert "Avtalen blir bindende når" in text
    assert "Ikke ennå" in text
    assert "forseglet" not in text


def test_a_letter_speaks_its_own_language(letter_frame: LetterFrame, branding: Branding) -> None:
    text = text_of(render(letter(letter_frame), branding))
    assert "Med helsing" in text
    assert "25. november 2026" in text
    assert "Finansieringsplan" in text


def test_only_a_demonstration_carries_the_mark_and_carries_it_on_every_page(
    agreement_frame: AgreementFrame, branding: Branding
) -> None:
    document = agreement(agreement_frame)
    real = text_of(render(document, branding))
    assert "DEMONSTRASJON" not in real.upper()
    shown = text_of(
        render_pdf(
            document, branding=branding, source_date=MADE, identifier="x", demonstration=True
        )
    )
    pages = shown.rstrip("\f\n").split("\f")
    assert len(pages) > 2
    assert all("DEMONSTRASJON" in page.upper() for page in pages)


def test_attachments_come_out_unchanged_and_say_what_they_are(
    agreement_frame: AgreementFrame, branding: Branding, shown_pdf: Attachment
) -> None:
    evidence = Attachment("a-bevis.json", b"{}", "application/json", "Data", MADE)
    pdf = render(agreement(agreement_frame), branding, shown_pdf, evidence)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert list(opened.attachments) == ["a-bevis.json", "avtale-vist.pdf"]
        for given in (shown_pdf, evidence):
            found = opened.attachments[given.name]
            assert found.get_file().read_bytes() == given.content
            assert found.get_file().mime_type == given.media_type
            assert found.obj.AFRelationship == f"/{given.relationship}"
            assert found.get_file().mod_date == given.modified
        assert len(opened.Root.AF) == 2


def test_two_attachments_of_one_name_are_refused(branding: Branding, shown_pdf: Attachment) -> None:
    with pytest.raises(ValueError, match="share a name"):
        render(html("<p>x</p>"), branding, shown_pdf, shown_pdf)


_PROGRAM = """
import hashlib, pickle, sys
from datetime import UTC, datetime
from fellesgrep.documents.render import render_pdf
document, branding, attachment = pickle.load(sys.stdin.buffer)
pdf = render_pdf(document, branding=branding, source_date=datetime(2026, 11, 25, 10, 0, tzinfo=UTC),
    identifier="agreement-1", attachments=[attachment])
print(hashlib.sha256(pdf).hexdigest())
"""


def test_the_same_input_gives_the_same_bytes_here_in_another_process_and_without_any_system_font(
    agreement_frame: AgreementFrame, branding: Branding, shown_pdf: Attachment, tmp_path: Path
) -> None:
    import pickle

    document = agreement(agreement_frame)
    first = render(document, branding, shown_pdf)
    assert render(document, branding, shown_pdf) == first
    bare = tmp_path / "fonts.conf"
    bare.write_text("<fontconfig/>")
    elsewhere = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        input=pickle.dumps((document, branding, shown_pdf)),
        env={**os.environ, "FONTCONFIG_FILE": str(bare), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
        capture_output=True,
        check=True,
    )
    assert elsewhere.stdout.decode().strip() == hashlib.sha256(first).hexdigest()


def test_date_and_name_of_the_file_come_from_the_caller(branding: Branding) -> None:
    document = html("<p>x</p>")
    later = datetime(2027, 1, 1, tzinfo=UTC)
    one = render_pdf(document, branding=branding, source_date=MADE, identifier="a")
    two = render_pdf(document, branding=branding, source_date=later, identifier="b")
    with pikepdf.open(io.BytesIO(one)) as first, pikepdf.open(io.BytesIO(two)) as second:
        assert first.docinfo["/CreationDate"] == "D:20261125100000Z"
        assert second.docinfo["/CreationDate"] == "D:20270101000000Z"
        assert bytes(first.trailer.ID[0]) != bytes(second.trailer.ID[0])


@pytest.mark.parametrize(
    "content",
    [
        '<img src="https://example.org/a.png" alt="a">',
        '<img src="file:///etc/hostname" alt="a">',
        '<img src="neighbour.png" alt="a">',
        '<img src="font:../render.py" alt="a">',
        '<img src="data:text/html,x" alt="a">',
        '<p style="background: url(http://127.0.0.1:1/x)">a</p>',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<link rel="stylesheet" href="http://127.0.0.1:1/x.css">',
        '<style>@import "http://127.0.0.1:1/x.css";</style>',
        f'<img alt="a" src="{_PICTURE_IN_A_PICTURE}">',
    ],
)
def test_nothing_outside_the_document_is_fetched(content: str, branding: Branding) -> None:
    with pytest.raises(DocumentRefused) as refused:
        render(html(content), branding)
    assert refused.value.key == "documents.problem.address_refused"


def test_letters_without_a_glyph_are_named_and_not_printed_as_boxes(branding: Branding) -> None:
    with pytest.raises(DocumentRefused) as refused:
        render(html("<p>Navn: 漢 字</p>"), branding)
    assert refused.value.params == {"letters": "字 漢"}


def test_names_in_other_scripts_are_drawn_by_the_second_font(branding: Branding) -> None:
    assert "Øđŋ Ж" in text_of(render(html("<p>Øđŋ Ж ☑ أمينة</p>"), branding))
