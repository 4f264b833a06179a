"""Send by SMTP, as an address tells: `smtp://user:password@host:587`, `smtps://host`."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

TIMEOUT_SECONDS = 20
Encryption = Literal["tls", "starttls", "starttls_if_offered"]


@dataclass(frozen=True)
class SmtpServer:
    """A mail server. A password is never sent over a connection that is not encrypted."""

    host: str
    port: int
    encryption: Encryption
    user: str = ""
    password: str = ""


def read_smtp_url(url: str) -> SmtpServer:
    """Read the address of a mail server.

    `smtps://` is encrypted from the start; `smtp://` turns to STARTTLS where it is offered, and
    must, or refuses, with a user or `?starttls=required`. Raises `ValueError`, never naming the
    password.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("a mail server is written smtp://user:password@host:587 or smtps://host")
    query = parse_qs(parts.query)
    unknown = query.keys() - {"starttls"}
    if unknown or query.get("starttls", ["required"]) != ["required"]:
        raise ValueError("after the host of a mail server only ?starttls=required is known")
    try:
        port = parts.port
    except ValueError:
        raise ValueError("the port of the mail server is no number up to 65535") from None
    encryption: Encryption = "starttls_if_offered"
    if parts.scheme == "smtps":
        encryption = "tls"
    elif parts.username or query:
        encryption = "starttls"
    return SmtpServer(
        host=parts.hostname,
        port=port or (465 if encryption == "tls" else 587 if parts.username else 25),
        encryption=encryption,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def send(
    mail: EmailMessage,
    server: SmtpServer,
    *,
    context: ssl.SSLContext | None = None,
    return_path: str = "",
) -> None:
    """Hand a mail to the server; raises `smtplib.SMTPException` or `OSError`.

    What cannot be delivered later comes back to `return_path`, by default to the sender.
    """
    trust = context or ssl.create_default_context()
    with _connect(server, trust) as connection:
        if server.encryption == "starttls" or (
            server.encryption == "starttls_if_offered" and _offers_starttls(connection)
        ):
            connection.starttls(context=trust)
        if server.user:
            connection.login(server.user, server.password)
        connection.send_message(mail, from_addr=return_path or None)


def _connect(server: SmtpServer, trust: ssl.SSLContext) -> smtplib.SMTP:
    if server.encryption == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_SECONDS, context=trust)
    return smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)


def _offers_starttls(connection: smtplib.SMTP) -> bool:
    connection.ehlo()
    return connection.has_extn("starttls")
