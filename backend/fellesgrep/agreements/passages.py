"""The sections of a filled text, and a section as plain text that can be edited in a text area."""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from fellesgrep.documents.sanitizing import sanitize

_LISTS = {"ol", "ul"}
_MARK = "- "


@dataclass(frozen=True)
class Passage:
    """A top-level piece of a text; `id` is empty for what stands outside the sections."""

    id: str
    heading: str
    xhtml: str

    @property
    def plain(self) -> str | None:
        """Return the text below the heading as plain text; None where it holds more than that."""
        return as_plain(self.xhtml) if self.id else None


def passages(body: str) -> list[Passage]:
    """Return the pieces of a filled text in their order."""
    found = []
    for position, element in enumerate(_root(body), 1):
        section = element.tag == "section"
        id_ = (element.get("id") or f"s{position}") if section else ""
        found.append(Passage(id_, _heading(element) if section else "", _written(element)))
    return found


def passage_of(body: str, section_id: str) -> Passage | None:
    """Return one section of a text."""
    return next((each for each in passages(body) if each.id and each.id == section_id), None)


def as_plain(section: str) -> str | None:
    """Return a section below its heading as plain text; None where it holds more than that.

    A paragraph is a block, a point of a list a line that begins with a dash.
    """
    lines = []
    for element in _content(_element(section)):
        if element.tag == "p":
            lines.append(_line(element))
        elif element.tag in _LISTS and _is_flat(element):
            lines.append("\n".join(f"{_MARK}{_line(point)}" for point in element))
        else:
            return None
    return "\n\n".join(lines)


def with_plain(section: str, text: str) -> str:
    """Return the section with another text below its heading.

    What reads as before keeps its markup, so that a promise in it is still known as one.
    """
    element = _element(section)
    content = list(_content(element))
    kept = _Kept(content)
    for each in content:
        element.remove(each)
    for block in _blocks(text):
        element.append(kept.list_of(block) if isinstance(block, list) else kept.paragraph(block))
    return sanitize(_written(element))


class _Kept:
    """What a section held, by its words."""

    def __init__(self, content: Sequence[etree._Element]) -> None:
        self._paragraphs = {_line(each): each for each in content if each.tag == "p"}
        lists = [each for each in content if each.tag in _LISTS]
        self._points = {_line(point): point for each in lists for point in each}
        self._kind = lists[0] if lists else etree.Element("ul")

    def paragraph(self, text: str) -> etree._Element:
        return self._again(self._paragraphs, text, "p")

    def list_of(self, points: Sequence[str]) -> etree._Element:
        made = etree.Element(self._kind.tag, {str(k): str(v) for k, v in self._kind.attrib.items()})
        made.extend([self._again(self._points, point, "li") for point in points])
        return made

    @staticmethod
    def _again(known: dict[str, etree._Element], text: str, tag: str) -> etree._Element:
        if text in known:
            same = copy.deepcopy(known[text])
            same.tail = None
            return same
        made = etree.Element(tag)
        made.text = text
        return made


def _blocks(text: str) -> Iterator[str | list[str]]:
    """Yield paragraphs as strings and runs of points as lists."""
    paragraph: list[str] = []
    points: list[str] = []
    for line in [*text.splitlines(), ""]:
        words = " ".join(line.split())
        point = words.startswith(_MARK.strip() + " ")
        if paragraph and (point or not words):
            yield " ".join(paragraph)
            paragraph = []
        if points and words and not point:
            yield points
            points = []
        if point:
            points.append(words.removeprefix(_MARK).strip())
        elif words:
            paragraph.append(words)
    if points:
        yield points


def _root(body: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(f"<div>{sanitize(body)}</div>", parser)


def _element(section: str) -> etree._Element:
    return _root(section)[0]


def _content(section: etree._Element) -> list[etree._Element]:
    return [each for each in section if each.tag != "h2"]


def _is_flat(element: etree._Element) -> bool:
    return all(point.find(f".//{tag}") is None for point in element for tag in (*_LISTS, "p"))


def _line(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _heading(section: etree._Element) -> str:
    heading = section.find("h2")
    return _line(heading) if heading is not None else ""


def _written(element: etree._Element) -> str:
    whole = copy.deepcopy(element)
    whole.tail = None
    return str(etree.tostring(whole, encoding="unicode"))
