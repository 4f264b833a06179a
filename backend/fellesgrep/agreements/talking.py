"""A discussion as a page sets it out: sections with their changes, threads and suggestions."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from fellesgrep.agreements import discussion
from fellesgrep.agreements.discussion import Talk
from fellesgrep.agreements.discussion_models import (
    DraftReader,
    DraftReading,
    DraftSuggestion,
)
from fellesgrep.agreements.passages import Passage, passage_of, passages
from fellesgrep.agreements.rules import Status
from fellesgrep.cases.talking import Names, Said, threads
from fellesgrep.core.tx import Tx
from fellesgrep.documents.redline import redline

OPEN_TO_WORDS = frozenset(
    {Status.DRAFTING, Status.IN_REVIEW, Status.APPROVED, Status.OUT_FOR_SIGNATURE}
)
"""Statuses in which what a partner writes can still change something."""


@dataclass(frozen=True)
class Suggested:
    """A suggested change as redline, and what became of it."""

    row: DraftSuggestion
    who: str
    of: str
    change: str
    answered_by: str


@dataclass(frozen=True)
class Piece:
    """A section as it reads now, what changed in it, and what has been said about it."""

    passage: Passage
    change: str
    is_new: bool
    threads: Sequence[Said] = ()
    suggestions: Sequence[Suggested] = ()


def last_known(tx: Tx, talk: Talk) -> DraftReading | None:
    """Return the version that the reader knows: the last they answered, else the last sent."""
    if talk.reader is None:
        return None
    reading = tx.session.get_one(DraftReading, talk.reader.reading_id)
    earlier = (
        select(DraftReading)
        .join(DraftReader, DraftReader.reading_id == DraftReading.id)
        .where(
            DraftReading.case_id == reading.case_id,
            DraftReading.number < reading.number,
            DraftReader.contact_id == talk.contact_id,
        )
        .order_by(DraftReader.seen_at.is_(None), DraftReading.number.desc())
        .limit(1)
    )
    return tx.session.scalars(earlier).first()


def pieces(tx: Tx, talk: Talk, before: str | None) -> list[Piece]:
    """Return what is read, section by section, with changes since `before`."""
    said = threads_of(tx, talk.agreement.case_id)
    suggestions = suggested(tx, talk.agreement.case_id)
    return [
        Piece(
            passage=each,
            change=_change(each, before),
            is_new=_is_new(each, before),
            threads=[thread for anchor, thread in said if each.id and anchor == each.id],
            suggestions=[one for one in suggestions if one.row.section_id == each.id],
        )
        for each in passages(talk.body)
    ]


def _change(passage: Passage, before: str | None) -> str:
    old = passage_of(before, passage.id) if before and passage.id else None
    if old is None or old.xhtml == passage.xhtml:
        return ""
    return redline(old.xhtml, passage.xhtml)


def _is_new(passage: Passage, before: str | None) -> bool:
    return bool(before and passage.id) and passage_of(before or "", passage.id) is None


def gone(talk: Talk, before: str | None) -> list[Passage]:
    """Return the sections that stood in `before` and are taken out."""
    present = {each.id for each in passages(talk.body)}
    return [each for each in passages(before or "") if each.id and each.id not in present]


def threads_of(tx: Tx, case_id: UUID) -> list[tuple[str, Said]]:
    """Return the threads of a discussion with the section each is about, oldest first."""
    return threads(tx, discussion.subject_of(case_id), case_id)


def suggested(tx: Tx, case_id: UUID) -> list[Suggested]:
    """Return every suggestion of a case with its change as redline, oldest first."""
    names = Names(tx, case_id)
    found = []
    for row in discussion.suggestions_of(tx, case_id):
        who, of = names.of("contact", row.contact_id)
        answered_by, _unit = names.of("person", row.answered_by_id)
        found.append(Suggested(row, who, of, redline(row.before, row.after), answered_by))
    return found


def loose_threads(tx: Tx, talk: Talk) -> Piece | None:
    """Return what was said about sections that are not in this version."""
    present = {each.id for each in passages(talk.body)}
    case_id = talk.agreement.case_id
    loose = [said for anchor, said in threads_of(tx, case_id) if anchor not in present]
    changes = [one for one in suggested(tx, case_id) if one.row.section_id not in present]
    if not loose and not changes:
        return None
    return Piece(Passage("", "", ""), "", is_new=False, threads=loose, suggestions=changes)
