"""Facts that a new version asks for, and that an older case never learnt."""

from collections.abc import Iterator, Mapping

from sqlalchemy import select

from fellesgrep.core.expressions import ExpressionError, names_in
from fellesgrep.core.registry import Registry
from fellesgrep.core.tx import Tx
from fellesgrep.workflow.catalogue import Bundle, Element
from fellesgrep.workflow.check_facts import Facts, Tables
from fellesgrep.workflow.dmn import Table, read_table
from fellesgrep.workflow.engine import Position
from fellesgrep.workflow.graph import Graph
from fellesgrep.workflow.models import DecisionTable, VersionStatus
from fellesgrep.workflow.operations import OPERATIONS

Place = tuple[str, str]
"""A process and the id of an element in it."""


def unknown_facts(tx: Tx, old: Bundle, new: Bundle, position: Position) -> list[str]:
    """Return what the new version will ask ahead of this case, unlike the old, and takes for known.

    A case that began on the new version surely has those facts by then; this one passed the step
    that gives them before there was one. What is asked only behind it does not matter.
    """
    tables, registry = _tables(tx), tx.house.registry
    asked_before = {name for _, name in _asked(old, registry, tables)}
    asked = [(at, name) for at, name in _asked(new, registry, tables) if name not in asked_before]
    if not asked:
        return []
    graphs = _graphs(new)
    facts = Facts(new, graphs, registry, tables)
    lacking: set[str] = set()
    for each in position.waiting():
        here = (each.element.process, each.element.id)
        known, ahead = facts.at(*here), _ahead(graphs, here)
        promised = known.sure if known else frozenset()
        lacking |= {name for at, name in asked if at in ahead} & promised - each.facts.keys()
    return sorted(lacking)


def _ahead(graphs: Mapping[str, Graph], here: Place) -> set[Place]:
    """Return every place that a token may still come to: more than needed, never less."""
    callers: dict[str, list[Place]] = {}
    for process, graph in graphs.items():
        for call in graph.of_kind("callActivity"):
            callers.setdefault(graph.nodes[call].get("calledElement"), []).append((process, call))
    found: set[Place] = set()
    waiting = [here]
    while waiting:
        place = waiting.pop()
        if place not in found:
            found.add(place)
            waiting += _next(graphs, callers, place)
    return found


def _next(
    graphs: Mapping[str, Graph], callers: Mapping[str, list[Place]], place: Place
) -> Iterator[Place]:
    process, id_ = place
    graph = graphs[process]
    yield from ((process, each) for each in graph.following(id_))
    if id_ in graph.levels:
        yield from ((process, each) for each in graph.starts(id_))
    called = graph.nodes[id_].get("calledElement")
    if called in graphs:
        yield from ((called, each) for each in graphs[called].starts(called))
    level = graph.level_of[id_]
    around = [(process, level)] if level in graph.nodes else callers.get(process, [])
    for owner, activity in around:
        yield from ((owner, each) for each in graphs[owner].following(activity))


def _graphs(bundle: Bundle) -> dict[str, Graph]:
    return {process: Graph(process, text) for process, text in bundle.diagrams.items()}


def _tables(tx: Tx) -> Tables:
    rows = tx.session.scalars(
        select(DecisionTable).where(DecisionTable.status == VersionStatus.IN_FORCE)
    )
    found: dict[str, list[tuple[str, Table]]] = {}
    for row in rows:
        found.setdefault(row.name, []).append((row.name, read_table(row.content, row.name)))
    return found


def _asked(bundle: Bundle, registry: Registry, tables: Tables) -> Iterator[tuple[Place, str]]:
    """Yield who asks what: a way's condition is asked where the way begins."""
    for process, graph in _graphs(bundle).items():
        for flow in graph.flows:
            yield from (((process, flow.source), name) for name in _names(flow.condition or ""))
    for process, elements in bundle.elements.items():
        for element in elements.values():
            for name in _asked_by(element, registry, tables):
                yield (process, element.id), name


def _asked_by(element: Element, registry: Registry, tables: Tables) -> Iterator[str]:
    for _, table in tables.get(element.properties.get("decision", ""), ()):
        for text in table.inputs:
            yield from _names(text)
    operation = registry.all(OPERATIONS).get(element.operation or "")
    if operation is not None and element.kind == "serviceTask":
        yield from (n for n, f in operation.input.model_fields.items() if f.is_required())


def _names(text: str) -> Iterator[str]:
    try:
        yield from (name.split(".")[0] for name in names_in(text)) if text else ()
    except ExpressionError:
        return  # the check of the diagram says so
