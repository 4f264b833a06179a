"""Writing templates: a draft of a new version, a new agreement type, and what is wrong with it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import select

from fellesgrep.contract_templates.checking import Checked, Finding, check, errors
from fellesgrep.contract_templates.clauses.rules import held_in
from fellesgrep.contract_templates.clauses.service import in_force as clauses_in_force
from fellesgrep.contract_templates.clauses.service import wordings
from fellesgrep.contract_templates.manifest import Manifest
from fellesgrep.contract_templates.models import Origin, Template, TemplateVersion, VersionStatus
from fellesgrep.contract_templates.service import tell
from fellesgrep.contract_templates.stored_form import store
from fellesgrep.contract_templates.writing import write_in
from fellesgrep.core.languages import Language
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import invalid_input

LONGEST_NOTE = 2000


def begin_draft(tx: Tx, template: Template, source: TemplateVersion) -> TemplateVersion:
    """Return a new draft that reads as `source`; raises `Conflict` while another one is open."""
    tx.session.refresh(template, with_for_update=True)
    for each in template.versions:
        if each.status in (VersionStatus.DRAFT, VersionStatus.IN_REVIEW) and each.authors:
            raise Conflict("contract_templates.problem.draft_open", number=each.number)
    return _add(tx, template, source, source.read_manifest())


def begin_template(
    tx: Tx, key: str, title: Mapping[Language, str], source: TemplateVersion
) -> TemplateVersion:
    """Return the first draft of a new agreement type, which reads as `source` to begin with."""
    if tx.session.scalar(select(Template.id).where(Template.key == key)) is not None:
        raise Invalid.at("/key", "contract_templates.problem.key_taken")
    template = Template(key=key)
    tx.session.add(template)
    tx.session.flush()
    manifest = source.read_manifest().model_copy(update={"key": key, "title": dict(title)})
    return _add(tx, template, source, manifest)


def _add(
    tx: Tx, template: Template, source: TemplateVersion, manifest: Manifest
) -> TemplateVersion:
    number = max((each.number for each in template.versions), default=0) + 1
    version = TemplateVersion(
        template_id=template.id,
        number=number,
        origin=Origin.MUNICIPALITY,
        content_hash="",
        manifest=_kept(manifest.model_copy(update={"version": number})),
        bodies=dict(source.bodies),
        sample=source.sample,
        authors=[str(tx.actor.id)],
        updated_at=tx.now(),
    )
    version.content_hash = _hash(version)
    template.versions.append(version)
    tx.session.flush()
    tell(tx, "template:draft_begun", version)
    return version


def save(
    tx: Tx,
    version: TemplateVersion,
    *,
    bodies: Mapping[Language, str],
    manifest: Mapping[str, Any],
    answers: Mapping[str, Any],
    change_note: str,
    review_by: date | None,
) -> None:
    """Keep a draft as it was written, cleaned; whoever saves is one of its authors from now on.

    Mistakes of content are no refusal, the check list tells them. Raises `Invalid` for what is no
    text or no manifest, `Conflict` for what is no draft any more.
    """
    require_draft(version)
    given = _manifest(version, manifest)
    if unknown := sorted(set(bodies) - set(given.languages)):
        raise Invalid.at(f"/bodies/{unknown[0]}", "contract_templates.problem.language_missing")
    if wrong := given.problems(answers, "nb"):
        raise Invalid("core.problem.invalid", fields=wrong)
    content = {
        "bodies": {name: store(text, f"/bodies/{name}") for name, text in bodies.items()},
        "manifest": _kept(given),
        "sample": dict(version.sample) | {"fields": given.values(answers)},
        "change_note": change_note.strip(),
        "review_by": review_by,
    }
    if write_in(tx, version, content):
        version.content_hash = _hash(version)
        tx.session.flush()
        tell(tx, "template:draft_saved", version)


def _kept(manifest: Manifest) -> dict[str, Any]:
    """Return a manifest as it is kept; a set has no order of its own."""
    return manifest.model_dump(mode="json") | {"fits": sorted(manifest.fits)}


def require_draft(version: TemplateVersion) -> None:
    """Raise `Conflict` for a version whose text is no longer open."""
    if version.status == VersionStatus.IN_REVIEW:
        raise Conflict("contract_templates.problem.under_review")
    if version.status != VersionStatus.DRAFT:
        raise Conflict("contract_templates.problem.no_draft")


def _manifest(version: TemplateVersion, given: Mapping[str, Any]) -> Manifest:
    fixed = {"key": version.manifest["key"], "version": version.number}
    try:
        return Manifest.model_validate(dict(given) | fixed)
    except ValidationError as error:
        raise invalid_input(error.errors(), "/manifest") from None


def discard(tx: Tx, version: TemplateVersion) -> None:
    """Give a draft up; a template that never had another version goes with it."""
    require_draft(version)
    if version.origin == Origin.SHIPPED:
        raise Conflict("contract_templates.problem.shipped_stays")
    template = version.template
    tell(tx, "template:draft_discarded", version)
    template.versions.remove(version)
    tx.session.delete(version)
    tx.session.flush()
    if not template.versions:
        tx.session.delete(template)
        tx.session.flush()


def findings(tx: Tx, version: TemplateVersion) -> list[Finding]:
    """Return the check list of a version as it stands."""
    manifest = version.read_manifest()
    mandatory = {
        each.clause.key: each.titles["nb"]
        for each in clauses_in_force(tx.session)
        if manifest.key in each.mandatory_for
    }
    held = wordings(tx.session, (key for body in version.bodies.values() for key in held_in(body)))
    return check(Checked(manifest, version.bodies, version.sample, mandatory, tx.today(), held))


def require_sound(tx: Tx, version: TemplateVersion) -> None:
    """Raise `Conflict` when the check list holds what stands in the way of approval."""
    if standing := errors(findings(tx, version)):
        raise Conflict("contract_templates.problem.checks_failed", smart_count=len(standing))


def set_review_by(tx: Tx, version: TemplateVersion, review_by: date | None) -> None:
    """Say by when somebody of legal is to read a version again; also once it is in force."""
    if review_by is not None and review_by <= tx.today():
        raise Invalid.at("/review_by", "contract_templates.problem.review_passed")
    version.review_by, version.reminded_on = review_by, None
    version.updated_at = tx.now()
    tx.session.flush()
    tell(tx, "template:review_set", version)


def retire(tx: Tx, template: Template) -> None:
    """Take an agreement type out of use: no new agreement is written from it."""
    current = [each for each in template.versions if each.status == VersionStatus.IN_FORCE]
    if not current:
        raise Conflict("contract_templates.problem.nothing_in_force")
    current[0].status = VersionStatus.RETIRED
    tx.session.flush()
    tell(tx, "template:retired", current[0])


def authors_of(version: TemplateVersion) -> list[UUID]:
    """Return who has written in a version."""
    return [UUID(each) for each in version.authors]


def _hash(version: TemplateVersion) -> str:
    content = [version.manifest, version.bodies, version.sample]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
