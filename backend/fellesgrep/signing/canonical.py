"""Whether the bytes of a seal are written in the one way that we write them.

A signature covers every byte of a file but those of its own container. Some of these could be
changed without a validator minding: the case of a hexadecimal digit, a list of algorithms that
nobody reads, padding. Here the container is built anew from what it says and compared.
"""

import hashlib
from typing import Any

from asn1crypto import algos, cms
from pyhanko.sign.validation import EmbeddedPdfSignature


def is_canonical(seal: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Tell whether the room kept for a seal holds the seal alone, in its canonical form."""
    room: bytes = seal.pkcs7_content
    _, begins, ends, _ = (int(each) for each in seal.byte_range)
    if pdf[begins:ends] != b"<" + room.hex().upper().encode() + b">":
        return False
    container = cms.ContentInfo.load(room)
    length = len(container.dump())
    if room[length:].strip(b"\0"):
        return False
    return _rebuilt(container["content"], seal) == room[:length]


def _rebuilt(signed: Any, seal: EmbeddedPdfSignature) -> bytes | None:
    """Return the container as it must be; None where it names another certificate."""
    certificates = [each.chosen for each in signed["certificates"]]
    own = seal.signer_cert
    (info,) = signed["signer_infos"]
    embedded = {each.sha256 for each in certificates}
    if own.sha256 != _certificate_hash(info["signed_attrs"]) or own.sha256 not in embedded:
        return None
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    content = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": cms.DigestAlgorithms((sha256,)),
            "encap_content_info": {"content_type": "data"},
            "certificates": certificates,
            "signer_infos": [
                {
                    "version": "v1",
                    "sid": cms.SignerIdentifier(
                        {
                            "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                                {"issuer": own.issuer, "serial_number": own.serial_number}
                            )
                        }
                    ),
                    "digest_algorithm": sha256,
                    "signed_attrs": info["signed_attrs"],
                    "signature_algorithm": info["signature_algorithm"],
                    "signature": info["signature"].native,
                }
            ],
        }
    )
    whole: bytes = cms.ContentInfo({"content_type": "signed_data", "content": content}).dump()
    return whole


def _certificate_hash(attributes: Any) -> bytes:
    for each in attributes:
        if each["type"].native == "signing_certificate_v2":
            found: bytes = each["values"][0]["certs"][0]["cert_hash"].native
            return found
    return hashlib.sha256(b"").digest()
