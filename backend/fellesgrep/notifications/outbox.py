"""The development outbox: a folder of .eml files instead of a mail server."""

import re
import tempfile
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

_NAME = re.compile(r"[0-9T]{21}-[0-9a-f-]{36}\.eml")
_LINK = re.compile(r"https?://[^\s<>\"]+")


def name_for(id_: UUID, queued_at: datetime) -> str:
    """Return the name of a message's mail, the same in every attempt; names sort by time."""
    return f"{queued_at:%Y%m%dT%H%M%S%f}-{id_}.eml"


def put(folder: Path, name: str, mail: EmailMessage) -> None:
    """Write a mail, whole or not at all; a further attempt replaces the one before."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as file:
        file.write(mail.as_bytes())
    Path(file.name).replace(folder / name)


def names(folder: Path) -> list[str]:
    """Return the names of the mails, newest first."""
    found = (path.name for path in folder.glob("*.eml")) if folder.is_dir() else ()
    return sorted((name for name in found if _NAME.fullmatch(name)), reverse=True)


def get(folder: Path, name: str) -> EmailMessage | None:
    """Return a mail, None where there is none of that name."""
    path = folder / name
    if not _NAME.fullmatch(name) or not path.is_file():
        return None
    return message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=policy.default)


def part(mail: EmailMessage, kind: str) -> str:
    """Return the `plain` or `html` part of a mail."""
    body = mail.get_body((kind,))
    return body.get_content().replace("\r\n", "\n") if body is not None else ""


def links(mail: EmailMessage) -> Iterator[str]:
    """Yield each address in the text once."""
    yield from dict.fromkeys(_LINK.findall(part(mail, "plain")))
