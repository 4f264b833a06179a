"""The key and certificate that the municipality seals with, and where they are kept."""

import os
import stat
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pydantic import BaseModel, ConfigDict, SecretStr

from fellesgrep.core.secret_files import keep_first
from fellesgrep.signing.seal_device import Device, certificate_on

_FILE_NAME = "seal-key.pem"
_YEARS_VALID = 10
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class SealSettings(BaseModel):
    """A bought seal certificate (PKCS#12, PKCS#11), or the name to put into a self-made one."""

    model_config = ConfigDict(frozen=True)

    common_name: str
    organisation_number: str
    location: str = "Norge"
    pkcs12_file: Path | None = None
    pkcs12_password: SecretStr | None = None
    device: Device | None = None
    device_certificate: Path | None = None


@dataclass(frozen=True)
class SealKey:
    """A private key with its certificate and the certificates of its issuers, nearest first."""

    private_key: PrivateKey | Device
    certificate: x509.Certificate
    issuers: tuple[x509.Certificate, ...] = ()
    loose_file: Path | None = None

    @property
    def trusted(self) -> x509.Certificate:
        """The certificate at the end of the chain: who trusts it, trusts the seal."""
        return self.issuers[-1] if self.issuers else self.certificate

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, in hexadecimal."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    def to_pem(self) -> bytes:
        """Return key and certificates as one PEM text, unencrypted."""
        if isinstance(self.private_key, Device):
            raise TypeError("the key never leaves its device")
        private = self.private_key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        public = [
            each.public_bytes(serialization.Encoding.PEM)
            for each in (self.certificate, *self.issuers)
        ]
        return b"".join([private, *public])


def make_certificate(common_name: str, organisation_number: str, *, now: datetime) -> SealKey:
    """Make an RSA-3072 key with a self-made seal certificate, named as ETSI EN 319 412-3 wants."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "NO"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, common_name[:64]),
            x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, f"NTRNO-{organisation_number}"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64]),
        ]
    )
    subject_key = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # A little before now, for readers whose clocks are behind.
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=365 * _YEARS_VALID))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_for_signatures_only(), critical=True)
        .add_extension(subject_key, critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(subject_key),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    return SealKey(key, certificate)


def load_or_create_seal_key(data_dir: Path, settings: SealSettings, *, now: datetime) -> SealKey:
    """Return the bought certificate if one is set up, else the self-made one, made once.

    The self-made key lies in `data_dir`, readable by the owner only. Several processes may start
    at once: the first file stays, the others read it.
    """
    found = find_seal_key(data_dir, settings)
    if found is not None:
        return found
    path = data_dir / _FILE_NAME
    made = make_certificate(settings.common_name, settings.organisation_number, now=now)
    keep_first(path, made.to_pem())
    return _from_pem(path)


def find_seal_key(data_dir: Path, settings: SealSettings) -> SealKey | None:
    """Return the key that this installation has; None where none was made yet."""
    if settings.device is not None:
        return _on_device(settings.device, settings.device_certificate)
    if settings.pkcs12_file is not None:
        return _from_pkcs12(settings.pkcs12_file, settings.pkcs12_password)
    path = data_dir / _FILE_NAME
    return _from_pem(path) if path.exists() else None


def _stamp(path: Path) -> tuple[int, ...]:
    """Return what changes as soon as a file is another one."""
    found = path.stat()
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def _for_signatures_only() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _from_pem(path: Path) -> SealKey:
    return _read_pem(path, _stamp(path))


def _from_pkcs12(path: Path, password: SecretStr | None) -> SealKey:
    return _read_pkcs12(path, password, _stamp(path))


@lru_cache(maxsize=4)
def _read_pem(path: Path, _: tuple[int, ...]) -> SealKey:
    """Read a key, once for as long as its file stays as it is: checking an RSA key takes long."""
    pem = path.read_bytes()
    certificate, *issuers = x509.load_pem_x509_certificates(pem)
    private = serialization.load_pem_private_key(pem, password=None)
    return SealKey(_usable(private), certificate, tuple(issuers), _if_loose(path))


@lru_cache(maxsize=4)
def _read_pkcs12(path: Path, password: SecretStr | None, _: tuple[int, ...]) -> SealKey:
    secret = password.get_secret_value().encode() if password else None
    bundle = pkcs12.load_pkcs12(path.read_bytes(), secret)
    if bundle.cert is None:
        raise ValueError(f"{path.name} holds no certificate")
    issuers = tuple(each.certificate for each in bundle.additional_certs)
    return SealKey(_usable(bundle.key), bundle.cert.certificate, issuers, _if_loose(path))


def _on_device(device: Device, chain: Path | None) -> SealKey:
    if chain is None:
        return SealKey(device, certificate_on(device))
    certificate, *issuers = x509.load_pem_x509_certificates(chain.read_bytes())
    return SealKey(device, certificate, tuple(issuers))


def _usable(key: object) -> PrivateKey:
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise ValueError("a seal needs an RSA or elliptic-curve key")  # noqa: TRY004 - the file is wrong, not the program
    return key


def _if_loose(path: Path) -> Path | None:
    """Return the path if others on the machine may read it."""
    others = stat.S_IRWXG | stat.S_IRWXO
    return path if os.name == "posix" and path.stat().st_mode & others else None
