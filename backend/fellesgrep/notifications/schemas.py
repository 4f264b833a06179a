"""What the outbox pages answer."""

from datetime import datetime

from fellesgrep.core.web import View


class OutboxItem(View):
    name: str
    to: str
    subject: str
    at: datetime


class OutboxMail(OutboxItem):
    """A mail as its recipient sees it, and the addresses found in it."""

    text: str
    html: str
    links: list[str]
