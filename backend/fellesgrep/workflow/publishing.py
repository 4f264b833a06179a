"""Changed processes and tables: uploaded by one administrator, put in force by another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from sqlalchemy import select

from fellesgrep.core.audit import ref
from fellesgrep.core.problems import Conflict, Invalid, NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.workflow import store
from fellesgrep.workflow.catalogue import Bundle, bundle_of, main_processes
from fellesgrep.workflow.check import check_all
from fellesgrep.workflow.findings import Finding
from fellesgrep.workflow.models import DecisionTable, Origin, ProcessBundle, VersionStatus
from fellesgrep.workflow.parser import NAMESPACES, DiagramError, read_xml
from fellesgrep.workflow.subjects import process_subject

SUFFIXES = (".bpmn", ".dmn", ".json")


@dataclass(frozen=True)
class Upload:
    """What became of uploaded files: findings, and drafts where none of them is an error."""

    findings: Sequence[Finding]
    versions: Sequence[ProcessBundle] = ()
    tables: Sequence[DecisionTable] = ()
    bundles: Sequence[Bundle] = ()
    """The processes as they would be, also where they cannot be accepted."""


def files_in_force(tx: Tx, without: Iterable[tuple[str, date]] = ()) -> dict[str, str]:
    """Return every file that is in force by its path, tables by name and day but those left out."""
    files: dict[str, str] = {}
    for row, _ in store.processes_in_force(tx):
        files |= store.load_bundle(tx, row.hash).files
    left_out = set(without)
    tables = tx.session.scalars(
        select(DecisionTable).where(DecisionTable.status == VersionStatus.IN_FORCE)
    )
    for table in tables:
        if (table.name, table.valid_from) not in left_out:
            files[f"{table.name}/{table.valid_from}.dmn"] = table.content
    return files


def upload(tx: Tx, given: Mapping[str, str]) -> Upload:
    """Check changed files beside those in force; keep them as drafts where no error is found.

    `given` are file names, perhaps with their folder, and texts. Raises `Invalid` for a file
    whose place is not clear.
    """
    known = files_in_force(tx)
    placed = _placed(given, known)
    files = files_in_force(tx, _days(placed)) | placed
    findings = check_all(tx.house.registry, files)
    bundles = _changed(tx, files)
    if any(finding.is_error for finding in findings):
        return Upload(findings, bundles=bundles)
    found = store.import_files(tx, _taken_up(files, placed), Origin.MUNICIPALITY)
    if not found.versions and not found.tables:
        raise Conflict("workflow.problem.nothing_new")
    for process in (row.process for row in found.versions):
        tx.audit("process:uploaded", process_subject(process), _named(process))
    for name in (row.name for row in found.tables):
        tx.audit("table:uploaded", process_subject(name), _named(name))
    return Upload(findings, found.versions, found.tables, bundles)


def _taken_up(files: Mapping[str, str], placed: Mapping[str, str]) -> dict[str, str]:
    """Leave out the tables that are only there for the check."""
    return {
        path: text for path, text in files.items() if not path.endswith(".dmn") or path in placed
    }


def _days(placed: Mapping[str, str]) -> list[tuple[str, date]]:
    found = []
    for path, text in placed.items():
        if path.endswith(".dmn"):
            try:
                found.append(store.name_and_day(text, path))
            except (DiagramError, ValueError):
                continue  # the check says what is wrong with it
    return found


def _changed(tx: Tx, files: Mapping[str, str]) -> list[Bundle]:
    """Return the processes that these files make other than those in force, if they can be read."""
    known = {row.hash for row, _ in store.processes_in_force(tx)}
    try:
        made = [bundle_of(files, process) for process in main_processes(files)]
    except (DiagramError, KeyError):
        return []
    return [bundle for bundle in made if bundle.hash not in known]


def _placed(given: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """Return the files by their path below `workflows/`."""
    diagrams = {name: text for name, text in given.items() if name.endswith(".bpmn")}
    placed = {_of_diagram(name, text): text for name, text in diagrams.items()}
    for name, text in given.items():
        if name not in diagrams:
            placed[_path(name, {**known, **placed})] = text
    return placed


def _of_diagram(name: str, text: str) -> str:
    try:
        root = read_xml(text, name)
    except DiagramError as error:
        raise Invalid.at("/files", "workflow.problem.not_a_diagram", why=str(error)) from None
    for process in root.iterfind("bpmn:process", NAMESPACES):
        return f"{process.get('id')}/process.bpmn"
    raise Invalid.at("/files", "workflow.problem.not_a_diagram", why=name)


def _path(name: str, files: Mapping[str, str]) -> str:
    path = PurePosixPath(name)
    if path.suffix not in SUFFIXES:
        raise Invalid.at("/files", "workflow.problem.unknown_file", name=name)
    if path.suffix == ".dmn":
        return "/".join(path.parts[-2:]) if len(path.parts) > 1 else f"{path.stem}/{path.name}"
    if path.parts[-2:-1] == ("forms",) and len(path.parts) > 2:
        return "/".join(path.parts[-3:])
    if path.name == "names.json":
        return _names_path(path)
    owners = _owners(path.stem, files)
    if len(owners) != 1:
        raise Invalid.at("/files", "workflow.problem.unclear_place", name=name)
    return f"{owners[0]}/forms/{path.name}"


def _names_path(path: PurePosixPath) -> str:
    if len(path.parts) < 2:
        raise Invalid.at("/files", "workflow.problem.unclear_place", name=path.name)
    return "/".join(path.parts[-2:])


def _owners(element: str, files: Mapping[str, str]) -> list[str]:
    """Return the processes that have a user task of this id."""
    return [
        path.split("/")[0]
        for path, text in files.items()
        if path.endswith("/process.bpmn")
        and any(
            task.get("id") == element
            for task in read_xml(text, path).iterfind(".//bpmn:userTask", NAMESPACES)
        )
    ]


def publish_version(tx: Tx, hash_: str) -> ProcessBundle:
    """Put a draft in force for what starts from now on; the one before is retired.

    Raises `Conflict` where it is no draft or the person acting uploaded it.
    """
    found = tx.session.get(ProcessBundle, hash_)
    if found is None:
        raise NotFound("core.problem.not_found")
    versions = tx.session.scalars(
        select(ProcessBundle)
        .where(ProcessBundle.process == found.process)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    _expect_publishable(tx, found)
    bundle = store.load_bundle(tx, hash_)
    others = {p: t for p, t in files_in_force(tx).items() if p not in _own_files(tx, found.process)}
    _expect_sound(check_all(tx.house.registry, others | dict(bundle.files)))
    for version in versions:
        if version.status == VersionStatus.IN_FORCE:
            version.status = VersionStatus.RETIRED
    _put_in_force(tx, found)
    tx.audit("process:published", process_subject(found.process), _named(found.process))
    return found


def _own_files(tx: Tx, process: str) -> Mapping[str, str]:
    for row, _ in store.processes_in_force(tx):
        if row.process == process:
            return store.load_bundle(tx, row.hash).files
    return {}


def publish_table(tx: Tx, table_id: UUID) -> DecisionTable:
    """Let a draft of a table bind from its day; one that binds from the same day is retired."""
    found = tx.session.get(DecisionTable, table_id)
    if found is None:
        raise NotFound("core.problem.not_found")
    versions = tx.session.scalars(
        select(DecisionTable)
        .where(DecisionTable.name == found.name)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    _expect_publishable(tx, found)
    files = files_in_force(tx, [(found.name, found.valid_from)])
    _expect_sound(check_all(tx.house.registry, files | {f"{found.name}/draft.dmn": found.content}))
    for version in versions:
        if version.status == VersionStatus.IN_FORCE and version.valid_from == found.valid_from:
            version.status = VersionStatus.RETIRED
    _put_in_force(tx, found)
    tx.audit("table:published", process_subject(found.name), _named(found.name))
    return found


def discard_version(tx: Tx, hash_: str) -> None:
    """Take a draft of a process off the list; uploading the same files makes it one again."""
    found = tx.session.get(ProcessBundle, hash_, with_for_update=True)
    if found is None:
        raise NotFound("core.problem.not_found")
    _discard(found)
    tx.session.flush()
    tx.audit("process:discarded", process_subject(found.process), _named(found.process))


def discard_table(tx: Tx, table_id: UUID) -> None:
    """Take a draft of a decision table off the list."""
    found = tx.session.get(DecisionTable, table_id, with_for_update=True)
    if found is None:
        raise NotFound("core.problem.not_found")
    _discard(found)
    tx.session.flush()
    tx.audit("table:discarded", process_subject(found.name), _named(found.name))


def _discard(row: ProcessBundle | DecisionTable) -> None:
    if row.status != VersionStatus.DRAFT:
        raise Conflict("workflow.problem.no_draft")
    row.status = VersionStatus.RETIRED


def may_publish(tx: Tx, row: ProcessBundle | DecisionTable) -> bool:
    """Tell whether the person acting may: another than the one who uploaded it."""
    own = row.imported_by_id is not None and row.imported_by_id == tx.actor.id
    return row.status == VersionStatus.DRAFT and tx.actor.kind == "person" and not own


def _expect_publishable(tx: Tx, row: ProcessBundle | DecisionTable) -> None:
    if row.status != VersionStatus.DRAFT:
        raise Conflict("workflow.problem.no_draft")
    if not may_publish(tx, row):
        raise Conflict("workflow.problem.own_upload")


def _expect_sound(findings: Sequence[Finding]) -> None:
    errors = [str(finding) for finding in findings if finding.is_error]
    if errors:
        raise Conflict("workflow.problem.not_sound", extra={"findings": errors}, first=errors[0])


def _put_in_force(tx: Tx, row: ProcessBundle | DecisionTable) -> None:
    row.status = VersionStatus.IN_FORCE
    row.published_by_id, row.published_at = tx.actor.id, tx.now()
    tx.session.flush()


def _named(process: str) -> dict[str, Any]:
    return {"process": ref("process", process_subject(process).id)}


def changed_files(old: Bundle | None, new: Bundle) -> list[tuple[str, str]]:
    """Return each file that differs, and how: added, changed or removed."""
    before = old.file_hashes if old else {}
    after = new.file_hashes
    return [
        (path, _how(before.get(path), after.get(path)))
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path)
    ]


def _how(before: str | None, after: str | None) -> str:
    if before is None:
        return "added"
    return "removed" if after is None else "changed"
