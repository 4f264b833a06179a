"""Moves running instances to another version of their process, and takes a move back.

A dry run is a move that is rolled back, so that both say the same. Each instance is moved alone:
one that cannot move stays where it is, and says why.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Select, func, select

from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.expressions import ExpressionError
from fellesgrep.core.problems import Conflict, NotFound, Problem
from fellesgrep.core.tx import Tx
from fellesgrep.workflow import store
from fellesgrep.workflow.catalogue import Bundle
from fellesgrep.workflow.engine import Position
from fellesgrep.workflow.lookover import faults
from fellesgrep.workflow.models import (
    WAITING,
    Instance,
    InstanceMove,
    InstanceStatus,
    ProcessBundle,
    Task,
    VersionStatus,
)
from fellesgrep.workflow.retasking import Before, Change, retask
from fellesgrep.workflow.stepping import FIRE_TIMERS, Run
from fellesgrep.workflow.subjects import process_subject
from fellesgrep.workflow.survival import Obstacle, Survey
from fellesgrep.workflow.timers import TimerError
from fellesgrep.workflow.unknown_facts import unknown_facts

BATCH = 25


@dataclass
class Move:
    """What moving an instance means: why it cannot, or what changes."""

    instance_id: UUID
    subject: Subject
    title: str
    obstacles: list[Obstacle] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @property
    def possible(self) -> bool:
        return not self.obstacles


@dataclass(frozen=True)
class Batch:
    """Some of the instances, in order; `after` is where the next batch begins, if there is one."""

    moves: Sequence[Move]
    after: UUID | None
    left: int


class _CannotMove(Exception):
    """Ends an attempt; its rows are rolled back."""

    def __init__(self, *obstacles: Obstacle) -> None:
        super().__init__(*(each.kind for each in obstacles))
        self.obstacles = obstacles


def find_version(tx: Tx, beginning: str, *, drafts: bool = False) -> ProcessBundle:
    """Return a version by its hash or how that begins. Raises `NotFound`, `Conflict`."""
    found = tx.session.scalars(
        select(ProcessBundle).where(ProcessBundle.hash.startswith(beginning, autoescape=True))
    ).all()
    if len(found) != 1 or len(beginning) < 6:
        raise NotFound("workflow.problem.no_version", version=beginning)
    if found[0].status == VersionStatus.DRAFT and not drafts:
        raise Conflict("workflow.problem.not_published")
    return found[0]


def move_batch(
    tx: Tx, to: ProcessBundle, *, after: UUID | None = None, dry_run: bool = False
) -> Batch:
    """Move some instances of the process that run on another version. Safe to repeat."""
    waiting = select(Instance.id).where(
        Instance.process == to.process,
        Instance.status == InstanceStatus.RUNNING,
        Instance.bundle_hash != to.hash,
    )
    return _each(tx, waiting, after, lambda instance: move(tx, instance, to.hash, dry_run=dry_run))


def take_back_batch(
    tx: Tx, to: ProcessBundle, *, after: UUID | None = None, dry_run: bool = False
) -> Batch:
    """Take back the moves of some instances that were moved to a version. Safe to repeat."""
    waiting = select(Instance.id).where(
        Instance.process == to.process,
        Instance.status == InstanceStatus.RUNNING,
        Instance.bundle_hash == to.hash,
        select(InstanceMove.id)
        .where(
            InstanceMove.instance_id == Instance.id,
            InstanceMove.to_hash == to.hash,
            InstanceMove.taken_back_at.is_(None),
        )
        .exists(),
    )
    return _each(tx, waiting, after, lambda instance: take_back(tx, instance, dry_run=dry_run))


def _each(
    tx: Tx, wanted: Select[UUID], after: UUID | None, act: Callable[[Instance], Move]
) -> Batch:
    rest = wanted.where(Instance.id > after) if after else wanted
    ids = tx.session.scalars(rest.order_by(Instance.id).limit(BATCH)).all()
    moves = [act(instance) for id_ in ids if (instance := store.lock_instance(tx, id_))]
    if len(ids) < BATCH:
        return Batch(moves, None, 0)
    left = tx.session.scalar(
        select(func.count()).select_from(wanted.where(Instance.id > ids[-1]).subquery())
    )
    return Batch(moves, ids[-1] if left else None, left or 0)


def move(tx: Tx, instance: Instance, to_hash: str, *, dry_run: bool = False) -> Move:
    """Move a locked instance, or tell why it cannot; does nothing where it is there already."""
    done = Move(instance.id, instance.subject, instance.subject_title)
    if instance.bundle_hash == to_hash or instance.status != InstanceStatus.RUNNING:
        return done

    def attempt() -> None:
        before, known = instance.next_due, faults(tx, instance)
        done.changes = _move(tx, instance, store.load_bundle(tx, to_hash))
        _expect_whole(tx, instance, known)
        if not dry_run:
            _write_down(tx, instance, before, "process:moved")

    return _attempt(tx, done, attempt, dry_run=dry_run)


def take_back(tx: Tx, instance: Instance, *, dry_run: bool = False) -> Move:
    """Take back the last move of a locked instance.

    Where nothing has happened since, it stands exactly as before. Else it is moved like any other,
    from where it stands now, if its place exists there.
    """
    done = Move(instance.id, instance.subject, instance.subject_title)
    last = tx.session.scalar(
        select(InstanceMove)
        .where(
            InstanceMove.instance_id == instance.id,
            InstanceMove.to_hash == instance.bundle_hash,
            InstanceMove.taken_back_at.is_(None),
        )
        .order_by(InstanceMove.id.desc())
        .limit(1)
    )
    if last is None:
        return done

    def attempt() -> None:
        before, known = instance.next_due, faults(tx, instance)
        if instance.version == last.version_after:
            _restore(tx, instance, last)
        else:
            done.changes = _move(tx, instance, store.load_bundle(tx, last.from_hash))
        last.taken_back_at = tx.now()
        _expect_whole(tx, instance, known)
        if not dry_run:
            _write_down(tx, instance, before, "process:moved_back")

    return _attempt(tx, done, attempt, dry_run=dry_run)


def _attempt(tx: Tx, done: Move, attempt: Callable[[], None], *, dry_run: bool) -> Move:
    tx.session.flush()
    savepoint = tx.session.begin_nested()
    try:
        attempt()
    except _CannotMove as refused:
        savepoint.rollback()
        done.obstacles = list(refused.obstacles)
        return done
    except Problem as problem:
        savepoint.rollback()
        done.obstacles = [Obstacle("refused", {"problem": problem.key})]
        return done
    if dry_run:
        savepoint.rollback()
    else:
        savepoint.commit()
    return done


def _move(tx: Tx, instance: Instance, new: Bundle) -> list[Change]:
    old = store.load_bundle(tx, instance.bundle_hash)
    survey = Survey(old, new, instance.state)
    if survey.obstacles:
        raise _CannotMove(*survey.obstacles)
    run = Run(tx, instance, new)
    position = _load(run, survey.state(), Run(tx, instance, old).load())
    lacking = unknown_facts(tx, old, new, position)
    if lacking:
        raise _CannotMove(Obstacle("facts", {"names": ", ".join(lacking)}))
    kept = InstanceMove(
        instance_id=instance.id,
        from_hash=old.hash,
        to_hash=new.hash,
        state=instance.state,
        before={},
        version_after=0,
        moved_at=tx.now(),
        moved_by_id=tx.actor.id if tx.actor.kind == "person" else None,
    )
    before, changes = Before(), []
    for task in _open_tasks(tx, instance):
        changes += retask(run, old, position, task, before)
    due = instance.next_due
    _put(tx, instance, new.hash, position)
    if due != instance.next_due:
        changes.append(Change("timer", None, {"before": due, "after": instance.next_due}))
    kept.before, kept.version_after = before.as_json(), instance.version
    tx.session.add(kept)
    tx.session.flush()
    return changes


def _load(run: Run, state: bytes, was: Position) -> Position:
    """Return the position on the new version, with the same steps waiting as before."""
    position = Position.load(run.bundle, run, state)
    try:
        position.start_timers()
    except (TimerError, ExpressionError) as error:
        raise _CannotMove(Obstacle("bad_timer", {"why": str(error)})) from None
    if {each.token for each in position.waiting()} != {each.token for each in was.waiting()}:
        raise _CannotMove(Obstacle("lost"))
    return position


def _put(tx: Tx, instance: Instance, hash_: str, position: Position) -> None:
    instance.bundle_hash = hash_
    instance.next_due = None if instance.held_since else position.next_due()
    instance.state = position.save()
    instance.updated_at = tx.now()
    tx.session.flush()


def _restore(tx: Tx, instance: Instance, last: InstanceMove) -> None:
    bundle = store.load_bundle(tx, last.from_hash)
    run = Run(tx, instance, bundle)
    Before.of_json(last.before).restore(tx)
    _put(tx, instance, last.from_hash, Position.load(bundle, run, last.state))


def _expect_whole(tx: Tx, instance: Instance, known: Sequence[Obstacle]) -> None:
    """Look whether every open task can be seen and completed that could be before."""
    found = [fault for fault in faults(tx, instance) if fault not in known]
    if found:
        raise _CannotMove(*found)


def _write_down(tx: Tx, instance: Instance, before: object, kind: str) -> None:
    if instance.next_due is not None and instance.next_due != before:
        tx.defer(FIRE_TIMERS, at=instance.next_due, instance_id=instance.id)
    subject = process_subject(instance.process)
    tx.audit(
        kind,
        instance.subject,
        {"process": ref("process", subject.id), "version": instance.bundle_hash[:12]},
        also=[subject],
    )


def _open_tasks(tx: Tx, instance: Instance) -> Sequence[Task]:
    return tx.session.scalars(
        select(Task)
        .where(Task.instance_id == instance.id, Task.status.in_(WAITING))
        .order_by(Task.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
