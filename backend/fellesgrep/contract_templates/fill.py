"""Fill the text of a template with the data of a case. Pure: text and data in, text out.

On any element of the text:

- `data-each="party in parties"` repeats the element for each of a list;
- `data-if="fields.open_to_all and len(parties) > 1"` keeps it only where the condition holds
  (inside a repetition the condition is asked for each);
- `data-var="funding.total_ore" data-format="money"` puts a value in place of its content.

- `data-ref="changes"` puts the number of the section with this `data-key` (or `data-clause`) in
  place of its content: `punkt 14`, or `vedlegg 1` for a section with `data-annex`;
- `data-obligation="report"` says that the element is a promise, of whom (`data-who`), due when
  (`data-due`, `data-due-days`) and worth what (`data-amount`): see `promises`.

Expressions are those of `core.expressions`. Text from data can never become markup.

Each clause keeps an `id` that says where it stands in the template, whatever conditions leave out
before it: what is written and decided about a clause finds it again when the case changes.
"""

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from lxml import etree

from fellesgrep.contract_templates.formats import PARAGRAPHS, write
from fellesgrep.contract_templates.promises import PROMISED
from fellesgrep.contract_templates.references import number_references
from fellesgrep.core.expressions import ExpressionError, evaluate, look_up, names_in
from fellesgrep.core.languages import Language, say, texts
from fellesgrep.core.problems import FieldProblem, Invalid
from fellesgrep.documents.sanitizing import sanitize

_EACH = re.compile(r"\s*([a-z][a-z0-9_]*)\s+in\s+(.+)", re.DOTALL)
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEADINGS = ("h1", "h2")
_MAX_DEPTH = 60
_KEPT = frozenset({"data-key", "data-clause", "data-clause-version", "data-annex", "data-ref"})
"""What a filled text still says of itself: which clauses it holds, and what refers to them."""


@dataclass(frozen=True)
class Gap:
    """A place where the data does not give what the text asks for; `label` says it in words."""

    variable: str
    clause: str
    label: str


@dataclass(frozen=True)
class Filled:
    """A filled text. Where there are gaps, it is a draft with the names of what is missing."""

    body: str
    gaps: tuple[Gap, ...]


class Undefined(Invalid):
    """The text asks for what the data does not hold; each variable is named with its clause."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        super().__init__(
            "contract_templates.problem.undefined",
            fields=[
                FieldProblem(
                    f"/{gap.variable.replace('.', '/')}",
                    "contract_templates.problem.undefined_variable",
                    {"variable": gap.label, "clause": gap.clause},
                )
                for gap in gaps
            ],
            variable=gaps[0].label,
            clause=gaps[0].clause,
        )
        self.gaps = tuple(gaps)


class BrokenTemplate(ValueError):
    """The text itself cannot be filled, whatever the data: it names the clause and the reason."""


def fill(xhtml: str, data: Mapping[str, Any], language: Language) -> str:
    """Return the text filled with data; raises `Undefined` where something is missing."""
    filled = fill_draft(xhtml, data, language)
    if filled.gaps:
        raise Undefined(filled.gaps)
    return filled.body


def fill_draft(
    xhtml: str,
    data: Mapping[str, Any],
    language: Language,
    labels: Mapping[str, str] = MappingProxyType({}),
) -> Filled:
    """Return the text filled as far as the data reaches; what is missing stands in brackets.

    `labels` says in words what variables are that only the caller knows, by their name.
    """
    filling = _Filling(language, labels)
    root = etree.Element("div")
    filling.children(_named(_parse(xhtml)), root, data, 0)
    filling.gaps += [
        Gap(key, clause, say(language, "contract_templates.section_left_out", section=key))
        for key, clause in number_references(root, language)
    ]
    body = sanitize(_inner(root))
    return Filled(body.strip(), tuple(dict.fromkeys(filling.gaps)))


def _parse(xhtml: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        return etree.fromstring(f"<div>{xhtml.replace('&nbsp;', '&#160;')}</div>", parser)
    except etree.XMLSyntaxError as error:
        raise BrokenTemplate(f"not well-formed: {error}") from None


def _named(root: etree._Element) -> etree._Element:
    """Give each clause without an `id` one by its place in the template."""
    taken = {each.get("id") for each in root.iter(etree.Element)}
    for position, element in enumerate(root, 1):
        if element.tag == "section" and not element.get("id"):
            name = f"s{position}"
            element.set("id", f"{name}-clause" if name in taken else name)
    return root


def _inner(root: etree._Element) -> str:
    whole = etree.tostring(root, encoding="unicode")
    return whole.removeprefix("<div>").removesuffix("</div>")


@dataclass
class _Filling:
    """One pass over a text, in its order, that knows in which clause it is."""

    language: Language
    labels: Mapping[str, str]
    clause: str = ""
    gaps: list[Gap] = field(default_factory=list)

    def children(
        self, source: etree._Element, target: etree._Element, names: Mapping[str, Any], depth: int
    ) -> None:
        """Fill what `source` holds into `target`."""
        if depth > _MAX_DEPTH:
            raise BrokenTemplate(f"nested too deep in {self.clause!r}")
        target.text = source.text
        for child in source:
            if isinstance(child.tag, str):
                for made in self._element(child, names, depth):
                    target.append(made)
            _append_text(target, child.tail)

    def _element(
        self, source: etree._Element, names: Mapping[str, Any], depth: int
    ) -> Iterator[etree._Element]:
        heading = source.find("h2") if source.tag == "section" else source
        if heading is not None and heading.tag in _HEADINGS:
            self.clause = " ".join("".join(map(str, heading.itertext())).split())
        for turn, scope in enumerate(self._scopes(source.get("data-each"), names), 1):
            if (condition := source.get("data-if")) is None or self._value(condition, scope):
                for made in self._once(source, scope, depth):
                    if turn > 1 and (name := made.get("id")):
                        made.set("id", f"{name}-{turn}")
                    yield made

    def _scopes(self, each: str | None, names: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        if each is None:
            yield names
            return
        read = _EACH.fullmatch(each)
        if read is None:
            raise BrokenTemplate(f"cannot repeat {each!r} in {self.clause!r}")
        items = self._value(read[2], names)
        if items is not None and not isinstance(items, list | tuple):
            raise BrokenTemplate(f"{read[2]!r} in {self.clause!r} is no list")
        for item in items or ():
            yield {**names, read[1]: item}

    def _once(
        self, source: etree._Element, names: Mapping[str, Any], depth: int
    ) -> Iterator[etree._Element]:
        made = etree.Element(source.tag)
        for name, value in source.attrib.items():
            if not str(name).startswith("data-") or name in _KEPT:
                made.set(name, value)
        if source.get("data-obligation") is not None:
            self._promise(source, made, names)
        variable = source.get("data-var")
        if variable is None:
            self.children(source, made, names, depth + 1)
            yield made
            return
        format_name = source.get("data-format", "text")
        for text in self._written(variable, format_name, names):
            copied = copy.copy(made)
            _set_lines(copied, text)
            yield copied

    def _promise(
        self, source: etree._Element, made: etree._Element, names: Mapping[str, Any]
    ) -> None:
        """Write down what an obligation comes to, in place of what its text asks for."""
        made.set("data-obligation", source.get("data-obligation", ""))
        for attribute in PROMISED:
            asked = source.get(attribute)
            value = self._value(asked, names, wanted=True) if asked else None
            if isinstance(value, Mapping):
                value = value.get("name")
            if value is not None:
                made.set(attribute, str(value))

    def _written(self, variable: str, format_name: str, names: Mapping[str, Any]) -> list[str]:
        """Return the value as text, in one piece or by paragraph; a gap is named in brackets."""
        value = self._value(variable, names, wanted=True)
        try:
            text = "" if value is None else write(value, format_name, self.language).strip()
        except ValueError:
            text = ""
            self._miss(variable)
        if not text:
            missing = say(self.language, "contract_templates.missing")
            return [f"[{missing}: {self._label(variable)}]"]
        return re.split(r"\n\s*\n", text) if format_name == PARAGRAPHS else [text]

    def _value(self, expression: str, names: Mapping[str, Any], *, wanted: bool = False) -> Any:
        """Evaluate; what is not there becomes a gap and counts as None."""
        try:
            value = evaluate(expression, names)
        except ExpressionError as error:
            self._miss(self._missing(expression, names, error))
            return None
        if wanted and (value is None or value == ""):
            self._miss(expression)
        return value

    def _miss(self, variable: str) -> None:
        self.gaps.append(Gap(variable, self.clause, self._label(variable)))

    def _label(self, variable: str) -> str:
        known = texts(self.language).get(f"contract_templates.variable.{variable}", variable)
        return self.labels.get(variable, known)

    def _missing(self, expression: str, names: Mapping[str, Any], error: ExpressionError) -> str:
        try:
            asked = sorted(names_in(expression))
        except ExpressionError:
            raise BrokenTemplate(f"{expression!r} in {self.clause!r}: {error}") from None
        for name in asked:
            try:
                if look_up(names, name) is None:
                    return name
            except KeyError:
                return name
        return expression


def _append_text(target: etree._Element, text: str | None) -> None:
    if not text:
        return
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text


def _set_lines(element: etree._Element, text: str) -> None:
    """Set text as text; a new line becomes a `br`."""
    first, *rest = _UNPRINTABLE.sub("", text.replace("\r\n", "\n")).replace("\r", "\n").split("\n")
    element.text = first
    for line in rest:
        etree.SubElement(element, "br").tail = line
