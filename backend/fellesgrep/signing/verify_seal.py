"""Reads a PDF that claims to be sealed: by whom, when, and whether a byte has changed since."""

import io
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import (
    DocumentTimestampStatus,
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    validate_pdf_signature,
    validate_pdf_timestamp,
)
from pyhanko_certvalidator import ValidationContext

from fellesgrep.signing.canonical import carries_only_checked, is_canonical, token_of
from fellesgrep.signing.seal_device import as_asn1
from fellesgrep.signing.seal_levels import Level, Times, level_of

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
    certificate being one of those that the caller knows. The same goes for the time, `stamped_at`,
    and `stamp_trusted`.
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
    level: Level | None = None
    stamped_at: datetime | None = None
    stamped_by: str = ""
    stamp_trusted: bool = False


def verify(
    pdf: bytes,
    *,
    known: Sequence[x509.Certificate] = (),
    known_stampers: Sequence[x509.Certificate] = (),
) -> SealReport:
    """Report on the seal of a file and its time stamps; never raises, whatever the bytes are.

    `known` are the certificates that the caller trusts: the municipality's own, earlier ones too;
    `known_stampers` those at the end of the chains of time-stamp authorities. The seal's chain is
    judged at the time that the seal states.
    """
    # A tampered file can break any part of a parser, in any way; all of it means the same.
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        if reader.embedded_signatures:
            return _report(reader, pdf, known, known_stampers)
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
    reader: PdfFileReader,
    pdf: bytes,
    known: Sequence[x509.Certificate],
    known_stampers: Sequence[x509.Certificate],
) -> SealReport:
    seal, *appended = reader.embedded_signatures
    seal.compute_integrity_info()
    signed_at = seal.self_reported_timestamp
    status = validate_pdf_signature(
        seal,
        ValidationContext(
            trust_roots=[as_asn1(each) for each in known],
            allow_fetching=False,
            moment=signed_at,
            revocation_mode="soft-fail",
        ),
        _at_its_time(token_of(seal), known_stampers),
    )
    stamps = [
        validate_pdf_timestamp(each, _at_its_time(_content(each), known_stampers))
        for each in appended
    ]
    times = Times(seal, status.timestamp_validity, appended, stamps)
    forbids_changes = seal.docmdp_level == MDPPerm.NO_CHANGES
    holds = forbids_changes and _holds(seal, status, times, pdf)
    if status.trusted:
        holds = holds and carries_only_checked(seal, known)
    first = times.first
    return SealReport(
        verdict="unchanged" if holds else "changed",
        intact=status.intact,
        valid=status.valid,
        trusted=status.trusted,
        covers_entire_file=_last_covers_all(status, stamps),
        forbids_changes=forbids_changes,
        modification=level.name.lower() if (level := status.modification_level) else "",
        signer_name=_subject(seal.signer_cert, "common_name"),
        organisation_number=_subject(seal.signer_cert, "organization_identifier").removeprefix(
            "NTRNO-"
        ),
        signed_at=signed_at,
        certificate_fingerprint=seal.signer_cert.sha256.hex(),
        level=level_of(reader, times) if holds else None,
        stamped_at=first.timestamp if first else None,
        stamped_by=_subject(first.signing_cert, "common_name") if first else "",
        stamp_trusted=bool(first and first.trusted),
    )


def _at_its_time(token: Any, known: Sequence[x509.Certificate]) -> ValidationContext:
    """Return what judges a time stamp's certificate at the time of the stamp."""
    moment = token["content"]["encap_content_info"]["content"].parsed["gen_time"] if token else None
    return ValidationContext(
        trust_roots=[as_asn1(each) for each in known],
        allow_fetching=False,
        moment=moment.native if moment is not None else None,
        revocation_mode="soft-fail",
    )


def _last_covers_all(status: PdfSignatureStatus, stamps: Sequence[DocumentTimestampStatus]) -> bool:
    last = stamps[-1] if stamps else status
    return bool(last.coverage == SignatureCoverageLevel.ENTIRE_FILE)


def _holds(
    seal: EmbeddedPdfSignature, status: PdfSignatureStatus, times: Times, pdf: bytes
) -> bool:
    """Tell whether nothing was changed, and nothing was added but time stamps and proofs."""
    whole = {SignatureCoverageLevel.ENTIRE_REVISION, SignatureCoverageLevel.ENTIRE_FILE}
    unchanged = status.modification_level in {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES}
    return bool(
        status.intact
        and status.valid
        and unchanged
        and all(each.intact and each.valid for each in times.all)
        and all(each.coverage in whole for each in (status, *times.appended_status))
        and _last_covers_all(status, times.appended_status)
        and all(is_canonical(each, pdf) for each in (seal, *times.appended))
    )


def _content(stamp: EmbeddedPdfSignature) -> Any:
    return cms.ContentInfo.load(stamp.pkcs7_content)


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
