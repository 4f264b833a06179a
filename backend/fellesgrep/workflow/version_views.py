"""Versions and moves in the reader's language."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from fellesgrep.core.clock import local_date
from fellesgrep.core.languages import Language, say
from fellesgrep.core.tx import Tx
from fellesgrep.identity.models import Person
from fellesgrep.workflow import publishing, store
from fellesgrep.workflow.catalogue import Bundle
from fellesgrep.workflow.drawing import in_language
from fellesgrep.workflow.findings import Finding
from fellesgrep.workflow.migration import Batch, Move
from fellesgrep.workflow.models import DecisionTable, Instance, InstanceStatus, ProcessBundle
from fellesgrep.workflow.retasking import Change
from fellesgrep.workflow.schemas import PersonRef
from fellesgrep.workflow.survival import Obstacle
from fellesgrep.workflow.version_schemas import (
    BatchView,
    ComparedDiagram,
    Comparison,
    FileChange,
    FindingView,
    FolderView,
    MoveView,
    TableView,
    VersionsView,
    VersionView,
)


def versions_view(tx: Tx, language: Language) -> VersionsView:
    """Return every version there is, newest first."""
    bundles = tx.session.scalars(
        select(ProcessBundle).order_by(ProcessBundle.imported_at.desc(), ProcessBundle.hash)
    ).all()
    tables = tx.session.scalars(
        select(DecisionTable).order_by(DecisionTable.imported_at.desc(), DecisionTable.id)
    ).all()
    rows: list[ProcessBundle | DecisionTable] = [*bundles, *tables]
    people = _people(tx, (id_ for row in rows for id_ in (row.imported_by_id, row.published_by_id)))
    counted = tx.session.execute(
        select(Instance.bundle_hash, func.count())
        .where(Instance.status == InstanceStatus.RUNNING)
        .group_by(Instance.bundle_hash)
    )
    running = {row[0]: row[1] for row in counted}
    return VersionsView(
        versions=[
            VersionView(
                hash=row.hash,
                process=row.process,
                name=store.load_bundle(tx, row.hash).process_name(row.process, language),
                running=running.get(row.hash, 0),
                **_shared(tx, row, people),
            )
            for row in bundles
        ],
        tables=[
            TableView(
                id=row.id, name=row.name, valid_from=row.valid_from, **_shared(tx, row, people)
            )
            for row in tables
        ],
        folders=_folders(tx, language),
    )


def _folders(tx: Tx, language: Language) -> list[FolderView]:
    """Return the processes in force by their name, those that are called too."""
    bundles = [store.load_bundle(tx, row.hash) for row, _ in store.processes_in_force(tx)]
    names = {
        process: bundle.process_name(process, language)
        for bundle in bundles
        for process in bundle.diagrams
    }
    return [
        FolderView(process=process, name=name)
        for process, name in sorted(names.items(), key=lambda each: each[1])
    ]


def _shared(
    tx: Tx, row: ProcessBundle | DecisionTable, people: dict[UUID, PersonRef]
) -> dict[str, Any]:
    return {
        "version": row.hash[:12],
        "origin": row.origin,
        "status": row.status,
        "imported_at": row.imported_at,
        "imported_by": people.get(row.imported_by_id) if row.imported_by_id else None,
        "published_at": row.published_at,
        "published_by": people.get(row.published_by_id) if row.published_by_id else None,
        "may_publish": publishing.may_publish(tx, row),
    }


def _people(tx: Tx, ids: Iterable[UUID | None]) -> dict[UUID, PersonRef]:
    wanted = {id_ for id_ in ids if id_}
    rows = tx.session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    return {row.id: PersonRef(id=row.id, name=row.name) for row in rows}


def finding_views(findings: Sequence[Finding], language: Language) -> list[FindingView]:
    """Return what the check has to say."""
    return [
        FindingView(
            file=each.file,
            element=each.element,
            reason=each.said(language),
            level="error" if each.is_error else "warning",
        )
        for each in findings
    ]


def comparison(tx: Tx, bundle: Bundle, language: Language) -> Comparison:
    """Return a version beside the one in force."""
    found = {row.process: row.hash for row, _ in store.processes_in_force(tx)}
    old = store.load_bundle(tx, found[bundle.process]) if bundle.process in found else None
    return Comparison(
        process=bundle.process,
        name=bundle.process_name(bundle.process, language),
        files=[
            FileChange.model_validate({"path": path, "change": change})
            for path, change in publishing.changed_files(old, bundle)
        ],
        diagrams=[
            ComparedDiagram(
                process=process,
                name=bundle.process_name(process, language),
                xml=in_language(bundle, process, language),
                previous_xml=in_language(old, process, language)
                if old and process in old.diagrams
                else None,
            )
            for process in bundle.diagrams
            if old is None or old.diagrams.get(process) != bundle.diagrams[process]
        ],
    )


def batch_view(tx: Tx, batch: Batch, language: Language) -> BatchView:
    """Return what a batch did, or would do."""
    ids = (
        value
        for move in batch.moves
        for change in move.changes
        if change.kind == "assignee_id"
        for value in change.params.values()
    )
    people = _people(tx, ids)
    return BatchView(
        moves=[_move_view(move, people, language) for move in batch.moves],
        after=batch.after,
        left=batch.left,
    )


def _move_view(move: Move, people: dict[UUID, PersonRef], language: Language) -> MoveView:
    return MoveView(
        instance_id=move.instance_id,
        subject_kind=move.subject.kind,
        subject_id=move.subject.id,
        title=move.title,
        possible=move.possible,
        reasons=[obstacle_said(each, language) for each in move.obstacles],
        changes=[change_said(each, people, language) for each in move.changes],
    )


def obstacle_said(obstacle: Obstacle, language: Language) -> str:
    """Say why something cannot move."""
    params = dict(obstacle.params)
    if "problem" in params:
        params["problem"] = say(language, params["problem"])
    return say(language, f"workflow.obstacle.{obstacle.kind}", **params)


def change_said(change: Change, people: dict[UUID, PersonRef], language: Language) -> str:
    """Say what a move changes."""
    params = {
        name: _readable(change.kind, value, people, language)
        for name, value in change.params.items()
    }
    said = say(language, f"workflow.change.{change.kind}", **params)
    return f"{change.task}: {said}" if change.task else said


def _readable(kind: str, value: Any, people: dict[UUID, PersonRef], language: Language) -> Any:
    if value is None:
        return say(language, "workflow.change.nobody")
    if kind == "role":
        return say(language, f"identity.role.{value}")
    if isinstance(value, UUID):
        return people[value].name if value in people else str(value)
    if isinstance(value, datetime):
        return local_date(value).isoformat()
    return value.isoformat() if isinstance(value, date) else value
