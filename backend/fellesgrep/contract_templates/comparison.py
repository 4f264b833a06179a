"""One version of a template beside another, word by word, as lawyers read it."""

from collections.abc import Mapping
from typing import Any, Protocol

from lxml import etree
from markupsafe import Markup

from fellesgrep.contract_templates.models import TemplateVersion, VersionStatus
from fellesgrep.core.languages import Language, say, texts
from fellesgrep.core.problems import Invalid
from fellesgrep.documents.models import HtmlDocument
from fellesgrep.documents.redline import redline


def compared_with(version: TemplateVersion) -> TemplateVersion | None:
    """Return what a version is read beside: the one in force, else the one before it."""
    others = [each for each in version.template.versions if each is not version]
    in_force = [each for each in others if each.status == VersionStatus.IN_FORCE]
    earlier = [each for each in others if each.number < version.number]
    return next(iter([*in_force, *reversed(earlier)]), None)


class Texts(Protocol):
    """A version of a template or a clause: what it reads like, by language."""

    @property
    def bodies(self) -> Mapping[str, Any]:
        """Return the text by language."""


def compare(before: Texts, after: Texts, language: Language) -> str:
    """Return the later text with what is new in `ins` and what is gone in `del`."""
    for version in (before, after):
        if language not in version.bodies:
            raise Invalid.at("/language", "contract_templates.problem.language_missing")
    return redline(*(readable(each.bodies[language], language) for each in (before, after)))


def compared_document(
    before: TemplateVersion, after: TemplateVersion, language: Language
) -> HtmlDocument:
    """Return a comparison as a document."""
    title = say(
        language,
        "contract_templates.comparison.title",
        template=after.read_manifest().title[language],
        before=before.number,
        after=after.number,
    )
    content = Markup('<h1>{}</h1><div class="clauses redline">{}</div>').format(
        title,
        Markup(compare(before, after, language)),  # noqa: S704 - redline has sanitized it
    )
    return HtmlDocument(title, language, content)


def readable(xhtml: str, language: Language) -> str:
    """Return a stored text with its variables, conditions and repetitions written out."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(f"<div>{xhtml.replace('&nbsp;', '&#160;')}</div>", parser)
    for element in root.iter(etree.Element):
        _write_out(element, language)
    whole = etree.tostring(root, encoding="unicode")
    return whole.removeprefix("<div>").removesuffix("</div>")


def _write_out(element: etree._Element, language: Language) -> None:
    variable = element.get("data-var")
    if variable is not None:
        known = texts(language).get(f"contract_templates.variable.{variable}", variable)
        element.text = f"[{known}]"
    for attribute, key in (("data-if", "only_if"), ("data-each", "for_each")):
        asked = element.get(attribute)
        if asked is not None:
            note = etree.Element("p" if element.tag == "section" else "span")
            note.text = say(language, f"contract_templates.comparison.{key}", asked=asked)
            if element.tag in {"table", "tr", "ol", "ul"}:
                continue  # a note would not be allowed there; what is in it is compared
            note.tail, element.text = f" {element.text or ''}", None
            element.insert(0, note)
