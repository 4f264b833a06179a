"""The form in which texts are kept: the allowed subset, well-formed, one block on each line."""

from typing import cast

from lxml import etree

from fellesgrep.core.problems import Invalid
from fellesgrep.documents.sanitizing import sanitize

LARGEST = 400_000
"""Characters of one text in one language; a long agreement has some 30 000."""

DEEPEST = 40
_ON_OWN_LINES = frozenset({"section", "ol", "ul", "table", "thead", "tbody"})


def store(text: str, pointer: str) -> str:
    """Return a text as it is kept, cleaned of all that does not belong into an agreement.

    Raises `Invalid` at `pointer` for a text that is too large, nested too deep or not well-formed,
    with line and column.
    """
    if len(text) > LARGEST:
        raise Invalid.at(
            pointer, "contract_templates.problem.text_too_large", limit=LARGEST // 1000
        )
    _parse(text, pointer)
    root = _parse(sanitize(text), pointer)
    if root.text and root.text.strip():
        raise Invalid.at(pointer, "contract_templates.problem.loose_text", text=_start(root.text))
    for child in root:
        if child.tail and child.tail.strip():
            raise Invalid.at(
                pointer, "contract_templates.problem.loose_text", text=_start(child.tail)
            )
    return "".join(map(written, root))


def written(element: etree._Element) -> str:
    """Return a block as it is kept: each block in it on a line of its own."""
    for each in element.iter(etree.Element):
        if each.text is None and each.tag != "br":
            each.text = ""  # written as `<span></span>`, which HTML readers understand too
    return _lines(element)


def parsed(text: str) -> etree._Element:
    """Return a kept text as a tree under one `div`."""
    return etree.fromstring(f"<div>{text}</div>", _parser())


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )


def _parse(text: str, pointer: str) -> etree._Element:
    try:
        root = parsed(text.replace("&nbsp;", "&#160;"))
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise Invalid.at(
            pointer, "contract_templates.problem.not_well_formed", line=line, column=column
        ) from None
    if (deep := _deepest(root)) is not None:
        raise Invalid.at(
            pointer, "contract_templates.problem.nested_too_deep", line=cast(int, deep.sourceline)
        )
    return root


def _deepest(root: etree._Element) -> etree._Element | None:
    """Return the first element that lies too deep."""
    waiting = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        if depth > DEEPEST:
            return element
        waiting += [(child, depth + 1) for child in element]
    return None


def _start(text: str) -> str:
    return " ".join(text.split())[:60]


def _lines(element: etree._Element) -> str:
    """Return an element as markup, its blocks on lines of their own."""
    if element.tag not in _ON_OWN_LINES:
        return etree.tostring(element, encoding="unicode", with_tail=False) + "\n"
    bare = etree.Element(element.tag)
    for name, value in element.attrib.items():
        bare.set(name, value)
    bare.text = ""
    opening, closing = etree.tostring(bare, encoding="unicode").split("></")
    return f"{opening}>\n{''.join(map(_lines, element))}</{closing}\n"
