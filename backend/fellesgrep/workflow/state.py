"""The position of an instance as bytes: without the specs, without history, without predictions.

The format is ours and small: per (sub-)process the tasks in tree order, each with the difference
of its facts to its parent's. What SpiffWorkflow only predicts is predicted again on loading.
"""

import json
import zlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

OPEN = TaskState.WAITING | TaskState.READY | TaskState.STARTED
FORMAT = 1


def consume_arrivals(join: Any) -> None:
    """Forget, when a join has fired, what arrived at it.

    SpiffWorkflow keeps each arrival but the last as a cancelled task of the join, and would count
    it again when a loop comes by a second time: the join would fire early.
    """
    workflow = join.workflow
    for task in list(workflow.tasks.values()):
        if task.task_spec is join.task_spec and task.has_state(TaskState.CANCELLED):
            task.parent.children = [each for each in task.parent.children if each is not task]
            del workflow.tasks[task.id]


def prune(top: BpmnWorkflow) -> None:
    """Forget what lies behind, so that joins in loops stay right and old instances fast.

    In each process what is kept is below the lowest common ancestor of the live tasks' parents,
    and in each branch below it likewise.
    """
    for workflow in (top, *top.subprocesses.values()):
        _prune_one(workflow)
    alive = {id_ for workflow in (top, *top.subprocesses.values()) for id_ in workflow.tasks}
    gone = {id_ for id_ in top.subprocesses if id_ not in alive}
    while gone:
        for id_ in gone:
            alive -= top.subprocesses.pop(id_).tasks.keys()
        gone = {id_ for id_ in top.subprocesses if id_ not in alive}


def _prune_one(workflow: Any) -> None:
    root = workflow.task_tree
    if _is_live(root) or (lowest := _lowest(root)) is None:
        return
    if lowest is not root:
        root.children, lowest.parent = [lowest], root
        root.data = {}
    _shorten(lowest)
    workflow.tasks = {task.id: task for task in _below(root)}


def _is_live(task: Any) -> bool:
    """Tell whether a task is reached and not over, or tells a join of an arrival."""
    if task.has_state(OPEN) or (
        task.has_state(TaskState.CANCELLED) and isinstance(task.task_spec, UnstructuredJoin)
    ):
        return True
    above = task.parent
    over = TaskState.FINISHED_MASK
    return not task.has_state(over) and above is not None and above.has_state(over)


def _lowest(branch: Any) -> Any:
    """Return the lowest common ancestor of the parents of the live tasks below a finished task."""
    parents = [task.parent for task in _below(branch) if task is not branch and _is_live(task)]
    if not parents:
        return None
    common = list(_line(parents[0], branch))
    for parent in parents[1:]:
        line = {task.id for task in _line(parent, branch)}
        common = [task for task in common if task.id in line]
    return common[0]


def _shorten(fork: Any) -> None:
    """In each branch after a fork, forget what lies before the next fork or live task."""
    kept = []
    for child in fork.children:
        if _is_live(child):
            kept.append(child)
        elif isinstance(fork.task_spec, BoundaryEventSplit):
            kept.append(child)  # the join behind looks at how each of them stands
            _shorten(child)
        elif (lowest := _lowest(child)) is not None:
            lowest.parent = fork
            kept.append(lowest)
            _shorten(lowest)
    fork.children = kept


def _line(task: Any, end: Any) -> Iterator[Any]:
    while task is not end:
        yield task
        task = task.parent
    yield end


def _below(task: Any) -> Iterator[Any]:
    yield task
    for child in task.children:
        yield from _below(child)


def freeze(top: BpmnWorkflow) -> bytes:
    """Return the position; forgets what lies behind."""
    prune(top)
    subs = [
        {"in": id_.hex, "tasks": _freeze_tasks(workflow)}
        for id_, workflow in sorted(top.subprocesses.items(), key=lambda pair: pair[1].depth)
        if not workflow.completed
    ]
    plain = {"format": FORMAT, "tasks": _freeze_tasks(top), "subs": subs}
    return zlib.compress(json.dumps(plain, separators=(",", ":")).encode(), 6)


def _freeze_tasks(workflow: Any) -> list[list[Any]]:
    rows: list[list[Any]] = []

    def add(task: Any, parent: int, inherited: dict[str, Any]) -> None:
        data = task.data
        rows.append(
            [
                task.id.hex,
                parent,
                task.task_spec.name,
                task.state,
                int(task.triggered),
                task.internal_data,
                {k: v for k, v in data.items() if k not in inherited or inherited[k] != v},
                [k for k in inherited if k not in data],
            ]
        )
        index = len(rows) - 1
        finished = task.has_state(TaskState.FINISHED_MASK)
        for child in task.children:
            if finished or child.has_state(OPEN | TaskState.FINISHED_MASK):
                add(child, index, data)

    add(workflow.task_tree, -1, {})
    return rows


def thaw(blob: bytes, spec: Any, called: dict[str, Any], script: Any) -> BpmnWorkflow:
    """Return the running instance that `freeze` made `blob` of."""
    plain = json.loads(zlib.decompress(blob))
    if plain["format"] != FORMAT:
        raise ValueError(f"unknown format of workflow state: {plain['format']}")
    top = BpmnWorkflow(spec, called, script_engine=script, deserializing=True)
    _thaw_tasks(top, plain["tasks"])
    for sub in plain["subs"]:
        inside = top.get_task_from_id(UUID(sub["in"]))
        workflow = BpmnSubWorkflow(
            called[inside.task_spec.spec],
            parent_task_id=inside.id,
            top_workflow=top,
            deserializing=True,
        )
        top.subprocesses[inside.id] = workflow
        _thaw_tasks(workflow, sub["tasks"])
        workflow.completed_event.connect(inside.task_spec._on_subworkflow_completed, inside)
    top.completed = not any(task.has_state(OPEN) for task in top.tasks.values())
    for workflow in (top, *top.subprocesses.values()):
        for task in list(workflow.tasks.values()):
            if task.has_state(OPEN):
                task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)
    return top


def _thaw_tasks(workflow: Any, rows: list[list[Any]]) -> None:
    tasks: list[Any] = []
    for id_, parent, name, state, triggered, internal, added, dropped in rows:
        above = tasks[parent] if parent >= 0 else None
        task = Task(workflow, workflow.spec.task_specs[name], above, state=state, id=UUID(id_))
        task.triggered = bool(triggered)
        task.internal_data = internal
        inherited = above.data if above is not None else {}
        task.data = {k: v for k, v in inherited.items() if k not in dropped} | added
        if state == TaskState.WAITING and isinstance(task.task_spec, CatchingEvent):
            workflow.top_workflow.event_manager.add_task(task)
        tasks.append(task)
    workflow.task_tree = tasks[0]
