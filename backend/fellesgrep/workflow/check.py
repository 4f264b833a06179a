"""Finds what would not work in the files of `workflows/`, and says why in plain words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fellesgrep.core.expressions import ExpressionError, names_in
from fellesgrep.core.languages import LANGUAGES
from fellesgrep.core.registry import Registry
from fellesgrep.identity.policy import Role
from fellesgrep.workflow.catalogue import (
    Bundle,
    Element,
    bundle_of,
    main_processes,
    read_folder,
)
from fellesgrep.workflow.dmn import Table, read_table
from fellesgrep.workflow.forms import Form, untranslated
from fellesgrep.workflow.operations import ASSIGNERS, OPERATIONS
from fellesgrep.workflow.parser import NAMESPACES, DiagramError, read_xml
from fellesgrep.workflow.timers import written

_ROLES = {role.value for role in Role}
_ACTIVE = {"userTask", "serviceTask", "businessRuleTask"}


@dataclass(frozen=True)
class Finding:
    """Something that would not work: in which file, at which element, in plain words."""

    file: str
    element: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.element}: {self.reason}"


def check_all(registry: Registry, files: Mapping[str, str] | None = None) -> list[Finding]:
    """Return everything that is wrong with the processes; nothing is found in sound ones."""
    files = read_folder() if files is None else files
    tables: dict[str, Table] = {}
    found: list[Finding] = []
    for path, text in files.items():
        if path.endswith(".dmn"):
            try:
                table = read_table(text, path)
            except DiagramError as error:
                found.append(Finding(path, "-", str(error)))
            else:
                tables[table.name] = table
                found += _bad_cells(path, table)
    try:
        processes = main_processes(files)
    except DiagramError as error:
        return [*found, Finding(str(error).split(":")[0], "-", str(error))]
    for process in processes:
        found += _check_bundle(bundle_of(files, process), registry, tables)
    return found


def _check_bundle(
    bundle: Bundle, registry: Registry, tables: Mapping[str, Table]
) -> Iterator[Finding]:
    try:
        bundle.specs  # noqa: B018 (parses)
    except DiagramError as error:
        yield Finding(f"{bundle.process}/process.bpmn", "-", str(error))
        return
    known = _facts(bundle, registry, tables)
    for process, elements in bundle.elements.items():
        file = f"{process}/process.bpmn"
        for element in elements.values():
            for look in (_roles, _operations, _assigners, _texts):
                for reason in look(element, bundle, registry):
                    yield Finding(file, element.id, reason)
            yield from _form(element, bundle, registry)
            yield from _table(element, tables, known, file)
        for look_at in (_undrawn, _undecided):
            yield from look_at(bundle, process, file)
        yield from _expressions(bundle, process, known, file)
        yield from _lost_forms(bundle, process)


def _facts(bundle: Bundle, registry: Registry, tables: Mapping[str, Table]) -> set[str]:
    """Return every name that some step of the bundle can give a value."""
    operations = registry.all(OPERATIONS)
    known: set[str] = set()
    for process, elements in bundle.elements.items():
        for element in elements.values():
            if element.operation and element.operation in operations:
                known.update(operations[element.operation].facts)
            if table := tables.get(element.properties.get("decision", "")):
                known.update(table.outputs)
            if element.item:
                known.add(element.item)
            form = _readable_form(bundle, process, element.id)
            known.update(form.facts if form else ())
    return known


def _readable_form(bundle: Bundle, process: str, element_id: str) -> Form | None:
    try:
        return bundle.form(process, element_id)
    except ValueError:
        return None


def _roles(element: Element, bundle: Bundle, registry: Registry) -> Iterator[str]:
    if element.kind == "userTask" and element.role is None:
        yield "lies in no lane whose id is role_<role>"
    if element.role is not None and element.role not in _ROLES:
        yield f"its lane names the unknown role {element.role!r}"


def _operations(element: Element, bundle: Bundle, registry: Registry) -> Iterator[str]:
    name = element.operation
    if element.kind == "serviceTask" and name is None:
        yield "names no operation"
    if name is not None and name not in registry.all(OPERATIONS):
        yield f"names the operation {name!r}, which no feature has registered"
    if element.properties.get("mode", "transaction") not in {"transaction", "job"}:
        yield f"has the unknown mode {element.properties['mode']!r}"


def _assigners(element: Element, bundle: Bundle, registry: Registry) -> Iterator[str]:
    name = element.properties.get("assign")
    if name is not None and name not in registry.all(ASSIGNERS):
        yield f"is assigned by {name!r}, which no feature has registered"
    if not element.properties.get("due_days", "0").isdigit():
        yield "has a due_days that is no whole number"


def _texts(element: Element, bundle: Bundle, registry: Registry) -> Iterator[str]:
    if element.kind in _ACTIVE and not element.name:
        yield "has no name"
    if element.name:
        for language in LANGUAGES[1:]:
            if not bundle.text(element.process, element.id, "", language):
                yield f"has no name in {language} (names.json)"


def _form(element: Element, bundle: Bundle, registry: Registry) -> Iterator[Finding]:
    if element.kind != "userTask":
        return
    file = f"{element.process}/forms/{element.id}.json"
    try:
        form = bundle.form(element.process, element.id)
    except ValueError as error:
        yield Finding(file, element.id, f"cannot be read: {error}")
        return
    if form is None:
        yield Finding(file, element.id, "does not exist: a user task needs its form")
        return
    for place in untranslated(form):
        yield Finding(file, element.id, f"{place} is not there in nb, nn and en")
    operation = registry.all(OPERATIONS).get(element.operation or "")
    if operation is not None:
        for name, field in operation.input.model_fields.items():
            if field.is_required() and name not in form.properties:
                reason = f"does not ask for {name!r}, which {element.operation} needs"
                yield Finding(file, element.id, reason)


def _lost_forms(bundle: Bundle, process: str) -> Iterator[Finding]:
    for path in bundle.files:
        owner, _, name = path.partition("/forms/")
        if name and owner == process:
            element = bundle.elements[process].get(name.removesuffix(".json"))
            if element is None or element.kind != "userTask":
                yield Finding(path, "-", "belongs to no user task")


def _table(
    element: Element, tables: Mapping[str, Table], known: set[str], file: str
) -> Iterator[Finding]:
    if element.kind != "businessRuleTask":
        return
    table = tables.get(element.properties.get("decision", ""))
    if table is None:
        yield Finding(file, element.id, "names no decision table that exists")
        return
    for expression in table.inputs:
        yield from _names(expression, known, file, element.id)


def _bad_cells(file: str, table: Table) -> Iterator[Finding]:
    for rule, cells in table.rules:
        for cell in cells:
            if cell and cell != "-" and not _is_cell(cell):
                yield Finding(file, rule, f"the cell {cell!r} cannot be read")


def _is_cell(cell: str) -> bool:
    """A cell is an expression, or what stands right of a value (`<= 5`), or has `?` for it."""
    asked = cell.replace("?", "value")
    return any(_reads(text) for text in (asked, f"value {cell}"))


def _reads(text: str) -> bool:
    try:
        names_in(text)
    except ExpressionError:
        return False
    return True


def _names(expression: str, known: set[str], file: str, element: str) -> Iterator[Finding]:
    try:
        unknown = sorted(names_in(expression) - known)
    except ExpressionError as error:
        yield Finding(file, element, f"{expression!r} {error}")
        return
    if unknown:
        yield Finding(file, element, f"asks for {', '.join(unknown)}, which no step gives a value")


def _expressions(bundle: Bundle, process: str, known: set[str], file: str) -> Iterator[Finding]:
    root = read_xml(bundle.diagrams[process], file)
    places = ("conditionExpression", "completionCondition", "loopDataInputRef", "condition")
    timers = ("timeDate", "timeDuration", "timeCycle")
    for tag in (*places, *timers):
        for node in root.iterfind(f".//bpmn:{tag}", NAMESPACES):
            text = (node.text or "").strip()
            if tag in timers and written(text):
                continue
            owner = next(each for each in node.iterancestors() if each.get("id"))
            yield from _names(text, known, file, owner.get("id"))


def _undecided(bundle: Bundle, process: str, file: str) -> Iterator[Finding]:
    root = read_xml(bundle.diagrams[process], file)
    for gateway in root.iterfind(".//bpmn:exclusiveGateway", NAMESPACES):
        ways = gateway.findall("bpmn:outgoing", NAMESPACES)
        if len(ways) > 1 and gateway.get("default") is None:
            yield Finding(file, gateway.get("id"), "has no default way out")


def _undrawn(bundle: Bundle, process: str, file: str) -> Iterator[Finding]:
    root = read_xml(bundle.diagrams[process], file)
    drawn = {
        node.get("bpmnElement")
        for tag in ("BPMNShape", "BPMNEdge")
        for node in root.iterfind(f".//bpmndi:{tag}", NAMESPACES)
    }
    flows = {node.get("id") for node in root.iterfind(".//bpmn:sequenceFlow", NAMESPACES)}
    for missing in sorted((set(bundle.elements[process]) | flows) - drawn):
        yield Finding(file, missing, "is not drawn")
