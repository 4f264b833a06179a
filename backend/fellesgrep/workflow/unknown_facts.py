"""Facts that a new version asks for, and that an older case never learnt."""

from collections.abc import Iterator

from sqlalchemy import select

from fellesgrep.core.expressions import ExpressionError, names_in
from fellesgrep.core.registry import Registry
from fellesgrep.core.tx import Tx
from fellesgrep.workflow.catalogue import Bundle
from fellesgrep.workflow.check_facts import Facts, Tables
from fellesgrep.workflow.dmn import Table, read_table
from fellesgrep.workflow.engine import Position
from fellesgrep.workflow.graph import Graph
from fellesgrep.workflow.models import DecisionTable, VersionStatus
from fellesgrep.workflow.operations import OPERATIONS


def unknown_facts(tx: Tx, old: Bundle, new: Bundle, position: Position) -> list[str]:
    """Return what the new version asks, unlike the old, and takes for known where this case stands.

    A case that began on the new version surely has those facts by then; this one passed the step
    that gives them before there was one.
    """
    tables = _tables(tx)
    registry = tx.house.registry
    asked = set(_asked(new, registry, tables)) - set(_asked(old, registry, tables))
    if not asked:
        return []
    facts = Facts(new, _graphs(new), registry, tables)
    lacking: set[str] = set()
    for each in position.waiting():
        known = facts.at(each.element.process, each.element.id)
        promised = known.sure if known else frozenset()
        lacking |= asked & promised - each.facts.keys()
    return sorted(lacking)


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


def _asked(bundle: Bundle, registry: Registry, tables: Tables) -> Iterator[str]:
    for graph in _graphs(bundle).values():
        for flow in graph.flows:
            yield from _names(flow.condition or "")
    for elements in bundle.elements.values():
        for element in elements.values():
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
