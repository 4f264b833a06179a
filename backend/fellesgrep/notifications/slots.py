"""What features bring: texts, addresses, and what a message must carry that nobody may store."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy.orm import Session

from fellesgrep.core.audit import Label, Subject
from fellesgrep.core.languages import Language
from fellesgrep.core.registry import Slot
from fellesgrep.core.tx import Tx
from fellesgrep.notifications.models import Message
from fellesgrep.notifications.policy import LevelName

Channel = Literal["email", "sms"]


@dataclass(frozen=True)
class MessageText:
    """A kind of message. `key` leads to `<key>.subject`, `.sentence` and, with a link, `.button`.

    On the channel `sms` there is a `<key>.text` instead, and no button. `maker` names the one in
    `MAKERS` that makes its link or code; `target` tells that one what for: the purpose of a portal
    link, or a page of the municipality's own screens. A `reminder` may be turned off by whom it
    reminds, and waits for the hours that the policy allows, as everything `unhurried` does.
    """

    key: str
    maker: str = ""
    target: str = ""
    channel: Channel = "email"
    reminder: bool = False
    unhurried: bool = False

    @property
    def waits(self) -> bool:
        """Tell whether quiet hours hold it back."""
        return self.reminder or self.unhurried


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


@dataclass(frozen=True)
class Level:
    """Who may decide about notices: the municipality, an agreement type, or one agreement."""

    name: LevelName
    key: str = ""


NOTICE_LEVELS: Slot[Callable[[Tx, UUID], Sequence[Level]]] = Slot("levels that decide of notices")
"""Kind of subject (`case`) → the levels below the municipality that decide for one."""


AGREEMENT_TYPES: Slot[Callable[[Tx], Mapping[str, Label]]] = Slot("agreement types")
"""Feature → function that returns the agreement types by key, as people know them."""


@dataclass(frozen=True)
class PlannedNotice:
    """A message that will be asked for at a time, unless something comes between."""

    kind: str
    to: Subject
    about: Subject
    at: datetime
    params: Mapping[str, Any]


PLANNED: Slot[Callable[[Tx, UUID], Sequence[PlannedNotice]]] = Slot("planned notices")
"""Feature → function `(tx, case_id)`: what it will send, by the policy as it is now."""


@dataclass(frozen=True)
class NoticeRulesChanged:
    """A level decides otherwise about notices; features plan anew."""

    level: str
    key: str


@dataclass(frozen=True)
class MessageBounced:
    """A mail server refused a message for good, or it came back."""

    message: Message
