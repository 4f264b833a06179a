"""A filled text as a document sets it: clauses, annexes behind them, and what leads to each."""

from dataclasses import dataclass

from lxml import etree
from markupsafe import Markup

from fellesgrep.documents.sanitizing import sanitize


@dataclass(frozen=True)
class Entry:
    """A line of the table of contents; `number` counts clauses and annexes each on their own."""

    anchor: str
    number: int
    heading: str
    annex: bool


@dataclass(frozen=True)
class SetText:
    """The parts of a text. An annex is a section with `data-annex`; it begins a page."""

    clauses: Markup
    annexes: Markup
    contents: tuple[Entry, ...]


def set_out(body: str) -> SetText:
    """Return a text, cleaned, with its annexes apart and its references as links within it."""
    root = etree.fromstring(f"<div>{sanitize(body)}</div>")
    annexes = etree.Element("div")
    for position, section in enumerate(root.findall("section"), 1):
        if section.get("id") is None:
            section.set("id", f"del-{position}")
    for section in root.findall("section[@data-annex]"):
        annexes.append(section)
    anchors = {
        key: section.get("id", "")
        for tree in (root, annexes)
        for section in tree.findall("section")
        for name in ("data-key", "data-clause")
        if (key := section.get(name))
    }
    for tree in (root, annexes):
        _link(tree, anchors)
    return SetText(_inner(root), _inner(annexes), _numbered(root, annexes))


def _numbered(root: etree._Element, annexes: etree._Element) -> tuple[Entry, ...]:
    found = []
    for annex, tree in ((False, root), (True, annexes)):
        number = 0
        for section in tree.findall("section"):
            heading = section.find("h2")
            if heading is None or "unnumbered" in heading.get("class", ""):
                continue
            number += 1
            said = " ".join("".join(map(str, heading.itertext())).split())
            found.append(Entry(section.get("id", ""), number, said, annex))
    return tuple(found)


def _link(tree: etree._Element, anchors: dict[str, str]) -> None:
    for reference in tree.iterfind(".//span[@data-ref]"):
        anchor = anchors.get(reference.get("data-ref", ""))
        if anchor:
            reference.tag = "a"
            reference.set("href", f"#{anchor}")


def _inner(root: etree._Element) -> Markup:
    for element in root.iter(etree.Element):
        if element.text is None and element.tag != "br":
            element.text = ""
    whole = etree.tostring(root, encoding="unicode")
    inside = whole.removeprefix("<div>").removesuffix("</div>")
    return Markup(inside)  # noqa: S704 - sanitized above; ids and links are our own
