"""The whole audit log as auditors and archivists read it: sentences, newest first."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from fellesgrep.core.audit import LABELS, AuditEntry, sentences, spoken
from fellesgrep.core.clock import end_of_day, start_of_day
from fellesgrep.core.languages import Language
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import Page, Paging, fetch_page
from fellesgrep.overview.schemas import LoggedAct


def statement(
    *, kind: str, person_id: UUID | None, since: date | None, until: date | None
) -> Select[AuditEntry]:
    """Return the entries of one sort (before the colon), of one person, in a span of days."""
    wanted = select(AuditEntry)
    if kind:
        wanted = wanted.where(AuditEntry.kind.startswith(f"{kind}:", autoescape=True))
    if person_id is not None:
        wanted = wanted.where(AuditEntry.actor_id == person_id)
    if since is not None:
        wanted = wanted.where(AuditEntry.at >= start_of_day(since))
    if until is not None:
        wanted = wanted.where(AuditEntry.at < end_of_day(until))
    return wanted


def page(tx: Tx, wanted: Select[AuditEntry], paged: Paging, language: Language) -> Page[LoggedAct]:
    """Return one page of the log."""
    entries, total, more = fetch_page(
        tx.session, wanted, paged, {"at": AuditEntry.at}, default="-at"
    )
    said = sentences(tx.session, tx.house.registry, entries, language)
    names = _stream_names(tx, entries, language)
    items = [
        LoggedAct(
            id=entry.id,
            at=entry.at,
            kind=entry.kind,
            sentence=sentence,
            stream_kind=entry.stream_kind,
            stream_id=entry.stream_id,
            stream_name=names.get((entry.stream_kind, entry.stream_id)),
            seq=entry.seq,
            digest=entry.digest,
        )
        for entry, sentence in zip(entries, said, strict=True)
    ]
    return Page(items=items, total=total, more=more)


def _stream_names(
    tx: Tx, entries: Sequence[AuditEntry], language: Language
) -> dict[tuple[str, UUID], str]:
    wanted: dict[str, set[UUID]] = {}
    for entry in entries:
        wanted.setdefault(entry.stream_kind, set()).add(entry.stream_id)
    labels = tx.house.registry.all(LABELS)
    return {
        (kind, id_): spoken(name, language)
        for kind, ids in wanted.items()
        if kind in labels
        for id_, name in labels[kind](tx.session, sorted(ids)).items()
    }
