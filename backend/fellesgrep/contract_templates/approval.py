"""Four eyes on a template: one proposes a version, another one of legal puts it in force."""

from collections.abc import Mapping
from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from fellesgrep.contract_templates.drafting import authors_of, require_draft, require_sound
from fellesgrep.contract_templates.models import TemplateVersion, VersionStatus
from fellesgrep.contract_templates.service import put_in_force, tell
from fellesgrep.core.audit import Subject
from fellesgrep.core.clock import start_of_day
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.workflow import service as workflow
from fellesgrep.workflow.models import Instance
from fellesgrep.workflow.operations import NoInput, Operation, Step

PROCESS = "template_approval"


class Review(BaseModel):
    """What the second pair of eyes says."""

    template_verdict: Literal["approved", "rejected"]
    in_force_from: date | None = None
    """The day from which an approved version is used; at once where nothing is said."""
    comment: str = ""


class Reviewed(BaseModel):
    """Which version is reviewed, and who proposed it: the facts that the process begins with."""

    version_id: UUID
    proposed_by: UUID


def propose(tx: Tx, version: TemplateVersion) -> Instance:
    """Ask somebody else of legal to put a draft in force.

    Raises `Conflict` for what is no draft, while another version is under review, and where the
    check list holds mistakes.
    """
    subject = Subject("template", version.template_id)
    tx.session.refresh(version, with_for_update=True)
    require_draft(version)
    if workflow.open_tasks(tx, subject):
        raise Conflict("contract_templates.problem.under_review")
    require_sound(tx, version)
    version.status, version.updated_at = VersionStatus.IN_REVIEW, tx.now()
    tx.session.flush()
    tell(tx, "template:proposed", version)
    return workflow.start(
        tx,
        PROCESS,
        subject,
        title=f"{version.read_manifest().title['nb']} ({version.number})",
        area_id=None,
        facts={"version_id": str(version.id), "proposed_by": str(tx.actor.id)},
    )


def _review(step: Step, given: Review) -> None:
    tx, reviewed = step.tx, Reviewed.model_validate(step.facts)
    version = tx.session.get_one(TemplateVersion, reviewed.version_id, with_for_update=True)
    if given.template_verdict == "rejected":
        version.status, version.updated_at = VersionStatus.DRAFT, tx.now()
        tx.session.flush()
        tell(tx, "template:rejected", version)
        return
    if tx.actor.id in {reviewed.proposed_by, *authors_of(version)}:
        raise Conflict("contract_templates.problem.own_proposal")
    day = given.in_force_from or tx.today()
    if day < tx.today():
        raise Invalid.at("/answers/in_force_from", "contract_templates.problem.day_passed")
    version.status = VersionStatus.APPROVED
    version.in_force_from = start_of_day(day) if day > tx.today() else tx.now()
    version.approved_by_id, version.updated_at = tx.actor.id, tx.now()
    tx.session.flush()
    tell(tx, "template:approved", version)


def _put_in_force(step: Step, _: NoInput) -> None:
    """Put the approved version in force if its day has come; else the daily job does it."""
    tx, reviewed = step.tx, Reviewed.model_validate(step.facts)
    version = tx.session.get_one(TemplateVersion, reviewed.version_id)
    if version.in_force_from is not None and version.in_force_from <= tx.now():
        put_in_force(tx, version)


OPERATIONS_OF_TEMPLATES: Mapping[str, Operation] = {
    "contract_templates.review": Operation(_review, Review),
    "contract_templates.put_in_force": Operation(_put_in_force),
}
