"""The municipality's letterhead: what an administrator decides about how documents look.

Name and organisation number come from the settings, since the seal bears them too; unit, contact
lines, colour and mark are kept here. Documents that are frozen keep the letterhead they had.
"""

import re
from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.contract_templates.settings import CONTRACTS
from fellesgrep.core import files
from fellesgrep.core.audit import Subject
from fellesgrep.core.db import Base, Editable
from fellesgrep.core.problems import Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.documents.models import Branding, MarkType
from fellesgrep.documents.pictures import PictureRefused, check_picture

LETTERHEAD = Subject("letterhead", UUID("0199a5e0-0000-7000-8000-000000000001"))
"""The one letterhead of an installation, as its history and its row know it."""

LEAST_CONTRAST = 4.5
_COLOUR = re.compile(r"#[0-9a-f]{6}")


class Letterhead(Base, Editable):
    """What stands in the head of every document; there is one row at most."""

    __tablename__ = "letterhead"
    __table_args__ = (CheckConstraint(f"id = '{LETTERHEAD.id}'", name="one"),)
    unit: Mapped[str] = mapped_column(default="")
    contact_lines: Mapped[list[str]] = mapped_column(default=list)
    colour: Mapped[str] = mapped_column(default=Branding.model_fields["colour"].default)
    mark_sha256: Mapped[str | None] = mapped_column(
        ForeignKey("stored_file.sha256"), index=True, default=None
    )
    mark_media_type: Mapped[str | None] = mapped_column(default=None)


def letterhead(tx: Tx) -> Letterhead:
    """Return the letterhead; before anybody has decided anything it is plain."""
    plain = {"id": LETTERHEAD.id, "unit": "", "contact_lines": [], "version": 1}
    plain["colour"] = tx.house.settings(CONTRACTS).branding.colour
    tx.session.execute(insert(Letterhead).values(plain).on_conflict_do_nothing())
    return tx.session.get_one(Letterhead, LETTERHEAD.id)


def branding(tx: Tx) -> Branding:
    """Return how documents that are made now look."""
    settled = tx.house.settings(CONTRACTS).branding
    own = tx.session.scalar(select(Letterhead))
    if own is None:
        return settled
    chosen: dict[str, Any] = {
        "unit": own.unit,
        "contact_lines": tuple(own.contact_lines),
        "colour": own.colour,
    }
    if own.mark_sha256 is not None:
        chosen["mark"] = files.read(tx.session, own.mark_sha256)
        chosen["mark_media_type"] = cast(MarkType, own.mark_media_type)
    return settled.model_copy(update=chosen)


def change(
    tx: Tx, row: Letterhead, *, unit: str, contact_lines: Sequence[str], colour: str
) -> None:
    """Change the words and the colour; raises `Invalid` for a colour that reads badly on white."""
    colour = colour.lower()
    if not _COLOUR.fullmatch(colour):
        raise Invalid.at("/colour", "contract_templates.problem.no_colour")
    if contrast_on_white(colour) < LEAST_CONTRAST:
        raise Invalid.at("/colour", "contract_templates.problem.colour_too_light")
    row.unit, row.colour = unit, colour
    row.contact_lines = [line for line in contact_lines if line.strip()]
    _changed(tx, row)


def set_mark(tx: Tx, row: Letterhead, picture: bytes | None) -> None:
    """Set or take away the municipality's mark; raises `Invalid` for what is no plain picture."""
    if picture is None:
        row.mark_sha256 = row.mark_media_type = None
    else:
        try:
            row.mark_media_type = check_picture(picture)
        except PictureRefused as refused:
            raise Invalid.at("/mark", refused.key) from None
        row.mark_sha256 = files.keep(tx.session, picture, row.mark_media_type, at=tx.now())
    _changed(tx, row)


def _changed(tx: Tx, row: Letterhead) -> None:
    row.updated_at = tx.now()
    tx.session.flush()
    tx.audit("letterhead:changed", LETTERHEAD)


def contrast_on_white(colour: str) -> float:
    """Return the contrast of `#rrggbb` on white, from 1 to 21 (WCAG 2.2, relative luminance)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
