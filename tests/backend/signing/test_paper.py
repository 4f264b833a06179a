"""Signing on paper: scans that are kept or refused, and the original that somebody has seen."""

import hashlib
import io
import zipfile

import pikepdf
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from PIL import Image, PngImagePlugin

from fellesgrep.core.audit import sentences, timeline, verify
from fellesgrep.identity.policy import Role
from fellesgrep.signing import paper
from fellesgrep.signing.scans import LARGEST, ScanRefused, read_scan
from fellesgrep.signing.verify_seal import attachments, extract_attachment
from tests.backend.signing.stories import Signing
from tests.backend.signing.test_methods import choose
from tests.backend.signing.test_planning import address
from tests.conftest import ClientFor
from tests.contract_templates.expected import text_of

KARI = "Kari Berg"


def a_pdf(**root: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        for name, value in root.items():
            pdf.Root[f"/{name}"] = value
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def a_photo(kind: str = "JPEG", **extra: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, kind, **extra)
    return out.getvalue()


def a_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("evil.html", "<b>hei</b>")
    return out.getvalue()


def located() -> bytes:
    """A photo that tells where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = "Torggata 1"
    return a_photo(exif=exif)


def commented() -> bytes:
    about = PngImagePlugin.PngInfo()
    about.add_text("Comment", "Torggata 1")
    return a_photo("PNG", pnginfo=about)


def test_a_pdf_is_kept_as_it_is() -> None:
    made = a_pdf()
    scan = read_scan(made)
    assert (scan.content, scan.media_type) == (made, "application/pdf")


@pytest.mark.parametrize(
    ("photo", "media_type"), [(located(), "image/jpeg"), (commented(), "image/png")]
)
def test_a_photo_is_kept_without_what_else_it_tells(photo: bytes, media_type: str) -> None:
    assert b"Torggata" in photo
    scan = read_scan(photo)
    assert scan.media_type == media_type
    assert b"Torggata" not in scan.content
    with Image.open(io.BytesIO(scan.content)) as kept:
        assert kept.size == (60, 40)


def test_a_photo_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(io.BytesIO(read_scan(a_photo(exif=exif)).content)) as kept:
        assert kept.size == (40, 60)


def with_javascript() -> bytes:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    return a_pdf(OpenAction=action)


def with_a_file() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["evil.exe"] = b"MZ"
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def encrypted() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, encryption=pikepdf.Encryption(owner="x", user="y"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "no_file"),
        (b"Ikke et bilde", "no_scan"),
        (a_photo("GIF"), "no_scan"),
        (a_photo()[:-40][:200], "no_scan"),
        (b"\xff" * (LARGEST + 1), "scan_too_large"),
        (a_photo("PNG") + a_pdf(), "scan_is_two_things"),
        (a_photo() + a_zip(), "scan_is_two_things"),
        (a_photo() + b"<script>alert(1)</script>", "scan_is_two_things"),
        (a_pdf() + a_zip(), "scan_is_two_things"),
        (a_pdf() + b"<html>", "scan_is_two_things"),
        (b"\xff\xd8" + a_pdf(), "scan_is_two_things"),
        (b"%PDF-1.7\n%%EOF", "no_scan"),
        (with_javascript(), "scan_acts"),
        (with_a_file(), "scan_acts"),
        (encrypted(), "scan_acts"),
    ],
)
def test_what_is_no_plain_scan_is_refused(content: bytes, key: str) -> None:
    with pytest.raises(ScanRefused) as refused:
        read_scan(content)
    assert refused.value.key == f"signing.problem.{key}"


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(ScanRefused, match="too_large"):
        read_scan(a_photo_of(8_000, 8_000))


def a_photo_of(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def papers(planned: Signing, client_for: ClientFor) -> Signing:
    """Out for signature on paper."""
    assert choose(client_for(Role.LIAISON), planned, "wet_ink")[0] == 200
    planned.send_out()
    return planned


def send(signing: Signing, content: bytes, name: str = KARI) -> Response:
    link = signing.links[name]
    form = signing.form(f"{link}?step=paper")
    return signing.browser.post(f"{link}/paper", data=form, files={"file": ("a.pdf", content)})


def confirm(client: TestClient, signing: Signing, **changes: object) -> Response:
    [scan] = client.get(f"{address(signing)}/papers").json()
    body = {"signed_on": "2026-03-02", "original_seen": True} | changes
    return client.post(f"{address(signing)}/papers/{scan['id']}/confirm", json=body)


def test_the_page_tells_how_and_asks_for_no_code(papers: Signing) -> None:
    page = papers.browser.get(papers.links[KARI]).text
    assert "skal underskrives på papir" in page
    page = papers.browser.get(f"{papers.links[KARI]}?step=paper").text
    assert "Originalen" not in page
    assert "originalen til Liaison Nordmann" in page
    assert 'name="code"' not in page
    assert papers.browser.get(f"{papers.links[KARI]}?step=code").text.count("portal-document") == 1


def test_a_scan_is_no_signature_until_the_original_is_seen(
    papers: Signing, client_for: ClientFor
) -> None:
    sent = a_photo()
    assert "vi har fått bildet" in send(papers, sent).text
    assert papers.request(KARI).status == "sent"
    [mail] = papers.mailbox.fresh()
    assert str(mail["to"]).endswith("<liaison@solvik.example>")
    client = client_for(Role.LIAISON)
    assert "sett originalen" in confirm(client, papers, original_seen=False).text
    assert confirm(client, papers, signed_on="2026-03-01").status_code == 422
    assert confirm(client, papers, signed_on="2026-03-03").status_code == 422
    assert confirm(client_for(Role.AUDITOR), papers).status_code == 403
    assert confirm(client, papers).status_code == 200
    assert confirm(client, papers).status_code == 409
    request = papers.request(KARI)
    assert (request.status, request.method) == ("signed", "wet_ink")
    assert request.consent_version == "paper-1"
    assert request.evidence["method_result"]["original_seen_by"] == "Liaison Nordmann"
    assert "Underskrevet på papir" in papers.browser.get(papers.links[KARI]).text
    with papers.house.transaction() as tx:
        entries = timeline(tx.session, papers.subject)
        said = sentences(tx.session, papers.house.registry, entries, "nb")
        assert list(verify(tx.session)) == []
    assert (
        "Liaison Nordmann bekreftet å ha sett originalen som Kari Berg har underskrevet for "
        "Solbakken borettslag." in said
    )


def test_a_scan_sent_twice_is_kept_once_and_too_many_are_not_kept(papers: Signing) -> None:
    for _ in range(2):
        assert send(papers, a_pdf()).status_code == 200
    with papers.house.transaction() as tx:
        assert len(paper.scans_of(tx, papers.request(KARI).id)) == 1
    for width in range(1, 5):
        assert send(papers, a_photo_of(width, 5)).status_code == 200
    assert send(papers, a_photo_of(9, 9)).status_code == 409


def test_a_bad_file_is_refused_at_its_field(papers: Signing) -> None:
    answer = send(papers, a_photo() + a_zip())
    assert answer.status_code == 422
    assert "ikke bare en PDF eller et bilde" in answer.text
    assert send(papers, b"").status_code == 422


def test_a_scan_that_is_no_good_is_sent_again(papers: Signing, client_for: ClientFor) -> None:
    send(papers, a_photo())
    papers.mailbox.fresh()
    client = client_for(Role.LIAISON)
    [scan] = client.get(f"{address(papers)}/papers").json()
    path = f"{address(papers)}/papers/{scan['id']}"
    assert client.get(f"{path}/file").headers["content-type"] == "image/jpeg"
    assert client.post(f"{path}/refuse", json={"reason": "For mørkt."}).status_code == 200
    [mail] = papers.mailbox.fresh()
    assert "nytt bilde" in mail["subject"]
    assert "For mørkt." in papers.browser.get(f"{papers.links[KARI]}?step=paper").text
    assert confirm(client, papers).status_code == 409


def test_who_has_no_address_signs_on_paper_and_the_sealed_file_carries_it(
    planned: Signing, client_for: ClientFor
) -> None:
    client = client_for(Role.LIAISON)
    assert choose(client, planned, "wet_ink")[0] == 200
    contact = planned.contact(KARI)
    with planned.house.transaction() as tx:
        tx.session.merge(contact).email = ""
    planned.send_out()
    assert set(planned.links) == {"Per Dahl", "Ola Moen"}
    kept = {}
    for name in (KARI, "Per Dahl", "Ola Moen"):
        request = planned.request(name)
        made = a_pdf(Lang=pikepdf.String(name))
        path = f"{address(planned)}/{request.id}/papers"
        answer = client.post(path, files={"file": ("scan.pdf", made)})
        scan = next(each for each in answer.json() if each["request_id"] == str(request.id))
        kept[name] = made
        body = {"signed_on": "2026-03-02", "original_seen": True}
        path = f"{address(planned)}/papers/{scan['id']}/confirm"
        assert client.post(path, json=body).status_code == 200
    planned.complete("countersign", Role.DECISION_MAKER, confirm=True)
    planned.mailed()
    sealed = planned.sealed()
    assert extract_attachment(sealed, "2026-00001-papir-1.pdf") == kept[KARI]
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        relation = pdf.attachments["2026-00001-papir-3.pdf"].obj["/AFRelationship"]
    assert str(relation) == "/Supplement"
    assert len([name for name, _ in attachments(sealed) if "papir" in name]) == 3
    said = " ".join(text_of(sealed).split())
    assert "Underskrevet på papir" in said
    assert "Underskrevet 2. mars 2026. Originalen er sett av Liaison Nordmann." in said
    record = planned.evidence()
    facts = record["signatures"][0]["particulars"]["method_result"]
    assert facts["scan_sha256"] == hashlib.sha256(kept[KARI]).hexdigest()


def test_a_paper_signed_in_time_is_taken_in_after_the_deadline(
    papers: Signing, client_for: ClientFor
) -> None:
    send(papers, a_photo())
    papers.later(days=15)
    client = client_for(Role.LIAISON)
    assert "Fristen er ute" in papers.browser.get(papers.links[KARI]).text
    assert confirm(client, papers, signed_on="2026-03-17").status_code == 422
    assert confirm(client, papers, signed_on="2026-03-16").status_code == 200


def test_what_asks_for_an_electronic_id_is_not_signed_on_paper(
    signing: Signing, client_for: ClientFor
) -> None:
    from tests.backend.signing.test_methods import ask_for

    ask_for(signing, KARI, "authenticated_eid")
    path = f"{address(signing)}/{signing.request(KARI).id}/papers"
    answer = client_for(Role.LIAISON).post(path, files={"file": ("scan.pdf", a_pdf())})
    assert answer.status_code == 409
