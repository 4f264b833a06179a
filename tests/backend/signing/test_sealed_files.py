"""All authorities down: sealed B-B and said so; raised later, and both files are genuine."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from pydantic import SecretStr

from fellesgrep.commands.examinations import Finding, State, time_stamps
from fellesgrep.commands.verify import _tell
from fellesgrep.identity.policy import Role
from fellesgrep.settings import Settings
from fellesgrep.signing import sealed_files
from fellesgrep.signing.municipal_seal import known_certificates, known_stampers
from fellesgrep.signing.verification import Answer, Verification, verify_alone, verify_here
from fellesgrep.signing.verify_seal import extract_attachment
from tests.backend.signing.stories import Signing
from tests.backend.signing.tampering import flips
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
    assert seal["wanted_level"] == "B-T"
    assert seal["verify_at"].endswith("/verify")
    given = [(file["level"], file["sha256"]) for file in seal["files"]]
    assert given == [("B-B", earlier.sha256), ("B-T", later.sha256)]
    asked = stamper.asked
    sealed_files.raise_seals(signing.house)
    assert (given_out(signing), stamper.asked) == (second, asked)


@pytest.fixture
def raised(signing: Signing, stamper: Server) -> tuple[bytes, bytes]:
    """The sealed file as it was given out first, and the one with a time stamp that replaced it."""
    stamper.up = False
    signing.everybody_signs()
    signing.complete("countersign", Role.DECISION_MAKER, confirm=True)
    signing.mailbox.fresh()
    first = given_out(signing)
    stamper.up = True
    sealed_files.raise_seals(signing.house)
    return first, given_out(signing)


def verify_page(signing: Signing, content: bytes) -> str:
    sent = {"file": ("avtale.pdf", content, "application/pdf")}
    return str(signing.browser.post("/verify", files=sent).text)


def test_a_copy_that_was_replaced_by_a_stamped_one_is_genuine_and_names_the_newer(
    signing: Signing, raised: tuple[bytes, bytes]
) -> None:
    first, second = raised
    for content, newer in ((first, True), (second, False)):
        fingerprint = {"sha256": (None, hashlib.sha256(content).hexdigest())}
        by_file = verify_page(signing, content)
        by_fingerprint = signing.browser.post("/verify", files=fingerprint).text
        for page in (by_file, by_fingerprint):
            assert "Ja, avtalen er ekte" in page
            assert "Avtalen gjelder." in page
            assert ("tidsstempel lagt til etterpå (PAdES B-T). Begge er ekte." in page) is newer
            assert ("PAdES B-B" in page) is newer


def test_neither_copy_passes_when_a_byte_of_it_is_changed_or_the_stamp_is_cut_off_elsewhere(
    signing: Signing, raised: tuple[bytes, bytes]
) -> None:
    first, second = raised
    with signing.house.transaction() as tx:
        known, stampers = known_certificates(tx.house), known_stampers(tx.house)
    assert verify_alone(first, known, stampers).answer is Answer.BY_SEAL
    assert verify_alone(second, known, stampers).answer is Answer.BY_SEAL
    for content in (first, second):
        for place, changed in flips(content, 3, seed=7):
            assert here(signing, changed).answer is not Answer.GENUINE, place
            assert verify_alone(changed, known, stampers).answer is not Answer.BY_SEAL, place
    for changed in (second[:-1], second[: len(first) + 1], second + b"\n", first + second):
        assert here(signing, changed).answer not in {Answer.GENUINE, Answer.BY_SEAL}


def test_the_command_tells_of_the_newer_copy(
    signing: Signing, raised: tuple[bytes, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    _tell(here(signing, raised[0]))
    assert "PAdES B-T" in " ".join(capsys.readouterr().out.split())
    _tell(here(signing, raised[1]))
    assert "Both are genuine" not in capsys.readouterr().out


def test_the_doctor_asks_every_authority_and_trusts_none_that_it_does_not_know(
    tmp_path: Path, stamper: Server
) -> None:
    def look(urls: str, trusted: Server = stamper) -> list[Finding]:
        roots = tmp_path / "roots.pem"
        roots.write_bytes(trusted.ca.certificate.public_bytes(serialization.Encoding.PEM))
        told = Settings(data_dir=tmp_path, seal_tsa_urls=SecretStr(urls), seal_tsa_roots=roots)
        return list(time_stamps(told))

    address = stamper.address("name:secret@").get_secret_value()
    down = "http://127.0.0.1:9/tsa"
    assert [each.state for each in time_stamps(Settings(data_dir=tmp_path))] == [State.NOTE]
    assert [each.state for each in look(address)] == [State.GOOD]
    assert [each.state for each in look(f"{down} {address}")] == [State.NOTE, State.GOOD]
    assert [each.state for each in look(down)] == [State.BAD]
    with time_stamp_server("En annen") as stranger:
        [found] = look(address, stranger)
    assert found.state is State.BAD
    assert "not trusted" in found.words
    assert "secret" not in found.words
    stamper.up = False
    assert [each.state for each in look(address)] == [State.BAD]


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
