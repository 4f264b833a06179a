"""A seal whose key never leaves its device, on SoftHSM where that is installed."""

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from markupsafe import Markup
from pydantic import SecretStr

from fellesgrep.documents.models import Branding, HtmlDocument
from fellesgrep.documents.render import render_pdf
from fellesgrep.settings import Settings
from fellesgrep.signing.seal import seal_pdf
from fellesgrep.signing.seal_device import Device, DeviceFailed
from fellesgrep.signing.seal_key import SealKey, find_seal_key, make_certificate
from fellesgrep.signing.seal_self_test import self_test
from fellesgrep.signing.verify_seal import verify

MODULES = (
    Path("/usr/lib/softhsm/libsofthsm2.so"),
    Path("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
    Path("/opt/homebrew/lib/softhsm/libsofthsm2.so"),
)
MODULE = next((each for each in MODULES if each.exists()), None)
PIN = "84213579"
pytestmark = pytest.mark.skipif(
    MODULE is None or shutil.which("softhsm2-util") is None,
    reason="SoftHSM is not installed (Debian: apt install softhsm2)",
)
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def made() -> SealKey:
    return make_certificate("Nordvik kommune", "998877665", now=NOW)


@pytest.fixture
def settings(made: SealKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An installation whose key was put onto a token, and whose certificate lies beside."""
    tokens = tmp_path / "tokens"
    tokens.mkdir()
    config = tmp_path / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {tokens}\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(config))
    assert isinstance(made.private_key, rsa.RSAPrivateKey)
    key = tmp_path / "key.pem"
    key.write_bytes(
        made.private_key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    for words in (
        ["--init-token", "--free", "--label", "segl", "--so-pin", "12345678", "--pin", PIN],
        ["--import", str(key), "--token", "segl", "--label", "nokkel", "--id", "01", "--pin", PIN],
    ):
        subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)
    key.unlink()
    certificate = tmp_path / "certificate.pem"
    certificate.write_bytes(made.certificate.public_bytes(serialization.Encoding.PEM))
    assert MODULE is not None
    return Settings(
        data_dir=tmp_path,
        seal_pkcs11_module=MODULE,
        seal_pkcs11_token="segl",
        seal_pkcs11_label="nokkel",
        seal_pkcs11_pin=SecretStr(PIN),
        seal_pkcs11_certificate=certificate,
    )


def test_a_key_on_a_device_seals_and_never_leaves_it(settings: Settings, made: SealKey) -> None:
    key = find_seal_key(settings.data_dir, settings.for_signing().seal)
    assert key is not None
    assert self_test(key, "nb", now=datetime.now(UTC)) == []
    document = HtmlDocument("Avtale", "nb", Markup("<p>Innhold</p>"))
    pdf = render_pdf(
        document, branding=Branding(municipality="Nordvik"), source_date=NOW, identifier="a"
    )
    sealed = seal_pdf(pdf, key, reason="", location="", signing_time=datetime.now(UTC))
    report = verify(sealed.content, known=[made.trusted])
    assert (report.verdict, report.trusted) == ("unchanged", True)
    with pytest.raises(TypeError):
        key.to_pem()
    assert not (settings.data_dir / "seal-key.pem").exists()
    _tells_nothing_of_the_pin(settings, key)


def _tells_nothing_of_the_pin(settings: Settings, key: SealKey) -> None:
    assert PIN not in repr(settings) + repr(key)
    device = key.private_key
    assert isinstance(device, Device)
    wrong = device.model_copy(update={"pin": SecretStr("00000000")})
    with pytest.raises(DeviceFailed) as failed, wrong.session():
        pass
    assert "00000000" not in str(failed.value)
    assert PIN not in str(failed.value)
    [told] = self_test(SealKey(wrong, key.certificate), "nb", now=datetime.now(UTC))
    assert "00000000" not in told
