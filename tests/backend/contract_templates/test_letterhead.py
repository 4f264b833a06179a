"""The letterhead: administrators decide it, documents made afterwards bear it."""

import pytest

from fellesgrep.contract_templates.letterhead import branding, contrast_on_white
from fellesgrep.identity.policy import Role
from tests.backend.documents.test_pictures import SVG, raster
from tests.conftest import ClientFor, World
from tests.contract_templates.expected import text_of

PLAIN = {"unit": "Byutvikling", "contact_lines": ["Torget 1", ""], "colour": "#5A1F2B"}


def test_an_administrator_decides_what_documents_look_like(
    client_for: ClientFor, world: World
) -> None:
    admin = client_for(Role.ADMIN)
    before = admin.get("/api/v1/letterhead").json()
    assert (before["unit"], before["has_mark"], before["can"]) == ("", False, ["edit"])
    changed = admin.put(
        "/api/v1/letterhead", json=PLAIN, headers={"if-match": str(before["version"])}
    ).json()
    assert (changed["unit"], changed["contact_lines"]) == ("Byutvikling", ["Torget 1"])
    mark = {"file": ("merke.svg", SVG.format("<circle r='4'/>"), "image/svg+xml")}
    version = {"if-match": str(changed["version"])}
    with_mark = admin.put("/api/v1/letterhead/mark", files=mark, headers=version).json()
    assert with_mark["has_mark"]
    world.tx.session.rollback()
    shown = branding(world.tx)
    assert (shown.colour, shown.mark_media_type) == ("#5a1f2b", "image/svg+xml")
    pdf = admin.get("/api/v1/letterhead/preview.pdf")
    assert "Byutvikling" in text_of(pdf.content)
    version = {"if-match": str(with_mark["version"])}
    removed = admin.post("/api/v1/letterhead/mark/remove", headers=version).json()
    assert not removed["has_mark"]


@pytest.mark.parametrize(
    ("colour", "why"), [("#ffee88", "lys"), ("red", "#0d2b45"), ("#12345g", "#0d2b45")]
)
def test_a_colour_that_cannot_be_read_is_refused_at_its_field(
    client_for: ClientFor, colour: str, why: str
) -> None:
    admin = client_for(Role.ADMIN)
    version = {"if-match": str(admin.get("/api/v1/letterhead").json()["version"])}
    answer = admin.put("/api/v1/letterhead", json=PLAIN | {"colour": colour}, headers=version)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["pointer"] == "/colour"
    assert why in error["detail"]


def test_a_mark_that_is_no_picture_is_refused_and_stale_changes_too(client_for: ClientFor) -> None:
    admin = client_for(Role.ADMIN)
    version = str(admin.get("/api/v1/letterhead").json()["version"])
    bad = {"file": ("merke.png", b"%PDF-1.7", "image/png")}
    answer = admin.put("/api/v1/letterhead/mark", files=bad, headers={"if-match": version})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/mark")
    good = {"file": ("merke.png", raster("PNG"), "image/png")}
    assert admin.put("/api/v1/letterhead/mark", files=good).status_code == 428
    stale = admin.put("/api/v1/letterhead/mark", files=good, headers={"if-match": "77"})
    assert stale.status_code == 409


def test_contrast_is_that_of_wcag() -> None:
    assert contrast_on_white("#000000") == pytest.approx(21)
    assert contrast_on_white("#ffffff") == pytest.approx(1)
    assert contrast_on_white("#767676") == pytest.approx(4.54, abs=0.01)
