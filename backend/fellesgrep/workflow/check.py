"""Finds what would not work in the files of `workflows/`, and says why in plain words."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from fellesgrep.core.languages import LANGUAGES
from fellesgrep.core.registry import Registry
from fellesgrep.identity.policy import Role
from fellesgrep.workflow import check_facts, check_flow, check_forms, check_tables
from fellesgrep.workflow.catalogue import Bundle, Element, bundle_of, main_processes, read_folder
from fellesgrep.workflow.check_facts import Facts
from fellesgrep.workflow.dmn import Table, read_table
from fellesgrep.workflow.findings import Finding
from fellesgrep.workflow.graph import Graph
from fellesgrep.workflow.operations import ASSIGNERS, OPERATIONS
from fellesgrep.workflow.parser import DiagramError

__all__ = ["Finding", "check_all"]

_ROLES = {role.value for role in Role}
_ACTIVE = {"userTask", "serviceTask", "businessRuleTask"}


def check_all(registry: Registry, files: Mapping[str, str] | None = None) -> list[Finding]:
    """Return everything that is wrong with the processes; nothing is found in sound ones.

    Where an error is so deep that a process cannot be read, only that is told of it.
    """
    files = read_folder() if files is None else files
    graphs, found = _read_diagrams(files)
    tables, of_tables = _read_tables(files)
    found += of_tables
    if any(each.is_error for each in found):
        return found  # what follows relies on diagrams that can be read
    try:
        processes = main_processes(files)
        bundles = [bundle_of(files, process) for process in processes]
    except DiagramError as error:
        return [*found, Finding(str(error).split(":")[0], "-", "unreadable", {"why": str(error)})]
    for bundle in bundles:
        found += _check_bundle(bundle, registry, graphs, tables)
    return list({(each.file, each.element, each.reason): each for each in found}.values())


def _read_diagrams(files: Mapping[str, str]) -> tuple[dict[str, Graph], list[Finding]]:
    graphs: dict[str, Graph] = {}
    found: list[Finding] = []
    for path, text in files.items():
        if path.endswith("/process.bpmn"):
            process = path.split("/")[0]
            try:
                graph = Graph(process, text)
            except DiagramError as error:
                found.append(Finding(path, "-", "unreadable", {"why": str(error)}))
                continue
            if process not in graph.levels:
                found.append(Finding(path, "-", "other_process", {"process": process}))
                continue
            graphs[process] = graph
            found += check_flow.written(graph, path)
    return graphs, [*found, *check_flow.calling_themselves(graphs)]


def _read_tables(files: Mapping[str, str]) -> tuple[check_facts.Tables, list[Finding]]:
    tables: dict[str, list[tuple[str, Table]]] = defaultdict(list)
    found: list[Finding] = []
    for path, text in files.items():
        if path.endswith(".dmn"):
            try:
                table = read_table(text, path)
            except DiagramError as error:
                found.append(Finding(path, "-", "unreadable", {"why": str(error)}))
            else:
                tables[table.name].append((path, table))
                found += check_tables.check_table(path, text, table)
    return dict(tables), found


def _check_bundle(
    bundle: Bundle, registry: Registry, graphs: Mapping[str, Graph], tables: check_facts.Tables
) -> Iterator[Finding]:
    own = {process: graphs[process] for process in bundle.diagrams}
    for process, graph in own.items():
        file = f"{process}/process.bpmn"
        looks = (
            check_flow.connected, check_flow.gateways, check_flow.joins, check_flow.lanes,
            check_flow.drawn, check_facts.timers,
        )  # fmt: skip
        for look in looks:
            yield from look(graph, file)
        for element in bundle.elements[process].values():
            for kind, params in _element(element, bundle, registry, tables):
                yield Finding(file, element.id, kind, params)
            yield from check_forms.check_form(element, bundle, registry)
        yield from check_forms.lost_forms(bundle, process)
    yield from check_flow.events(own, bundle)
    yield from check_flow.names_shared(bundle)
    facts = Facts(bundle, own, registry, tables)
    known = check_forms.domains(facts)
    for process, graph in own.items():
        yield from check_facts.asked_names(facts, process)
        yield from check_forms.choices(facts, graph, known)
    yield from _parsed(bundle)


def _parsed(bundle: Bundle) -> Iterator[Finding]:
    try:
        bundle.specs  # noqa: B018 (parses)
    except DiagramError as error:
        yield Finding(f"{bundle.process}/process.bpmn", "-", "unreadable", {"why": str(error)})


_Reason = tuple[str, dict[str, str]]


def _element(
    element: Element, bundle: Bundle, registry: Registry, tables: check_facts.Tables
) -> Iterator[_Reason]:
    for look in (_role, _due, _texts):
        yield from look(element, bundle)
    yield from _registered(element, registry)
    if element.kind == "businessRuleTask" and element.properties.get("decision") not in tables:
        yield "no_table", {"what": element.properties.get("decision", "-")}


def _role(element: Element, bundle: Bundle) -> Iterator[_Reason]:
    if element.kind == "userTask" and element.role is None:
        yield "no_lane", {}
    if element.role is not None and element.role not in _ROLES:
        yield "unknown_role", {"role": element.role}


def _registered(element: Element, registry: Registry) -> Iterator[_Reason]:
    name, mode = element.operation, element.properties.get("mode", "transaction")
    if element.kind == "serviceTask" and name is None:
        yield "no_operation", {}
    if name is not None and name not in registry.all(OPERATIONS):
        yield "unknown_operation", {"operation": name}
    if mode not in {"transaction", "job"}:
        yield "unknown_mode", {"mode": mode}
    assigner = element.properties.get("assign")
    if assigner is not None and assigner not in registry.all(ASSIGNERS):
        yield "unknown_assigner", {"assigner": assigner}


def _due(element: Element, bundle: Bundle) -> Iterator[_Reason]:
    if not element.properties.get("due_days", "0").isdigit():
        yield "bad_due_days", {"what": element.properties["due_days"]}


def _texts(element: Element, bundle: Bundle) -> Iterator[_Reason]:
    if element.kind in _ACTIVE and not element.name:
        yield "no_name", {}
    if element.name:
        for language in LANGUAGES[1:]:
            if not bundle.text(element.process, element.id, "", language):
                yield "untranslated", {"in_language": language}
