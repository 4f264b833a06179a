"""Checks of forms: against the operation that gets the answers, and of the choices people have."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from fellesgrep.core.expressions import ExpressionError, comparisons_in
from fellesgrep.core.registry import Registry
from fellesgrep.workflow.catalogue import Bundle, Element
from fellesgrep.workflow.check_facts import Facts, readable_form
from fellesgrep.workflow.findings import Finding, listed
from fellesgrep.workflow.forms import Form, untranslated
from fellesgrep.workflow.graph import Graph
from fellesgrep.workflow.operations import OPERATIONS


def check_form(element: Element, bundle: Bundle, registry: Registry) -> Iterator[Finding]:
    """Find a user task without a form that works for its operation."""
    if element.kind != "userTask":
        return
    file = f"{element.process}/forms/{element.id}.json"
    try:
        form = bundle.form(element.process, element.id)
    except ValueError as error:
        yield Finding(file, element.id, "bad_form", {"why": str(error)})
        return
    if form is None:
        yield Finding(file, element.id, "no_form")
        return
    for place in untranslated(form):
        yield Finding(file, element.id, "form_untranslated", {"place": place})
    for name in set(form.source.get("required", ())) - set(form.properties):
        yield Finding(file, element.id, "form_requires_nothing", {"name": name})
    operation = registry.all(OPERATIONS).get(element.operation or "")
    if operation is not None:
        for kind, params in _unlike(form, operation.input):
            params["operation"] = element.operation
            yield Finding(file, element.id, kind, params)


def _unlike(form: Form, wanted: type[BaseModel]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield where the answers to a form are not what an operation takes."""
    required = set(form.source.get("required", ()))
    schema = wanted.model_json_schema()
    fields = schema.get("properties", {})
    for name, field in wanted.model_fields.items():
        if field.is_required() and name not in form.properties:
            yield "form_lacks", {"name": name}
        elif field.is_required() and name not in required:
            yield "form_may_leave_out", {"name": name}
    refused = set(form.properties) - set(wanted.model_fields)
    if wanted.model_config.get("extra") == "forbid" and refused:
        yield "form_asks_too_much", {"name": listed(refused)}
    for name, asked in form.properties.items():
        taken = _plain(fields.get(name, {}), schema)
        types = {each["type"] for each in taken if "type" in each}
        if types and asked.get("type") not in {None, *types} and not _both_numbers(asked, types):
            params = {"name": name, "type": asked["type"], "wanted": listed(types)}
            yield "form_other_type", params
        known = {value for each in taken for value in _values(each)}
        unknown = _choices(asked) - known
        if known and unknown:
            yield "form_other_choice", {"name": name, "choices": listed({str(x) for x in unknown})}


def _both_numbers(asked: Mapping[str, Any], types: set[str]) -> bool:
    return asked.get("type") == "integer" and "number" in types


def _plain(part: Mapping[str, Any], schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the alternatives of a piece of JSON Schema, references followed."""
    if "$ref" in part:
        return _plain(schema["$defs"][part["$ref"].rsplit("/", 1)[1]], schema)
    if "anyOf" in part:
        return [each for inside in part["anyOf"] for each in _plain(inside, schema)]
    return [part] if part else []


def _values(part: Mapping[str, Any]) -> set[Any]:
    return set(part.get("enum", ())) | ({part["const"]} if "const" in part else set())


def _choices(field: Mapping[str, Any]) -> set[Any]:
    """Return what can be chosen in a field; nothing where anything can be written."""
    found = _values(field)
    for each in field.get("oneOf", ()):
        found |= _values(each)
    return found or ({True, False} if field.get("type") == "boolean" else set())


def lost_forms(bundle: Bundle, process: str) -> Iterator[Finding]:
    """Find form files that no user task opens, and names of what is not drawn."""
    for path in bundle.files:
        owner, _, name = path.partition("/forms/")
        if name and owner == process:
            element = bundle.elements[process].get(name.removesuffix(".json"))
            if element is None or element.kind != "userTask":
                yield Finding(path, "-", "lost_form")


def domains(facts: Facts) -> dict[str, set[Any] | None]:
    """Return the values each fact can have; None where it can have any."""
    found: dict[str, set[Any] | None] = {}
    for process, elements in facts.bundle.elements.items():
        for element in elements.values():
            form = readable_form(facts.bundle, process, element.id)
            for name in facts.given(process, element.id).may:
                asked = form.properties.get(name) if form else None
                values = _choices(asked) if asked else None
                before = found.get(name, set())
                found[name] = before | values if values and before is not None else None
    return found


def choices(facts: Facts, graph: Graph, known: Mapping[str, set[Any] | None]) -> Iterator[Finding]:
    """Find conditions on a choice that nobody can make."""
    file = f"{graph.process}/process.bpmn"
    for id_ in graph.of_kind("exclusiveGateway", "inclusiveGateway"):
        for flow in graph.outgoing[id_]:
            for name, value in _compared(flow.condition):
                domain = known.get(name)
                if domain is not None and value not in domain:
                    params = {"name": name, "value": repr(value), "choices": _listed(domain)}
                    yield Finding(file, flow.id, "no_such_choice", params)


def _listed(values: set[Any]) -> str:
    return listed({str(value) for value in values})


def _compared(condition: str | None) -> list[tuple[str, Any]]:
    try:
        return comparisons_in(condition) if condition else []
    except ExpressionError:
        return []
