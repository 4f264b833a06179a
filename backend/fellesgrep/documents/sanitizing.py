"""The small XHTML subset in which texts of agreements and letters are written."""

import re

import nh3
from lxml import etree, html

_BLOCKS = {"h1", "h2", "h3", "h4", "p", "ol", "ul", "li", "section", "dl", "dt", "dd"}
_TABLE = {"table", "thead", "tbody", "tr", "th", "td"}
_INLINE = {"strong", "em", "span", "br"}
TAGS = _BLOCKS | _TABLE | _INLINE
CLASSES = {"amount", "keep", "lead", "note", "numbered", "page-break", "unnumbered"}
_FILLED_BY = {"data-var", "data-format", "data-if", "data-each", "data-ref"}
_SAID_OF_BLOCKS = {
    "data-key", "data-clause", "data-clause-version", "data-annex",
    "data-obligation", "data-who", "data-due", "data-due-days", "data-amount",
}  # fmt: skip
_COMMON = {"id", "lang"} | _FILLED_BY | _SAID_OF_BLOCKS
_ATTRIBUTES = {
    "*": _COMMON,
    "th": _COMMON | {"scope", "colspan"},
    "td": _COMMON | {"colspan"},
}
_CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_VOID = {"br"}


def sanitize(xhtml: str) -> str:
    """Return the text with nothing left but the allowed subset, as well-formed XML.

    Safe to run twice; unknown elements vanish but keep their text, scripts and styles vanish whole.
    """
    opened = _open_empty_elements(_CONTROL_CHARACTERS.sub("", xhtml))
    cleaned = nh3.clean(
        opened,
        tags=TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=dict.fromkeys(TAGS, CLASSES),
        url_schemes=set(),
        link_rel=None,
    )
    return _as_xml(cleaned)


def _open_empty_elements(xhtml: str) -> str:
    """Write `<span/>` as `<span></span>`: to an HTML parser the first one is never closed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(f"<div>{xhtml.replace('&nbsp;', '&#160;')}</div>", parser)
    except etree.XMLSyntaxError:
        return xhtml
    return _inner(root)


def _as_xml(cleaned: str) -> str:
    return _inner(html.fragment_fromstring(cleaned, create_parent="div"))


def _inner(root: etree._Element) -> str:
    for element in root.iter(etree.Element):
        if element.text is None and element.tag not in _VOID:
            element.text = ""
    whole = etree.tostring(root, encoding="unicode", method="xml")
    return whole.removeprefix("<div>").removesuffix("</div>")
