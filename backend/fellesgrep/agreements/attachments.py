"""Files that are part of an agreement: drawings, maps, pictures, in the order they are shown.

Each is checked and its pages are drawn once, when it comes in. They are numbered after the annexes
of the text, and fixed with the document that everybody is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lxml import etree
from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.moves import tell
from fellesgrep.agreements.record import AttachmentFacts
from fellesgrep.agreements.rules import Status
from fellesgrep.contract_templates.references import places
from fellesgrep.contract_templates.rendering import take_in
from fellesgrep.core import files
from fellesgrep.core.db import Base, Row
from fellesgrep.core.problems import Conflict, FieldProblem, Invalid, NotFound
from fellesgrep.core.schema import EXTRA_SQL, unchanging
from fellesgrep.core.tx import Tx
from fellesgrep.documents.frames import Enclosed, EnclosedPage
from fellesgrep.documents.lettering import undrawable
from fellesgrep.documents.models import Attachment, Picture
from fellesgrep.documents.problems import DocumentRefused

MOST_FILES = 10
MOST_BYTES = 20_000_000
MOST_PAGES = 100
LONGEST_TITLE = 120
_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
_KEPT = ("title", "sha256", "media_type", "size", "pages")


class AgreementAttachment(Base, Row):
    """A file of an agreement, and its pages as pictures.

    Each of `pages` says `sha256`, `media_type`, and whether the page lies (`landscape`).
    """

    __tablename__ = "agreement_attachment"
    __table_args__ = (
        Index("ix_agreement_attachment_agreement_id", "agreement_id", "position"),
        {
            "info": {
                EXTRA_SQL: unchanging(
                    "agreement_attachment",
                    when="old.frozen_at is not null",
                    columns=("agreement_id", "position", *_KEPT, "frozen_at"),
                )
            }
        },
    )
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    position: Mapped[int]
    title: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    media_type: Mapped[str]
    size: Mapped[int]
    pages: Mapped[list[dict[str, Any]]]
    added_at: Mapped[datetime]
    added_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    frozen_at: Mapped[datetime | None] = mapped_column(default=None)

    def kept(self) -> dict[str, Any]:
        """Return what a version of the draft remembers of it."""
        return {name: getattr(self, name) for name in _KEPT} | {
            "added_at": self.added_at.isoformat()
        }


def attachments_of(tx: Tx, agreement: Agreement) -> Sequence[AgreementAttachment]:
    """Return the files of an agreement in their order."""
    return tx.session.scalars(
        select(AgreementAttachment)
        .where(AgreementAttachment.agreement_id == agreement.id)
        .order_by(AgreementAttachment.position, AgreementAttachment.id)
    ).all()


def attachment_of(tx: Tx, agreement: Agreement, id_: UUID) -> AgreementAttachment:
    """Return one file of an agreement; raises `NotFound`."""
    found = next((each for each in attachments_of(tx, agreement) if each.id == id_), None)
    if found is None:
        raise NotFound("core.problem.not_found")
    return found


def add(tx: Tx, agreement: Agreement, content: bytes, title: str) -> AgreementAttachment:
    """Add a file behind the others; raises `Invalid` at `/file` or `/title` saying what is wrong.

    The file is kept as it came; a picture is made anew from its pixels.
    """
    title = _checked_title(title)
    try:
        taken = take_in(tx, content)
    except DocumentRefused as refused:
        field = FieldProblem("/file", refused.key, refused.params)
        raise Invalid("core.problem.invalid", fields=[field]) from None
    present = _locked(tx, agreement)
    _require_room(present, len(taken.content), len(taken.pages))
    added = AgreementAttachment(
        agreement_id=agreement.id,
        position=max((each.position for each in present), default=0) + 1,
        title=title,
        sha256=files.keep(tx.session, taken.content, taken.media_type, at=tx.now()),
        media_type=taken.media_type,
        size=len(taken.content),
        pages=[
            {
                "sha256": files.keep(tx.session, page.content, page.media_type, at=tx.now()),
                "media_type": page.media_type,
                "landscape": page.landscape,
            }
            for page in taken.pages
        ],
        added_at=tx.now(),
        added_by_id=tx.actor.id if tx.actor.kind == "person" else None,
    )
    tx.session.add(added)
    _changed(tx, agreement, "attachment_added")
    return added


def rename(tx: Tx, agreement: Agreement, id_: UUID, title: str) -> None:
    """Call a file otherwise."""
    _locked(tx, agreement)
    attachment_of(tx, agreement, id_).title = _checked_title(title)
    _changed(tx, agreement, "attachment_renamed")


def move_to(tx: Tx, agreement: Agreement, id_: UUID, place: int) -> None:
    """Let a file be the so many'th, from 1; beyond the end is the end."""
    present = list(_locked(tx, agreement))
    moved = attachment_of(tx, agreement, id_)
    present.remove(moved)
    present.insert(place - 1, moved)
    for position, each in enumerate(present, 1):
        each.position = position
    _changed(tx, agreement, "attachments_ordered")


def remove(tx: Tx, agreement: Agreement, id_: UUID) -> None:
    """Take a file out of the draft."""
    _locked(tx, agreement)
    tx.session.delete(attachment_of(tx, agreement, id_))
    _changed(tx, agreement, "attachment_removed")


def carry_over(tx: Tx, before: Agreement, agreement: Agreement) -> None:
    """Let a new agreement have the files of the one whose place it takes."""
    for each in attachments_of(tx, before):
        tx.session.add(
            AgreementAttachment(
                agreement_id=agreement.id,
                position=each.position,
                **{name: getattr(each, name) for name in (*_KEPT, "added_at", "added_by_id")},
            )
        )


def freeze(tx: Tx, agreement: Agreement, at: datetime) -> None:
    """Let the files stay as they are shown, for good."""
    for each in attachments_of(tx, agreement):
        each.frozen_at = at
    tx.session.flush()


def _checked_title(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise Invalid.at("/title", "agreements.problem.attachment_title_missing")
    if len(title) > LONGEST_TITLE:
        longest = str(LONGEST_TITLE)
        raise Invalid.at("/title", "agreements.problem.attachment_title_long", longest=longest)
    if letters := undrawable(title):
        raise Invalid.at("/title", "documents.problem.letters_missing", letters=" ".join(letters))
    return title


def _locked(tx: Tx, agreement: Agreement) -> Sequence[AgreementAttachment]:
    tx.session.refresh(agreement, with_for_update=True)
    if agreement.status != Status.DRAFTING:
        raise Conflict("agreements.problem.not_drafting")
    return attachments_of(tx, agreement)


def _require_room(present: Sequence[AgreementAttachment], size: int, pages: int) -> None:
    if len(present) >= MOST_FILES:
        most = str(MOST_FILES)
        raise Invalid.at("/file", "agreements.problem.attachments_too_many", most=most)
    if sum(each.size for each in present) + size > MOST_BYTES:
        most = str(MOST_BYTES // 1_000_000)
        raise Invalid.at("/file", "agreements.problem.attachments_too_large", megabytes=most)
    if sum(len(each.pages) for each in present) + pages > MOST_PAGES:
        most = str(MOST_PAGES)
        raise Invalid.at("/file", "agreements.problem.attachments_too_many_pages", most=most)


def _changed(tx: Tx, agreement: Agreement, what: str) -> None:
    tx.session.flush()
    tell(tx, agreement, what, {"smart_count": len(attachments_of(tx, agreement))})


@dataclass(frozen=True)
class Numbered:
    """A file as a document has it: its number among annexes, and its name inside the PDF."""

    number: int
    file_name: str
    kept: Mapping[str, Any]

    def enclosed(self, tx: Tx, *, drawn: bool) -> Enclosed:
        """Return it for the frame, with its pages where they are to be drawn."""
        return Enclosed(
            number=self.number,
            title=self.kept["title"],
            file_name=self.file_name,
            size_bytes=self.kept["size"],
            sha256=self.kept["sha256"],
            page_count=len(self.kept["pages"]),
            pages=tuple(_drawn(tx, page) for page in self.kept["pages"]) if drawn else (),
        )

    def embedded(self, tx: Tx) -> Attachment:
        """Return the file itself, as it goes into the PDF."""
        return Attachment(
            self.file_name,
            files.read(tx.session, self.kept["sha256"]),
            self.kept["media_type"],
            "Supplement",
            datetime.fromisoformat(self.kept["added_at"]),
            self.kept["title"],
        )

    def facts(self) -> AttachmentFacts:
        """Return what machines read of it."""
        return AttachmentFacts(
            number=self.number,
            title=self.kept["title"],
            file_name=self.file_name,
            media_type=self.kept["media_type"],
            sha256=self.kept["sha256"],
            size_bytes=self.kept["size"],
            pages=len(self.kept["pages"]),
        )


def numbered(
    body: str, case_number: str, kept: Sequence[Mapping[str, Any]]
) -> tuple[Numbered, ...]:
    """Return files with their numbers, which go on after the annexes of the text."""
    root = etree.fromstring(f"<div>{body}</div>")
    annexes = sum(place.annex for _, place in places(root))
    return tuple(
        Numbered(number, f"{case_number}-vedlegg-{number}.{_ENDINGS[each['media_type']]}", each)
        for number, each in enumerate(kept, annexes + 1)
    )


def numbered_now(tx: Tx, agreement: Agreement, body: str, case_number: str) -> tuple[Numbered, ...]:
    """Return the files of an agreement as they stand, with their numbers."""
    return numbered(body, case_number, [each.kept() for each in attachments_of(tx, agreement)])


def _drawn(tx: Tx, page: Mapping[str, Any]) -> EnclosedPage:
    content = files.read(tx.session, page["sha256"])
    return EnclosedPage(Picture(page["sha256"], content, page["media_type"]), page["landscape"])
