"""What the environment tells of the seal: its key, and who stamps it with time."""

import re
from pathlib import Path

from cryptography import x509
from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings

from fellesgrep.signing.seal_device import Device
from fellesgrep.signing.seal_key import SealSettings
from fellesgrep.signing.time_stamps import Stamping


class SealEnvironment(BaseSettings):
    """The settings of the seal. Without any a key is made, and nobody stamps."""

    seal_pkcs12_file: Path | None = Field(
        None, description="A bought seal certificate with its key and its issuers (PKCS#12)."
    )
    seal_pkcs12_password: SecretStr | None = Field(None, description="Password of that file.")
    seal_pkcs11_module: Path | None = Field(
        None,
        description="The library of the device that keeps the seal's key (PKCS#11, a `.so`).",
    )
    seal_pkcs11_token: str = Field("", description="Label of the token on that device.")
    seal_pkcs11_label: str = Field("", description="Label of the key, and of its certificate.")
    seal_pkcs11_pin: SecretStr | None = Field(None, description="The user PIN of the token.")
    seal_pkcs11_certificate: Path | None = Field(
        None,
        description="The certificate and its issuers, nearest first (PEM); default: the one on the "
        "token, without issuers.",
    )
    seal_roots: Path | None = Field(
        None,
        description="Roots of the seal certificate's chain (PEM). With them the seal carries what "
        "proves that no certificate was revoked (PAdES B-LT, B-LTA).",
    )
    seal_tsa_urls: SecretStr | None = Field(
        None,
        description="Time-stamp authorities (RFC 3161), tried in this order, with spaces between: "
        "`https://tsa.example https://name:password@other.example/tsa`.",
    )
    seal_tsa_roots: Path | None = Field(
        None, description="Roots of the time-stamp authorities' certificates (PEM)."
    )

    @model_validator(mode="after")
    def _seal_is_complete(self) -> "SealEnvironment":
        needed = {
            "seal_tsa_urls": ("seal_tsa_roots",),
            "seal_tsa_roots": ("seal_tsa_urls",),
            "seal_roots": ("seal_tsa_urls",),
            "seal_pkcs11_module": ("seal_pkcs11_token", "seal_pkcs11_label", "seal_pkcs11_pin"),
        }
        for name, others in needed.items():
            missing = [other for other in others if not getattr(self, other)]
            if getattr(self, name) and missing:
                listed = ", ".join(f"FELLESGREP_{other.upper()}" for other in missing)
                raise ValueError(f"FELLESGREP_{name.upper()} needs {listed} too")
        if self.seal_pkcs11_module and self.seal_pkcs12_file:
            raise ValueError("the seal's key is in a file (PKCS#12) or on a device (PKCS#11)")
        return self

    def for_seal(self, municipality: str, number: str) -> SealSettings:
        """Return whose seal it is, and where its key is."""
        return SealSettings(
            common_name=municipality,
            organisation_number=number,
            pkcs12_file=self.seal_pkcs12_file,
            pkcs12_password=self.seal_pkcs12_password,
            device=self._device(),
            device_certificate=self.seal_pkcs11_certificate,
        )

    def _device(self) -> Device | None:
        if self.seal_pkcs11_module is None or self.seal_pkcs11_pin is None:
            return None
        return Device(
            module=self.seal_pkcs11_module,
            token=self.seal_pkcs11_token,
            label=self.seal_pkcs11_label,
            pin=self.seal_pkcs11_pin,
        )

    def for_stamping(self) -> Stamping | None:
        """Return who stamps; None where nobody does."""
        if self.seal_tsa_urls is None or self.seal_tsa_roots is None:
            return None
        addresses = re.split(r"[\s,]+", self.seal_tsa_urls.get_secret_value().strip())
        return Stamping(
            addresses=tuple(SecretStr(each) for each in addresses),
            roots=read_certificates(self.seal_tsa_roots),
            seal_roots=read_certificates(self.seal_roots) if self.seal_roots else (),
        )


def read_certificates(path: Path) -> tuple[x509.Certificate, ...]:
    """Return the certificates in a PEM file; raises `ValueError` naming the file."""
    try:
        return tuple(x509.load_pem_x509_certificates(path.read_bytes()))
    except (OSError, ValueError) as error:
        raise ValueError(f"{path} holds no certificates in PEM: {error}") from error
