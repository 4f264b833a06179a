"""The audit log: append-only, hash-chained per stream, with an index of what each entry is about.

An entry belongs to one stream (a case, a partner, a template …) and may name other subjects.
Its data holds ids, codes, amounts and salted hashes, never names, addresses or free text: a
reference is written `person:<uuid>`, a code `code:<message key>`; keys that end in `_ore`,
`_on`, `_at` are amounts, days and instants. The readable sentence is made when it is read.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from fellesgrep.core.db import Base, Row
from fellesgrep.core.ids import new_id
from fellesgrep.core.languages import Language, say
from fellesgrep.core.registry import Registry, Slot

GENESIS = "0" * 64
_GAP = "\0"
"""Stands where only the database can say what comes: no text in JSON or PostgreSQL holds it."""

SENTENCES: Slot[str] = Slot("audit sentences")
"""Audit kind (`case:opened`) → message key of its sentence."""

Label = str | Mapping[Language, str]
"""What a thing is called: one name, or a name in each language."""

Labels = Callable[[Session, Sequence[UUID]], Mapping[UUID, Label]]
LABELS: Slot[Labels] = Slot("labels")
"""Kind of thing (`person`) → function that returns display names by id."""


def spoken(label: Label, language: Language) -> str:
    """Return a label in a language."""
    return label if isinstance(label, str) else label[language]


@dataclass(frozen=True)
class Subject:
    """What something is about: a kind and an id."""

    kind: str
    id: UUID


@dataclass(frozen=True)
class Actor:
    """Who acts: a `person` of the municipality, a `contact` through a portal link, the `system`."""

    kind: str
    id: UUID | None = None


SYSTEM = Actor("system")


def ref(kind: str, id_: UUID) -> str:
    """Return a reference for an entry's data; its name is looked up when somebody reads."""
    return f"{kind}:{id_}"


def code(key: str) -> str:
    """Return a coded value for an entry's data; `key` is a message key."""
    return f"code:{key}"


class AuditStream(Base):
    """The head of one chain; its row lock orders the writers of that chain alone."""

    __tablename__ = "audit_stream"
    kind: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int]
    head: Mapped[str]
    previous: Mapped[str] = mapped_column(server_default=GENESIS)
    """The head before: what the newest entry follows on."""


class AuditEntry(Base, Row):
    """One thing that happened. The database refuses UPDATE and DELETE (trigger)."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        UniqueConstraint("stream_kind", "stream_id", "seq"),
        Index("ix_audit_entry_stream_kind_at", "stream_kind", "at"),
        Index("ix_audit_entry_at_id", "at", "id"),
        Index("ix_audit_entry_actor_id_at", "actor_id", "at"),
    )
    stream_kind: Mapped[str]
    stream_id: Mapped[UUID]
    seq: Mapped[int]
    at: Mapped[datetime]
    actor_kind: Mapped[str]
    actor_id: Mapped[UUID | None]
    kind: Mapped[str]
    data: Mapped[dict[str, Any]]
    previous: Mapped[str]
    digest: Mapped[str]


class AuditSubject(Base):
    """What an entry names, its own stream included: the index behind every timeline."""

    __tablename__ = "audit_subject"
    __table_args__ = (Index("ix_audit_subject_subject", "kind", "subject_id", "entry_id"),)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("audit_entry.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)


class AuditAnchor(Base, Row):
    """The digest over the heads of all streams at one instant, chained to the anchor before."""

    __tablename__ = "audit_anchor"
    at: Mapped[datetime]
    streams: Mapped[int]
    heads: Mapped[dict[str, Any]]
    previous: Mapped[str]
    digest: Mapped[str]


APPEND_ONLY = ("audit_entry", "audit_subject", "audit_anchor")
"""Tables that get the trigger `refuse_change` in the migration."""


def register(registry: Registry, kind: str, key: str) -> None:
    """Declare an audit kind and the message key of its sentence."""
    registry.put(SENTENCES, kind, key)


def _canonical(parts: Sequence[Any]) -> str:
    return json.dumps(parts, sort_keys=True, separators=(",", ":"), default=str)


def _digest(*parts: Any) -> str:
    return hashlib.sha256(_canonical(parts).encode()).hexdigest()


def _entry_digest(entry: AuditEntry) -> str:
    return _digest(
        entry.stream_kind, entry.stream_id, entry.seq, entry.at.timestamp(), entry.actor_kind,
        entry.actor_id, entry.kind, entry.data, entry.previous,
    )  # fmt: skip


_SHA256 = "encode(sha256(convert_to(:before || ({seq}) || :after || {head}, 'UTF8')), 'hex')"
CHAIN = f"""
    audit_stream_head as (
        insert into audit_stream as s (kind, subject_id, seq, previous, head)
        values (:stream_kind, :stream_id, 1, '{GENESIS}',
                {_SHA256.format(seq="1", head=f"'{GENESIS}' || :end")})
        on conflict (kind, subject_id) do update set seq = s.seq + 1, previous = s.head,
            head = {_SHA256.format(seq="s.seq + 1", head="s.head || :end")}
        returning seq, previous, head
    ), audit_entry_made as (
        insert into audit_entry (id, stream_kind, stream_id, seq, at, actor_kind, actor_id, kind,
                                 data, previous, digest)
        select :entry_id, :stream_kind, :stream_id, seq, :entry_at, :actor_kind, :actor_id,
               :entry_kind, cast(:data as jsonb), previous, head
        from audit_stream_head
    ), audit_subjects_named as (
        insert into audit_subject (entry_id, kind, subject_id)
        select :entry_id, named.kind, named.id
        from unnest(cast(:kinds as text[]), cast(:ids as uuid[])) as named (kind, id)
    )
"""  # noqa: S608 (put together of constants)
"""Common table expressions that write the entry of `Draft.values`: alone, or beside other rows.

They lock the head, read it, chain the entry to it and write all down in one round trip. What the
digest is made of is sent but for the number and the digest before, which only the head knows.
"""
_APPEND = text(f"with {CHAIN} select 1")


@dataclass(frozen=True)
class Draft:
    """An entry that is not yet chained."""

    kind: str
    stream: Subject
    actor: Actor
    at: datetime
    data: Mapping[str, Any]
    also: Sequence[Subject] = ()
    id: UUID = field(default_factory=new_id)

    def values(self) -> dict[str, Any]:
        """Return the parameters of `CHAIN`."""
        stream, actor = self.stream, self.actor
        parts = [stream.kind, stream.id, _GAP, self.at.timestamp(), actor.kind, actor.id, self.kind]
        before, after, end = _canonical([*parts, self.data, _GAP]).split(json.dumps(_GAP))
        subjects = dict.fromkeys((stream, *self.also))
        return {
            "entry_id": self.id,
            "entry_at": self.at,
            "entry_kind": self.kind,
            "stream_kind": stream.kind,
            "stream_id": stream.id,
            "before": before,
            "after": f'{after}"',
            "end": f'"{end}',
            "actor_kind": actor.kind,
            "actor_id": actor.id,
            "data": json.dumps(dict(self.data)),
            "kinds": [subject.kind for subject in subjects],
            "ids": [subject.id for subject in subjects],
        }


def append(session: Session, draft: Draft) -> UUID:
    """Add an entry to the chain of its stream, which stays locked until the transaction ends."""
    session.flush()
    session.execute(_APPEND, draft.values())
    return draft.id


def timeline(
    session: Session, subject: Subject, *, about: str = "", limit: int = 200
) -> Sequence[AuditEntry]:
    """Return the newest entries that name `subject`, newest first.

    `about` keeps those of one sort: what stands before the colon of their kind (`engagement`).
    """
    wanted = (
        select(AuditEntry)
        .join(AuditSubject, AuditSubject.entry_id == AuditEntry.id)
        .where(AuditSubject.kind == subject.kind, AuditSubject.subject_id == subject.id)
    )
    if about:
        wanted = wanted.where(AuditEntry.kind.startswith(f"{about}:", autoescape=True))
    newest = wanted.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(limit)
    return session.scalars(newest).all()


def sentences(
    session: Session, registry: Registry, entries: Sequence[AuditEntry], language: Language
) -> list[str]:
    """Return one readable sentence per entry; names are looked up now, by kind, in one go each."""
    found = [pair for entry in entries for pair in _references(entry)]
    names = _look_up(session, registry, found)
    return [_sentence(entry, registry, names, language) for entry in entries]


def readable(
    session: Session, registry: Registry, data: Mapping[str, Any], language: Language
) -> dict[str, Any]:
    """Return data that follows the log's conventions as people read it: names, words, days."""
    names = _look_up(session, registry, _references_in(data))
    unknown = say(language, "core.somebody")
    return {key: _readable(key, value, names, language, unknown) for key, value in data.items()}


def _look_up(
    session: Session, registry: Registry, references: Iterable[tuple[str, UUID]]
) -> dict[str, Mapping[UUID, Label]]:
    wanted: dict[str, set[UUID]] = {}
    for kind, id_ in references:
        wanted.setdefault(kind, set()).add(id_)
    return {kind: registry.get(LABELS, kind)(session, sorted(ids)) for kind, ids in wanted.items()}


def _references(entry: AuditEntry) -> Iterator[tuple[str, UUID]]:
    if entry.actor_id is not None:
        yield entry.actor_kind, entry.actor_id
    yield from _references_in(entry.data)


def _references_in(data: Mapping[str, Any]) -> Iterator[tuple[str, UUID]]:
    for value in data.values():
        kind, _, rest = value.partition(":") if isinstance(value, str) else ("", "", "")
        if rest and kind != "code" and len(rest) == 36:
            yield kind, UUID(rest)


def _sentence(
    entry: AuditEntry,
    registry: Registry,
    names: Mapping[str, Mapping[UUID, Label]],
    language: Language,
) -> str:
    unknown = say(language, "core.somebody")
    actor = (
        say(language, "core.system")
        if entry.actor_id is None
        else spoken(names[entry.actor_kind].get(entry.actor_id, unknown), language)
    )
    params = {
        key: _readable(key, value, names, language, unknown) for key, value in entry.data.items()
    }
    return say(language, registry.get(SENTENCES, entry.kind), **(params | {"actor": actor}))


def _readable(
    key: str,
    value: Any,
    names: Mapping[str, Mapping[UUID, Label]],
    language: Language,
    unknown: str,
) -> Any:
    if not isinstance(value, str):
        return value
    kind, _, rest = value.partition(":")
    if kind == "code" and rest:
        return say(language, rest)
    if kind in names and len(rest) == 36:
        return spoken(names[kind].get(UUID(rest), unknown), language)
    if key.endswith("_on"):
        return date.fromisoformat(value)
    if key.endswith("_at"):
        return datetime.fromisoformat(value)
    return value


def anchor(session: Session, *, at: datetime) -> AuditAnchor:
    """Write down the heads of all streams together, chained to the anchor before."""
    last = session.scalars(
        select(AuditAnchor).order_by(AuditAnchor.at.desc(), AuditAnchor.id.desc()).limit(1)
    ).first()
    heads = {
        f"{stream.kind}:{stream.subject_id}": [stream.seq, stream.head]
        for stream in session.scalars(select(AuditStream))
    }
    previous = last.digest if last else GENESIS
    made = AuditAnchor(
        id=new_id(),
        at=at,
        streams=len(heads),
        heads=heads,
        previous=previous,
        digest=_digest(at.timestamp(), heads, previous),
    )
    session.add(made)
    session.flush()
    return made


def verify(session: Session) -> Iterator[str]:
    """Yield one line for each trace of tampering: changed, missing, cut-off or left-out entries."""
    heads: dict[str, tuple[int, str]] = {}
    digests: dict[str, dict[int, str]] = {}
    ordered = select(AuditEntry).order_by(
        AuditEntry.stream_kind, AuditEntry.stream_id, AuditEntry.seq
    )
    for entry in session.scalars(ordered.execution_options(yield_per=1000)):
        stream = f"{entry.stream_kind}:{entry.stream_id}"
        seq, head = heads.get(stream, (0, GENESIS))
        if entry.seq != seq + 1 or entry.previous != head:
            yield f"{stream}: the chain is broken before entry {entry.seq}"
        if entry.digest != _entry_digest(entry):
            yield f"{stream}: entry {entry.seq} has been changed"
        heads[stream] = (entry.seq, entry.digest)
        digests.setdefault(stream, {})[entry.seq] = entry.digest
    for row in session.scalars(select(AuditStream)):
        stream = f"{row.kind}:{row.subject_id}"
        if heads.pop(stream, (0, GENESIS)) != (row.seq, row.head):
            yield f"{stream}: the newest entries are missing"
    for stream in heads:
        yield f"{stream}: the head of the chain is missing"
    yield from _verify_anchors(session, digests)


def _verify_anchors(session: Session, digests: Mapping[str, Mapping[int, str]]) -> Iterator[str]:
    previous = GENESIS
    for row in session.scalars(select(AuditAnchor).order_by(AuditAnchor.at, AuditAnchor.id)):
        expected = _digest(row.at.timestamp(), row.heads, previous)
        if row.previous != previous or row.digest != expected:
            yield f"anchor of {row.at:%Y-%m-%d %H:%M}: has been changed or one before it is missing"
        previous = row.digest
        for stream, (seq, head) in row.heads.items():
            if seq and digests.get(stream, {}).get(seq) != head:
                yield f"{stream}: entry {seq}, anchored {row.at:%Y-%m-%d %H:%M}, is gone or changed"
