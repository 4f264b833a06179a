"""Compose a mail: one sentence, one button, the same as plain text."""

from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from fellesgrep.core.languages import Language, say
from fellesgrep.notifications.slots import MailAddress


class AddressRefused(ValueError):
    """The stored address is no single mail address: nothing may be sent to it."""


_MEANS_SOMETHING = str.maketrans(dict.fromkeys('()<>[]:;@\\,"', " "))


@dataclass(frozen=True)
class Wording:
    """What a mail says, in the recipient's language."""

    language: Language
    subject: str
    sentence: str
    button: str = ""
    url: str = ""
    code: str = ""


def word(
    language: Language, key: str, words: dict[str, Any], *, url: str = "", code: str = ""
) -> Wording:
    """Return the wording of a kind of message; a text with a link has a button."""
    return Wording(
        language=language,
        subject=_one_line(say(language, f"{key}.subject", **words)),
        sentence=_one_line(say(language, f"{key}.sentence", **words)),
        button=say(language, f"{key}.button", **words) if url else "",
        url=url,
        code=code,
    )


def compose(
    wording: Wording, *, sender: Address, to: MailAddress, message_id: str, date: datetime
) -> EmailMessage:
    """Return the mail; raises `AddressRefused` for an address that is none."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = sender
    mail["To"] = _recipient(to)
    mail["Subject"] = wording.subject
    mail["Date"] = date
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = wording.language
    values = {
        "wording": wording,
        "name": _one_line(to.name),
        "municipality": sender.display_name,
        "text": lambda name, /, **params: say(
            wording.language, f"notifications.mail.{name}", **params
        ),
    }
    mail.set_content(_fill("mail.txt", **values))
    mail.add_alternative(_fill("mail.html", **values), subtype="html")
    return mail


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
