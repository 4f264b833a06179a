"""A real SMTP server for tests, which keeps what it gets."""

import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Received:
    """A mail as the server got it."""

    recipients: list[str]
    mail: EmailMessage
    encrypted: bool
    user: str | None
    return_path: str


@dataclass
class MailServer:
    """Where it listens and what it got. `refusals` is how many mails it turns away first.

    `unknown` maps addresses to what it answers to them for good (`550 5.1.1 No such user`).
    """

    port: int = 0
    received: list[Received] = field(default_factory=list)
    refusals: int = 0
    unknown: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        rcpt_options: list[str],
    ) -> str:
        if address in self.unknown:
            return self.unknown[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        if self.refusals:
            self.refusals -= 1
            return "451 Try again later"
        content = envelope.content
        assert isinstance(content, bytes)
        mail = message_from_bytes(content, _class=EmailMessage, policy=policy.default)
        user: Any = session.auth_data
        self.received.append(
            Received(
                recipients=[str(each) for each in envelope.rcpt_tos],
                mail=mail,
                encrypted=bool(session.ssl),
                user=user.login.decode() if user else None,
                return_path=str(envelope.mail_from),
            )
        )
        return "250 OK"


@contextmanager
def mail_server(
    *, certificate: "Certificate | None" = None, password: str | None = None
) -> Iterator[MailServer]:
    """Run a server; with a certificate it offers STARTTLS, with a password it wants a log-in."""
    handler = MailServer()

    def check(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, auth_data: Any
    ) -> AuthResult:
        right = auth_data.password == (password or "").encode()
        return AuthResult(success=right, auth_data=auth_data)

    controller = Controller(
        handler,
        hostname="127.0.0.1",
        port=_free_port(),  # aiosmtpd reaches itself at the port it is told
        ready_timeout=30,
        tls_context=certificate.server if certificate else None,
        authenticator=check,
        auth_required=password is not None,
    )
    controller.start()
    handler.port = controller.port
    try:
        yield handler
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Certificate:
    """A self-made certificate for 127.0.0.1: the server's side, and who trusts it."""

    server: ssl.SSLContext
    client: ssl.SSLContext


def make_certificate(folder: Path) -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "mail-server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(file)
    return Certificate(server, ssl.create_default_context(cafile=str(file)))
