"""What a document is made of, as values that can be sent to a worker process."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from markupsafe import Markup
from pydantic import BaseModel, ConfigDict, Field

from fellesgrep.core.languages import Language

Relationship = Literal["Source", "Data", "Supplement"]
MarkType = Literal["image/svg+xml", "image/png", "image/jpeg"]
LARGEST_ENCLOSURE = 10_000_000
"""Most bytes of a file that is enclosed in a document."""
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Branding(BaseModel):
    """The municipality as its letterhead shows it."""

    model_config = ConfigDict(frozen=True)

    municipality: str
    unit: str = ""
    organisation_number: str = ""
    contact_lines: tuple[str, ...] = ()
    mark: bytes | None = None
    mark_media_type: MarkType = "image/svg+xml"
    colour: str = Field(default="#0d2b45", pattern=r"^#[0-9a-f]{6}$")


class DocumentSettings(BaseModel):
    """How many renderings run at once and what each may take."""

    model_config = ConfigDict(frozen=True)

    workers: int = Field(default=2, ge=1, description="Processes that render documents")
    time_limit_seconds: float = Field(default=60, gt=0, description="Longest time for a document")
    memory_limit_mb: int = Field(default=2048, ge=512, description="Address space of a worker")
    documents_per_worker: int = Field(default=200, ge=1, description="Then a fresh process starts")


@dataclass(frozen=True)
class Picture:
    """A picture of a document; its content shows it by the address `attachment:<name>`."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True)
class HtmlDocument:
    """The content of a document without its letterhead: what the portal shows as well."""

    title: str
    language: Language
    content: Markup
    reference: str = ""
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Attachment:
    """A file carried inside the PDF, byte for byte.

    `Source` is what the document was made from or shown as, `Data` what it reports on,
    `Supplement` what goes with it.
    """

    name: str
    content: bytes
    media_type: str
    relationship: Relationship
    modified: datetime
    description: str = ""

    def __post_init__(self) -> None:
        if not _PLAIN_NAME.fullmatch(self.name):
            raise ValueError(f"attachment name {self.name!r} is not plain ASCII")
        if self.modified.tzinfo is None:
            raise ValueError("the modification date of an attachment needs a time zone")
