"""The level that a seal has reached (PAdES, ETSI EN 319 142-1), worked out from the file itself."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import DocumentTimestampStatus, EmbeddedPdfSignature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from fellesgrep.signing.canonical import token_of


class Level(StrEnum):
    """What a seal proves without asking anybody: ever more."""

    B_B = "B-B"
    """Who sealed, and that nothing was changed. The time is the sealer's word."""

    B_T = "B-T"
    """It was there at a time that somebody else has attested."""

    B_LT = "B-LT"
    """The file carries what proves that no certificate was revoked."""

    B_LTA = "B-LTA"
    """A time stamp covers all of that, and another one can be added before it grows old."""

    @property
    def rank(self) -> int:
        """Return how high it is."""
        return list(Level).index(self)


@dataclass(frozen=True)
class Times:
    """A seal, the time stamp in it, and those that were appended, each with how it stands."""

    seal: EmbeddedPdfSignature
    inside: TimestampSignatureStatus | None
    appended: Sequence[EmbeddedPdfSignature]
    appended_status: Sequence[DocumentTimestampStatus]

    @property
    def all(self) -> tuple[TimestampSignatureStatus, ...]:
        """Return the time stamps, oldest first."""
        return ((self.inside,) if self.inside else ()) + tuple(self.appended_status)

    @property
    def first(self) -> TimestampSignatureStatus | None:
        """Return the oldest time stamp: since when the seal is known to be there."""
        return next(iter(self.all), None)


def level_of(reader: PdfFileReader, times: Times) -> Level:
    """Return the level of a seal that holds, whose time stamps hold too.

    Whether sealer and authorities are known is another question: here the chains are followed to
    the roots that the file names itself.
    """
    first = times.first
    if first is None:
        return Level.B_B
    if not _proven(reader, times, first):
        return Level.B_T
    return Level.B_LTA if times.appended and len(times.all) > 1 else Level.B_LT


def _proven(reader: PdfFileReader, times: Times, first: TimestampSignatureStatus) -> bool:
    """Tell whether the file proves that seal and first stamp were made with good certificates."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return False
    certificate = times.seal.signer_cert
    if _ends_a_chain(certificate):
        return False
    carried = [*store.load_certs(), *_embedded(times)]
    told = {
        "trust_roots": [each for each in carried if _ends_a_chain(each)],
        "other_certs": carried,
        "allow_fetching": False,
        "revocation_mode": "require",
        "moment": first.timestamp,
        "retroactive_revinfo": True,
    }
    context = store.as_validation_context(told)
    return _good(certificate, set(), context) and _good(
        first.signing_cert, {"time_stamping"}, context
    )


def _good(certificate: Any, uses: set[str], context: ValidationContext) -> bool:
    try:
        validator = CertificateValidator(certificate, validation_context=context)
        asyncio.run(validator.async_validate_usage(set(), uses))
    except (PathError, ValidationError):
        return False
    return True


def _embedded(times: Times) -> Iterator[asn1_x509.Certificate]:
    for each in (times.seal, *times.appended):
        yield each.signer_cert
        yield from each.other_embedded_certs
    token = token_of(times.seal)
    for each in token["content"]["certificates"] if token else ():
        yield each.chosen


def _ends_a_chain(certificate: asn1_x509.Certificate) -> bool:
    return bool(certificate.self_signed in {"maybe", "yes"})
