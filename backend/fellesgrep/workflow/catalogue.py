"""Processes as they are written: diagrams, forms and names, parsed once for each content."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import etree

from fellesgrep.core.languages import Language
from fellesgrep.workflow.forms import Form, read_form
from fellesgrep.workflow.parser import (
    NAMESPACES,
    DiagramError,
    parse,
    properties_of,
    read_xml,
    role_of_lane,
)

SHIPPED = Path(__file__).parents[3] / "workflows"
_BPMN = "{" + NAMESPACES["bpmn"] + "}"
_NODES = frozenset(
    {
        "startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent",
        "intermediateThrowEvent", "task", "userTask", "manualTask", "serviceTask",
        "businessRuleTask", "scriptTask", "sendTask", "receiveTask", "callActivity",
        "subProcess", "exclusiveGateway", "parallelGateway", "inclusiveGateway",
        "eventBasedGateway",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Element:
    """A node of a diagram: what it is called, whose it is, what it does."""

    id: str
    process: str
    kind: str
    name: str
    role: str | None
    properties: Mapping[str, str]
    called: str | None = None
    item: str | None = None
    """The name under which a step that is taken for each item knows its item."""

    @property
    def operation(self) -> str | None:
        return self.properties.get("operation")

    @property
    def is_job(self) -> bool:
        return self.kind == "serviceTask" and self.properties.get("mode") == "job"


@dataclass(frozen=True)
class Bundle:
    """A process with all that it calls, their forms and names: one version, by content hash."""

    process: str
    files: Mapping[str, str] = field(repr=False)
    """Path below `workflows/` → text."""

    @cached_property
    def file_hashes(self) -> dict[str, str]:
        """Path → hash of the file's text."""
        return {path: digest(text) for path, text in sorted(self.files.items())}

    @cached_property
    def hash(self) -> str:
        """What tells this version from every other."""
        return digest(json.dumps([self.process, self.file_hashes]))

    @cached_property
    def diagrams(self) -> dict[str, str]:
        """Process id → XML, the main process first."""
        found = {
            path.split("/")[0]: text
            for path, text in self.files.items()
            if path.endswith("/process.bpmn")
        }
        return {self.process: found.pop(self.process), **found}

    @cached_property
    def specs(self) -> tuple[Any, dict[str, Any]]:
        """SpiffWorkflow's specs; parsed once, shared by every running instance, never changed."""
        return parse(self.diagrams, self.process)

    @cached_property
    def elements(self) -> dict[str, dict[str, Element]]:
        """Process id → element id → element. What lies in a sub-process belongs to its process."""
        return {
            process: {element.id: element for element in _elements(process, text)}
            for process, text in self.diagrams.items()
        }

    @cached_property
    def owners(self) -> dict[str, str]:
        """Name of a spec (a process or an embedded sub-process) → id of its process."""
        return {
            owned: process
            for process, elements in self.elements.items()
            for owned in (process, *(e.id for e in elements.values() if e.kind == "subProcess"))
        }

    def element(self, spec_name: str, element_id: str) -> Element | None:
        """Return an element by SpiffWorkflow's names; None for what is not drawn."""
        return self.elements[self.owners[spec_name]].get(element_id)

    def form(self, process: str, element_id: str) -> Form | None:
        """Return the form of a user task; None where it has none."""
        text = self.files.get(f"{process}/forms/{element_id}.json")
        return read_form(text) if text is not None else None

    @cached_property
    def _names(self) -> dict[str, dict[str, Any]]:
        return {
            process: json.loads(self.files.get(f"{process}/names.json", "{}"))
            for process in self.diagrams
        }

    def text(self, process: str, id_: str, bokmal: str, language: Language) -> str:
        """Return what anything drawn is called in a language; bokmål stands in the diagram."""
        names = self._names[process].get("elements", {}).get(id_, {})
        return str(names.get(language) or bokmal)

    def name(self, process: str, element_id: str, language: Language) -> str:
        """Return an element's name in a language."""
        bokmal = self.elements[process][element_id].name
        return self.text(process, element_id, bokmal, language)

    def process_name(self, process: str, language: Language) -> str:
        """Return a process's name in a language."""
        names = self._names[process].get("process", {})
        return str(names.get(language) or _process_name(self.diagrams[process], process))


def digest(text: str) -> str:
    """Return the content hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _process_name(text: str, process: str) -> str:
    node = read_xml(text, process).find(f"{_BPMN}process[@id='{process}']")
    return process if node is None else node.get("name", process)


def _elements(process: str, text: str) -> Iterator[Element]:
    root = read_xml(text, f"{process}/process.bpmn")
    roles = {
        ref.text: role_of_lane(ref.getparent().get("id", ""))
        for ref in root.iterfind(".//bpmn:flowNodeRef", NAMESPACES)
    }
    for node in root.iter(f"{_BPMN}*"):
        kind = etree.QName(node).localname
        if kind in _NODES:
            item = node.find("bpmn:multiInstanceLoopCharacteristics/bpmn:inputDataItem", NAMESPACES)
            yield Element(
                id=node.get("id"),
                process=process,
                kind=kind,
                name=" ".join((node.get("name") or "").split()),
                role=_role(node, roles),
                properties=properties_of(node),
                called=node.get("calledElement"),
                item=None if item is None else item.get("id"),
            )


def _role(node: Any, roles: Mapping[str | None, str | None]) -> str | None:
    """Return the role of the lane that holds a node, or the sub-process around it."""
    while node is not None and etree.QName(node).localname != "process":
        if node.get("id") in roles:
            return roles[node.get("id")]
        node = node.getparent()
    return None


def calls(files: Mapping[str, str], process: str) -> list[str]:
    """Return a process and all that it calls, in the order of calling. Raises `DiagramError`."""
    found: list[str] = []
    waiting = [process]
    while waiting:
        current = waiting.pop(0)
        if current in found:
            continue
        found.append(current)
        path = f"{current}/process.bpmn"
        if path not in files:
            raise DiagramError(f"{path} does not exist, but is called")
        root = read_xml(files[path], path)
        waiting += [
            node.get("calledElement", "")
            for node in root.iterfind(".//bpmn:callActivity", NAMESPACES)
        ]
    return found


def read_folder(folder: Path = SHIPPED) -> dict[str, str]:
    """Return every file of a `workflows/` folder that belongs to a process, by its path."""
    return {
        file.relative_to(folder).as_posix(): file.read_text("utf-8")
        for file in sorted(folder.glob("*/**/*"))
        if file.suffix in {".bpmn", ".dmn", ".json"}
    }


def bundle_of(files: Mapping[str, str], process: str) -> Bundle:
    """Return the version of `process` that these files make. Raises `DiagramError`."""
    parts = tuple(f"{called}/" for called in calls(files, process))
    return Bundle(
        process,
        {
            path: text
            for path, text in files.items()
            if path.startswith(parts) and not path.endswith(".dmn")
        },
    )


def main_processes(files: Mapping[str, str]) -> list[str]:
    """Return the processes that no other calls: those that are started."""
    every = [path.split("/")[0] for path in files if path.endswith("/process.bpmn")]
    called = {name for process in every for name in calls(files, process)[1:]}
    return [process for process in every if process not in called]
