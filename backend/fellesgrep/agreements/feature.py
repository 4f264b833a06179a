"""What agreements contribute to the application."""

from collections.abc import Sequence
from uuid import UUID

from fellesgrep.agreements import (
    attachment_pages,
    attachment_routes,
    bulk_routes,
    departure_routes,
    discussion_feature,
)
from fellesgrep.agreements.bulk import WORK
from fellesgrep.agreements.bulk_work import work
from fellesgrep.agreements.clauses import HOLDERS_OF_CLAUSES
from fellesgrep.agreements.drafting import begin, find_current
from fellesgrep.agreements.operations import ACCEPT_STANDARD, FREEZE, REVIEW, SUBMIT_DRAFT
from fellesgrep.agreements.record import FILE
from fellesgrep.agreements.routes import router
from fellesgrep.agreements.rules import MOVES, Status
from fellesgrep.agreements.service import end, void
from fellesgrep.agreements.uses import uses_of
from fellesgrep.cases.events import CasePaused
from fellesgrep.cases.models import Outcome
from fellesgrep.contract_templates.clauses.uses import HOLDERS
from fellesgrep.contract_templates.uses import USES
from fellesgrep.core import audit, events
from fellesgrep.core.jobs import JOBS, Job
from fellesgrep.core.problems import Conflict
from fellesgrep.core.published_schemas import PUBLISHED_SCHEMAS
from fellesgrep.core.registry import Registry
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import ROUTERS
from fellesgrep.notifications.slots import NOTICE_LEVELS, Level
from fellesgrep.workflow.events import InstanceEnded, StageEntered
from fellesgrep.workflow.operations import OPERATIONS

_WITH_THE_PARTIES = (Status.OUT_FOR_SIGNATURE, Status.SIGNED, Status.SEALING)
_TOLD = (
    "begun", "edited", "submitted", "approved", "accepted", "returned", "frozen", "sent_out",
    "signed", "declined", "voided", "returned_for_correction", "ended", "sealing", "sealed",
    "departed", "departure_withdrawn",
    "attachment_added", "attachment_removed", "attachment_renamed", "attachments_ordered",
    "departure_approved", "departure_rejected", "version_kept",
)  # fmt: skip


def _open_draft(tx: Tx, entered: StageEntered) -> None:
    """Have a draft at hand when the case comes to its agreement."""
    if entered.subject.kind == "case" and entered.stage == "agreement":
        begin(tx, entered.subject.id)


def _void_what_is_withdrawn(tx: Tx, ended: InstanceEnded) -> None:
    """Give up the agreement of a case that the municipality withdraws."""
    if ended.subject.kind != "case" or ended.outcome != Outcome.WITHDRAWN:
        return
    agreement = find_current(tx, ended.subject.id)
    if agreement is not None and Status.VOIDED in MOVES[Status(agreement.status)]:
        void(tx, agreement)


def _end_what_is_done(tx: Tx, ended: InstanceEnded) -> None:
    """End the agreement of a case whose cooperation is concluded."""
    if ended.subject.kind != "case":
        return
    agreement = find_current(tx, ended.subject.id)
    if agreement is not None and agreement.status == Status.SEALED:
        end(tx, agreement)


def _keep_promised_deadlines(tx: Tx, paused: CasePaused) -> None:
    """Refuse to let a case rest while its parties are asked to sign by a day they were told."""
    agreement = find_current(tx, paused.case.id)
    if agreement is not None and agreement.status in _WITH_THE_PARTIES:
        raise Conflict("agreements.problem.out_for_signature")


def _levels(tx: Tx, case_id: UUID) -> Sequence[Level]:
    """Return who decides about notices of a case below the municipality."""
    agreement = find_current(tx, case_id)
    version = agreement.template_version if agreement else None
    own = Level("agreement", str(case_id))
    return [Level("template", version.template.key), own] if version else [own]


def register(registry: Registry) -> None:
    """Add routes, steps, what begins and ends with the case's process, and audit kinds."""
    registry.put(ROUTERS, "agreements", router)
    registry.put(ROUTERS, "agreements.departures", departure_routes.router)
    registry.put(ROUTERS, "agreements.bulk", bulk_routes.router)
    registry.put(JOBS, WORK, Job(work))
    registry.put(ROUTERS, "agreements.attachments", attachment_routes.router)
    registry.put(ROUTERS, "agreements.attachment_pages", attachment_pages.router)
    registry.put(PUBLISHED_SCHEMAS, FILE.name, FILE)
    registry.put(USES, "agreements", uses_of)
    registry.put(HOLDERS, "agreements", HOLDERS_OF_CLAUSES)
    registry.put(NOTICE_LEVELS, "case", _levels)
    registry.put(OPERATIONS, "agreements.submit_draft", SUBMIT_DRAFT)
    registry.put(OPERATIONS, "agreements.accept_standard", ACCEPT_STANDARD)
    registry.put(OPERATIONS, "agreements.review", REVIEW)
    registry.put(OPERATIONS, "agreements.freeze", FREEZE)
    events.on(registry, StageEntered, _open_draft)
    events.on(registry, CasePaused, _keep_promised_deadlines)
    events.on(registry, InstanceEnded, _void_what_is_withdrawn)
    events.on(registry, InstanceEnded, _end_what_is_done)
    for what in ("started", "finished", "cancelled", "resumed"):
        audit.register(registry, f"bulk_run:{what}", f"agreements.audit.bulk_{what}")
    for what in _TOLD:
        audit.register(registry, f"agreement:{what}", f"agreements.audit.{what}")
    discussion_feature.register(registry)
