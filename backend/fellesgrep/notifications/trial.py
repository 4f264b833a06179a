"""A mail that shows whether mail leaves at all, for `fellesgrep doctor`."""

from datetime import datetime
from uuid import UUID

from fellesgrep.core.languages import Language
from fellesgrep.notifications import outbox
from fellesgrep.notifications.mail import compose, message_id_for, word
from fellesgrep.notifications.settings import NotificationSettings
from fellesgrep.notifications.slots import MailAddress
from fellesgrep.notifications.transport import deliver


def send_trial(
    settings: NotificationSettings, to: str, language: Language, *, id_: UUID, now: datetime
) -> None:
    """Send a trial mail the way all mail goes.

    Raises `ValueError` for an address, `SMTPException` or `OSError` for a server that refuses.
    """
    sender = settings.sender_address
    words = {"municipality": settings.municipality}
    mail = compose(
        word(language, "notifications.trial", words, url=settings.public_url),
        sender=sender,
        to=MailAddress(to, to, language),
        message_id=message_id_for(id_, sender),
        date=now,
    )
    deliver(mail, settings, name=outbox.name_for(id_, now))
