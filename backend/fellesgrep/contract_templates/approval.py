"""Four eyes on a template: one proposes a version, another one of legal puts it in force."""

from collections.abc import Mapping
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from fellesgrep.contract_templates.models import TemplateVersion, VersionStatus
from fellesgrep.contract_templates.service import tell
from fellesgrep.core.audit import Subject
from fellesgrep.core.problems import Conflict
from fellesgrep.core.tx import Tx
from fellesgrep.workflow import service as workflow
from fellesgrep.workflow.models import Instance
from fellesgrep.workflow.operations import NoInput, Operation, Step

PROCESS = "template_approval"


class Review(BaseModel):
    """What the second pair of eyes says."""

    template_verdict: Literal["approved", "rejected"]
    comment: str = ""


class Reviewed(BaseModel):
    """Which version is reviewed, and who proposed it: the facts that the process begins with."""

    version_id: UUID
    proposed_by: UUID


def propose(tx: Tx, version: TemplateVersion) -> Instance:
    """Ask somebody else of legal to put a draft in force; raises `Conflict` for what is none."""
    subject = Subject("template", version.template_id)
    tx.session.refresh(version, with_for_update=True)
    if version.status != VersionStatus.DRAFT:
        raise Conflict("contract_templates.problem.no_draft")
    if workflow.open_tasks(tx, subject):
        raise Conflict("contract_templates.problem.under_review")
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
    reviewed = Reviewed.model_validate(step.facts)
    if given.template_verdict == "approved" and step.tx.actor.id == reviewed.proposed_by:
        raise Conflict("contract_templates.problem.own_proposal")
    if given.template_verdict == "rejected":
        version = step.tx.session.get_one(TemplateVersion, reviewed.version_id)
        tell(step.tx, "template:rejected", version)


def _put_in_force(step: Step, _: NoInput) -> None:
    tx, reviewed = step.tx, Reviewed.model_validate(step.facts)
    version = tx.session.get_one(TemplateVersion, reviewed.version_id)
    for other in version.template.versions:
        if other.status == VersionStatus.IN_FORCE:
            other.status = VersionStatus.RETIRED
    tx.session.flush()
    version.status, version.in_force_from = VersionStatus.IN_FORCE, tx.now()
    version.approved_by_id = tx.actor.id
    tx.session.flush()
    tell(tx, "template:put_in_force", version)


OPERATIONS_OF_TEMPLATES: Mapping[str, Operation] = {
    "contract_templates.review": Operation(_review, Review),
    "contract_templates.put_in_force": Operation(_put_in_force),
}
