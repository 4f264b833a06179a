"""Comments on a passage of something: one table, whoever writes and whatever it is about."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from fellesgrep.core.audit import Subject
from fellesgrep.core.db import Base, Row
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.core.tx import Tx

LONGEST = 4000


class Comment(Base, Row):
    """What somebody of the municipality (`person`) or a partner (`contact`) said about a subject.

    `anchor` names the place (the id of a section), `quote` the words it is about; both may be
    empty. An answer names the comment it answers; only the first of a thread is resolved.
    """

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_subject", "subject_kind", "subject_id", "created_at"),)
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID]
    anchor: Mapped[str] = mapped_column(default="")
    quote: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    author_kind: Mapped[str]
    author_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    answers_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("comment.id"), index=True, default=None
    )
    resolved_at: Mapped[datetime | None] = mapped_column(default=None)
    resolved_by_id: Mapped[UUID | None] = mapped_column(default=None)


def comment(
    tx: Tx,
    subject: Subject,
    text: str,
    *,
    history: Subject,
    anchor: str = "",
    quote: str = "",
    answers: Comment | None = None,
) -> Comment:
    """Say something about `subject` as the one acting, told in `history`.

    Raises `Invalid` at `/text` for nothing or too much, `Conflict` where the thread is resolved.
    """
    text = text.strip()
    if not text:
        raise Invalid.at("/text", "core.problem.comment_missing")
    if len(text) > LONGEST:
        raise Invalid.at("/text", "core.problem.comment_too_long")
    if answers is not None and answers.resolved_at is not None:
        raise Conflict("core.problem.comment_resolved")
    made = Comment(
        subject_kind=subject.kind,
        subject_id=subject.id,
        anchor=anchor,
        quote=quote,
        text=text,
        author_kind=tx.actor.kind,
        author_id=tx.actor.id,
        created_at=tx.now(),
        answers_id=answers.id if answers else None,
    )
    tx.session.add(made)
    tx.session.flush()
    tx.audit("comment:written", history, also=[subject])
    return made


def resolve(tx: Tx, about: Comment, *, history: Subject) -> None:
    """Close a thread; a second time it does nothing."""
    if about.resolved_at is None:
        about.resolved_at, about.resolved_by_id = tx.now(), tx.actor.id
        tx.session.flush()
        about_what = Subject(about.subject_kind, about.subject_id)
        tx.audit("comment:resolved", history, also=[about_what])


def comments_on(session: Session, subject: Subject) -> Sequence[Comment]:
    """Return everything said about a subject, oldest first."""
    return session.scalars(
        select(Comment)
        .where(Comment.subject_kind == subject.kind, Comment.subject_id == subject.id)
        .order_by(Comment.created_at, Comment.id)
    ).all()
