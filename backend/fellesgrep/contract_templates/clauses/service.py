"""Use cases on the library: what comes with the product, what is in force, who is told."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from fellesgrep.contract_templates.clause_files import ShippedClause
from fellesgrep.contract_templates.clauses.models import Clause, ClauseVersion
from fellesgrep.contract_templates.clauses.rules import Act, Wording, moved
from fellesgrep.contract_templates.models import Origin, VersionStatus
from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.problems import NotFound
from fellesgrep.core.tx import Tx

Numbers = Mapping[tuple[str, int], int]
"""Key and number of a shipped clause → the number that the library gave it."""


def import_clauses(tx: Tx, shipped: Iterable[ShippedClause]) -> Numbers:
    """Take in the shipped clauses; safe at every start.

    The first version of a clause is in force at once; a later one is a draft that waits for four
    eyes, so that an upgrade never replaces a wording that the municipality uses.
    """
    return {(each.facts.key, each.facts.version): _import(tx, each) for each in shipped}


def _import(tx: Tx, shipped: ShippedClause) -> int:
    facts = shipped.facts
    clause = tx.session.scalar(select(Clause).where(Clause.key == facts.key))
    if clause is None:
        clause = Clause(key=facts.key)
        tx.session.add(clause)
        tx.session.flush()
    version = ClauseVersion(
        clause_id=clause.id,
        number=max((each.number for each in clause.versions), default=0) + 1,
        origin=Origin.SHIPPED,
        content_hash="",
        title=dict(facts.title),
        reason=dict(facts.reason),
        legal_references=list(facts.legal_references),
        mandatory_for=list(facts.mandatory_for),
        bodies=dict(shipped.bodies),
        review_by=facts.review_by,
    )
    version.content_hash = content_hash(version)
    for known in clause.versions:
        if known.origin == Origin.SHIPPED and known.content_hash == version.content_hash:
            return known.number
    first = not clause.versions
    clause.versions.append(version)
    tx.session.flush()
    tell(tx, "imported", version)
    if first:
        version.status, version.in_force_from = VersionStatus.IN_FORCE, tx.now()
        tx.session.flush()
        tell(tx, "put_in_force", version)
    return version.number


def content_hash(version: ClauseVersion) -> str:
    """Return the SHA-256 over everything that a version says."""
    content = [
        version.title, version.reason, version.legal_references, version.mandatory_for,
        version.bodies,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def tell(tx: Tx, what: str, version: ClauseVersion, more: Mapping[str, Any] | None = None) -> None:
    """Write into the history of a version's clause."""
    clause = version.clause_id
    facts = {"clause": ref("clause", clause), "number": version.number} | dict(more or {})
    tx.audit(f"clause:{what}", Subject("clause", clause), facts)


def put_in_force(tx: Tx, version: ClauseVersion) -> None:
    """Let an approved version be the one that counts, in place of the one before."""
    status = moved(version.status, Act.PUT_IN_FORCE)
    for other in version.clause.versions:
        if other.status == VersionStatus.IN_FORCE:
            other.status = moved(other.status, Act.RETIRE)
    tx.session.flush()
    version.status = status
    tx.session.flush()
    tell(tx, "put_in_force", version)


def in_force(session: Session) -> Sequence[ClauseVersion]:
    """Return the version in force of every clause that has one, by key."""
    return session.scalars(
        select(ClauseVersion)
        .join(Clause)
        .options(selectinload(ClauseVersion.clause))
        .where(ClauseVersion.status == VersionStatus.IN_FORCE)
        .order_by(Clause.key)
    ).all()


def wordings(session: Session, keys: Iterable[str]) -> dict[str, Wording]:
    """Return the clauses of these keys as the library has them; drafts do not count."""
    rows = session.scalars(
        select(Clause).options(selectinload(Clause.versions)).where(Clause.key.in_(set(keys)))
    )
    return {clause.key: wording_of(clause) for clause in rows}


def wording_of(clause: Clause) -> Wording:
    """Return a clause as the library has it."""
    now = in_force_of(clause)
    return Wording(
        title=current_version(clause).titles["nb"],
        in_force=now.number if now else None,
        texts={
            each.number: each.bodies
            for each in clause.versions
            if each.status not in (VersionStatus.DRAFT, VersionStatus.IN_REVIEW)
        },
    )


def in_force_of(clause: Clause) -> ClauseVersion | None:
    """Return a clause's version in force, if there is one."""
    return next((each for each in clause.versions if each.status == VersionStatus.IN_FORCE), None)


def current_version(clause: Clause) -> ClauseVersion:
    """Return the version in force, else the newest."""
    return in_force_of(clause) or clause.versions[-1]


def version_of(clause: Clause, version_id: UUID) -> ClauseVersion:
    """Return one of a clause's versions; raises `NotFound`."""
    for version in clause.versions:
        if version.id == version_id:
            return version
    raise NotFound("core.problem.not_found")
