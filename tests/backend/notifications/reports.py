"""Reports of undeliverable mail, as mail servers write them (RFC 3464)."""

from email.message import EmailMessage, Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText


def report(
    *,
    action: str = "failed",
    status: str = "5.1.1",
    to: str = "retur@solvik.example",
    original: EmailMessage | None = None,
) -> bytes:
    """Return a delivery status notification about a mail to somebody."""
    about_mail = Message()
    about_mail["Reporting-MTA"] = "dns; mx.partner.example"
    about_recipient = Message()
    about_recipient["Final-Recipient"] = "rfc822; somebody@partner.example"
    about_recipient["Action"] = action
    about_recipient["Status"] = status
    delivery = MIMEMultipart("report", report_type="delivery-status")
    delivery["From"] = "MAILER-DAEMON@mx.partner.example"
    delivery["To"] = to
    delivery["Subject"] = "Undelivered Mail Returned to Sender"
    delivery.attach(MIMEText("The mail could not be delivered."))
    machine = Message()
    machine["Content-Type"] = "message/delivery-status"
    machine.set_payload([about_mail, about_recipient])
    delivery.attach(machine)
    if original is not None:
        delivery.attach(MIMEMessage(original))
    return delivery.as_bytes()
