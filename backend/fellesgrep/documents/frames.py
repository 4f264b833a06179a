"""Page frames: what stands around a text. The text itself arrives as sanitized XHTML."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from fellesgrep.core.clock import OSLO
from fellesgrep.core.languages import Language, say, say_date
from fellesgrep.documents.models import HtmlDocument, Picture
from fellesgrep.documents.sanitizing import sanitize
from fellesgrep.documents.setting import set_out

_NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Fact:
    """A line of the box under the title, such as case number or period."""

    label: str
    value: str


@dataclass(frozen=True)
class Party:
    """A party as the first page names it; `role` is what the text calls it."""

    role: str
    name: str
    organisation_number: str = ""
    address: str = ""
    represented_by: str = ""


@dataclass(frozen=True)
class Signature:
    """A person who signs; `signed_at` is empty as long as the person has not.

    `authority` says on what it rests that they may.
    """

    name: str
    on_behalf_of: str
    capacity: str = ""
    signed_at: datetime | None = None
    method: str = ""
    note: str = ""
    mark: str = ""
    """A drawn signature as a `data:` address, beside the name."""
    authority: str = ""


@dataclass(frozen=True)
class SignaturePage:
    """Who signs. With the fingerprint of the document that was shown, it tells how to check it."""

    signatures: tuple[Signature, ...]
    sealed_by: str = ""
    shown_file_name: str = ""
    shown_sha256: str = ""
    verify_url: str = ""


@dataclass(frozen=True)
class EnclosedPage:
    """A page of an enclosed file, as the picture of that name."""

    picture: Picture
    landscape: bool


@dataclass(frozen=True)
class Enclosed:
    """A file that is part of an agreement; `file_name` is what it is called inside the PDF.

    Without `pages` it is listed only, for readers who open the file itself.
    """

    number: int
    title: str
    file_name: str
    size_bytes: int
    sha256: str
    page_count: int
    pages: tuple[EnclosedPage, ...] = ()


@dataclass(frozen=True)
class AgreementFrame:
    """An agreement: title, parties, text, and where given the signature page."""

    language: Language
    kind: str
    title: str
    reference: str
    parties: tuple[Party, ...]
    body: str
    facts: tuple[Fact, ...] = ()
    signature_page: SignaturePage | None = None
    with_contents: bool = False
    """Whether a table of contents follows the first page's facts."""
    enclosed: tuple[Enclosed, ...] = ()


@dataclass(frozen=True)
class LetterFrame:
    """A letter from the municipality."""

    language: Language
    subject: str
    sent_on: date
    reference: str
    recipient_lines: tuple[str, ...]
    body: str
    sender_name: str
    sender_title: str = ""
    your_reference: str = ""
    attachments: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


def agreement(frame: AgreementFrame) -> HtmlDocument:
    """Set an agreement, with its signature page last when there is one."""
    text = set_out(frame.body)
    content = _fill("agreement.html", frame.language, frame=frame, text_set=text)
    pictures = {each.picture.name: each.picture for file in frame.enclosed for each in file.pages}
    return HtmlDocument(
        frame.title, frame.language, content, frame.reference, tuple(pictures.values())
    )


def signature_page(page: SignaturePage, language: Language, title: str) -> HtmlDocument:
    """Set a signature page alone, for a text that already is a PDF."""
    content = _fill("signature_page.html", language, page=page)
    return HtmlDocument(title, language, content)


def letter(frame: LetterFrame) -> HtmlDocument:
    """Set a letter."""
    content = _fill("letter.html", frame.language, frame=frame, body=_trusted(frame.body))
    return HtmlDocument(frame.subject, frame.language, content, frame.reference)


def fill_page(language: Language, **values: Any) -> Markup:
    """Set the whole page, letterhead and running lines, around a document's content."""
    return _fill("page.html", language, **values)


def _trusted(body: str) -> Markup:
    return Markup(sanitize(body))  # noqa: S704 - this is where text becomes trusted


def _fill(name: str, language: Language, **values: Any) -> Markup:
    template = _environment().get_template(name)
    filled = template.render(language=language, **_speaking(language), **values)
    return Markup(filled)  # noqa: S704 - the template has escaped what is not markup


def _speaking(language: Language) -> dict[str, Callable[..., str]]:
    def text(name: str, /, **params: Any) -> str:
        return say(language, f"documents.frame.{name}", **params)

    def day(value: date | datetime) -> str:
        return say_date(language, value)

    def moment(value: datetime) -> str:
        hour, minute = value.astimezone(OSLO).strftime("%H %M").split()
        return text("clock", date=day(value), hour=hour, minute=minute)

    def size(bytes_: int) -> str:
        return f"{max(1, round(bytes_ / 1000)):,} kB".replace(",", " ").replace(" ", _NO_BREAK)

    return {"text": text, "day": day, "moment": moment, "size": size}


@cache
def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(Path(__file__).parent / "frames"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["grouped"] = _grouped
    return environment


def _grouped(organisation_number: str) -> str:
    """Write nine digits as people read them, `923 609 016`, kept on one line."""
    digits = organisation_number.replace(" ", "")
    return _NO_BREAK.join(digits[at : at + 3] for at in range(0, len(digits), 3))
