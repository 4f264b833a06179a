"""A sound process that has a bit of everything, for breaking one thing of it at a time."""

import json
from typing import Literal

from lxml import etree
from pydantic import BaseModel

from tests.backend.workflow.diagrams import fact, flow, form, node, process, timer

XML, ASK, TABLE = "errand/process.bpmn", "errand/forms/ask.json", "errand/size.dmn"
INSIDE, NAMES = "helping/process.bpmn", "errand/names.json"
CODES = (
    '<bpmn:error id="stop" name="stop" errorCode="stop"/>'
    '<bpmn:message id="held" name="meeting_held"/>'
)


class Given(BaseModel):
    amount: int
    way: Literal["short", "long"]


class Told(BaseModel):
    amount: int


def drawn(xml: str) -> str:
    """Draw everything that a diagram holds, all in one place."""
    root = etree.fromstring(xml.encode())
    tags = {"sequenceFlow": "BPMNEdge"}
    skipped = {"definitions", "process", "laneSet", "error", "message"}
    shapes = "".join(
        f'<bpmndi:{tags.get(kind, "BPMNShape")} bpmnElement="{each.get("id")}"/>'
        for each in root.iter()
        if (kind := etree.QName(each).localname) not in skipped
        and each.get("id")
        and not kind.endswith(("Definition", "DataItem"))
    )
    plane = (
        f"<bpmndi:BPMNDiagram><bpmndi:BPMNPlane>{shapes}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
    )
    space = 'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    return xml.replace("<bpmn:definitions ", f"<bpmn:definitions {space}").replace(
        "</bpmn:definitions>", f"{plane}</bpmn:definitions>"
    )


def table(*rules: tuple[str, str, str], policy: str = "UNIQUE") -> str:
    """Write a table that tells the size of an amount: rule, cell, words."""
    written = "".join(
        f'<rule id="{name}"><description>{words}</description>'
        f"<inputEntry id='{name}_in'><text>{cell}</text></inputEntry>"
        f"<outputEntry id='{name}_out'><text>'{name}'</text></outputEntry>"
        f"<outputEntry id='{name}_law'><text>'Lov § 1'</text></outputEntry></rule>"
        for name, cell, words in rules
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" '
        'xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" '
        'xmlns:s="http://spiffworkflow.org/bpmn/schema/1.0/core" id="d" name="n" namespace="n">'
        '<decision id="size" name="Hvor stort?"><extensionElements><s:properties>'
        '<s:property name="valid_from" value="2026-01-01"/></s:properties></extensionElements>'
        f'<decisionTable id="t" hitPolicy="{policy}"><input id="i" label="Beløp">'
        '<inputExpression id="e" typeRef="integer"><text>amount</text></inputExpression></input>'
        '<output id="o" label="Størrelse" name="size" typeRef="string"/>'
        '<output id="l" label="Hjemmel" name="size_reference" typeRef="string"/>'
        f"{written}</decisionTable></decision><dmndi:DMNDI><dmndi:DMNDiagram id='x'>"
        '<dmndi:DMNShape id="s" dmnElementRef="size"/></dmndi:DMNDiagram></dmndi:DMNDI>'
        "</definitions>"
    )


def choice(*values: str) -> dict[str, object]:
    title = {"nb": "a", "nn": "a", "en": "a"}
    return fact(oneOf=[{"const": value, "title": title} for value in values])


SIGN = (
    "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopDataInputRef>people</bpmn:loopDataInputRef>"
    '<bpmn:inputDataItem id="person" name="person"/>'
    "<bpmn:completionCondition>answer == 'no'</bpmn:completionCondition>"
    "</bpmn:multiInstanceLoopCharacteristics>"
)
SIGNING = (
    node("startEvent", "wanted"), node("userTask", "sign", SIGN),
    node("exclusiveGateway", "said", attributes='default="said_all"'), node("endEvent", "all"),
    node("endEvent", "one_no", '<bpmn:errorEventDefinition id="thrown" errorRef="stop"/>'),
    flow("wanted", "sign"), flow("sign", "said"), flow("said", "all"),
    flow("said", "one_no", "answer == 'no'"),
)  # fmt: skip
MAIN = (
    node("startEvent", "start"),
    node("userTask", "ask", operation="errands.ask", due_days="7"),
    node("businessRuleTask", "measure", decision="size"),
    node("exclusiveGateway", "which", attributes='default="which_together"'),
    node("subProcess", "together", "".join(SIGNING)),
    node("boundaryEvent", "refused", '<bpmn:errorEventDefinition id="c" errorRef="stop"/>',
         'attachedToRef="together"'),
    node("boundaryEvent", "late", timer("timeDuration", "P14D"),
         'attachedToRef="together" cancelActivity="true"'),
    node("callActivity", "call", attributes='calledElement="helping"'),
    node("intermediateCatchEvent", "meeting",
         '<bpmn:messageEventDefinition id="m" messageRef="held"/>'),
    node("serviceTask", "tell", operation="errands.tell", mode="job"),
    node("endEvent", "end", outcome="done"), node("endEvent", "stopped", outcome="stopped"),
    flow("start", "ask"), flow("ask", "measure"), flow("measure", "which"),
    flow("which", "together"), flow("which", "call", "way == 'short' and size == 'small'"),
    flow("together", "call"), flow("refused", "stopped"), flow("late", "stopped"),
    flow("call", "meeting"), flow("meeting", "tell"), flow("tell", "end"),
)  # fmt: skip
HELPING = (
    node("startEvent", "begin"), node("userTask", "help"), node("endEvent", "helped"),
    flow("begin", "help"), flow("help", "helped"),
)  # fmt: skip
NAMED = (
    "start ask measure which together refused late call meeting tell end stopped wanted sign said "
    "all one_no begin help helped roundabout again split join extra"
)


def errand(*extra: str) -> dict[str, str]:
    """Return the files of a sound process that has a bit of everything."""
    lanes = {"role_liaison": ["ask", "tell"], "role_partner": ["together"]}
    names = json.dumps({"elements": {id_: {"nn": id_, "en": id_} for id_ in NAMED.split()}})
    return {
        XML: drawn(process(*MAIN, *extra, lanes=lanes, extra=CODES)),
        ASK: form(
            "amount", "way", "people",
            amount=fact(type="integer"), way=choice("short", "long"), people=fact(type="array"),
        ),
        "errand/forms/sign.json": form("answer", answer=choice("yes", "no")),
        NAMES: names,
        TABLE: table(("small", "&lt; 100", "Lite."), ("large", "&gt;= 100", "Stort.")),
        INSIDE: drawn(process(*HELPING, id_="helping", lanes={"role_legal": ["help"]})),
        "helping/forms/help.json": form(),
        "helping/names.json": names,
    }  # fmt: skip
