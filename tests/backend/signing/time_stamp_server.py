"""A certificate authority with its revocation lists, and time-stamp authorities, over real HTTP."""

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pydantic import SecretStr
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from fellesgrep.signing.seal_device import as_asn1
from fellesgrep.signing.seal_key import SealKey

DAY = timedelta(days=1)


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


@dataclass
class Authority:
    """A certificate authority; with a `crl_url` its certificates tell where its list is."""

    name: str
    crl_url: str = ""
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    def __post_init__(self) -> None:
        own = self._builder(self.name, self.key, datetime.now(UTC) + 365 * DAY)
        own = own.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        self.certificate = own.sign(self.key, hashes.SHA256())

    def _builder(
        self, subject: str, key: rsa.RSAPrivateKey, until: datetime
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(_name(subject))
            .issuer_name(_name(self.name))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(until - 730 * DAY)
            .not_valid_after(until)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
                critical=False,
            )
        )

    def issue(
        self, subject: str, *, until: datetime | None = None, stamps: bool = False
    ) -> SealKey:
        """Issue a certificate, for a seal or for time stamps."""
        key = rsa.generate_private_key(65537, 2048)
        made = self._builder(subject, key, until or datetime.now(UTC) + 100 * DAY)
        made = made.add_extension(
            x509.KeyUsage(
                digital_signature=True, content_commitment=True, key_encipherment=False,
                data_encipherment=False, key_agreement=False, key_cert_sign=False,
                crl_sign=False, encipher_only=False, decipher_only=False,
            ),
            critical=True,
        )  # fmt: skip
        if stamps:
            use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            made = made.add_extension(use, critical=True)
        if self.crl_url:
            place = x509.DistributionPoint(
                [x509.UniformResourceIdentifier(self.crl_url)], None, None, None
            )
            made = made.add_extension(x509.CRLDistributionPoints([place]), critical=False)
        return SealKey(key, made.sign(self.key, hashes.SHA256()), (self.certificate,))

    def revocation_list(self) -> bytes:
        now = datetime.now(UTC)
        made = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(_name(self.name))
            .last_update(now - DAY)
            .next_update(now + 7 * DAY)
            .add_extension(x509.CRLNumber(1), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
                critical=False,
            )
            .sign(self.key, hashes.SHA256())
        )
        return made.public_bytes(serialization.Encoding.DER)


class Server(ThreadingHTTPServer):
    """Serves `/tsa` and `/crl`, as long as it is `up`; counts what it was asked for."""

    up = True
    stamps_left = 1_000
    stamper: DummyTimeStamper
    ca: Authority
    auth = ""
    asked = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def address(self, user: str = "") -> SecretStr:
        return SecretStr(f"http://{user}127.0.0.1:{self.server_port}/tsa")

    def stamp_with(self, own: SealKey) -> None:
        """Stamp with another certificate from now on."""
        assert isinstance(own.private_key, rsa.RSAPrivateKey)
        private = own.private_key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        others = SimpleCertificateStore()
        others.register_multiple([as_asn1(each) for each in own.issuers])
        self.stamper = DummyTimeStamper(
            as_asn1(own.certificate), keys.PrivateKeyInfo.load(private), certs_to_embed=others
        )


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        request = self.rfile.read(int(self.headers["content-length"]))
        encoded = base64.b64encode(self.server.auth.encode()).decode()
        self.server.asked += 1
        if not self.server.up or not self.server.stamps_left:
            self.send_error(503)
        elif self.server.auth and self.headers.get("authorization") != f"Basic {encoded}":
            self.send_error(401)
        else:
            self.server.stamps_left -= 1
            answer = self.server.stamper.request_tsa_response(tsp.TimeStampReq.load(request))
            self._send("application/timestamp-reply", answer.dump())

    def do_GET(self) -> None:
        if self.server.up:
            self._send("application/pkix-crl", self.server.ca.revocation_list())
        else:
            self.send_error(503)

    def _send(self, kind: str, content: bytes) -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@contextmanager
def time_stamp_server(name: str = "Prøveutsteder") -> Iterator[Server]:
    """A running server whose authority has issued its time-stamp certificate."""
    with Server(("127.0.0.1", 0), _Handler) as server:
        server.ca = Authority(name, f"{server.url}/crl")
        server.stamp_with(server.ca.issue("Prøvestempel", stamps=True))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
