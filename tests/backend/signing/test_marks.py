"""A signature drawn beside the typed name."""

import base64
import io
from pathlib import Path

import pdfua
import pikepdf
import pytest
from PIL import Image, ImageDraw, PngImagePlugin

from fellesgrep.core import files
from fellesgrep.identity.policy import Role
from fellesgrep.signing import marks
from tests.backend.signing.stories import Signing
from tests.contract_templates.expected import text_of

KARI = "Kari Berg"


def drawn(size: tuple[int, int] = (600, 200), comment: str = "", *, empty: bool = False) -> str:
    picture = Image.new("RGBA", size)
    if not empty:
        ImageDraw.Draw(picture).line((50, 60, 300, 120), fill=(20, 40, 200, 255), width=5)
    about = PngImagePlugin.PngInfo()
    about.add_text("Comment", comment)
    out = io.BytesIO()
    picture.save(out, "PNG", pnginfo=about)
    return address(out.getvalue())


def address(content: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(content).decode()


def test_what_is_kept_is_the_line_alone_in_black(signing: Signing) -> None:
    with signing.house.transaction() as tx:
        kept = marks.keep(tx, drawn(comment="Torggata 1"))
        content = files.read(tx.session, kept["mark_sha256"])
    assert b"Torggata" not in content
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.width < 300
        assert picture.height < 80
        assert picture.convert("LA").getchannel("L").getextrema() == (0, 0)


def a_gif() -> str:
    out = io.BytesIO()
    Image.new("P", (5, 5)).save(out, "GIF")
    return address(out.getvalue())


@pytest.mark.parametrize(
    "sent",
    [
        drawn(empty=True),
        drawn((2401, 100)),
        a_gif(),
        address(b"<svg onload='alert(1)'/>"),
        "data:image/svg+xml;base64,PHN2Zy8+",
        "data:image/png;base64,%%%",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_drawing_is_refused_at_its_place(signing: Signing, sent: str) -> None:
    form = signing.filled(KARI) | {"mark": sent}
    answer = signing.browser.post(f"{signing.links[KARI]}/sign", data=form)
    assert answer.status_code == 422
    assert "Tegningen kunne ikke brukes" in answer.text
    assert sent not in answer.text
    assert signing.request(KARI).status == "sent"
    again = signing.browser.post(f"{signing.links[KARI]}/sign", data=form | {"mark": ""})
    assert "Du har signert" in again.text
    assert "mark_sha256" not in signing.request(KARI).evidence


def test_a_drawing_stays_while_something_else_is_corrected(signing: Signing) -> None:
    form = signing.filled(KARI) | {"mark": drawn(), "name": ""}
    answer = signing.browser.post(f"{signing.links[KARI]}/sign", data=form)
    assert answer.status_code == 422
    assert drawn() in answer.text


def test_a_drawing_is_not_sent_without_end(signing: Signing) -> None:
    form = signing.filled(KARI) | {"mark": "x" * (marks.LONGEST + 1)}
    assert signing.browser.post(f"{signing.links[KARI]}/sign", data=form).status_code == 422


def test_the_sealed_file_shows_the_drawing_and_stays_accessible(
    signing: Signing, tmp_path: Path
) -> None:
    form = signing.filled(KARI) | {"mark": drawn()}
    assert signing.browser.post(f"{signing.links[KARI]}/sign", data=form).status_code == 200
    signing.sign("Per Dahl")
    signing.sign("Ola Moen")
    signing.complete("countersign", Role.DECISION_MAKER, confirm=True)
    signing.mailed()
    sealed = signing.sealed()
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        pictures = [each for each in streams if each.get("/Subtype") == "/Image"]
        told = [
            str(each["/Alt"])
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
        ]
    assert len([each for each in pictures if "/SMask" in each]) == 1
    assert "Tegnet underskrift: Kari Berg" in told
    assert KARI in text_of(sealed)
    file = tmp_path / "sealed.pdf"
    file.write_bytes(sealed)
    assert [each.message for each in pdfua.validate(str(file)).findings] == []
