"""The municipality's own seal, as this installation is set up."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cryptography import x509

from fellesgrep.core.languages import say
from fellesgrep.core.problems import Conflict
from fellesgrep.core.tx import House
from fellesgrep.signing.seal import risen, seal_pdf
from fellesgrep.signing.seal_key import SealKey, find_seal_key, load_or_create_seal_key
from fellesgrep.signing.seal_levels import Level
from fellesgrep.signing.seal_self_test import faults
from fellesgrep.signing.settings import SIGNING
from fellesgrep.signing.verify_seal import verify

_TRIED: dict[int, tuple[SealKey, datetime]] = {}
"""The key that was found sound, and when. A key read anew from a changed file is another one."""
_SOUND_FOR = timedelta(minutes=5)


class SealBroken(Conflict):
    """The seal does not work: an operator must mend it first. `code` tells what kind of fault."""

    code = "broken"


class SealKeyMissing(SealBroken):
    """The key is gone that this installation had when the agreement was sent out."""

    code = "key_missing"


def known_certificates(house: House) -> list[x509.Certificate]:
    """Return the certificates whose seals count as the municipality's own."""
    settings = house.settings(SIGNING)
    try:
        key = find_seal_key(settings.data_dir, settings.seal)
    except (OSError, ValueError):
        return []
    return [key.trusted] if key else []


def known_stampers(house: House) -> list[x509.Certificate]:
    """Return the certificates at the end of the chains of the time-stamp authorities set up."""
    stamping = house.settings(SIGNING).stamping
    return list(stamping.roots) if stamping else []


def refuse_without_seal(house: House) -> None:
    """Try the seal; raises `SealBroken` with the reason in plain words.

    A key that held is not tried again for some minutes, as long as its file stays as it is.
    """
    settings = house.settings(SIGNING)
    now = settings.clock.now()
    try:
        key = load_or_create_seal_key(settings.data_dir, settings.seal, now=now)
        found = _faults(key, now)
    except (OSError, ValueError) as reason:
        found = [str(reason)]
    if found:
        raise SealBroken("signing.problem.no_seal", reason=" ".join(found))


def last_tried() -> datetime | None:
    """Return when a seal was last tried and held."""
    return max((at for _, at in _TRIED.values()), default=None)


def _faults(key: SealKey, now: datetime) -> list[str]:
    last = _TRIED.get(id(key))
    if last is not None and last[0] is key and timedelta() <= now - last[1] < _SOUND_FOR:
        return []
    found = faults(key, "nb", now=now)
    if not found:
        _TRIED.clear()
        _TRIED[id(key)] = (key, now)
    return found


@dataclass(frozen=True)
class Sealed:
    """A sealed file, with the level that it has reached by its own testimony."""

    content: bytes
    level: Level
    certificate_fingerprint: str


def seal(house: House, pdf: bytes, *, reason: str) -> Sealed:
    """Seal a finished document now, by the real time, as well as it can be done now.

    Never with a key made for it: whoever was asked to sign was asked under the key that was there.
    """
    settings = house.settings(SIGNING)
    key = find_seal_key(settings.data_dir, settings.seal)
    if key is None:
        raise SealKeyMissing("signing.problem.no_seal_key")
    made = seal_pdf(
        pdf,
        key,
        reason=reason,
        location=settings.seal.location,
        signing_time=settings.clock.now(),
        stamping=settings.stamping,
    )
    report = verify(made.content)
    if report.level is None:
        raise SealBroken("signing.problem.no_seal", reason=say("nb", "signing.seal.does_not_hold"))
    sealed = Sealed(made.content, report.level, made.certificate_fingerprint)
    return raised(house, sealed) or sealed


def wanted_level(house: House) -> Level:
    """Return the level that seals can reach as this installation is set up."""
    stamping = house.settings(SIGNING).stamping
    if stamping is None:
        return Level.B_B
    return Level.B_LTA if stamping.seal_roots else Level.B_T


def raised(house: House, sealed: Sealed) -> Sealed | None:
    """Return a sealed file with time stamps and proofs appended; None where none rise its level.

    What was there stays as it is, byte for byte.
    """
    stamping = house.settings(SIGNING).stamping
    if stamping is None or sealed.level.rank >= wanted_level(house).rank:
        return None
    best = sealed
    for content in risen(sealed.content, stamping):
        level = verify(content).level
        if level is not None and level.rank > best.level.rank:
            best = replace(best, content=content, level=level)
    return best if best is not sealed else None
