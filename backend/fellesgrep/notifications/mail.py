"""Compose a mail: one sentence, one button, the same as plain text."""

from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.headerregistry import Address, BaseHeader, HeaderRegistry
from email.message import EmailMessage
from email.policy import Policy
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from fellesgrep.core.languages import Language, say
from fellesgrep.notifications.slots import MailAddress


class _Unfolded(BaseHeader):
    """A header that stays in one line: an address broken by encoded words is none any more."""

    max_count = 1

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        kwds["decoded"], kwds["parse_tree"] = value, None

    def fold(self, *, policy: "Policy[Any]") -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _Unfolded)
_POLICY = policy.SMTP.clone(header_factory=_HEADERS)


class AddressRefused(ValueError):
    """The stored address is no single mail address: nothing may be sent to it."""


_MEANS_SOMETHING = str.maketrans(dict.fromkeys('()<>[]:;@\\,"', " "))


@dataclass(frozen=True)
class Line:
    """One of several things that a mail tells of, and where it leads."""

    text: str
    url: str


@dataclass(frozen=True)
class Wording:
    """What a mail says, in the recipient's language."""

    language: Language
    subject: str
    sentence: str
    button: str = ""
    url: str = ""
    code: str = ""
    off: str = ""
    """Where reminders are turned off; only a reminder has it."""
    lines: tuple[Line, ...] = ()


def word(
    language: Language,
    key: str,
    words: dict[str, Any],
    *,
    url: str = "",
    code: str = "",
    off: str = "",
) -> Wording:
    """Return the wording of a kind of message; a text with a link has a button."""
    return Wording(
        language=language,
        subject=subject_of(language, key, words),
        sentence=_one_line(say(language, f"{key}.sentence", **words)),
        button=say(language, f"{key}.button", **words) if url else "",
        url=url,
        code=code,
        off=off,
    )


def subject_of(language: Language, key: str, words: dict[str, Any]) -> str:
    """Return the subject of a kind of message."""
    return _one_line(say(language, f"{key}.subject", **words))


def compose(
    wording: Wording, *, sender: Address, to: MailAddress, message_id: str, date: datetime
) -> EmailMessage:
    """Return the mail; raises `AddressRefused` for an address that is none."""
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = sender
    mail["To"] = _recipient(to)
    mail["Subject"] = wording.subject
    mail["Date"] = date
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = wording.language
    if wording.off:  # RFC 8058: one click in the mail program turns reminders off
        mail["List-Unsubscribe"] = f"<{wording.off}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    plain, html = bodies(wording, to.name, sender.display_name)
    mail.set_content(plain)
    mail.add_alternative(html, subtype="html")
    return mail


def bodies(wording: Wording, name: str, municipality: str) -> tuple[str, str]:
    """Return a mail as plain text and as HTML."""
    values = {
        "wording": wording,
        "name": _one_line(name),
        "municipality": municipality,
        "text": lambda key, /, **params: say(
            wording.language, f"notifications.mail.{key}", **params
        ),
    }
    return _fill("mail.txt", **values), _fill("mail.html", **values)


def message_id_for(id_: object, sender: Address) -> str:
    """Return the same `Message-ID` for every attempt at a message."""
    return f"<{id_}@{sender.domain}>"


def _recipient(to: MailAddress) -> Address:
    try:
        address = Address(_display_name(to.name), addr_spec=to.email)
    except (ValueError, IndexError, MessageError) as reason:
        raise AddressRefused(str(reason)) from None
    if not address.username or not address.domain:
        raise AddressRefused("an address has a name, an @ and a place")
    return address


def _display_name(name: str) -> str:
    """Return a name without the letters that mean something in a list of addresses.

    They would have to be quoted, and where the library folds a long line it forgets the quotes: a
    name could then add a recipient to what the reader sees.
    """
    return _one_line(name.translate(_MEANS_SOMETHING))


def _one_line(text: str) -> str:
    """Join lines: a line break in a name must never begin a header of its own."""
    return " ".join(text.split())


def _fill(name: str, /, **values: Any) -> str:
    return _environment().get_template(name).render(**values)


@cache
def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(
        loader=FileSystemLoader(Path(__file__).parent / "pages"),
        undefined=StrictUndefined,
        autoescape=lambda name: name is not None and name.endswith(".html"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
