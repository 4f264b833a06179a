"""Whether the bytes of a seal and of its time stamps are written in the one way that we write them.

A signature covers every byte of a file but those of its own container. Some of these could be
changed without a validator minding: the case of a hexadecimal digit, a list of algorithms that
nobody reads, padding. Here the container is built anew from what it says and compared.

A time stamp comes from somebody else, who writes it in their own way. `canonical_token` writes it
in ours before it is put into a file: what the authority signed stays, the rest is set out anew.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

from asn1crypto import algos, cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from pyhanko.sign.validation import EmbeddedPdfSignature

_STAMP = "signature_time_stamp_token"


def is_canonical(seal: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Tell whether the room kept for a seal or stamp holds it alone, in its canonical form."""
    room: bytes = seal.pkcs7_content
    start, begins, ends, _ = (int(each) for each in seal.byte_range)
    if start != 0 or pdf[begins:ends] != b"<" + room.hex().upper().encode() + b">":
        return False
    container = cms.ContentInfo.load(room)
    length = len(container.dump())
    if room[length:].strip(b"\0"):
        return False
    rebuilt = _rebuilt_token if seal.sig_object_type == "/DocTimeStamp" else _rebuilt_seal
    return rebuilt(container["content"]) == room[:length]


def canonical_token(token: cms.ContentInfo, chain: Sequence[asn1_x509.Certificate]) -> bytes | None:
    """Return a time stamp in our form; None where it is signed in a way that we do not know.

    `chain` are the certificates from the one that signed to the root. They are put in where each
    byte of them can be checked; else the first alone, to which the signature itself is bound.
    """
    carried = list(chain) if _checked_by_each_other(chain) else list(chain[:1])
    return _token(token["content"], carried)


def carries_only_checked(seal: EmbeddedPdfSignature, known: Sequence[x509.Certificate]) -> bool:
    """Tell whether each byte of the issuers' certificates in a seal can be checked.

    Nothing covers them but the signatures of their own issuers, who are in the seal or known; an
    issuer that is known itself is compared.
    """
    try:
        carried = [
            x509.load_der_x509_certificate(each.dump()) for each in seal.other_embedded_certs
        ]
    except ValueError:
        return False
    issuers = [*carried, *known]
    return all(
        each in known or any(_signed_by(each, issuer) for issuer in issuers) for each in carried
    )


def token_of(seal: EmbeddedPdfSignature) -> Any:
    """Return the time stamp inside a seal's container; None where there is none."""
    for each in seal.signer_info["unsigned_attrs"]:
        if each["type"].native == _STAMP:
            return each["values"][0]
    return None


def _rebuilt_seal(signed: Any) -> bytes | None:
    """Return the container as it must be; None where it names another certificate."""
    certificates = [each.chosen for each in signed["certificates"]]
    (info,) = signed["signer_infos"]
    named = _certificate_hash(info["signed_attrs"])
    own = next((each for each in certificates if each.sha256 == named), None)
    if own is None or not all(_is_der(each) for each in certificates):
        return None
    parts = {
        "version": "v1",
        "sid": _identifier(own),
        "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
        "signed_attrs": info["signed_attrs"],
        "signature_algorithm": info["signature_algorithm"],
        "signature": info["signature"].native,
    }
    if len(info["unsigned_attrs"]):
        (stamp,) = info["unsigned_attrs"]
        (token,) = stamp["values"]
        rebuilt = _rebuilt_token(token["content"])
        if stamp["type"].native != _STAMP or rebuilt is None:
            return None
        value = {"type": _STAMP, "values": [cms.ContentInfo.load(rebuilt)]}
        parts["unsigned_attrs"] = [cms.CMSAttribute(value)]
    content = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": cms.DigestAlgorithms((parts["digest_algorithm"],)),
            "encap_content_info": {"content_type": "data"},
            "certificates": certificates,
            "signer_infos": [parts],
        }
    )
    return _wrapped(content)


def _rebuilt_token(signed: Any) -> bytes | None:
    carried = [each.chosen for each in signed["certificates"]]
    if len(carried) > 1 and not _checked_by_each_other(carried):
        return None
    return _token(signed, carried)


def _token(signed: Any, carried: Sequence[asn1_x509.Certificate]) -> bytes | None:
    (info,) = signed["signer_infos"]
    own = next((each for each in carried if _names(info["signed_attrs"], each)), None)
    digest = info["digest_algorithm"]["algorithm"].native
    algorithm = _signature_algorithm(info, digest)
    if own is None or algorithm is None or not _is_der(own):
        return None
    algorithm_of_digest = algos.DigestAlgorithm({"algorithm": digest})
    content = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": cms.DigestAlgorithms((algorithm_of_digest,)),
            "encap_content_info": cms.EncapsulatedContentInfo(
                {
                    "content_type": cms.ContentType("tst_info"),
                    "content": cms.ParsableOctetString(
                        bytes(signed["encap_content_info"]["content"])
                    ),
                }
            ),
            "certificates": list(carried),
            "signer_infos": [
                {
                    "version": "v1",
                    "sid": _identifier(own),
                    "digest_algorithm": algorithm_of_digest,
                    "signed_attrs": info["signed_attrs"],
                    "signature_algorithm": algorithm,
                    "signature": info["signature"].native,
                }
            ],
        }
    )
    return _wrapped(content)


def _signature_algorithm(info: Any, digest: str) -> algos.SignedDigestAlgorithm | None:
    """Return the one way to name the algorithm; the others say the same and could be swapped."""
    named = info["signature_algorithm"]
    kind = named.signature_algo
    if kind == "rsassa_pkcs1v15":
        return algos.SignedDigestAlgorithm({"algorithm": f"{digest}_rsa"})
    if kind == "ecdsa":
        return algos.SignedDigestAlgorithm({"algorithm": f"{digest}_ecdsa"})
    if kind == "rsassa_pss":
        again = algos.SignedDigestAlgorithm(
            {"algorithm": "rsassa_pss", "parameters": named["parameters"].native}
        )
        return again if again.dump(force=True) else None
    return None


def _identifier(own: asn1_x509.Certificate) -> cms.SignerIdentifier:
    return cms.SignerIdentifier(
        {
            "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                {"issuer": own.issuer, "serial_number": own.serial_number}
            )
        }
    )


def _wrapped(content: cms.SignedData) -> bytes:
    whole: bytes = cms.ContentInfo({"content_type": "signed_data", "content": content}).dump()
    return whole


def _is_der(certificate: asn1_x509.Certificate) -> bool:
    """Tell whether a certificate can be read strictly; a looser reader would not mind."""
    try:
        x509.load_der_x509_certificate(certificate.dump())
    except ValueError:
        return False
    return True


def _checked_by_each_other(chain: Sequence[asn1_x509.Certificate]) -> bool:
    """Tell whether each certificate is signed by one of them, the root by itself."""
    try:
        read = [x509.load_der_x509_certificate(each.dump()) for each in chain]
    except ValueError:
        return False
    return all(any(_signed_by(each, issuer) for issuer in read) for each in read)


def _signed_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _certificate_hash(attributes: Any) -> bytes:
    for each in attributes:
        if each["type"].native == "signing_certificate_v2":
            found: bytes = each["values"][0]["certs"][0]["cert_hash"].native
            return found
    return hashlib.sha256(b"").digest()


def _names(attributes: Any, certificate: asn1_x509.Certificate) -> bool:
    """Tell whether a time stamp is bound to this certificate."""
    for each in attributes:
        kind = each["type"].native
        if kind not in {"signing_certificate", "signing_certificate_v2"}:
            continue
        first = each["values"][0]["certs"][0]
        digest = "sha1"
        if kind == "signing_certificate_v2":
            digest = first["hash_algorithm"]["algorithm"].native
        found = hashlib.new(digest, certificate.dump(), usedforsecurity=False).digest()
        return bool(found == first["cert_hash"].native)
    return False
