"""A seal's key on a device that never gives it away (PKCS#11): a smart card, an HSM."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pkcs11 import Attribute, ObjectClass
from pkcs11.exceptions import PKCS11Error
from pydantic import BaseModel, ConfigDict, SecretStr
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign import Signer
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

_ONE_AT_A_TIME = threading.Lock()


def as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    """Return the certificate in pyHanko's terms."""
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


class DeviceFailed(OSError):
    """The device, its driver or what is on it cannot be used; says so without the PIN."""


class Device(BaseModel):
    """Where the key is, and what opens it."""

    model_config = ConfigDict(frozen=True)

    module: Path
    token: str
    label: str
    pin: SecretStr

    @contextmanager
    def session(self) -> Iterator[Any]:
        """Open the token; one caller at a time, as drivers want it. Raises `DeviceFailed`."""
        with _ONE_AT_A_TIME:
            try:
                with open_pkcs11_session(
                    str(self.module),
                    token_criteria=TokenCriteria(label=self.token),
                    user_pin=self.pin.get_secret_value(),
                ) as opened:
                    yield opened
            except (PKCS11Error, RuntimeError) as error:
                raise DeviceFailed(f"the seal's device failed: {type(error).__name__}") from None

    @contextmanager
    def signer(
        self, certificate: x509.Certificate, issuers: tuple[x509.Certificate, ...]
    ) -> Iterator[Signer]:
        """Yield what signs with the key on the device."""
        with self.session() as session:
            yield PKCS11Signer(
                session,
                key_label=self.label,
                signing_cert=as_asn1(certificate),
                ca_chain=[as_asn1(each) for each in issuers],
            )


@lru_cache(maxsize=4)
def certificate_on(device: Device) -> x509.Certificate:
    """Return the certificate that lies beside the key; raises `DeviceFailed`."""
    with device.session() as session:
        wanted = {Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.LABEL: device.label}
        found = [bytes(each[Attribute.VALUE]) for each in session.get_objects(wanted)]
    if len(found) != 1:
        raise DeviceFailed(f"{len(found)} certificates on the device have the label of the key")
    return x509.load_der_x509_certificate(found[0])
