"""Checks of decision tables: cells, words, legal references, gaps and overlaps."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any

from fellesgrep.core.expressions import ExpressionError, literals_in, names_in
from fellesgrep.workflow.dmn import Table
from fellesgrep.workflow.findings import Finding, Level
from fellesgrep.workflow.parser import read_xml

MOST_COMBINATIONS = 20_000
OTHER = "something else"
"""Stands for every text that no cell names."""

_DMNDI = "{https://www.omg.org/spec/DMN/20191111/DMNDI/}"


def check_table(file: str, text: str, table: Table) -> Iterator[Finding]:
    """Find what is wrong with one table on its own."""
    yield from _binding(file, text, table)
    readable = True
    for rule, cells in table.rules:
        for cell in cells:
            if cell and cell != "-" and not _is_cell(cell):
                readable = False
                yield Finding(file, rule, "bad_cell", {"what": cell})
    yield from _explained(file, text)
    if readable:
        yield from _covering(file, table)


def _binding(file: str, text: str, table: Table) -> Iterator[Finding]:
    root = read_xml(text, file)
    said = [each.get("value") for each in root.iterfind(".//{*}property[@name='valid_from']")]
    try:
        (day,) = said
        date.fromisoformat(day)
    except (ValueError, TypeError):
        yield Finding(file, table.name, "no_valid_from")
    if root.find(f".//{_DMNDI}DMNShape[@dmnElementRef='{table.name}']") is None:
        yield Finding(file, table.name, "not_drawn")


def _explained(file: str, text: str) -> Iterator[Finding]:
    """Each rule says in words why, and names its law where the table has a column for it."""
    root = read_xml(text, file)
    outputs = [each.get("name", "") for each in root.iterfind(".//{*}output")]
    for rule in root.iterfind(".//{*}rule"):
        words = rule.find("{*}description")
        if words is None or not (words.text or "").strip():
            yield Finding(file, rule.get("id"), "rule_without_words")
        cells = rule.findall("{*}outputEntry/{*}text")
        for name, cell in zip(outputs, cells, strict=False):
            if name.endswith("reference") and (cell.text or "").strip() in {"", '""', "''", "-"}:
                yield Finding(file, rule.get("id"), "rule_without_law", {"column": name})


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


def candidates(table: Table) -> dict[str, list[Any]]:
    """Return for each input the values that can make a difference: literals, and those between."""
    found: dict[str, list[Any]] = {}
    columns = len(table.inputs)
    for index, asked in enumerate(table.inputs):
        values: set[Any] = set()
        for _, cells in table.rules:
            cell = cells[:columns][index]
            if cell and cell != "-":
                values |= _literals(cell)
        found[asked] = sorted(_around(values), key=lambda value: (str(type(value)), value))
    return found


def _literals(cell: str) -> frozenset[Any]:
    try:
        return literals_in(cell.replace("?", "value"))
    except ExpressionError:
        return literals_in(f"value {cell}")


def _around(values: set[Any]) -> set[Any]:
    """Numbers stand for a border: what lies on both sides of it matters too; so does other text."""
    if any(isinstance(value, str) for value in values):
        return values | {OTHER}
    if values & {True, False} and all(isinstance(value, bool) for value in values):
        return {True, False}
    numbers = {value for value in values if isinstance(value, int | float)}
    return values | {number + step for number in numbers for step in (-1, 1)}


def combinations(table: Table) -> Iterator[dict[str, Any]]:
    """Yield every combination of the values that can make a difference; none if too many."""
    values = candidates(table)
    total = 1
    for each in values.values():
        total *= max(1, len(each))
    if total > MOST_COMBINATIONS or not all(name.isidentifier() for name in values):
        return
    for chosen in product(*(each or [None] for each in values.values())):
        yield dict(zip(values, chosen, strict=True))


def _covering(file: str, table: Table) -> Iterator[Finding]:
    """Find combinations no rule covers or several do, and rules that never come into play."""
    hit: set[str] = set()
    gap: Mapping[str, Any] | None = None
    doubled: set[tuple[str, ...]] = set()
    asked = False
    for facts in combinations(table):
        asked = True
        rules = table.hits(facts)
        hit.update(rules[:1])
        if not rules:
            # Which texts there are is not known here, so only those that some rule names count.
            gap = gap or (None if OTHER in facts.values() else facts)
        elif len(rules) > 1 and table.is_unique and tuple(rules) not in doubled:
            doubled.add(tuple(rules))
            params = {"rules": ", ".join(rules[1:]), "facts": _said(facts)}
            yield Finding(file, rules[0], "rules_overlap", params)
    if gap is not None:
        yield Finding(file, table.name, "rules_gap", {"facts": _said(gap)})
    if asked and not doubled:
        for rule, _ in table.rules:
            if rule not in hit:
                yield Finding(file, rule, "rule_never_hits", level=Level.WARNING)


def _said(facts: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {value!r}" for name, value in facts.items())
