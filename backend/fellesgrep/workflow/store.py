"""Bundles, tables and instances in the database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from fellesgrep.core.audit import Subject
from fellesgrep.core.ids import new_id
from fellesgrep.core.problems import NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.workflow.catalogue import (
    Bundle,
    bundle_of,
    digest,
    main_processes,
    read_folder,
)
from fellesgrep.workflow.dmn import read_table
from fellesgrep.workflow.models import (
    DecisionTable,
    Instance,
    InstanceStatus,
    Origin,
    ProcessBundle,
    ProcessFile,
    Task,
    VersionStatus,
)
from fellesgrep.workflow.parser import read_xml

_BUNDLES: dict[str, Bundle] = {}
"""Parsed bundles by content hash: the same in every database, so never out of date."""

ALWAYS = date(1970, 1, 1)


@dataclass(frozen=True)
class Imported:
    """What an import brought that was not known."""

    versions: Sequence[ProcessBundle]
    tables: Sequence[DecisionTable]


_INSTANCE_AND_TASK = (
    select(Instance, Task)
    .join(Task, Task.instance_id == Instance.id)
    .where(Task.id == bindparam("task_id"))
    .with_for_update(of=(Instance, Task))
    .execution_options(populate_existing=True)
)


def import_shipped(tx: Tx) -> None:
    """Import the files of `workflows/`; does nothing where this version is known."""
    import_files(tx, read_folder())


def import_files(tx: Tx, files: Mapping[str, str], origin: Origin = Origin.SHIPPED) -> Imported:
    """Import processes and tables; returns those that are new here.

    The first version of anything is in force at once. A later one waits as a draft until an
    administrator publishes it, so that nothing changes by an upgrade or an upload alone.
    """
    bundles = [bundle_of(files, process) for process in main_processes(files)]
    versions = [_import_bundle(tx, bundle, origin) for bundle in bundles]
    texts = [(path, text) for path, text in files.items() if path.endswith(".dmn")]
    known = set(tx.session.scalars(select(DecisionTable.name).with_for_update()))
    tables = [_import_table(tx, path, text, origin, known) for path, text in texts]
    tx.session.flush()
    return Imported([v for v in versions if v is not None], [t for t in tables if t is not None])


def _import_bundle(tx: Tx, bundle: Bundle, origin: Origin) -> ProcessBundle | None:
    session = tx.session
    versions = session.scalars(
        select(ProcessBundle).where(ProcessBundle.process == bundle.process).with_for_update()
    ).all()
    if (known := next((each for each in versions if each.hash == bundle.hash), None)) is not None:
        return _offer_again(tx, known, origin)
    bundle.specs  # noqa: B018 (a diagram that cannot be parsed is refused before it is stored)
    contents = [
        {"hash": bundle.file_hashes[path], "content": text} for path, text in bundle.files.items()
    ]
    session.execute(insert(ProcessFile).on_conflict_do_nothing(), contents)
    row = {"hash": bundle.hash, "process": bundle.process, "files": bundle.file_hashes}
    made = session.execute(
        insert(ProcessBundle).on_conflict_do_nothing().returning(ProcessBundle),
        [row | _imported(tx, origin, first=not versions)],
    )
    return made.scalar()


def _offer_again(tx: Tx, known: ProcessBundle, origin: Origin) -> ProcessBundle | None:
    """Make what was in force before a draft again when somebody uploads it: the way back."""
    if origin is Origin.SHIPPED or known.status != VersionStatus.RETIRED:
        return None
    known.status, known.imported_by_id = VersionStatus.DRAFT, tx.actor.id
    tx.session.flush()
    return known


def _imported(tx: Tx, origin: Origin, *, first: bool) -> dict[str, object]:
    return {
        "origin": origin,
        "status": VersionStatus.IN_FORCE if first else VersionStatus.DRAFT,
        "imported_at": tx.now(),
        "imported_by_id": tx.actor.id if tx.actor.kind == "person" else None,
    }


def _import_table(
    tx: Tx, path: str, text: str, origin: Origin, known: Collection[str]
) -> DecisionTable | None:
    name, valid_from = name_and_day(text, path)
    row = {
        "id": new_id(),
        "name": name,
        "hash": digest(text),
        "content": text,
        "valid_from": valid_from,
    }
    made = tx.session.execute(
        insert(DecisionTable).on_conflict_do_nothing().returning(DecisionTable),
        [row | _imported(tx, origin, first=name not in known)],
    )
    return made.scalar()


def name_and_day(text: str, path: str) -> tuple[str, date]:
    """Return what a table is called and the day from which it binds. Raises `DiagramError`."""
    name = read_table(text, path).name
    for found in read_xml(text, path).iterfind(".//{*}property[@name='valid_from']"):
        return name, date.fromisoformat(found.get("value", ""))
    return name, ALWAYS


def load_bundle(tx: Tx, hash_: str) -> Bundle:
    """Return a version by its hash."""
    return read_bundle(tx.session, hash_)


def read_bundle(session: Session, hash_: str) -> Bundle:
    """Return a version where there is no transaction of an act."""
    if hash_ not in _BUNDLES:
        row = session.get_one(ProcessBundle, hash_)
        rows = session.execute(
            select(ProcessFile.hash, ProcessFile.content).where(
                ProcessFile.hash.in_(row.files.values())
            )
        )
        contents = {each.hash: each.content for each in rows}
        files = {path: contents[file] for path, file in row.files.items()}
        _BUNDLES[hash_] = Bundle(row.process, files)
    return _BUNDLES[hash_]


def bundle_in_force(tx: Tx, process: str) -> Bundle:
    """Return the version that a new instance gets; imports the shipped ones into a new database."""
    wanted = (
        select(ProcessBundle.hash)
        .where(
            ProcessBundle.process == process,
            ProcessBundle.status == VersionStatus.IN_FORCE,
        )
        .order_by(ProcessBundle.imported_at.desc())
        .limit(1)
    )
    found = tx.session.scalar(wanted)
    if found is None:
        import_shipped(tx)
        found = tx.session.scalar(wanted)
    if found is None:
        raise LookupError(f"no process is called {process!r}")
    return load_bundle(tx, found)


def processes_in_force(tx: Tx) -> Sequence[tuple[ProcessBundle, int]]:
    """Return each process that can be started, with the number of its running instances."""
    running = (
        select(func.count())
        .where(
            Instance.process == ProcessBundle.process,
            Instance.status == InstanceStatus.RUNNING,
        )
        .scalar_subquery()
    )
    rows = tx.session.execute(
        select(ProcessBundle, running)
        .where(ProcessBundle.status == VersionStatus.IN_FORCE)
        .order_by(ProcessBundle.process)
    )
    return [(row[0], row[1]) for row in rows]


def table_in_force(tx: Tx, name: str) -> DecisionTable:
    """Return the version of a table that binds today: the last whose day has come."""
    found = tx.session.scalar(
        select(DecisionTable)
        .where(
            DecisionTable.name == name,
            DecisionTable.status == VersionStatus.IN_FORCE,
            DecisionTable.valid_from <= tx.today(),
        )
        .order_by(DecisionTable.valid_from.desc(), DecisionTable.imported_at.desc())
        .limit(1)
    )
    if found is None:
        raise LookupError(f"no decision table {name!r} is valid on {tx.today()}")
    return found


def lock_instance(tx: Tx, instance_id: UUID) -> Instance | None:
    """Return an instance, locked until the transaction ends: steps come one after the other."""
    return tx.session.scalar(
        select(Instance)
        .where(Instance.id == instance_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def lock_instance_of_task(tx: Tx, task_id: UUID) -> tuple[Instance, Task]:
    """Return a task as it is once its instance is locked. Raises `NotFound`.

    Both rows are locked, the instance first: PostgreSQL then reads both anew when it had to wait.
    """
    found = tx.session.execute(_INSTANCE_AND_TASK, {"task_id": task_id}).first()
    if found is None:
        raise NotFound("core.problem.not_found")
    return found.Instance, found.Task


def lock_running(tx: Tx, subject: Subject) -> Sequence[Instance]:
    """Return the running instances about a subject, locked."""
    return tx.session.scalars(
        select(Instance)
        .where(
            Instance.subject_kind == subject.kind,
            Instance.subject_id == subject.id,
            Instance.status == InstanceStatus.RUNNING,
        )
        .order_by(Instance.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
