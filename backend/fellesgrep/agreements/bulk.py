"""Begin many agreements of one type at once: choose cases, start, follow, cancel, try again."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, update
from sqlalchemy.orm import aliased

from fellesgrep.agreements.bulk_models import BulkItem, BulkItemStatus, BulkRun, BulkStatus
from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.rules import OVER, Status
from fellesgrep.cases.models import Case, CaseParty, Stage
from fellesgrep.contract_templates.manifest import Manifest
from fellesgrep.contract_templates.service import version_in_force
from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.languages import Language
from fellesgrep.core.problems import Conflict, Invalid, NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.identity.policy import Place
from fellesgrep.partners.models import Partner

WORK = "agreements.bulk"
MOST_CASES = 1000
LANES = 2
"""Jobs of a run that work side by side, as many as documents are rendered at once."""
_UNFINISHED = (*OVER, Status.DRAFTING)


def subject_of(run: BulkRun) -> Subject:
    """Return whose history a run is."""
    return Subject("bulk_run", run.id)


def candidates(area_ids: Sequence[UUID] | None = None) -> Select[Case, str, str]:
    """Select the cases whose agreement can be begun, with name and kind of the leading partner.

    They stand in the stage of the agreement, and no agreement of theirs is further than a draft.
    """
    further = aliased(Agreement)
    statement = (
        select(Case, Partner.name, Partner.kind)
        .join(CaseParty, and_(CaseParty.case_id == Case.id, _leads()))
        .join(Partner, Partner.id == CaseParty.partner_id)
        .where(
            Case.stage == Stage.AGREEMENT,
            ~exists().where(further.case_id == Case.id, further.status.not_in(_UNFINISHED)),
        )
    )
    return statement if area_ids is None else statement.where(Case.area_id.in_(area_ids))


def _leads() -> ColumnElement[bool]:
    return and_(CaseParty.lead, CaseParty.removed_at.is_(None))


def fitting(statement: Select[Case, str, str], manifest: Manifest) -> Select[Case, str, str]:
    """Keep the cases whose leading partner a template is meant for."""
    return statement.where(Partner.kind.in_(sorted(manifest.fits)))


def start(
    tx: Tx,
    *,
    template_id: UUID,
    language: Language,
    fields: Mapping[str, Any],
    case_ids: Sequence[UUID] | None,
    area_ids: Sequence[UUID] | None,
    allowed: Callable[[Place], bool],
) -> BulkRun:
    """Begin a run over the chosen cases, or over all that the template fits.

    Raises `Invalid` naming what is wrong; nothing is begun then.
    """
    manifest = version_in_force(tx.session, template_id).read_manifest()
    if language not in manifest.languages:
        raise Invalid.at("/language", "contract_templates.problem.language_missing")
    if wrong := manifest.problems(fields, language):
        raise Invalid("core.problem.invalid", fields=wrong)
    chosen = _chosen(tx, manifest, case_ids, area_ids, allowed)
    run = BulkRun(
        template_id=template_id,
        language=language,
        fields=dict(fields),
        started_at=tx.now(),
        started_by_id=tx.actor.id,
    )
    tx.session.add(run)
    tx.session.flush()
    tx.session.add_all(
        BulkItem(run_id=run.id, case_id=case_id, position=position)
        for position, case_id in enumerate(chosen, 1)
    )
    tx.session.flush()
    told = {"template": ref("template", template_id), "smart_count": len(chosen)}
    tx.audit("bulk_run:started", subject_of(run), told)
    _set_to_work(tx, run)
    return run


def _chosen(
    tx: Tx,
    manifest: Manifest,
    case_ids: Sequence[UUID] | None,
    area_ids: Sequence[UUID] | None,
    allowed: Callable[[Place], bool],
) -> list[UUID]:
    statement = fitting(candidates(area_ids), manifest)
    if case_ids is not None:
        statement = statement.where(Case.id.in_(case_ids))
    rows = tx.session.execute(statement.order_by(Case.number).limit(MOST_CASES + 1)).all()
    found = [row[0].id for row in rows if allowed(Place(area_id=row[0].area_id))]
    if case_ids is not None and (missing := set(case_ids) - set(found)):
        count = len(missing)
        raise Invalid.at("/case_ids", "agreements.problem.bulk_not_ready", smart_count=count)
    if not found:
        raise Invalid.at("/case_ids", "agreements.problem.bulk_nothing_chosen")
    if len(found) > MOST_CASES:
        raise Invalid.at("/case_ids", "agreements.problem.bulk_too_many", most=str(MOST_CASES))
    return found


def _set_to_work(tx: Tx, run: BulkRun) -> None:
    for lane in range(LANES):
        tx.defer(WORK, key=f"{WORK}:{run.id}:{lane}", run_id=run.id, lane=lane)


def get(tx: Tx, run_id: UUID, *, lock: bool = False) -> BulkRun:
    """Return a run; raises `NotFound`."""
    run = tx.session.get(BulkRun, run_id, with_for_update=lock)
    if run is None:
        raise NotFound("core.problem.not_found")
    return run


def counts(tx: Tx, run_ids: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """Return how many cases of each run wait, were made, and failed."""
    found = {run_id: {status.value: 0 for status in BulkItemStatus} for run_id in run_ids}
    rows = tx.session.execute(
        select(BulkItem.run_id, BulkItem.status, func.count())
        .where(BulkItem.run_id.in_(run_ids))
        .group_by(BulkItem.run_id, BulkItem.status)
    )
    for run_id, status, count in rows:
        found[run_id][status] = count
    return found


def cancel(tx: Tx, run: BulkRun) -> None:
    """Stop a run: what is made stays, the rest is not begun. Done twice, it is stopped once."""
    if run.status != BulkStatus.RUNNING:
        raise Conflict("agreements.problem.bulk_over")
    run.status, run.ended_at = BulkStatus.CANCELLED, tx.now()
    tx.session.flush()
    tx.audit("bulk_run:cancelled", subject_of(run), _result(tx, run))


def try_again(tx: Tx, run: BulkRun) -> None:
    """Take up what failed, or what a cancelled run had not reached."""
    if run.status == BulkStatus.RUNNING:
        raise Conflict("agreements.problem.bulk_running")
    tx.session.execute(
        update(BulkItem)
        .where(BulkItem.run_id == run.id, BulkItem.status == BulkItemStatus.FAILED)
        .values(status=BulkItemStatus.WAITING, causes=[])
    )
    run.status, run.ended_at = BulkStatus.RUNNING, None
    tx.session.flush()
    tx.audit("bulk_run:resumed", subject_of(run), _result(tx, run))
    _set_to_work(tx, run)


def finish(tx: Tx, run: BulkRun) -> None:
    """End a run in which nothing waits any more; before that, nothing happens."""
    told = _result(tx, run)
    if run.status == BulkStatus.RUNNING and not told["waiting"]:
        run.status, run.ended_at = BulkStatus.DONE, tx.now()
        tx.session.flush()
        tx.audit("bulk_run:finished", subject_of(run), told)


def _result(tx: Tx, run: BulkRun) -> dict[str, int]:
    return counts(tx, [run.id])[run.id]


def runs() -> Select[BulkRun]:
    """Select every run."""
    return select(BulkRun)


def items(run: BulkRun) -> Select[BulkItem, Case, str]:
    """Select the cases of a run with the leading partner's name."""
    return (
        select(BulkItem, Case, Partner.name)
        .join(Case, Case.id == BulkItem.case_id)
        .join(CaseParty, and_(CaseParty.case_id == Case.id, _leads()))
        .join(Partner, Partner.id == CaseParty.partner_id)
        .where(BulkItem.run_id == run.id)
    )
