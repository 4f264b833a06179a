"""All authorities down: sealed B-B and said so; raised later, and both files are genuine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from pydantic import SecretStr

from fellesgrep.identity.policy import Role
from fellesgrep.settings import Settings
from fellesgrep.signing import sealed_files
from fellesgrep.signing.verification import Answer, Verification, verify_here
from fellesgrep.signing.verify_seal import extract_attachment
from tests.backend.signing.stories import Signing
from tests.backend.signing.time_stamp_server import Server, time_stamp_server
from tests.conftest import ClientFor


@pytest.fixture
def stamper() -> Iterator[Server]:
    with time_stamp_server() as server:
        yield server


@pytest.fixture
def settings(tmp_path: Path, stamper: Server) -> Settings:
    """An installation that knows a time-stamp authority."""
    roots = tmp_path / "tsa.pem"
    roots.write_bytes(stamper.ca.certificate.public_bytes(serialization.Encoding.PEM))
    return Settings(data_dir=tmp_path, seal_tsa_urls=stamper.address(), seal_tsa_roots=roots)


def here(signing: Signing, content: bytes) -> Verification:
    with signing.house.transaction() as tx:
        return verify_here(tx, content)


def given_out(signing: Signing) -> bytes:
    answer = signing.browser.get(signing.links["Kari Berg"] + "/sealed.pdf")
    content: bytes = answer.content
    return content


def test_a_seal_without_its_time_stamp_says_so_and_is_raised_later(
    signing: Signing, stamper: Server, client_for: ClientFor
) -> None:
    stamper.up = False
    signing.everybody_signs()
    signing.complete("countersign", Role.DECISION_MAKER, confirm=True)
    [mail] = [each for each in signing.mailbox.fresh() if "ola@" in str(each["to"])]
    first = given_out(signing)
    told = here(signing, first)
    assert told.agreed is not None
    assert (told.answer, told.agreed.level) == (Answer.GENUINE, "B-B")
    receipt = signing.browser.get(signing.links["Kari Berg"]).text
    assert "PAdES B-B" in receipt
    assert told.sha256 in receipt
    assert "/verify" in receipt
    assert f"PAdES B-B, og filens fingeravtrykk er {told.sha256}" in words_of(mail)

    sealed_files.raise_seals(signing.house)
    assert given_out(signing) == first
    stamper.up = True
    sealed_files.raise_seals(signing.house)
    second = given_out(signing)
    assert second.startswith(first)
    assert second != first
    name = "2026-00001-vist.pdf"
    assert extract_attachment(second, name) == signing.shown()

    later, earlier = here(signing, second), here(signing, first)
    assert later.agreed is not None
    assert earlier.agreed is not None
    assert (later.answer, later.agreed.level) == (Answer.GENUINE, "B-T")
    assert (earlier.answer, earlier.agreed.level) == (Answer.GENUINE, "B-B")
    assert (earlier.agreed.newer_level, later.agreed.newer_level) == ("B-T", "")
    receipt = signing.browser.get(signing.links["Kari Berg"]).text
    assert "PAdES B-T" in receipt
    assert later.sha256 in receipt
    page = signing.browser.post(
        "/verify", files={"file": ("avtale.pdf", second, "application/pdf")}
    ).text
    assert "Prøvestempel" in page
    assert "ikke kontrollert" not in page
    seal = client_for(Role.LIAISON).get(f"/api/v1/cases/{signing.subject.id}/seal").json()
    assert (seal["level"], seal["sha256"]) == ("B-T", later.sha256)
    asked = stamper.asked
    sealed_files.raise_seals(signing.house)
    assert (given_out(signing), stamper.asked) == (second, asked)


def words_of(mail: object) -> str:
    from fellesgrep.notifications import outbox

    return " ".join(outbox.part(mail, "plain").split())  # type: ignore[arg-type]


def test_settings_of_the_seal_are_complete_or_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="FELLESGREP_SEAL_TSA_ROOTS"):
        Settings(data_dir=tmp_path, seal_tsa_urls=SecretStr("https://tsa.example"))
    with pytest.raises(ValueError, match="FELLESGREP_SEAL_PKCS11_PIN"):
        Settings(data_dir=tmp_path, seal_pkcs11_module=tmp_path / "hsm.so")
    roots = tmp_path / "roots.pem"
    roots.write_text("no certificate")
    told = Settings(
        data_dir=tmp_path, seal_tsa_urls=SecretStr("https://a https://b"), seal_tsa_roots=roots
    )
    with pytest.raises(ValueError, match=r"roots\.pem"):
        told.for_stamping()
