"""What has changed between two texts, word by word, as `ins` and `del`."""

import copy
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import nh3
from lxml import etree

from fellesgrep.documents.sanitizing import CLASSES, TAGS, sanitize

_INLINE = {"strong", "em", "span", "br"}
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")
_WORD = re.compile(r"[^\S\u00a0\u202f]*[\S\u00a0\u202f]+")
"""An amount, or whatever else a space without break holds together, is one word."""


def redline(before: str, after: str) -> str:
    """Return `after` with what is new in `ins` and what is gone in `del`, each in its place.

    Both elements tell a screen reader what they are. The result is sanitized; it is for reading
    only, and neither `before` nor `after` can be had back from it.
    """
    merged = etree.Element("div")
    _merge(_root(before), _root(after), merged)
    whole = etree.tostring(merged, encoding="unicode")
    return nh3.clean(
        whole.removeprefix("<div>").removesuffix("</div>"),
        tags=TAGS | {"ins", "del"},
        attributes={"*": {"id", "lang"}, "th": {"scope", "colspan"}, "td": {"colspan"}},
        allowed_classes=dict.fromkeys(TAGS, CLASSES),
        url_schemes=set(),
        link_rel=None,
    )


def _root(xhtml: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(f"<div>{sanitize(xhtml)}</div>", parser)


def _merge(old: etree._Element, new: etree._Element, into: etree._Element) -> None:
    """Fill `into` with the blocks of both; blocks that stand in each other's place are compared."""
    was, now = list(old), list(new)
    matcher = SequenceMatcher(None, [_key(e) for e in was], [_key(e) for e in now], autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            into.extend([_alone(each) for each in now[k:m]])
            continue
        for before, after in _pairs(was[i:j], now[k:m]):
            into.append(_compared(before, after))


def _pairs(
    was: Sequence[etree._Element], now: Sequence[etree._Element]
) -> Iterator[tuple[etree._Element | None, etree._Element | None]]:
    """Pair blocks of the same kind in their order; what is left over stands alone."""
    left = list(was)
    for after in now:
        same = next((each for each in left if each.tag == after.tag), None)
        while same is not None and left[0] is not same:
            yield left.pop(0), None
        if same is not None:
            left.pop(0)
        yield same, after
    for before in left:
        yield before, None


def _compared(before: etree._Element | None, after: etree._Element | None) -> etree._Element:
    if before is None or after is None:
        return _marked(after, "ins") if after is not None else _marked(before, "del")
    made = etree.Element(after.tag, {str(k): str(v) for k, v in after.attrib.items()})
    if _is_leaf(before) and _is_leaf(after):
        _words(_text(before), _text(after), made)
    elif _is_leaf(before) or _is_leaf(after):
        made.extend([*_marked(before, "del"), *_marked(after, "ins")])
    else:
        _merge(before, after, made)
    return made


def _marked(element: etree._Element | None, mark: str) -> etree._Element:
    """Return an element whose words all lie in `mark`; what is gone keeps no id."""
    whole = _alone(element) if element is not None else etree.Element("span")
    for each in list(whole.iter()):
        if mark == "del":
            each.attrib.pop("id", "")
        if _is_leaf(each) and each.tag not in _INLINE:
            around = etree.Element(mark)
            around.text = each.text
            around.extend(list(each))
            each.text = None
            each.append(around)
    return whole


def _words(before: str, after: str, into: etree._Element) -> None:
    old, new = _WORD.findall(before), _WORD.findall(after)
    bare_old, bare_new = ([word.strip() for word in words] for words in (old, new))
    matcher = SequenceMatcher(None, bare_old, bare_new, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            _append(into, "".join(new[k:m]))
        if j > i and kind != "equal":
            etree.SubElement(into, "del").text = "".join(old[i:j])
        if m > k and kind != "equal":
            etree.SubElement(into, "ins").text = "".join(new[k:m])


def _append(into: etree._Element, text: str) -> None:
    if len(into):
        into[-1].tail = (into[-1].tail or "") + text
    else:
        into.text = (into.text or "") + text


def _is_leaf(element: etree._Element) -> bool:
    return all(child.tag in _INLINE for child in element)


def _text(element: etree._Element) -> str:
    return _SPACE.sub(" ", "".join(map(str, element.itertext()))).strip()


def _key(element: etree._Element) -> str:
    return str(etree.tostring(_alone(element), encoding="unicode"))


def _alone(element: etree._Element) -> etree._Element:
    whole = copy.deepcopy(element)
    whole.tail = None
    return whole
