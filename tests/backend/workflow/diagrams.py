"""Small processes for tests, written in a few words."""

import json
from collections.abc import Mapping

_HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="t">'
)


def node(kind: str, id_: str, inside: str = "", attributes: str = "", **properties: str) -> str:
    """Write an element of a diagram with its properties."""
    written = "".join(
        f'<spiffworkflow:property name="{name}" value="{value}"/>'
        for name, value in properties.items()
    )
    extensions = (
        f"<bpmn:extensionElements><spiffworkflow:properties>{written}"
        "</spiffworkflow:properties></bpmn:extensionElements>"
        if properties
        else ""
    )
    return f'<bpmn:{kind} id="{id_}" name="{id_}" {attributes}>{extensions}{inside}</bpmn:{kind}>'


def flow(source: str, target: str, condition: str = "") -> str:
    """Write a sequence flow, with a condition where it has one."""
    inside = (
        f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{condition}'
        "</bpmn:conditionExpression>"
        if condition
        else ""
    )
    return (
        f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" '
        f'targetRef="{target}">{inside}</bpmn:sequenceFlow>'
    )


def timer(kind: str, text: str) -> str:
    """Write a timer event definition."""
    return (
        f"<bpmn:timerEventDefinition><bpmn:{kind}>{text}</bpmn:{kind}></bpmn:timerEventDefinition>"
    )


def process(
    *parts: str, id_: str = "errand", lanes: Mapping[str, list[str]] | None = None, extra: str = ""
) -> str:
    """Write a diagram whose lanes hold the elements that are named."""
    written = "".join(
        f'<bpmn:lane id="{lane}" name="{lane}">'
        + "".join(f"<bpmn:flowNodeRef>{ref}</bpmn:flowNodeRef>" for ref in refs)
        + "</bpmn:lane>"
        for lane, refs in (lanes or {}).items()
    )
    return (
        f'{_HEAD}{extra}<bpmn:process id="{id_}" name="Ærend" isExecutable="true">'
        f'<bpmn:laneSet id="lanes">{written}</bpmn:laneSet>{"".join(parts)}'
        "</bpmn:process></bpmn:definitions>"
    )


def form(*required: str, **properties: object) -> str:
    """Write a form of free text fields."""
    fields = {name: {"type": "string", "title": _title(name)} for name in required}
    return json.dumps(
        {
            "type": "object",
            "properties": fields | properties,
            "required": list(required),
            "additionalProperties": False,
        }
    )


def _title(name: str) -> dict[str, str]:
    return {"nb": f"{name} på bokmål", "nn": f"{name} på nynorsk", "en": f"{name} in English"}


def fact(**extra: object) -> dict[str, object]:
    """Write a form field whose answer is a fact."""
    return {"type": "string", "title": _title("svar"), "x-fact": True} | extra
