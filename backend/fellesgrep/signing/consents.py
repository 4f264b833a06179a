"""What a signatory agrees to, kept word by word in each version: files in `consents/`.

A version that was ever used is never changed (`SHA256SUMS` is checked by a test): another wording
is another version. What was shown goes into the evidence with its version and SHA-256.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fellesgrep.core.languages import Language

CURRENT = "2026-1"
ON_PAPER = "paper-1"
_FOLDER = Path(__file__).parent / "consents"


@dataclass(frozen=True)
class Consent:
    """A consent text as it was shown."""

    version: str
    language: Language
    text: str

    @property
    def sha256(self) -> str:
        """Return the fingerprint of the text in UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def as_evidence(self) -> dict[str, str]:
        """Return what the evidence keeps."""
        return {
            "version": self.version,
            "language": self.language,
            "text": self.text,
            "sha256": self.sha256,
        }


def fill(version: str, language: Language, *, agreement: str, party: str) -> Consent:
    """Return a version's text about one agreement and party."""
    text = _read(version, language).format(agreement=agreement, party=party)
    return Consent(version, language, text)


@cache
def _read(version: str, language: Language) -> str:
    return (_FOLDER / f"{version}.{language}.txt").read_text("utf-8").strip()
