"""Let a finished mail go, the way this installation sends mail."""

from email.message import EmailMessage

from fellesgrep.notifications import outbox, smtp
from fellesgrep.notifications.settings import NotificationSettings


def deliver(mail: EmailMessage, settings: NotificationSettings, *, name: str) -> None:
    """Send a mail; `name` is the one it gets in the outbox.

    Raises `smtplib.SMTPException` or `OSError` when the server does not take it.
    """
    if settings.transport == "outbox":
        outbox.put(settings.outbox, name, mail)
    elif settings.transport == "smtp" and settings.smtp_url is not None:
        smtp.send(mail, smtp.read_smtp_url(settings.smtp_url.get_secret_value()))
