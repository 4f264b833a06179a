"""Files by content: bytes kept once under their SHA-256, in the database by default."""

import hashlib
from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, deferred, mapped_column

from fellesgrep.core.db import Base
from fellesgrep.core.problems import NotFound


class StoredFile(Base):
    """The bytes behind a SHA-256 (hex)."""

    __tablename__ = "stored_file"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    size: Mapped[int]
    stored_at: Mapped[datetime]
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))


def keep(session: Session, content: bytes, media_type: str, *, at: datetime) -> str:
    """Store bytes, once however often they are kept; returns their SHA-256 in hex."""
    sha256 = hashlib.sha256(content).hexdigest()
    session.execute(
        insert(StoredFile)
        .values(
            sha256=sha256, media_type=media_type, size=len(content), stored_at=at, content=content
        )
        .on_conflict_do_nothing()
    )
    return sha256


def read(session: Session, sha256: str) -> bytes:
    """Return the bytes under a SHA-256; raises `NotFound`."""
    stored = session.get(StoredFile, sha256)
    if stored is None:
        raise NotFound("core.problem.not_found")
    return stored.content
