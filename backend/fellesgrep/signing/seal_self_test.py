"""Tries the seal on a tiny PDF, so that a fault shows before an agreement waits for it."""

import io
from datetime import datetime, timedelta

from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

from fellesgrep.core.languages import Language, say
from fellesgrep.signing.seal import seal_pdf
from fellesgrep.signing.seal_key import SealKey
from fellesgrep.signing.verify_seal import verify

_EXPIRES_SOON = timedelta(days=60)


def self_test(key: SealKey, language: Language, *, now: datetime) -> list[str]:
    """Return in plain words what is wrong with the seal or soon will be; mostly nothing."""
    valid_until = key.certificate.not_valid_after_utc
    found: list[str] = []
    if key.loose_file is not None:
        found.append(say(language, "signing.seal.loose_file", file=key.loose_file.name))
    if valid_until - _EXPIRES_SOON <= now < valid_until:
        found.append(say(language, "signing.seal.expires_soon", date=valid_until))
    return [*found, *faults(key, language, now=now)]


def faults(key: SealKey, language: Language, *, now: datetime) -> list[str]:
    """Return why nothing should be sent out to be sealed with this key; mostly nothing."""
    valid_until = key.certificate.not_valid_after_utc
    found: list[str] = []
    if now >= valid_until:
        found.append(say(language, "signing.seal.expired", date=valid_until))
    try:
        sealed = seal_pdf(_tiny_pdf(), key, reason="", location="", signing_time=now)
    except (OSError, ValueError) as reason:
        return [*found, say(language, "signing.seal.cannot_seal", reason=str(reason))]
    report = verify(sealed.content, known=[key.trusted])
    if report.verdict != "unchanged":
        found.append(say(language, "signing.seal.does_not_hold"))
    elif not report.trusted and now < valid_until:
        found.append(say(language, "signing.seal.chain_broken"))
    return found


def _tiny_pdf() -> bytes:
    writer = PdfFileWriter()
    page = RawContent(b"", box=BoxConstraints(100, 100))
    writer.insert_page(
        PageObject(contents=writer.add_object(page.as_form_xobject()), media_box=(0, 0, 100, 100))
    )
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
