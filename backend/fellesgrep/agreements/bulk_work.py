"""What the worker does for a run: one agreement after the other, each in a transaction of its own.

Lanes take what waits and is not locked, so that they never do the same. A lane ends after a few and
queues itself anew: whatever else was queued meanwhile comes first. Whoever is killed loses the
agreement that was being made, which waits again.
"""

from uuid import UUID

import structlog
from sqlalchemy import select

from fellesgrep.agreements import bulk, drafting
from fellesgrep.agreements.bulk_models import BulkItem, BulkItemStatus, BulkRun, BulkStatus
from fellesgrep.agreements.departures import departures_of
from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.rules import Status
from fellesgrep.agreements.service import PDF
from fellesgrep.agreements.views import preview
from fellesgrep.cases.models import Case, Stage
from fellesgrep.core import files
from fellesgrep.core.audit import Actor
from fellesgrep.core.problems import Conflict, Problem
from fellesgrep.core.tx import House, Tx

_AT_ONCE = 4
log = structlog.get_logger(__name__)


def work(house: House, run_id: str, lane: int) -> None:
    """Make the next agreements of a run; run twice, nothing is made twice."""
    id_ = UUID(run_id)
    for _ in range(_AT_ONCE):
        if not _make_next(house, id_):
            with house.transaction() as tx:
                bulk.finish(tx, bulk.get(tx, id_, lock=True))
            return
    with house.transaction() as tx:
        tx.defer(bulk.WORK, run_id=run_id, lane=lane)


def _make_next(house: House, run_id: UUID) -> bool:
    with house.transaction() as tx:
        run = bulk.get(tx, run_id)
        item = tx.session.scalars(
            select(BulkItem)
            .where(BulkItem.run_id == run_id, BulkItem.status == BulkItemStatus.WAITING)
            .order_by(BulkItem.position)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if item is None or run.status != BulkStatus.RUNNING:
            return False
        _make(tx.acting_as(Actor("person", run.started_by_id)), run, item)
    return True


def _make(tx: Tx, run: BulkRun, item: BulkItem) -> None:
    try:
        with tx.session.begin_nested():
            _draft(tx, run, item)
    except Problem as problem:
        _failed(item, problem)
    except Exception:  # the others are made all the same, and the log holds what went wrong
        log.exception("agreement of a run not made", run=str(run.id), item=str(item.id))
        _failed(item, Problem("agreements.problem.bulk_unexpected"))
    tx.session.flush()


def _failed(item: BulkItem, problem: Problem) -> None:
    item.status = BulkItemStatus.FAILED
    told = [(each.key, each.params) for each in problem.fields] or [(problem.key, problem.params)]
    item.causes = [{"key": key, "params": params} for key, params in told]


def _draft(tx: Tx, run: BulkRun, item: BulkItem) -> None:
    agreement = _at_hand(tx, run, item)
    draft = drafting.read_draft(tx, agreement)
    pdf = preview(tx, agreement, draft)
    item.pdf_sha256 = files.keep(tx.session, pdf, PDF, at=tx.now())
    item.agreement_id = agreement.id
    item.gaps = len(draft.filled.gaps) if draft else 0
    item.status = BulkItemStatus.MADE


def _at_hand(tx: Tx, run: BulkRun, item: BulkItem) -> Agreement:
    """Return the case's draft on the run's template; what somebody wrote in it stays."""
    if tx.session.get_one(Case, item.case_id).stage != Stage.AGREEMENT:
        raise Conflict("agreements.problem.bulk_wrong_stage")
    agreement = drafting.begin(tx, item.case_id)
    if agreement.status != Status.DRAFTING:
        raise Conflict("agreements.problem.bulk_past_draft")
    version = agreement.template_version
    same = version is not None and version.template_id == run.template_id
    touched = bool(agreement.fields) or bool(departures_of(tx, agreement))
    if touched and (not same or agreement.language != run.language):
        raise Conflict("agreements.problem.bulk_begun_otherwise")
    answers = {**run.fields, **agreement.fields}
    if not same or agreement.language != run.language or answers != agreement.fields:
        drafting.choose(
            tx,
            agreement,
            template_id=run.template_id,
            language=drafting.language_of(Agreement(language=run.language)),
            fields=answers,
        )
    return agreement
