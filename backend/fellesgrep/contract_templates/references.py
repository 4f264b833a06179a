"""Where in a filled text a section stands: what references to it say, and what a list shows."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from fellesgrep.core.languages import Language, say


@dataclass(frozen=True)
class Place:
    """A numbered section. `annex` ones stand behind the text and have numbers of their own."""

    number: int
    heading: str
    annex: bool


def places(root: etree._Element) -> Iterator[tuple[etree._Element, Place]]:
    """Yield the numbered sections below `root` with their places, in the order of the text."""
    clauses = annexes = 0
    for section in root.findall("section"):
        heading = section.find("h2")
        if heading is None or "unnumbered" in heading.get("class", ""):
            continue
        annex = section.get("data-annex") is not None
        if annex:
            annexes += 1
        else:
            clauses += 1
        said = " ".join("".join(map(str, heading.itertext())).split())
        yield section, Place(annexes if annex else clauses, said, annex)


def number_references(root: etree._Element, language: Language) -> list[tuple[str, str]]:
    """Write each reference's number into it; returns the broken ones: key and clause."""
    known: dict[str, Place] = {}
    for section, place in places(root):
        for name in ("data-key", "data-clause"):
            if key := section.get(name):
                known[key] = place
    broken = []
    for section in root:
        for reference in section.iterfind(".//*[@data-ref]"):
            key = reference.get("data-ref", "")
            if key in known:
                kind = "annex" if known[key].annex else "clause"
                number = str(known[key].number)
                reference.text = say(
                    language, f"contract_templates.reference.{kind}", number=number
                )
            else:
                broken.append((key, _heading(section)))
    return broken


def _heading(section: etree._Element) -> str:
    heading = section.find("h2")
    return "" if heading is None else "".join(map(str, heading.itertext()))
