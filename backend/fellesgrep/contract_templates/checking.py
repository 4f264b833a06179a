"""The check list of a version: what a lawyer must know before it is put forward. Pure.

`Severity.ERROR` stands in the way of approval, `WARNING` wants a look, `ADVICE` is about style.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from textwrap import shorten
from typing import Any

from lxml import etree

from fellesgrep.contract_templates import readability
from fellesgrep.contract_templates.catalogue import (
    LISTS,
    Variable,
    expected_format,
    known,
    repetition,
)
from fellesgrep.contract_templates.clauses.rules import Wording, reads_as
from fellesgrep.contract_templates.fill import BrokenTemplate, fill_draft
from fellesgrep.contract_templates.manifest import FieldType, Manifest
from fellesgrep.contract_templates.promises import PROMISED
from fellesgrep.contract_templates.stored_form import parsed
from fellesgrep.core.expressions import ExpressionError, comparisons_in, names_in
from fellesgrep.core.languages import Language
from fellesgrep.core.legal_references import not_in_force, unknown_laws

_BLOCKS = frozenset({"p", "li", "td", "th"})
_MAX_SHOWN = 120
_FORMAT_MATTERS = frozenset({"money", "date", "orgnr"})


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True)
class Finding:
    """Something to mend or to look at; `section` counts from 0, None where it is the whole text.

    `kind` names the text `contract_templates.check.<kind>`, which says it with `params`.
    """

    kind: str
    severity: Severity
    language: Language | None = None
    section: int | None = None
    clause: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """What is looked at. `mandatory` are clauses that the type must carry: key → title.

    `clauses` are those of the library that the text holds, by key.
    """

    manifest: Manifest
    bodies: Mapping[str, str]
    sample: Mapping[str, Any]
    mandatory: Mapping[str, str]
    today: date
    clauses: Mapping[str, Wording] = field(default_factory=dict)


def check(version: Checked) -> list[Finding]:
    """Return everything worth telling, what stands in the way first."""
    found = [*_languages(version), *_unused_fields(version)]
    for language in version.manifest.languages:
        if body := version.bodies.get(language, "").strip():
            found += _Text(version, language, body).findings()
    order = list(Severity)
    told = [each for at, each in enumerate(found) if each not in found[:at]]
    return sorted(told, key=lambda each: order.index(each.severity))


def _languages(version: Checked) -> Iterator[Finding]:
    """Yield languages that are missing, and those that say something else than the first."""
    spoken = [each for each in version.manifest.languages if version.bodies.get(each, "").strip()]
    for language in version.manifest.languages:
        if language not in spoken:
            yield Finding("language_missing", Severity.ERROR, language)
    if not spoken:
        return
    first = _shape(version.bodies[spoken[0]])
    for language in spoken[1:]:
        shape = _shape(version.bodies[language])
        if shape.sections != first.sections:
            params: dict[str, str | int] = {"here": shape.sections, "there": first.sections}
            yield Finding("sections_differ", Severity.WARNING, language, params=params)
        for name in sorted(first.asked ^ shape.asked):
            yield Finding(
                "asked_in_one_language", Severity.WARNING, language, params={"name": name}
            )


@dataclass(frozen=True)
class _Shape:
    sections: int
    asked: frozenset[str]


def _shape(body: str) -> _Shape:
    root = parsed(body)
    return _Shape(len(root.findall("section")), frozenset(_expressions(root)))


def _expressions(root: etree._Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        for attribute in ("data-var", "data-if", "data-each"):
            if (asked := element.get(attribute)) is not None:
                yield " ".join(asked.split())


def _unused_fields(version: Checked) -> Iterator[Finding]:
    asked: set[str] = set()
    for body in version.bodies.values():
        for expression in _expressions(parsed(body)):
            read = repetition(expression)
            try:
                asked |= names_in(read[1] if read else expression)
            except ExpressionError:
                continue
    for each in version.manifest.fields:
        if f"fields.{each.name}" not in asked and not each.departs:
            params = {"label": each.label["nb"]}
            yield Finding("field_unused", Severity.WARNING, params=params)


class _Text:
    """The check of one language's text."""

    def __init__(self, version: Checked, language: Language, body: str) -> None:
        self.version, self.language = version, language
        self.root = parsed(body)
        self.body = body
        self.catalogue: dict[str, Variable] = {
            each.name: each for each in known(version.manifest, language)
        }
        self.fields = {f"fields.{each.name}": each for each in version.manifest.fields}
        self.section: int | None = None
        self.clause = ""

    def findings(self) -> Iterator[Finding]:
        keys = {
            key
            for element in self.root.iter(etree.Element)
            for key in (element.get("data-key"), element.get("data-clause"))
            if key
        }
        for number, block in enumerate(self.root):
            self.section = number
            heading = block.find("h2")
            self.clause = _text(heading) if heading is not None else ""
            if block.tag == "section" and not self.clause:
                yield self._finding("no_heading", Severity.WARNING)
            yield from self._element(block, {}, keys)
            yield from self._library(block)
            yield from self._style(block)
        self.section, self.clause = None, ""
        for key, title in self.version.mandatory.items():
            if key not in keys:
                yield self._finding("clause_missing", Severity.ERROR, title=title)
        yield from self._sample()

    def _element(
        self, element: etree._Element, loops: Mapping[str, str], keys: set[str]
    ) -> Iterator[Finding]:
        if (each := element.get("data-each")) is not None:
            read = repetition(each)
            if read is None or read[1] not in LISTS:
                yield self._finding("no_list", Severity.ERROR, name=each)
            else:
                loops = {**loops, read[0]: LISTS[read[1]]}
        if (condition := element.get("data-if")) is not None:
            yield from self._condition(condition, loops)
        if (variable := element.get("data-var")) is not None:
            yield from self._variable(variable, element.get("data-format", "text"), loops)
        yield from self._promise(element, loops)
        if (key := element.get("data-ref")) is not None and key not in keys:
            yield self._finding("reference_broken", Severity.ERROR, key=key)
        for child in element:
            yield from self._element(child, loops, keys)

    def _library(self, block: etree._Element) -> Iterator[Finding]:
        """Yield where a clause of the library is not what the library says now."""
        clause = self.version.clauses.get(block.get("data-clause", ""))
        said = block.get("data-clause-version", "")
        if clause is None or not said.isdigit():
            return
        number = int(said)
        if clause.in_force is None:
            yield self._finding("clause_retired", Severity.WARNING, title=clause.title)
        elif clause.outdated(number):
            params: dict[str, str | int] = {"title": clause.title, "number": clause.in_force}
            yield self._finding("clause_outdated", Severity.WARNING, **params)
        elif not reads_as(block, clause.texts.get(number, {}).get(self.language, "")):
            yield self._finding("clause_changed", Severity.WARNING, title=clause.title)

    def _condition(self, condition: str, loops: Mapping[str, str]) -> Iterator[Finding]:
        yield from self._names(condition, loops)
        try:
            if not names_in(condition):
                yield self._finding("condition_constant", Severity.ERROR, condition=condition)
            compared = comparisons_in(condition)
        except ExpressionError:
            return
        for name, literal in compared:
            if self._never_answered(name, literal):
                params = {"condition": condition, "value": str(literal)}
                yield self._finding("condition_dead", Severity.ERROR, **params)

    def _never_answered(self, name: str, literal: object) -> bool:
        asked = self.fields.get(name)
        if asked is None or asked.type is not FieldType.CHOICE:
            return False
        return literal not in {choice.value for choice in asked.choices}

    def _variable(
        self, variable: str, format_name: str, loops: Mapping[str, str]
    ) -> Iterator[Finding]:
        unknown = list(self._names(variable, loops))
        yield from unknown
        if unknown:
            return
        name = _catalogued(variable, loops)
        expected = self.catalogue[name].format if name in self.catalogue else expected_format(name)
        if expected in _FORMAT_MATTERS and format_name != expected:
            yield self._finding("format_missing", Severity.ERROR, name=self._label(name))

    def _promise(self, element: etree._Element, loops: Mapping[str, str]) -> Iterator[Finding]:
        if element.get("data-obligation") is None:
            return
        if element.get("data-due") is None and element.get("data-due-days") is None:
            yield self._finding("obligation_without_due", Severity.ERROR, text=_text(element))
        for attribute in PROMISED:
            if expression := element.get(attribute):
                yield from self._names(expression, loops)

    def _names(self, expression: str, loops: Mapping[str, str]) -> Iterator[Finding]:
        try:
            asked = names_in(expression)
        except ExpressionError:
            yield self._finding("expression_unreadable", Severity.ERROR, name=expression)
            return
        for name in sorted(asked):
            if name not in loops and _catalogued(name, loops) not in self.catalogue:
                yield self._finding("variable_unbound", Severity.ERROR, name=name)

    def _style(self, block: etree._Element) -> Iterator[Finding]:
        said = _text(block)
        for name in not_in_force(said, self.version.today):
            yield self._finding("law_outdated", Severity.ERROR, law=name)
        for name in unknown_laws(said):
            yield self._finding("law_unknown", Severity.WARNING, law=name)
        blocks = [_text(each) for each in block.iter(*_BLOCKS)]
        for sentence in readability.sentences(blocks):
            count = len(readability.words(sentence))
            if count > readability.LONGEST_SENTENCE:
                yield self._finding("sentence_long", Severity.ADVICE, count=count, text=sentence)
        weight = readability.lix(blocks)
        if weight is not None and weight > readability.HEAVY:
            yield self._finding("text_heavy", Severity.ADVICE, lix=weight)

    def _sample(self) -> Iterator[Finding]:
        """Yield what the example case leaves open: then nobody has seen the text whole."""
        try:
            gaps = fill_draft(self.body, self.version.sample, self.language).gaps
        except BrokenTemplate as error:
            yield self._finding("cannot_be_filled", Severity.ERROR, reason=str(error))
            return
        for gap in gaps:
            if gap.variable in self.catalogue:
                yield Finding(
                    "sample_gap",
                    Severity.WARNING,
                    self.language,
                    None,
                    gap.clause,
                    {"name": self._label(gap.variable)},
                )

    def _label(self, name: str) -> str:
        return self.catalogue[name].label if name in self.catalogue else name

    def _finding(self, kind: str, severity: Severity, **params: str | int) -> Finding:
        shown = {
            name: value if isinstance(value, int) else shorten(value, _MAX_SHOWN, placeholder=" …")
            for name, value in params.items()
        }
        return Finding(kind, severity, self.language, self.section, self.clause, shown)


def _catalogued(name: str, loops: Mapping[str, str]) -> str:
    """Return a name as the catalogue has it: `each.name` in `each in parties` is `party.name`."""
    first, dot, rest = name.partition(".")
    return f"{loops[first]}{dot}{rest}" if first in loops else name


def _text(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def errors(found: Sequence[Finding]) -> list[Finding]:
    """Return what stands in the way of approval."""
    return [each for each in found if each.severity is Severity.ERROR]
