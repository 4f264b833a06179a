"""Let a finished mail go, the way this installation sends mail."""

from email.message import EmailMessage

from fellesgrep.notifications import outbox, smtp
from fellesgrep.notifications.settings import NotificationSettings


def deliver(
    mail: EmailMessage, settings: NotificationSettings, *, name: str, return_path: str = ""
) -> None:
    """Send a mail; `name` is the one it gets in the outbox, and it comes back to `return_path`.

    Raises `smtplib.SMTPException` or `OSError` when the server does not take it.
    """
    if settings.transport == "outbox":
        outbox.put(settings.outbox, name, mail)
    elif settings.transport == "smtp" and settings.smtp_url is not None:
        server = smtp.read_smtp_url(settings.smtp_url.get_secret_value())
        smtp.send(mail, server, return_path=return_path)
