"""Use cases on templates."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from fellesgrep.contract_templates import rendering
from fellesgrep.contract_templates.fill import fill
from fellesgrep.contract_templates.models import Origin, Template, TemplateVersion, VersionStatus
from fellesgrep.contract_templates.rendering import frame
from fellesgrep.contract_templates.shipped import FOLDER, ShippedTemplate, shipped
from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.languages import Language
from fellesgrep.core.problems import Invalid, NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.documents import frames


def import_shipped(tx: Tx, templates: Sequence[ShippedTemplate] | None = None) -> int:
    """Take in the shipped templates; returns how many versions are new. Safe at every start.

    The first version of a template is in force at once; a later one is a draft that waits for
    approval, so that an upgrade never replaces what the municipality uses.
    """
    tx.session.execute(text("select pg_advisory_xact_lock(hashtext('contract_templates'))"))
    given = shipped(FOLDER) if templates is None else templates
    return sum(_import(tx, template) for template in given)


def _import(tx: Tx, shipped_template: ShippedTemplate) -> bool:
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
        bodies=dict(shipped_template.bodies),
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


def preview(tx: Tx, version: TemplateVersion, language: Language) -> bytes:
    """Return a version as PDF, filled with its sample data."""
    manifest = version.read_manifest()
    if language not in manifest.languages:
        raise Invalid.at("/language", "contract_templates.problem.language_missing")
    body = fill(version.bodies[language], version.sample, language)
    document = frames.agreement(frame(manifest, body, version.sample, language))
    identifier = f"template-version:{version.id}:{language}"
    return rendering.preview(tx, document, identifier=identifier)
