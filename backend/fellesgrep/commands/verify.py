"""`verify FILE`: is this the agreement that was sealed?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fellesgrep.commands.console import out
from fellesgrep.commands.environment import load_settings, with_database
from fellesgrep.core.refusals import Refusal

if TYPE_CHECKING:
    from cryptography import x509

    from fellesgrep.settings import Settings
    from fellesgrep.signing.verification import Verification


def verify(
    file: Annotated[Path, typer.Argument(help="A PDF that claims to be a sealed agreement.")],
    offline: Annotated[
        bool, typer.Option(help="Ask no database: judge by the seal and what is inside.")
    ] = False,
    certificate: Annotated[
        Path | None, typer.Option(help="A certificate (PEM) whose seals count as ours.")
    ] = None,
) -> None:
    """Tell whether a sealed agreement is genuine and unchanged; exit status 0 only if it is."""
    from fellesgrep.core.languages import say
    from fellesgrep.signing.verification import GOOD

    try:
        content = file.read_bytes()
    except OSError as error:
        raise Refusal(f"{file} cannot be read: {error.strerror}") from error
    settings = load_settings()
    known = _certificates(settings, certificate)
    no_record = settings.database_url is None and not settings.data_dir.exists()
    alone = offline or no_record
    found = _alone(settings, content, known) if alone else _here(settings, content, known)
    name = settings.municipality_name
    said = say("en", f"signing.verify.{found.answer}", municipality=name)
    if found.answer not in GOOD:
        raise Refusal(f"{file.name}: {said}")
    out.print(f"{file.name}: {said}", markup=False)
    _tell(found)


def _certificates(settings: Settings, given: Path | None) -> list[x509.Certificate]:
    """Return the given certificate, and this installation's own where it has one."""
    from cryptography import x509

    from fellesgrep.signing.seal_key import find_seal_key

    own = find_seal_key(settings.data_dir, settings.for_signing().seal)
    known = [own.trusted] if own else []
    if given is None:
        return known
    try:
        return [*known, x509.load_pem_x509_certificate(given.read_bytes())]
    except (OSError, ValueError) as error:
        raise Refusal(f"{given} is no certificate in PEM: {error}") from error


def _alone(settings: Settings, content: bytes, known: list[x509.Certificate]) -> Verification:
    from fellesgrep.signing.verification import verify_alone

    return verify_alone(content, known, _stampers(settings))


def _stampers(settings: Settings) -> tuple[x509.Certificate, ...]:
    """Return the roots of the time-stamp authorities that this installation knows."""
    stamping = settings.for_stamping()
    return stamping.roots if stamping else ()


def _here(settings: Settings, content: bytes, known: list[x509.Certificate]) -> Verification:
    from fellesgrep.app import make_house
    from fellesgrep.signing.verification import look_up, verify_alone

    alone = verify_alone(content, known, _stampers(settings))
    with with_database(settings) as url:
        house = make_house(settings, url)
        with house.transaction() as tx:
            found = look_up(tx, alone.sha256, alone.seal)
        house.database.close()
    return found or alone


def _tell(found: Verification) -> None:
    from fellesgrep.core.languages import say

    if found.seal and found.seal.level:
        out.print(f"PAdES {found.seal.level}")
    if found.seal and found.seal.stamped_at:
        doubt = "" if found.seal.stamp_trusted else " (issuer not checked)"
        when = f"{found.seal.stamped_at:%Y-%m-%d %H:%M} UTC"
        out.print(f"time stamp: {when}, {found.seal.stamped_by}{doubt}", markup=False)

    if found.agreed is None:
        return
    out.print(f"{found.agreed.title} ({found.agreed.number})", markup=False)
    for each in found.agreed.signers:
        method = say("en", f"signing.method.{each.method}")
        when = f"{each.signed_at:%Y-%m-%d %H:%M} UTC"
        out.print(f"  {each.name}, {each.on_behalf_of}: {when}, {method}", markup=False)
    if found.agreed.newer_level:
        newer = say("en", "signing.verify.newer_is", level=found.agreed.newer_level)
        out.print(newer, markup=False)
    if found.agreed.standing:
        out.print(say("en", f"signing.verify.{found.agreed.standing}"))
