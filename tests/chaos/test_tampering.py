"""Two hundred flipped bits, spread over a sealed agreement: each is found by each way to look."""

import subprocess
from pathlib import Path

import pytest

from fellesgrep.settings import Settings
from fellesgrep.signing.seal_key import SealSettings, find_seal_key
from fellesgrep.signing.verification import Answer, verify_alone
from fellesgrep.signing.verify_seal import verify
from tests.backend.signing.tampering import flips
from tests.product import fellesgrep, fresh_data_dir, running_product

pytestmark = pytest.mark.chaos
FLIPS = 200


def test_every_flipped_bit_of_a_sealed_agreement_is_found(tmp_path: Path) -> None:
    with fresh_data_dir() as data_dir, running_product(data_dir) as product:
        walked = fellesgrep(
            "walk", "--url", product.url, "--output", str(tmp_path), data_dir=data_dir
        )
        assert walked.returncode == 0, walked.stderr
        (sealed,) = tmp_path.glob("*.pdf")
        genuine = fellesgrep("verify", str(sealed), data_dir=data_dir)
        assert genuine.returncode == 0, genuine.stderr
        key = find_seal_key(data_dir, product_seal())
        assert key is not None
        known = [key.trusted]
    original = sealed.read_bytes()
    assert verify_alone(original, known).answer is Answer.BY_SEAL
    begins = original.index(b"/Contents <")
    ends = original.index(b">", begins)
    missed: list[tuple[str, int]] = []
    for place, changed in flips(original, FLIPS, seed=2026):
        if verify_alone(changed, known).answer is Answer.BY_SEAL:
            missed.append(("verification", place))
        if not begins <= place <= ends:
            if verify(changed).verdict == "unchanged":
                missed.append(("pyHanko", place))
            if _pdfsig_is_content(changed, tmp_path / "changed.pdf"):
                missed.append(("pdfsig", place))
    assert missed == []


def _pdfsig_is_content(content: bytes, file: Path) -> bool:
    file.write_bytes(content)
    told = subprocess.run(
        ["pdfsig", "-nocert", file], capture_output=True, text=True, errors="replace", check=False
    )
    return told.returncode == 0 and "Signature is Valid" in told.stdout


def product_seal() -> SealSettings:
    return Settings().for_signing().seal
