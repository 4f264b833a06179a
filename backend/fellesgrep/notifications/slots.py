"""What features bring: texts, addresses, and what a message must carry that nobody may store."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from sqlalchemy.orm import Session

from fellesgrep.core.languages import Language
from fellesgrep.core.registry import Slot
from fellesgrep.core.tx import Tx
from fellesgrep.notifications.models import Message

Channel = Literal["email", "sms"]


@dataclass(frozen=True)
class MessageText:
    """A kind of message. `key` leads to `<key>.subject`, `.sentence` and, with a link, `.button`.

    On the channel `sms` there is a `<key>.text` instead, and no button. `maker` names the one in
    `MAKERS` that makes its link or code; `target` tells that one what for: the purpose of a portal
    link, or a page of the municipality's own screens.
    """

    key: str
    maker: str = ""
    target: str = ""
    channel: Channel = "email"


@dataclass(frozen=True)
class Made:
    """What only the mail itself may hold: a link's path, and words such as a code."""

    path: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class MailAddress:
    """Where a recipient is reached now, and in which language."""

    name: str
    email: str
    language: Language
    phone: str = ""


Maker = Callable[[Tx, Message, str], Made | None]

MESSAGE_TEXTS: Slot[MessageText] = Slot("message texts")
"""Kind of message → its text."""

MAKERS: Slot[Maker] = Slot("makers of links and codes")
"""Name → function `(tx, message, target)`; it stores hashes only. None: no longer wanted."""

ADDRESSES: Slot[Callable[[Session, UUID], MailAddress | None]] = Slot("addresses")
"""Kind of recipient (`person`, `contact`) → where one is reached; None: nowhere any more."""
