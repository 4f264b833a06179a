"""A signature drawn by finger or mouse beside the typed name. It proves nothing; people like it.

It comes as a `data:` address of a PNG, and is made anew as a small picture of black on nothing.
"""

import base64
import binascii

from fellesgrep.core import files
from fellesgrep.core.tx import Tx
from fellesgrep.documents.pictures import PictureRefused, clean_stroke
from fellesgrep.signing.models import SigningRequest

LONGEST = 300_000
WIDEST, HIGHEST = 2400, 900
_BEGINNING = "data:image/png;base64,"


def is_drawn(sent: str) -> bool:
    """Tell whether what was sent is a drawing that can be kept."""
    return _read(sent) is not None


def keep(tx: Tx, sent: str) -> dict[str, str]:
    """Keep a drawing; returns what the evidence says of it, nothing where none was made."""
    drawn = _read(sent)
    if drawn is None:
        return {}
    return {"mark_sha256": files.keep(tx.session, drawn, "image/png", at=tx.now())}


def address_of(tx: Tx, request: SigningRequest) -> str:
    """Return the drawing of a signature as a `data:` address, "" where there is none."""
    sha256: str | None = request.evidence.get("mark_sha256")
    if sha256 is None:
        return ""
    return _BEGINNING + base64.b64encode(files.read(tx.session, sha256)).decode()


def _read(sent: str) -> bytes | None:
    if not sent.startswith(_BEGINNING):
        return None
    try:
        content = base64.b64decode(sent.removeprefix(_BEGINNING), validate=True)
        return clean_stroke(content, width=WIDEST, height=HIGHEST)
    except (binascii.Error, PictureRefused):
        return None
