"""The municipality's seal: valid to others' readers too, and broken by any change."""

import io
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.pool import ThreadPool
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from markupsafe import Markup
from pydantic import SecretStr

from fellesgrep.documents.models import Attachment, Branding, HtmlDocument
from fellesgrep.documents.render import render_pdf
from fellesgrep.signing.seal import SealedPdf, seal_pdf
from fellesgrep.signing.seal_key import (
    SealKey,
    SealSettings,
    load_or_create_seal_key,
    make_certificate,
)
from fellesgrep.signing.seal_self_test import self_test
from fellesgrep.signing.verify_seal import extract_attachment, verify

NOW = datetime(2026, 11, 25, 10, 5, 6, tzinfo=UTC)
SETTINGS = SealSettings(common_name="Nordvik kommune", organisation_number="998877665")
SHOWN = Attachment(
    "avtale-vist.pdf", bytes(range(256)) * 20, "application/pdf", "Source", NOW, "Vist"
)


@pytest.fixture(scope="module")
def key() -> SealKey:
    return make_certificate("Nordvik kommune", "998877665", now=NOW)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    document = HtmlDocument("Avtale", "nb", Markup("<h1>Avtale</h1><p>Innhold – æøå</p>"))
    return render_pdf(
        document,
        branding=Branding(municipality="Nordvik kommune"),
        source_date=NOW,
        identifier="agreement-1",
        attachments=[SHOWN],
    )


@pytest.fixture(scope="module")
def sealed(pdf: bytes, key: SealKey) -> SealedPdf:
    return seal_pdf(pdf, key, reason="Forseglet – avtale", location="Nordvik", signing_time=NOW)


def test_another_reader_finds_the_seal_valid_over_the_whole_file(
    sealed: SealedPdf, tmp_path: Path
) -> None:
    file = tmp_path / "sealed.pdf"
    file.write_bytes(sealed.content)
    told = subprocess.run(
        ["pdfsig", "-nocert", file], capture_output=True, text=True, check=True, env={"TZ": "UTC"}
    ).stdout
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told
    assert "Nov 25 2026 10:05:06" in told
    checked = subprocess.run(["qpdf", "--check", file], capture_output=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_sealing_appends_and_keeps_the_archive_format(sealed: SealedPdf, pdf: bytes) -> None:
    assert sealed.content.startswith(pdf)
    assert verify(sealed.content).level == "B-B"
    with pikepdf.open(io.BytesIO(sealed.content)) as opened:
        metadata = opened.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert opened.docinfo["/ModDate"] == "D:20261125100506Z"
        assert opened.Root.Perms.DocMDP.Reference[0].TransformParams.P == 1
        widget = opened.Root.AcroForm.Fields[0]
        assert list(widget.Rect) == [0, 0, 0, 0]


def test_the_report_says_who_sealed_when_and_that_nothing_changed(
    sealed: SealedPdf, key: SealKey
) -> None:
    report = verify(sealed.content, known=[key.certificate])
    assert report.verdict == "unchanged"
    assert report.trusted
    assert report.covers_entire_file
    assert report.forbids_changes
    assert (report.signer_name, report.organisation_number) == ("Nordvik kommune", "998877665")
    assert report.signed_at == NOW
    assert report.certificate_fingerprint == sealed.certificate_fingerprint == key.fingerprint


def test_a_seal_of_somebody_of_the_same_name_is_whole_but_not_trusted(
    pdf: bytes, key: SealKey
) -> None:
    impostor = make_certificate("Nordvik kommune", "998877665", now=NOW)
    forged = seal_pdf(pdf, impostor, reason="", location="", signing_time=NOW)
    report = verify(forged.content, known=[key.certificate])
    assert report.verdict == "unchanged"
    assert not report.trusted


def test_a_flipped_bit_is_found_wherever_the_seal_covers(sealed: SealedPdf) -> None:
    with pikepdf.open(io.BytesIO(sealed.content)) as opened:
        start, before, after, rest = map(int, opened.Root.Perms.DocMDP.ByteRange)
    covered = [*range(start, before), *range(after, after + rest)]
    for at in [*covered[:: len(covered) // 60], covered[-1]]:
        changed = bytearray(sealed.content)
        changed[at] ^= 1
        assert verify(bytes(changed)).verdict in {"changed", "unreadable"}, f"byte {at}"


def test_what_is_added_after_the_seal_is_found(sealed: SealedPdf, key: SealKey) -> None:
    assert verify(sealed.content + b" ").verdict == "changed"
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed.content)) as opened:
        opened.Root.Lang = pikepdf.String("en")
        opened.save(out)
    assert verify(out.getvalue(), known=[key.certificate]).verdict == "changed"


def test_nothing_can_be_hidden_in_the_room_kept_for_the_seal(sealed: SealedPdf) -> None:
    padding = sealed.content.index(b"0" * 400) + 200
    changed = bytearray(sealed.content)
    changed[padding] = ord("7")
    assert verify(bytes(changed)).verdict == "changed"


def test_files_without_a_seal_are_told_from_files_that_are_no_pdf(pdf: bytes) -> None:
    assert verify(pdf).verdict == "no_seal"
    assert verify(b"hello").verdict == "unreadable"
    assert verify(b"").verdict == "unreadable"


def test_the_document_that_was_shown_comes_out_unchanged(sealed: SealedPdf, pdf: bytes) -> None:
    assert extract_attachment(sealed.content, SHOWN.name) == SHOWN.content
    with pytest.raises(LookupError):
        extract_attachment(sealed.content, "other.pdf")


def test_the_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with ThreadPool(4) as threads:
        keys = threads.map(lambda _: load_or_create_seal_key(folder, SETTINGS, now=NOW), range(4))
    assert len({each.fingerprint for each in keys}) == 1
    assert [file.name for file in folder.iterdir()] == ["seal-key.pem"]
    assert (folder / "seal-key.pem").stat().st_mode & 0o777 == 0o600
    again = load_or_create_seal_key(folder, SETTINGS, now=NOW + timedelta(days=1))
    assert again.to_pem() == keys[0].to_pem()


def test_a_bought_certificate_is_used_when_there_is_one(tmp_path: Path, key: SealKey) -> None:
    file = tmp_path / "bought.p12"
    assert isinstance(key.private_key, rsa.RSAPrivateKey)
    file.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"seal",
            key.private_key,
            key.certificate,
            None,
            serialization.BestAvailableEncryption(b"secret"),
        )
    )
    file.chmod(0o600)
    settings = SETTINGS.model_copy(
        update={"pkcs12_file": file, "pkcs12_password": SecretStr("secret")}
    )
    assert load_or_create_seal_key(tmp_path, settings, now=NOW).fingerprint == key.fingerprint
    assert not (tmp_path / "seal-key.pem").exists()


def test_a_sound_key_passes_the_self_test(key: SealKey) -> None:
    assert self_test(key, "nb", now=NOW) == []


def test_the_self_test_names_what_is_wrong(tmp_path: Path, key: SealKey) -> None:
    other = make_certificate("Nordvik kommune", "998877665", now=NOW)
    mixed = replace(key, private_key=other.private_key)
    assert "hører ikke sammen" in " ".join(self_test(mixed, "nb", now=NOW))

    later = NOW + timedelta(days=365 * 10 - 30)
    assert "går ut 22. november 2036" in " ".join(self_test(key, "nb", now=later))
    too_late = NOW + timedelta(days=365 * 10 + 1)
    assert "gikk ut 22. november 2036" in " ".join(self_test(key, "nb", now=too_late))

    load_or_create_seal_key(tmp_path, SETTINGS, now=NOW)
    (tmp_path / "seal-key.pem").chmod(0o644)
    loose = load_or_create_seal_key(tmp_path, SETTINGS, now=NOW)
    assert "0600" in " ".join(self_test(loose, "nb", now=NOW))
