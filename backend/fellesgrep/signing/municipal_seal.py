"""The municipality's own seal, as this installation is set up."""

from cryptography import x509

from fellesgrep.core.problems import Conflict
from fellesgrep.core.tx import House
from fellesgrep.signing.seal import SealedPdf, seal_pdf
from fellesgrep.signing.seal_key import SealKey, find_seal_key, load_or_create_seal_key
from fellesgrep.signing.seal_self_test import faults
from fellesgrep.signing.settings import SIGNING


class SealBroken(Conflict):
    """The seal does not work: an operator must mend it first."""


def _key(house: House) -> SealKey:
    settings = house.settings(SIGNING)
    return load_or_create_seal_key(settings.data_dir, settings.seal, now=settings.clock.now())


def known_certificates(house: House) -> list[x509.Certificate]:
    """Return the certificates whose seals count as the municipality's own."""
    settings = house.settings(SIGNING)
    try:
        key = find_seal_key(settings.data_dir, settings.seal)
    except (OSError, ValueError):
        return []
    return [key.trusted] if key else []


def refuse_without_seal(house: House) -> None:
    """Try the seal; raises `SealBroken` with the reason in plain words."""
    now = house.settings(SIGNING).clock.now()
    try:
        found = faults(_key(house), "nb", now=now)
    except (OSError, ValueError) as reason:
        found = [str(reason)]
    if found:
        raise SealBroken("signing.problem.no_seal", reason=" ".join(found))


def seal(house: House, pdf: bytes, *, reason: str) -> SealedPdf:
    """Seal a finished document now, by the real time."""
    settings = house.settings(SIGNING)
    return seal_pdf(
        pdf,
        _key(house),
        reason=reason,
        location=settings.seal.location,
        signing_time=settings.clock.now(),
    )
