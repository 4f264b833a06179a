import smtplib
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path

import pytest

from fellesgrep.notifications.mail import AddressRefused, Wording, compose, word
from fellesgrep.notifications.slots import MailAddress
from fellesgrep.notifications.smtp import SmtpServer, read_smtp_url, send
from tests.mail_server import mail_server, make_certificate

SENDER = Address("Solvik kommune", addr_spec="ikke-svar@solvik.example")
AT = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


def a_mail(name: str = "Kari Nordmann", email: str = "kari@partner.example") -> EmailMessage:
    return compose(
        word("nb", "notifications.trial", {"municipality": "Solvik kommune"}, url="http://x/y"),
        sender=SENDER,
        to=MailAddress(name, email, "nb"),
        message_id="<1@solvik.example>",
        date=AT,
    )


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", SmtpServer("mail.example", 25, "starttls_if_offered")),
        ("smtp://m.example:2525", SmtpServer("m.example", 2525, "starttls_if_offered")),
        ("smtp://m.example?starttls=required", SmtpServer("m.example", 25, "starttls")),
        ("smtp://me:p%40ss@m.example", SmtpServer("m.example", 587, "starttls", "me", "p@ss")),
        ("smtps://me:p@m.example", SmtpServer("m.example", 465, "tls", "me", "p")),
    ],
)
def test_the_address_of_a_mail_server_tells_how_to_reach_it(url: str, server: SmtpServer) -> None:
    assert read_smtp_url(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "http://me:hemmelig@m",
        "smtp://",
        "smtp://me:hemmelig@m:x",
        "smtp://m?tls=no",
    ],
)
def test_an_address_that_is_none_is_refused_without_naming_the_password(url: str) -> None:
    with pytest.raises(ValueError, match="mail server") as refused:
        read_smtp_url(url)
    assert "hemmelig" not in str(refused.value)


def test_mail_goes_out_encrypted_and_logged_in_where_the_address_has_a_user(
    tmp_path: Path,
) -> None:
    certificate = make_certificate(tmp_path)
    with mail_server(certificate=certificate, password="hemmelig") as server:
        url = f"smtp://me:hemmelig@127.0.0.1:{server.port}"
        send(a_mail(), read_smtp_url(url), context=certificate.client)
    [received] = server.received
    assert received.encrypted
    assert received.user == "me"
    assert received.recipients == ["kari@partner.example"]


def test_a_password_is_not_sent_where_the_server_cannot_encrypt() -> None:
    with mail_server() as server:
        address = read_smtp_url(f"smtp://me:hemmelig@127.0.0.1:{server.port}")
        with pytest.raises(smtplib.SMTPNotSupportedError):
            send(a_mail(), address)
    assert server.received == []


def test_a_server_with_an_unknown_certificate_gets_no_mail(tmp_path: Path) -> None:
    with (
        mail_server(certificate=make_certificate(tmp_path)) as server,
        pytest.raises(OSError, match="certificate"),
    ):
        send(a_mail(), read_smtp_url(f"smtp://127.0.0.1:{server.port}?starttls=required"))
    assert server.received == []


def test_a_line_break_in_a_name_begins_no_header() -> None:
    mail = a_mail(name="Kari\r\nBcc: alle@solvik.example")
    with mail_server() as server:
        send(mail, read_smtp_url(f"smtp://127.0.0.1:{server.port}"))
    [received] = server.received
    assert received.mail["bcc"] is None
    assert received.recipients == ["kari@partner.example"]


@pytest.mark.parametrize(
    "email",
    [
        "kari@partner.example\r\nBcc: alle@solvik.example",
        "kari@partner.example, ola@partner.example",
        "kari",
        "",
        "<kari@partner.example>",
    ],
)
def test_an_address_that_is_not_one_address_is_refused(email: str) -> None:
    with pytest.raises(AddressRefused):
        a_mail(email=email)


def test_a_mail_says_the_same_in_text_and_html_and_looks_right_in_an_inbox() -> None:
    mail = a_mail()
    assert mail["subject"] == "Prøve fra Solvik kommune: e-post virker"
    assert str(mail["from"]) == "Solvik kommune <ikke-svar@solvik.example>"
    text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    for part in (text.get_content(), html.get_content()):
        assert "Hei, Kari Nordmann." in part
        assert "Denne e-posten viser at Solvik kommune kan sende e-post herfra." in part
        assert "Åpne Fellesgrep" in part
        assert "http://x/y" in part


def test_markup_in_a_name_stays_text() -> None:
    html = a_mail(name="<img src=x>").get_body(("html",))
    assert html is not None
    assert "<img" not in html.get_content()


def test_the_address_that_turns_reminders_off_stays_in_one_piece() -> None:
    off = f"https://partnerskap.en-kommune-med-langt-navn.example/p/reminders/{'A' * 43}"
    mail = compose(
        Wording("nb", "Husk å signere", "Fristen er snart ute.", off=off),
        sender=SENDER,
        to=MailAddress("Kari Berg", "kari@solbakken.example", "nb"),
        message_id="<1@solvik.example>",
        date=AT,
    )
    raw = mail.as_bytes().decode()
    assert f"\r\nList-Unsubscribe: <{off}>\r\n" in raw
    assert "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw
    with mail_server() as server:
        send(mail, SmtpServer("127.0.0.1", server.port, "starttls_if_offered"))
    assert server.received[0].mail["list-unsubscribe"] == f"<{off}>"
