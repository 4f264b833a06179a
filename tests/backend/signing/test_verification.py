"""Anybody can check a sealed file: by the record, by its fingerprint, and by itself."""

import hashlib
import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from httpx2 import Response

from fellesgrep.identity.policy import Role
from fellesgrep.signing.verification import Answer, verify_alone, verify_here
from fellesgrep.signing.verify_seal import verify
from tests.backend.signing.stories import Signing
from tests.backend.signing.tampering import flips
from tests.product import fellesgrep


@pytest.fixture
def sealed(signing: Signing) -> Signing:
    """Everybody has signed, and the agreement is sealed."""
    signing.everybody_signs()
    signing.complete("countersign", Role.DECISION_MAKER, confirm=True)
    signing.mailed()
    return signing


def send(signing: Signing, content: bytes) -> Response:
    files = {"file": ("avtale.pdf", content, "application/pdf")}
    return signing.browser.post("/verify", files=files)


def ask(signing: Signing, fingerprint: str) -> Response:
    return signing.browser.post("/verify", files={"sha256": (None, fingerprint)})


def answer_here(signing: Signing, content: bytes) -> Answer:
    with signing.house.transaction() as tx:
        return verify_here(tx, content).answer


def test_the_file_that_was_sealed_is_genuine_and_tells_who_signed_how(sealed: Signing) -> None:
    page = send(sealed, sealed.sealed())
    assert page.status_code == 200
    for words in (
        "Ja, avtalen er ekte", "Avtalen gjelder.", "Kari Berg", "Ola Moen", "E-postbekreftelse",
        "PAdES B-B", "kommunens eget segl", "Decision Maker Nordmann",
    ):  # fmt: skip
        assert words in page.text, words
    assert "eIDAS" not in page.text


def test_a_fingerprint_is_enough_and_an_unknown_one_asks_for_the_file(sealed: Signing) -> None:
    known = hashlib.sha256(sealed.sealed()).hexdigest()
    assert "Ja, avtalen er ekte" in ask(sealed, known).text
    assert ask(sealed, "0" * 64).status_code == 204
    assert ask(sealed, "nonsense").status_code == 422


def test_the_document_shown_is_told_from_the_one_that_was_sealed(sealed: Signing) -> None:
    assert "som ble vist før signering" in send(sealed, sealed.shown()).text


def test_any_flipped_bit_is_found_by_the_record_and_by_the_seal_alone(sealed: Signing) -> None:
    original = sealed.sealed()
    with sealed.house.transaction() as tx:
        from fellesgrep.signing.municipal_seal import known_certificates

        known = known_certificates(tx.house)
    assert verify_alone(original, known).answer is Answer.BY_SEAL
    for place, changed in flips(original, 12, seed=1):
        assert answer_here(sealed, changed) is not Answer.GENUINE, place
        assert verify_alone(changed, known).answer is not Answer.BY_SEAL, place


def test_the_case_of_a_digit_in_the_seal_is_a_change_too(sealed: Signing) -> None:
    original = sealed.sealed()
    begins = original.index(b"/Contents <") + len(b"/Contents <")
    digits = original[begins : begins + 200]
    changed = original.replace(digits, digits.lower(), 1)
    assert changed != original
    assert verify(changed).verdict == "changed"


def test_what_is_not_ours_or_no_pdf_is_said_to_be_so(sealed: Signing, tmp_path: Path) -> None:
    plain = io.BytesIO()
    pikepdf.new().save(plain)
    assert "Filen har ikke noe segl" in send(sealed, plain.getvalue()).text
    assert "Filen kan ikke leses" in send(sealed, b"hei").text
    assert verify_alone(sealed.sealed(), []).answer is Answer.FOREIGN
    empty = send(sealed, b"")
    assert (empty.status_code, "Velg en fil først." in empty.text) == (422, True)


def test_too_large_a_file_is_refused_and_too_many_questions_too(sealed: Signing) -> None:
    assert send(sealed, b"x" * 25_000_001).status_code == 413
    answers = {ask(sealed, "0" * 64).status_code for _ in range(70)}
    assert answers == {204, 429}


def test_an_agreement_that_has_ended_is_genuine_and_no_longer_in_force(sealed: Signing) -> None:
    from fellesgrep.agreements.moves import move
    from fellesgrep.agreements.rules import Status

    with sealed.house.transaction() as tx:
        agreement = tx.session.merge(sealed.agreement())
        move(tx, agreement, Status.ENDED, "voided")
    page = send(sealed, sealed.sealed()).text
    assert "Ja, avtalen er ekte" in page
    assert "Avtalen er avsluttet." in page


def test_the_command_says_yes_only_to_an_unchanged_file(sealed: Signing, tmp_path: Path) -> None:
    certificate = tmp_path / "certificate.pem"
    key_file = sealed.mailbox.folder.parent / "seal-key.pem"
    pem = key_file.read_bytes()
    certificate.write_bytes(pem[pem.index(b"-----BEGIN CERTIFICATE") :])
    file = tmp_path / "avtale.pdf"

    def run(content: bytes, *more: str) -> Any:
        file.write_bytes(content)
        return fellesgrep("verify", str(file), "--offline", *more, data_dir=tmp_path / "none")

    given = ("--certificate", str(certificate))
    genuine = run(sealed.sealed(), *given)
    assert genuine.returncode == 0, genuine.stderr
    assert "Kari Berg, Solbakken borettslag" in genuine.stdout
    ((_, changed),) = flips(sealed.sealed(), 1, seed=4)
    for refused in (run(sealed.sealed()), run(changed, *given), run(b"hei", *given)):
        assert refused.returncode == 1
        assert "Traceback" not in refused.stderr
