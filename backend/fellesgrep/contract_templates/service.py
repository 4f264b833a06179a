"""Use cases on templates."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from fellesgrep.contract_templates import rendering
from fellesgrep.contract_templates.clause_files import shipped_clauses
from fellesgrep.contract_templates.clauses.rules import renumbered
from fellesgrep.contract_templates.clauses.service import Numbers, import_clauses
from fellesgrep.contract_templates.fill import BrokenTemplate, fill, fill_draft
from fellesgrep.contract_templates.manifest import Manifest
from fellesgrep.contract_templates.models import Origin, Template, TemplateVersion, VersionStatus
from fellesgrep.contract_templates.rendering import frame
from fellesgrep.contract_templates.shipped import FOLDER, ShippedTemplate, shipped
from fellesgrep.contract_templates.variables import gather
from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.languages import Language
from fellesgrep.core.problems import Invalid, NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.documents import frames


def import_shipped(tx: Tx, templates: Sequence[ShippedTemplate] | None = None) -> int:
    """Take in the shipped clauses and templates; returns how many templates' versions are new.

    Safe at every start. The first version of a template is in force at once; a later one is a draft
    that waits for approval, so that an upgrade never replaces what the municipality uses.
    """
    tx.session.execute(text("select pg_advisory_xact_lock(hashtext('contract_templates'))"))
    numbers = import_clauses(tx, shipped_clauses(FOLDER).values())
    given = shipped(FOLDER) if templates is None else templates
    return sum(_import(tx, template, numbers) for template in given)


def _import(tx: Tx, shipped_template: ShippedTemplate, numbers: Numbers) -> bool:
    manifest = shipped_template.manifest
    template = tx.session.scalar(select(Template).where(Template.key == manifest.key))
    if template is None:
        template = Template(key=manifest.key)
        tx.session.add(template)
        tx.session.flush()
    known = tx.session.execute(
        select(TemplateVersion.number, TemplateVersion.content_hash).where(
            TemplateVersion.template_id == template.id
        )
    ).all()
    if shipped_template.content_hash in {row.content_hash for row in known}:
        return False
    version = TemplateVersion(
        template_id=template.id,
        number=max((row.number for row in known), default=0) + 1,
        origin=Origin.SHIPPED,
        content_hash=shipped_template.content_hash,
        manifest=manifest.model_dump(mode="json"),
        bodies={name: renumbered(body, numbers) for name, body in shipped_template.bodies.items()},
        sample=shipped_template.sample,
    )
    tx.session.add(version)
    tx.session.flush()
    tell(tx, "template:imported", version)
    if not known:
        version.status, version.in_force_from = VersionStatus.IN_FORCE, tx.now()
        tx.session.flush()
        tell(tx, "template:put_in_force", version)
    return True


def tell(tx: Tx, kind: str, version: TemplateVersion) -> None:
    """Write into the history of a version's template."""
    template = version.template_id
    facts: dict[str, Any] = {"template": ref("template", template), "number": version.number}
    tx.audit(kind, Subject("template", template), facts)


def put_in_force(tx: Tx, version: TemplateVersion) -> None:
    """Let a version be the one that agreements are written from, in place of the one before."""
    for other in version.template.versions:
        if other.status == VersionStatus.IN_FORCE:
            other.status = VersionStatus.RETIRED
    tx.session.flush()
    version.status = VersionStatus.IN_FORCE
    tx.session.flush()
    tell(tx, "template:put_in_force", version)


def in_force(session: Session) -> Sequence[TemplateVersion]:
    """Return the version in force of every template that has one, by key."""
    return session.scalars(
        select(TemplateVersion)
        .join(Template)
        .where(TemplateVersion.status == VersionStatus.IN_FORCE)
        .order_by(Template.key)
    ).all()


def version_in_force(session: Session, template_id: UUID) -> TemplateVersion:
    """Return a template's version in force; raises `NotFound` or `Invalid`."""
    version = session.scalar(
        select(TemplateVersion).where(
            TemplateVersion.template_id == template_id,
            TemplateVersion.status == VersionStatus.IN_FORCE,
        )
    )
    if version is not None:
        return version
    if session.get(Template, template_id) is None:
        raise NotFound("core.problem.not_found")
    raise Invalid.at("/template_id", "contract_templates.problem.nothing_in_force")


def version_of(template: Template, version_id: UUID) -> TemplateVersion:
    """Return one of a template's versions; raises `NotFound`."""
    for version in template.versions:
        if version.id == version_id:
            return version
    raise NotFound("core.problem.not_found")


def current_version(template: Template) -> TemplateVersion:
    """Return the version in force, else the newest."""
    return in_force_of(template) or template.versions[-1]


def in_force_of(template: Template) -> TemplateVersion | None:
    """Return a template's version in force, if there is one."""
    for version in template.versions:
        if version.status == VersionStatus.IN_FORCE:
            return version
    return None


def preview(tx: Tx, version: TemplateVersion, language: Language) -> bytes:
    """Return a version as PDF, filled with its sample data."""
    manifest = version.read_manifest()
    _require_language(manifest, language)
    body = fill(version.bodies[language], version.sample, language)
    return _previewed(tx, version, body, version.sample, language)


def draft_preview(
    tx: Tx, version: TemplateVersion, language: Language, case_id: UUID | None
) -> bytes:
    """Return a version as PDF, filled with its example or a case as far as that reaches.

    The answers to the template's own fields are always those of the example.
    """
    manifest = version.read_manifest()
    _require_language(manifest, language)
    data = version.sample
    if case_id is not None:
        data = gather(tx, case_id) | {"fields": version.sample.get("fields", {})}
    labels = {f"fields.{field.name}": field.label[language] for field in manifest.fields}
    try:
        filled = fill_draft(version.bodies.get(language, ""), data, language, labels)
    except BrokenTemplate as error:
        raise Invalid.at(
            f"/bodies/{language}", "contract_templates.problem.cannot_be_filled", reason=str(error)
        ) from None
    return _previewed(tx, version, filled.body, data, language)


def _require_language(manifest: Manifest, language: Language) -> None:
    if language not in manifest.languages:
        raise Invalid.at("/language", "contract_templates.problem.language_missing")


def _previewed(
    tx: Tx, version: TemplateVersion, body: str, data: Mapping[str, Any], language: Language
) -> bytes:
    document = frames.agreement(frame(version.read_manifest(), body, data, language))
    identifier = f"template-version:{version.id}:{language}"
    return rendering.preview(tx, document, identifier=identifier)
