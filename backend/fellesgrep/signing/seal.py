"""One PAdES seal on a finished PDF, and what a sealed PDF tells about itself."""

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from fellesgrep.signing.seal_key import SealKey

FIELD_NAME = "Segl"


@dataclass(frozen=True)
class SealedPdf:
    """A sealed file and what the evidence keeps of it."""

    content: bytes
    level: str
    certificate_fingerprint: str
    sha256: str


def seal_pdf(
    pdf: bytes,
    key: SealKey,
    *,
    reason: str,
    location: str,
    signing_time: datetime,
    field_name: str = FIELD_NAME,
) -> SealedPdf:
    """Certify the whole file against any change (PAdES B-B, DocMDP 1), invisibly.

    What was there stays byte for byte, the seal is appended; PDF/A is kept. `signing_time` is the
    real time, also where the clock of a demonstration has been moved.
    """
    if signing_time.tzinfo is None:
        raise ValueError("the time of a seal needs a time zone")
    signer = _PunctualSigner(_terms(reason, location, field_name), _signer(key), signing_time)
    sealed = signer.sign_pdf(_QuietWriter(io.BytesIO(pdf))).getvalue()
    return SealedPdf(sealed, "B-B", key.fingerprint, hashlib.sha256(sealed).hexdigest())


def _terms(reason: str, location: str, field_name: str) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=field_name,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        reason=reason,
        location=location,
    )


def _signer(key: SealKey) -> SimpleSigner:
    private = key.private_key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    others = SimpleCertificateStore()
    others.register_multiple([as_asn1(each) for each in key.issuers])
    return SimpleSigner(
        signing_cert=as_asn1(key.certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(private),
        cert_registry=others,
    )


def as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    """Return the certificate in pyHanko's terms."""
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


class _PunctualSigner(PdfSigner):
    """Writes the time it is told instead of the machine's."""

    def __init__(
        self, terms: PdfSignatureMetadata, signer: SimpleSigner, signing_time: datetime
    ) -> None:
        field = SigFieldSpec(terms.field_name or FIELD_NAME)
        super().__init__(terms, signer, new_field_spec=field)
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
