"""Read what mail servers say about a mail: at once (SMTP), or in a report later (RFC 3464)."""

import re
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.utils import getaddresses
from uuid import UUID

_ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_RETURNED = re.compile(r"\+([0-9a-f]{32})@")
_MESSAGE_ID = re.compile(r"<([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@")
_WRONG_ADDRESS = frozenset({"5.2.1", "5.4.4", "5.0.0"})
"""Mailbox closed, no host of that name, failed for good without a reason; and all of `5.1`."""

_WRONG_ADDRESS_BASIC = frozenset({550, 551, 553})
"""What a server without enhanced codes answers to an address that it does not know (RFC 5321)."""

_RECIPIENT_HEADERS = ("Delivered-To", "X-Original-To", "Envelope-To", "To")


@dataclass(frozen=True)
class Refused:
    """A no for good, as a code such as `5.1.1` or `550`."""

    code: str
    address_is_wrong: bool


@dataclass(frozen=True)
class Report:
    """What became of a mail of ours: `failed` for good, or only later than it should."""

    message_id: UUID
    failed: bool
    refused: Refused


def refusal_of(problem: smtplib.SMTPException) -> Refused | None:
    """Return a server's no to one mail; None where another try may help, or we are at fault."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(problem.recipients.values()))
    elif isinstance(problem, smtplib.SMTPDataError):
        code, words = problem.smtp_code, _bytes(problem.smtp_error)
    else:
        return None
    text = words.decode("utf-8", "replace")
    if not 500 <= code <= 599:
        return None
    found = _ENHANCED.search(text)
    if found is None:
        to_address = isinstance(problem, smtplib.SMTPRecipientsRefused)
        wrong = to_address and code in _WRONG_ADDRESS_BASIC
        return Refused(str(code), address_is_wrong=wrong)
    # 5.7: the server does not trust us; it may again when the operator has mended that.
    return None if found[2] == "7" else _refused(found[0])


def _bytes(words: bytes | str) -> bytes:
    return words.encode() if isinstance(words, str) else words


def _refused(enhanced: str) -> Refused:
    wrong = enhanced.startswith("5.1.") or enhanced in _WRONG_ADDRESS
    return Refused(enhanced, address_is_wrong=wrong)


def read_report(raw: bytes, recipient: str = "") -> Report | None:
    """Return what a delivery status notification says; None for any other mail.

    It belongs to the message whose own return address it came to (`recipient`, or what the
    headers say), else to the one whose `Message-ID` it returns.
    """
    try:
        mail = message_from_bytes(raw, _class=EmailMessage, policy=policy.default)
        if mail.get_content_type() != "multipart/report":
            return None
        status = _status(mail)
        message_id = _ours(mail, recipient)
    except (MessageError, ValueError, LookupError):
        return None
    if status is None or message_id is None:
        return None
    action, code = status
    if action not in {"failed", "delayed"}:
        return None
    return Report(message_id, action == "failed", _refused(code))


def _status(mail: EmailMessage) -> tuple[str, str] | None:
    """Return action and status of the first recipient: our mails have one."""
    for part in mail.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else ():
            if not isinstance(block, Message):
                continue
            action, code = block.get("Action"), _ENHANCED.search(str(block.get("Status", "")))
            if action and code:
                return str(action).strip().lower(), code[0]
    return None


def _ours(mail: EmailMessage, recipient: str) -> UUID | None:
    for address in (recipient, *_recipients(mail)):
        if found := _RETURNED.search(address.lower()):
            return UUID(found[1])
    for part in mail.walk():
        returned = part.get_content_type() in {"message/rfc822", "text/rfc822-headers"}
        if returned and (found := _MESSAGE_ID.search(_returned_text(part))):
            return UUID(found[1])
    return None


def _recipients(mail: EmailMessage) -> Iterator[str]:
    for name in _RECIPIENT_HEADERS:
        for _, address in getaddresses([str(value) for value in mail.get_all(name, [])]):
            yield address


def _returned_text(part: EmailMessage) -> str:
    """Return the headers of the mail that a report gives back."""
    payload = part.get_payload()
    if isinstance(payload, list):
        first = payload[0] if payload else None
        return str(first.get("Message-ID", "")) if isinstance(first, Message) else ""
    return next((line for line in str(payload).splitlines() if _names_message(line)), "")


def _names_message(line: str) -> bool:
    return line.lower().startswith("message-id:")
