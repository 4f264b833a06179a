"""Time stamps (RFC 3161) from the authorities that an installation is told of, tried in order."""

import asyncio
import base64
import logging
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit, urlunsplit

import structlog
from asn1crypto import cms
from cryptography import x509
from pydantic import SecretStr
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from fellesgrep.signing.canonical import canonical_token
from fellesgrep.signing.seal_device import as_asn1

log = structlog.get_logger(__name__)
logging.getLogger("pyhanko.sign").setLevel(logging.ERROR)


class NoTimeStamp(OSError):
    """No authority gave a time stamp that can be trusted."""


@dataclass(frozen=True)
class Stamping:
    """Who stamps, and whom we trust.

    An address may hold a name and password (`https://name:password@…`), which are sent as basic
    authentication. `roots` end the chains of the authorities' certificates, `seal_roots` that of
    the seal's own; without the latter a seal gets a time stamp and nothing to be checked by later.
    """

    addresses: tuple[SecretStr, ...]
    roots: tuple[x509.Certificate, ...]
    seal_roots: tuple[x509.Certificate, ...] = ()
    timeout: int = 10

    def to_gather(self) -> ValidationContext:
        """Return a context that fetches what proves that no certificate was revoked."""
        return ValidationContext(
            trust_roots=[as_asn1(each) for each in (*self.seal_roots, *self.roots)],
            allow_fetching=True,
            revocation_mode="require",
        )


class Authorities(TimeStamper):
    """Asks one authority after the other until one gives a stamp that holds.

    What it answers is written in the canonical form, with the chain of whoever stamped.
    """

    def __init__(self, told: Stamping) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # it is not typed
        self._told = told

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Return a time stamp over a digest; raises `NoTimeStamp`."""
        for address in self._told.addresses:
            # Whatever one authority does or answers, the next one is asked.
            try:
                return await self.ask(address, message_digest, md_algorithm)
            except Exception as reason:  # noqa: BLE001
                host = urlsplit(_split(address)[0]).hostname
                log.warning("no time stamp from this authority", host=host, reason=_why(reason))
        raise NoTimeStamp("no authority gave a time stamp")

    async def ask(self, address: SecretStr, digest: bytes, algorithm: str) -> cms.ContentInfo:
        """Return a time stamp from one authority; raises whatever that does."""
        place, headers = _split(address)
        client = HTTPTimeStamper(place, timeout=self._told.timeout, headers=headers)
        return await self._accepted(await client.async_timestamp(digest, algorithm), digest)

    async def _accepted(self, token: cms.ContentInfo, digest: bytes) -> cms.ContentInfo:
        path = (await self._judge(token, digest)).validation_path
        chain = list(path.iter_certs(include_root=True)) if path else []
        written = canonical_token(token, chain[::-1])
        if written is None:
            raise NoTimeStamp("it is signed in a way that is not known")
        again = cms.ContentInfo.load(written)
        await self._judge(again, digest)
        return again

    async def _judge(self, token: cms.ContentInfo, digest: bytes) -> TimestampSignatureStatus:
        trusted = ValidationContext(
            trust_roots=[as_asn1(each) for each in self._told.roots], revocation_mode="soft-fail"
        )
        found = await validate_tst_signed_data(token["content"], trusted, lambda _: digest)
        status = TimestampSignatureStatus(**found)
        if not (status.intact and status.valid):
            raise NoTimeStamp("it does not hold")
        if not status.trusted:
            raise NoTimeStamp("its certificate is not trusted, or has expired")
        return status


def try_each(told: Stamping) -> Iterator[tuple[str, str]]:
    """Ask each authority for a time stamp of nothing in particular.

    Yields its address, without name and password, and why it is no good; "" where it is.
    """
    for address in told.addresses:
        place, _ = _split(address)
        digest = secrets.token_bytes(32)
        try:
            asyncio.run(Authorities(told).ask(address, digest, "sha256"))
        except Exception as reason:  # noqa: BLE001 (whatever it does, it is no good)
            yield place, _why(reason)
        else:
            yield place, ""


def _why(reason: Exception) -> str:
    """Return what went wrong; the words of a library may hold an address with its password."""
    return str(reason) if isinstance(reason, NoTimeStamp) else type(reason).__name__


def _split(address: SecretStr) -> tuple[str, dict[str, str]]:
    """Return an address without name and password, and the headers that carry these."""
    parts = urlsplit(address.get_secret_value())
    place = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, ""))
    if not parts.username:
        return place, {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return place, {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
