"""Consent texts: a version that was used is never changed."""

import hashlib
from pathlib import Path

import pytest

from fellesgrep.core.languages import LANGUAGES
from fellesgrep.signing import consents
from tests.backend.signing.stories import Signing

FOLDER = Path(consents.__file__).parent / "consents"


def test_no_version_has_changed_and_none_is_missing() -> None:
    lines = (FOLDER / "SHA256SUMS").read_text().splitlines()
    kept = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOLDER.glob("*.txt")
    }
    assert found == kept


@pytest.mark.parametrize("version", [consents.CURRENT, consents.ON_PAPER])
def test_every_version_is_there_in_every_language(version: str) -> None:
    texts = {
        consents.fill(version, language, agreement="Gård {x}", party="Lag & Co").text
        for language in LANGUAGES
    }
    assert len(texts) == len(LANGUAGES)
    assert all("Gård {x}" in each and "Lag & Co" in each for each in texts)


def test_the_evidence_keeps_the_text_that_was_shown(signing: Signing) -> None:
    link = signing.links["Kari Berg"]
    page = signing.browser.get(f"{link}?step=code&lang=nn").text
    form = signing.filled("Kari Berg")
    signing.browser.post(f"{link}/sign?lang=nn", data=form)
    kept = signing.request("Kari Berg").evidence["consent"]
    assert kept["version"] == signing.request("Kari Berg").consent_version == consents.CURRENT
    assert kept["language"] == "nn"
    assert kept["text"] in page
    assert "på vegner av Solbakken borettslag" in kept["text"]
    assert kept["sha256"] == hashlib.sha256(kept["text"].encode()).hexdigest()
