"""Reads a PDF that claims to be sealed: by whom, when, and whether a byte has changed since."""

import io
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    validate_pdf_signature,
)
from pyhanko_certvalidator import ValidationContext

from fellesgrep.signing.canonical import is_canonical
from fellesgrep.signing.seal import as_asn1

Verdict = Literal["unchanged", "changed", "no_seal", "unreadable"]
# What is left of a seal when the file around it is broken.
_SEAL_TRACE = b"/ByteRange"
log = logging.getLogger(__name__)
# To pyHanko an unknown issuer is worth a warning with a traceback; here it is an answer.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.ERROR)


@dataclass(frozen=True)
class SealReport:
    """What can be said of a file. `verdict` is the answer, the rest are its reasons.

    `unchanged` does not say who sealed: that is known only where `trusted`, the issuer of the
    certificate being one of those that the caller knows.
    """

    verdict: Verdict
    intact: bool = False
    valid: bool = False
    trusted: bool = False
    covers_entire_file: bool = False
    forbids_changes: bool = False
    modification: str = ""
    signer_name: str = ""
    organisation_number: str = ""
    signed_at: datetime | None = None
    certificate_fingerprint: str = ""


def verify(pdf: bytes, *, known: Sequence[x509.Certificate] = ()) -> SealReport:
    """Report on the first seal of a file; never raises, whatever the bytes are.

    `known` are the certificates that the caller trusts: the municipality's own, earlier ones too.
    The chain is judged at the time that the seal states, as a B-B seal carries no other.
    """
    # A tampered file can break any part of a parser, in any way; all of it means the same.
    try:
        seals = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
        if seals:
            return _report(seals[0], pdf, known)
        without: Verdict = "no_seal"
    except Exception as reason:  # noqa: BLE001
        log.info("unreadable as a sealed PDF: %s", type(reason).__name__)
        without = "unreadable"
    return SealReport("changed" if _SEAL_TRACE in pdf else without)


def attachments(pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the names and contents of embedded files, as they were put in."""
    root: Any = PdfFileReader(io.BytesIO(pdf)).root
    if "/Names" in root and "/EmbeddedFiles" in root["/Names"]:
        for name, specification in _entries(root["/Names"]["/EmbeddedFiles"]):
            yield name, specification["/EF"]["/F"].data


def extract_attachment(pdf: bytes, name: str) -> bytes:
    """Return an embedded file as it was put in; raises `LookupError` if there is none so named."""
    for found, content in attachments(pdf):
        if found == name:
            return content
    raise LookupError(f"the file carries no attachment {name!r}")


def _report(
    seal: EmbeddedPdfSignature, pdf: bytes, known: Sequence[x509.Certificate]
) -> SealReport:
    seal.compute_integrity_info()
    signed_at = seal.self_reported_timestamp
    context = ValidationContext(
        trust_roots=[as_asn1(each) for each in known],
        allow_fetching=False,
        moment=signed_at,
        revocation_mode="soft-fail",
    )
    status = validate_pdf_signature(seal, context)
    forbids_changes = seal.docmdp_level == MDPPerm.NO_CHANGES
    return SealReport(
        verdict="unchanged" if _holds(seal, status, pdf) and forbids_changes else "changed",
        intact=status.intact,
        valid=status.valid,
        trusted=status.trusted,
        covers_entire_file=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        forbids_changes=forbids_changes,
        modification=level.name.lower() if (level := status.modification_level) else "",
        signer_name=_subject(seal.signer_cert, "common_name"),
        organisation_number=_subject(seal.signer_cert, "organization_identifier").removeprefix(
            "NTRNO-"
        ),
        signed_at=signed_at,
        certificate_fingerprint=seal.signer_cert.sha256.hex(),
    )


def _holds(seal: EmbeddedPdfSignature, status: PdfSignatureStatus, pdf: bytes) -> bool:
    return bool(
        status.intact
        and status.valid
        and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        and is_canonical(seal, pdf)
    )


def _subject(certificate: asn1_x509.Certificate, part: str) -> str:
    value = certificate.subject.native.get(part, "")
    return value if isinstance(value, str) else ", ".join(value)


def _entries(tree: Any) -> Iterator[tuple[str, Any]]:
    """Walk a PDF name tree."""
    if "/Kids" in tree:
        for branch in tree["/Kids"]:
            yield from _entries(branch)
    if "/Names" in tree:
        names = tree["/Names"]
        for at in range(0, len(names), 2):
            yield str(names[at]), names[at + 1]
