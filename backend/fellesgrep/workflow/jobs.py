"""What the worker does for the engine room: job-mode steps and due timers."""

from uuid import UUID

from sqlalchemy import select

from fellesgrep.core.tx import House, Tx
from fellesgrep.workflow import store
from fellesgrep.workflow.models import Instance, InstanceStatus
from fellesgrep.workflow.operations import OPERATIONS
from fellesgrep.workflow.remedies import ask_for_remedy
from fellesgrep.workflow.stepping import Run


def _running(tx: Tx, instance_id: str) -> Run | None:
    instance = store.lock_instance(tx, UUID(instance_id))
    if instance is None or instance.status != InstanceStatus.RUNNING:
        return None
    return Run(tx, instance)


def run_operation(house: House, instance_id: str, token: str) -> None:
    """Run a job-mode step's operation and go on, in one transaction.

    Does nothing where the step no longer waits: the job may come twice, or too late. A feature
    that wants to know of a failure is told of it before the job is tried again.
    """
    try:
        _operate(house, instance_id, token)
    except Exception as reason:
        _tell_failed(house, instance_id, token, reason)
        raise


def _tell_failed(house: House, instance_id: str, token: str, reason: Exception) -> None:
    with house.transaction() as tx:
        run = _running(tx, instance_id)
        for step in run.load().waiting() if run else ():
            if run and step.token == UUID(token) and step.element.operation:
                failed = house.registry.get(OPERATIONS, step.element.operation).failed
                if failed is not None:
                    failed(tx, run.instance.subject, reason)


def _operate(house: House, instance_id: str, token: str) -> None:
    with house.transaction() as tx:
        run = _running(tx, instance_id)
        if run is None:
            return
        position = run.load()
        waiting = {each.token: each for each in position.waiting()}
        step = waiting.pop(UUID(token), None)
        if step is None:
            return
        learnt = run.operate(step.element, step.facts, step.facts, item=step.item)
        position.complete(step.token, learnt)
        # A task to get this very step going again has nothing left to do.
        run.settle(position, {*waiting, step.token})


def give_up(house: House, instance_id: str, token: str) -> None:
    """Make a step that failed for good an administrator's task."""
    with house.transaction() as tx:
        run = _running(tx, instance_id)
        if run is None:
            return
        for step in run.load().waiting():
            if step.token == UUID(token):
                ask_for_remedy(run, step)


def fire_timers(house: House, instance_id: str) -> None:
    """Let the due timers of one instance fire; does nothing where none is due (any more)."""
    with house.transaction() as tx:
        run = _running(tx, instance_id)
        if run is None or run.instance.next_due is None or run.instance.next_due > tx.now():
            return
        position = run.load()
        before = {each.token for each in position.waiting()}
        position.fire_timers()
        run.settle(position, before)
        tx.audit("timer:fired", run.instance.subject)


def sweep(house: House) -> None:
    """Find the instances whose timer is due and was missed by its own job."""
    with house.transaction() as tx:
        due = tx.session.scalars(
            select(Instance.id).where(
                Instance.next_due <= tx.now(), Instance.status == InstanceStatus.RUNNING
            )
        ).all()
    for instance_id in due:
        fire_timers(house, str(instance_id))
