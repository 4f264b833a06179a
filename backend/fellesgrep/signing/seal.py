"""One PAdES seal on a finished PDF, and the time stamps that it may get then or later."""

import asyncio
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import keys as asn1_keys
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, PdfTimeStamper, Signer, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSigningSession,
    SigDSSPlacementPreference,
    TimestampDSSContentSettings,
)
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from fellesgrep.signing.canonical import token_of
from fellesgrep.signing.seal_device import Device, as_asn1
from fellesgrep.signing.seal_key import SealKey
from fellesgrep.signing.time_stamps import Authorities, NoTimeStamp, Stamping

FIELD_NAME = "Segl"
_STAMP_NAME = "Tidsstempel"
_NOT_TO_BE_HAD = (OSError, SigningError, PathError, ValidationError, TimeoutError)
"""What means that a time stamp, or what proves certificates, cannot be had now."""


@dataclass(frozen=True)
class SealedPdf:
    """A sealed file. Its level is worked out from the file itself: see `verify_seal`."""

    content: bytes
    certificate_fingerprint: str
    sha256: str


def seal_pdf(
    pdf: bytes,
    key: SealKey,
    *,
    reason: str,
    location: str,
    signing_time: datetime,
    stamping: Stamping | None = None,
    field_name: str = FIELD_NAME,
) -> SealedPdf:
    """Certify the whole file against any change (PAdES, DocMDP 1), invisibly.

    What was there stays byte for byte, the seal is appended; PDF/A is kept. `signing_time` is the
    real time, also where the clock of a demonstration has been moved. With `stamping` the seal
    carries a time stamp and what proves its certificates, as far as they are to be had now.
    """
    if signing_time.tzinfo is None:
        raise ValueError("the time of a seal needs a time zone")

    def sealed(stamper: Authorities | None, proofs: ValidationContext | None) -> bytes:
        terms = _terms(reason, location, field_name, proofs)
        with _signer(key) as own:
            signer = _PunctualSigner(terms, own, signing_time, stamper)
            content: bytes = signer.sign_pdf(_QuietWriter(io.BytesIO(pdf))).getvalue()
        return content

    content = _first_to_be_had(sealed, stamping) if stamping else sealed(None, None)
    return SealedPdf(content, key.fingerprint, hashlib.sha256(content).hexdigest())


def _first_to_be_had(sealed: Any, stamping: Stamping) -> bytes:
    stamper = _reachable(stamping)
    if stamper is not None:
        for proofs in (stamping.to_gather(), None) if stamping.seal_roots else (None,):
            try:
                content: bytes = sealed(stamper, proofs)
            except _NOT_TO_BE_HAD:
                continue
            return content
    bare: bytes = sealed(None, None)
    return bare


def _reachable(stamping: Stamping) -> Authorities | None:
    """Return the authorities if one of them answers now: a seal that waits for none is quick."""
    stamper = Authorities(stamping)
    try:
        asyncio.run(stamper.async_dummy_response("sha256"))
    except NoTimeStamp:
        return None
    return stamper


def risen(pdf: bytes, stamping: Stamping) -> Iterator[bytes]:
    """Yield the file with more and more appended: a time stamp, then proofs and one more.

    Nothing that was there changes. Stops where something cannot be had now.
    """
    stamper = _reachable(stamping)
    if stamper is None:
        return
    seals = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    try:
        if len(seals) == 1 and token_of(seals[0]) is None:
            pdf = asyncio.run(_append(pdf, stamper, 1, None))
            yield pdf
        if stamping.seal_roots:
            count = len(PdfFileReader(io.BytesIO(pdf)).embedded_signatures)
            yield asyncio.run(_append(pdf, stamper, count, stamping.to_gather()))
    except _NOT_TO_BE_HAD:
        return


async def _append(
    pdf: bytes, stamper: Authorities, number: int, proofs: ValidationContext | None
) -> bytes:
    """Append a document time stamp that covers all before it, `proofs` of certificates too."""
    writer = _QuietWriter(io.BytesIO(pdf))
    try:
        if proofs is not None:
            await _add_proofs(writer, proofs)
        settings = TimestampDSSContentSettings(include_vri=False, update_before_ts=True)
        stamped = await PdfTimeStamper(stamper, f"{_STAMP_NAME}{number}").async_timestamp_pdf(
            writer, "sha256", proofs, dss_settings=settings
        )
    finally:
        if proofs is not None:
            await proofs.aclose()
    content: bytes = stamped.getvalue()
    return content


async def _add_proofs(writer: IncrementalPdfFileWriter, proofs: ValidationContext) -> None:
    (seal,) = writer.prev.embedded_regular_signatures
    validator = CertificateValidator(
        seal.signer_cert, intermediate_certs=seal.other_embedded_certs, validation_context=proofs
    )
    path = await validator.async_validate_usage(set())
    DocumentSecurityStore.supply_dss_in_writer(
        writer, None, paths=[path], validation_context=proofs
    )


def _terms(
    reason: str, location: str, field_name: str, proofs: ValidationContext | None
) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=field_name,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        reason=reason,
        location=location,
        validation_context=proofs,
        embed_validation_info=proofs is not None,
        dss_settings=DSSContentSettings(
            include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
        ),
    )


@contextmanager
def _signer(key: SealKey) -> Iterator[Signer]:
    if isinstance(key.private_key, Device):
        with key.private_key.signer(key.certificate, key.issuers) as signer:
            yield signer
        return
    private = key.private_key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    others = SimpleCertificateStore()
    others.register_multiple([as_asn1(each) for each in key.issuers])
    yield SimpleSigner(
        signing_cert=as_asn1(key.certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(private),
        cert_registry=others,
    )


class _PunctualSigner(PdfSigner):
    """Writes the time it is told instead of the machine's."""

    def __init__(
        self,
        terms: PdfSignatureMetadata,
        signer: Signer,
        signing_time: datetime,
        stamper: Authorities | None,
    ) -> None:
        field = SigFieldSpec(terms.field_name or FIELD_NAME)
        super().__init__(terms, signer, timestamper=stamper, new_field_spec=field)
        self._signing_time = signing_time

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._signing_time
        return session


class _QuietWriter(IncrementalPdfFileWriter):
    """Leaves the document's own metadata alone; pyHanko would date it by the machine's clock."""

    def _update_meta(self) -> None:
        return
