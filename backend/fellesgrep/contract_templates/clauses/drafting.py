"""Writing clauses: a new one, a draft of a new wording, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from fellesgrep.contract_templates.catalogue import Variable, known
from fellesgrep.contract_templates.checking import Checked, Finding, Severity, check, errors
from fellesgrep.contract_templates.clauses.models import Clause, ClauseVersion
from fellesgrep.contract_templates.clauses.rules import OPEN, Act, moved
from fellesgrep.contract_templates.clauses.service import (
    content_hash,
    current_version,
    in_force_of,
    tell,
)
from fellesgrep.contract_templates.manifest import Manifest, Words
from fellesgrep.contract_templates.models import Origin, Template, VersionStatus
from fellesgrep.contract_templates.service import in_force
from fellesgrep.contract_templates.stored_form import parsed, store
from fellesgrep.contract_templates.writing import write_in
from fellesgrep.core.languages import LANGUAGES, Language
from fellesgrep.core.legal_references import not_in_force
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.core.tx import Tx

_NOT_OF_A_CLAUSE = frozenset({"field_unused", "reference_broken", "sample_gap"})
"""What the check list finds that only a whole agreement can answer for."""


def begin_clause(tx: Tx, key: str, title: Words, reason: Words) -> ClauseVersion:
    """Return the first draft of a new clause: its heading, and nothing below it yet."""
    if tx.session.scalar(select(Clause.id).where(Clause.key == key)) is not None:
        raise Invalid.at("/key", "contract_templates.problem.clause_key_taken")
    clause = Clause(key=key)
    tx.session.add(clause)
    tx.session.flush()
    bodies = {name: store(f"<h2>{_plain(title[name])}</h2><p></p>", "/title") for name in LANGUAGES}
    version = ClauseVersion(title=dict(title), reason=dict(reason), bodies=bodies)
    return _add(tx, clause, version)


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def begin_draft(tx: Tx, clause: Clause) -> ClauseVersion:
    """Return a new draft that reads as what is in force; `Conflict` while another one is open."""
    tx.session.refresh(clause, with_for_update=True)
    for each in clause.versions:
        if each.status in OPEN and each.authors:
            raise Conflict("contract_templates.problem.draft_open", number=each.number)
    source = current_version(clause)
    version = ClauseVersion(
        title=source.title,
        reason=source.reason,
        bodies=source.bodies,
        legal_references=source.legal_references,
        mandatory_for=source.mandatory_for,
    )
    return _add(tx, clause, version)


def _add(tx: Tx, clause: Clause, version: ClauseVersion) -> ClauseVersion:
    version.clause_id = clause.id
    version.number = max((each.number for each in clause.versions), default=0) + 1
    version.origin = Origin.MUNICIPALITY
    version.authors = [str(tx.actor.id)]
    version.legal_references = list(version.legal_references or [])
    version.mandatory_for = list(version.mandatory_for or [])
    version.content_hash = content_hash(version)
    version.updated_at = tx.now()
    clause.versions.append(version)
    tx.session.flush()
    tell(tx, "draft_begun", version)
    return version


@dataclass(frozen=True)
class Written:
    """All that a draft says. `mandatory_for` are keys of templates."""

    bodies: Mapping[Language, str]
    title: Words
    reason: Words
    legal_references: Sequence[str]
    mandatory_for: Sequence[str]
    change_note: str
    review_by: date | None


def save(tx: Tx, version: ClauseVersion, written: Written) -> None:
    """Keep a draft as it was written, cleaned; whoever saves is one of its authors from now on."""
    require_draft(version)
    keys = set(tx.session.scalars(select(Template.key)))
    if unknown := sorted(set(written.mandatory_for) - keys):
        raise Invalid.at(
            "/mandatory_for", "contract_templates.problem.no_such_template", template=unknown[0]
        )
    content = {
        "bodies": {name: _kept(text, f"/bodies/{name}") for name, text in written.bodies.items()},
        "title": dict(written.title),
        "reason": dict(written.reason),
        "legal_references": [each for each in written.legal_references if each],
        "mandatory_for": sorted(set(written.mandatory_for)),
        "change_note": written.change_note,
        "review_by": written.review_by,
    }
    if write_in(tx, version, content):
        version.content_hash = content_hash(version)
        tx.session.flush()
        tell(tx, "draft_saved", version)


def _kept(text: str, pointer: str) -> str:
    stored = store(text, pointer)
    if parsed(stored).find(".//section") is not None:
        raise Invalid.at(pointer, "contract_templates.problem.clause_in_clause")
    return stored


def require_draft(version: ClauseVersion) -> None:
    """Raise `Conflict` for a version whose text is no longer open."""
    moved(version.status, Act.SEND)


def discard(tx: Tx, version: ClauseVersion) -> None:
    """Give a draft up; a clause that never had another version goes with it."""
    require_draft(version)
    if version.origin == Origin.SHIPPED:
        raise Conflict("contract_templates.problem.shipped_stays")
    clause = version.clause
    tell(tx, "draft_discarded", version)
    clause.versions.remove(version)
    tx.session.delete(version)
    tx.session.flush()
    if not clause.versions:
        tx.session.delete(clause)
        tx.session.flush()


def retire(tx: Tx, clause: Clause) -> None:
    """Take a clause out of use: no text must carry it any more, and none takes it in."""
    current = in_force_of(clause)
    if current is None:
        raise Conflict("contract_templates.problem.clause_not_in_force")
    current.status = moved(current.status, Act.RETIRE)
    current.updated_at = tx.now()
    tx.session.flush()
    tell(tx, "retired", current)


def set_review_by(tx: Tx, version: ClauseVersion, review_by: date | None) -> None:
    """Say by when somebody of legal is to read a version again; also once it is in force."""
    if version.status == VersionStatus.RETIRED:
        raise Conflict("contract_templates.problem.clause_not_in_force")
    if review_by is not None and review_by <= tx.today():
        raise Invalid.at("/review_by", "contract_templates.problem.review_passed")
    version.review_by, version.reminded_on = review_by, None
    version.updated_at = tx.now()
    tx.session.flush()
    tell(tx, "review_set", version)


def authors_of(version: ClauseVersion) -> list[UUID]:
    """Return who has written in a version."""
    return [UUID(each) for each in version.authors]


def findings(tx: Tx, version: ClauseVersion) -> list[Finding]:
    """Return the check list of a clause: that of an agreement which holds nothing else.

    The laws that it is based on are looked at too.
    """
    bodies: dict[str, str] = {
        name: f"<section>\n{text}</section>\n" if text.strip() else ""
        for name, text in version.texts.items()
    }
    outdated = [
        Finding("law_outdated", Severity.ERROR, params={"law": law})
        for law in not_in_force(", ".join(version.legal_references), tx.today())
    ]
    found = check(Checked(_manifest(tx, version.titles), bodies, {}, {}, tx.today()))
    return outdated + [each for each in found if each.kind not in _NOT_OF_A_CLAUSE]


def variables(tx: Tx, version: ClauseVersion, language: Language) -> list[Variable]:
    """Return what a clause may ask for: what a case knows, and the questions of the templates."""
    return known(_manifest(tx, version.titles), language)


def _manifest(tx: Tx, title: Words) -> Manifest:
    """Return a template that asks, always, everything which the templates in force ask."""
    fields = {
        field.name: field.model_copy(update={"asked_if": None})
        for version in in_force(tx.session)
        for field in version.read_manifest().fields
    }
    return Manifest(
        key="clause",
        version=1,
        title=title,
        languages=LANGUAGES,
        fits=frozenset(),
        fields=tuple(fields.values()),
    )


def require_sound(tx: Tx, version: ClauseVersion) -> None:
    """Raise `Conflict` when the check list holds what stands in the way of approval."""
    if standing := errors(findings(tx, version)):
        raise Conflict("contract_templates.problem.checks_failed", smart_count=len(standing))
