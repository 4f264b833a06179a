"""A section as somebody has rewritten it in the editor. Pure: markup in, markup or refusal out."""

from lxml import etree

from fellesgrep.agreements.passages import Passage, passages
from fellesgrep.contract_templates.stored_form import parsed, store
from fellesgrep.core.problems import FieldProblem, Invalid
from fellesgrep.documents.sanitizing import TAGS

POINTER = "/body"
_ALLOWED = TAGS - {"h1", "section"}
_FILLED = ("data-var", "data-format", "data-if", "data-each")
_HOLDERS = frozenset({"section", "ol", "ul", "table", "thead", "tbody", "tr"})
"""Elements in which only other elements stand, so that white space between them says nothing."""


def rewritten(section: Passage, written: str) -> str:
    """Return the section with `written`, a whole `section`, in the place of what it held.

    The section stays the same one: its id and what it says of itself are kept, whatever is sent.
    Raises `Invalid` for what is no text of a section, with the line.
    """
    cleaned = parsed(store(written, POINTER))
    _refuse_foreign(parsed(written.replace("&nbsp;", "&#160;")))
    if len(cleaned) != 1 or cleaned[0].tag != "section":
        raise Invalid.at(POINTER, "agreements.problem.no_section")
    before = parsed(section.xhtml)[0]
    made = etree.Element("section")
    for name, value in before.attrib.items():
        made.set(name, value)
    made.extend(list(cleaned[0]))
    _require_text(made, headed=bool(section.heading))
    _keep_only_known(made, before)
    _number_references(made, before)
    _close_up(made)
    return passages(etree.tostring(made, encoding="unicode"))[0].xhtml


def reads_same(one: str, other: str) -> bool:
    """Tell whether two sections are the same but for what nobody sees."""
    return _bare(one) == _bare(other)


def _bare(section: str) -> str:
    """Return a section without white space between its blocks and spans that say nothing."""
    root = parsed(section)
    for span in root.iter("span"):
        if not span.attrib:
            span.tag = "strip"
    etree.strip_tags(root, "strip")
    return store("".join(etree.tostring(each, encoding="unicode") for each in root), POINTER)


def _refuse_foreign(root: etree._Element) -> None:
    for element in root.iter(etree.Element):
        outermost = element is root or (element.tag == "section" and element.getparent() is root)
        if not outermost and element.tag not in _ALLOWED:
            params = {"tag": str(element.tag), "line": str(element.sourceline)}
            problem = FieldProblem(POINTER, "agreements.problem.markup_not_allowed", params)
            raise Invalid("core.problem.invalid", fields=[problem])


def _require_text(section: etree._Element, *, headed: bool) -> None:
    headings = section.findall("h2")
    first = section[0] if len(section) else None
    if headed and (len(headings) != 1 or first is not headings[0] or not _words(headings[0])):
        raise Invalid.at(POINTER, "agreements.problem.heading_missing")
    if not any(_words(each) for each in section if each.tag != "h2"):
        raise Invalid.at(POINTER, "agreements.problem.section_empty")


def _keep_only_known(made: etree._Element, before: etree._Element) -> None:
    """Drop what blocks say unseen (such as a promise) where the section did not say it before."""
    known = {(each.tag, said) for each in before.iter(etree.Element) if (said := _said(each))}
    for element in made.iter(etree.Element):
        said = _said(element)
        for name in dict(said):
            if name in _FILLED or (element.tag, said) not in known:
                del element.attrib[name]


def _number_references(made: etree._Element, before: etree._Element) -> None:
    """Let references say which clause they mean; the editor knows their keys only."""
    said = {each.get("data-ref"): _words(each) for each in before.iterfind(".//*[@data-ref]")}
    for reference in made.iterfind(".//*[@data-ref]"):
        reference.text = said[reference.get("data-ref")]


def _said(element: etree._Element) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((str(k), str(v)) for k, v in element.items() if str(k).startswith("data-")))


def _close_up(section: etree._Element) -> None:
    for element in section.iter(etree.Element):
        if element.tag in _HOLDERS:
            element.text = (element.text or "").strip() or None
            for child in element:
                child.tail = (child.tail or "").strip() or None


def _words(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip()
