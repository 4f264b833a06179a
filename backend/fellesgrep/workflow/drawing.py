"""How an instance is drawn: its diagrams in the reader's language, and its way through them."""

from typing import Any

from lxml import etree
from sqlalchemy import select

from fellesgrep.core.languages import Language, say
from fellesgrep.core.tx import Tx
from fellesgrep.workflow.catalogue import Bundle
from fellesgrep.workflow.models import Instance, InstanceStatus, PathStep
from fellesgrep.workflow.parser import NAMESPACES, read_xml, role_of_lane
from fellesgrep.workflow.stepping import Run


def draw(tx: Tx, instance: Instance, language: Language) -> list[dict[str, Any]]:
    """Return each process: XML, elements done, elements it stands at, the path with times."""
    run = Run(tx, instance)
    running = instance.status == InstanceStatus.RUNNING
    current = run.load().current() if running else set()
    path = tx.session.execute(
        select(PathStep.process, PathStep.element, PathStep.at)
        .where(PathStep.instance_id == instance.id)
        .order_by(PathStep.id)
    ).all()
    bundle = run.bundle
    callers = {
        element.called: process
        for process, elements in bundle.elements.items()
        for element in elements.values()
        if element.called
    }
    return [
        {
            "process": process,
            "name": bundle.process_name(process, language),
            "xml": in_language(bundle, process, language),
            "called_from": callers.get(process),
            "done": sorted({step.element for step in path if step.process == process}),
            "current": sorted(id_ for owner, id_ in current if owner == process),
            "path": [
                {"element": step.element, "at": step.at} for step in path if step.process == process
            ],
        }
        for process in bundle.diagrams
    ]


def in_language(bundle: Bundle, process: str, language: Language) -> str:
    """Return a diagram's XML with the names of a language."""
    xml = bundle.diagrams[process]
    if language == "nb":
        return xml
    root = read_xml(xml, process)
    for node in root.iter("{*}*"):
        if node.get("name") and node.get("id"):
            node.set("name", bundle.text(process, node.get("id"), node.get("name"), language))
    for lane in root.iterfind(".//bpmn:lane", NAMESPACES):
        role = role_of_lane(lane.get("id", ""))
        lane.set("name", say(language, f"identity.role.{role}"))
    for pool in root.iterfind(".//bpmn:participant", NAMESPACES):
        pool.set("name", bundle.process_name(process, language))
    return etree.tostring(root, encoding="unicode")
