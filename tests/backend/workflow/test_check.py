"""The check finds what would not work, and says where."""

from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import BaseModel

from fellesgrep.core.languages import LANGUAGES, texts
from fellesgrep.core.registry import Registry
from fellesgrep.workflow.check import check_all
from fellesgrep.workflow.findings import Finding
from fellesgrep.workflow.operations import ASSIGNERS, OPERATIONS, NoInput, Operation
from tests.backend.workflow.diagrams import fact, flow, form, node, process, timer
from tests.backend.workflow.sound_errand import (
    ASK,
    HELPING,
    INSIDE,
    NAMES,
    SIGN,
    TABLE,
    XML,
    Given,
    Told,
    choice,
    drawn,
    errand,
    table,
)


@pytest.fixture
def told() -> Registry:
    registry = Registry()

    def nothing(_step: object, _given: object) -> Mapping[str, Any]:
        return {}

    registry.put(OPERATIONS, "errands.ask", Operation(nothing, Given))
    registry.put(OPERATIONS, "errands.tell", Operation(nothing, Told))
    registry.put(OPERATIONS, "errands.nothing", Operation(nothing, NoInput))
    registry.put(ASSIGNERS, "errands.somebody", lambda *_: None)
    return registry


def broken(file: str, before: str, after: str) -> dict[str, str]:
    files = errand()
    assert before in files[file], files[file]
    return files | {file: files[file].replace(before, after)}


def added(path: str, text: str) -> dict[str, str]:
    return errand() | {path: text}


def loop_with_join(*, back_to: str) -> dict[str, str]:
    """Two branches that are joined, in a loop that comes back to `back_to`."""
    files = errand(
        node("exclusiveGateway", "roundabout"), node("parallelGateway", "split"),
        node("parallelGateway", "join"),
        node("exclusiveGateway", "again", attributes='default="again_end"'),
        flow("call", "roundabout"), flow("roundabout", "split"), flow("split", "meeting"),
        flow("split", "tell"), flow("tell", "join"), flow("meeting", "join"),
        flow("join", "again"), flow("again", "end"), flow("again", back_to, "way == 'long'"),
    )  # fmt: skip
    for gone in ("call_meeting", "meeting_tell", "tell_end"):
        arrow = flow(*gone.split("_"))
        files[XML] = (
            files[XML].replace(arrow, "").replace(f'<bpmndi:BPMNEdge bpmnElement="{gone}"/>', "")
        )
    return files


REQUIRED = '"required": ["amount", "way", "people"]'
STOPPED = 'id="stopped" name="stopped" >'
LAW = "<outputEntry id='small_law'><text>'Lov § 1'"
SHORT = "way == 'short' and size == 'small'"

MISTAKES: list[tuple[str, str, dict[str, str]]] = [
    ("unreadable", "-", broken(XML, "</bpmn:process>", "")),
    ("other_process", "-", broken(XML, '<bpmn:process id="errand"', '<bpmn:process id="else"')),
    ("duplicate_id", "tell", broken(XML, 'id="end"', 'id="tell"')),
    ("script", "tell", broken(XML, "bpmn:serviceTask", "bpmn:scriptTask")),
    (
        "script",
        "ask",
        broken(
            XML,
            '<spiffworkflow:properties><spiffworkflow:property name="operation" value="errands.a',
            "<spiffworkflow:preScript>a = 1</spiffworkflow:preScript><spiffworkflow:properties>"
            '<spiffworkflow:property name="operation" value="errands.a',
        ),
    ),
    ("not_run", "tell", broken(XML, "bpmn:serviceTask", "bpmn:manualTask")),
    ("loose_flow", "tell_end", broken(XML, 'targetRef="end"', 'targetRef="ende"')),
    (
        "calls_itself",
        "helping",
        errand()
        | {
            INSIDE: drawn(
                process(
                    HELPING[0],
                    node("callActivity", "help", attributes='calledElement="helping"'),
                    HELPING[2],
                    flow("begin", "help"),
                    flow("help", "helped"),
                    id_="helping",
                )
            )
        },
    ),
    ("no_start", "helping", broken(INSIDE, "bpmn:startEvent", "bpmn:intermediateThrowEvent")),
    ("no_end", "helping", broken(INSIDE, "bpmn:endEvent", "bpmn:intermediateThrowEvent")),
    ("unreachable", "extra", errand(node("userTask", "extra"), flow("extra", "end"))),
    ("dead_end", "refused", broken(XML, flow("refused", "stopped"), "")),
    (
        "never_ends",
        "extra",
        errand(node("exclusiveGateway", "extra"), flow("late", "extra"), flow("extra", "extra")),
    ),
    ("no_default", "which", broken(XML, ' default="which_together"', "")),
    ("wrong_default", "which", broken(XML, 'default="which_together"', 'default="tell_end"')),
    (
        "no_condition",
        "which_call",
        broken(XML, flow("which", "call", SHORT), flow("which", "call")),
    ),
    (
        "default_with_condition",
        "which_together",
        broken(XML, flow("which", "together"), flow("which", "together", "way == 'long'")),
    ),
    ("same_condition", "which_end", errand(flow("which", "end", SHORT))),
    (
        "condition_elsewhere",
        "tell_end",
        broken(XML, flow("tell", "end"), flow("tell", "end", "way == 'long'")),
    ),
    (
        "no_event_behind",
        "extra_stopped",
        errand(node("eventBasedGateway", "extra"), flow("late", "extra"), flow("extra", "stopped")),
    ),
    ("no_such_choice", "which_call", broken(XML, "way == 'short'", "way == 'shrot'")),
    ("join_waits_for_itself", "join", loop_with_join(back_to="join")),
    ("join_in_cycle", "join", loop_with_join(back_to="roundabout")),
    (
        "lane_of_nothing",
        "role_partner",
        broken(XML, "<bpmn:flowNodeRef>together<", "<bpmn:flowNodeRef>togehter<"),
    ),
    ("two_lanes", "ask", broken(XML, "<bpmn:flowNodeRef>together<", "<bpmn:flowNodeRef>ask<")),
    ("no_lane", "help", broken(INSIDE, 'id="role_legal"', 'id="legal"')),
    ("unknown_role", "ask", broken(XML, 'id="role_liaison"', 'id="role_wizard"')),
    ("not_drawn", "ask", broken(XML, 'bpmnElement="ask"', 'bpmnElement="start"')),
    ("not_drawn", "size", broken(TABLE, 'dmnElementRef="size"', 'dmnElementRef="other"')),
    ("drawn_only", "asked", broken(XML, 'bpmnElement="ask"', 'bpmnElement="asked"')),
    (
        "sends_message",
        "stopped",
        broken(XML, STOPPED, STOPPED + '<bpmn:messageEventDefinition messageRef="held"/>'),
    ),
    ("no_message", "meeting", broken(XML, 'messageRef="held"', 'messageRef="help"')),
    (
        "message_for_all",
        "extra",
        errand(
            node("receiveTask", "extra", SIGN.replace("person", "one"), 'messageRef="held"'),
            flow("late", "extra"),
            flow("extra", "end"),
        ),
    ),
    (
        "error_uncaught",
        "one_no",
        broken(
            XML, '<bpmn:errorEventDefinition id="c" errorRef="stop"/>', timer("timeDuration", "P1D")
        ),
    ),
    (
        "escalation_uncaught",
        "stopped",
        broken(XML, STOPPED, STOPPED + '<bpmn:escalationEventDefinition id="esc"/>'),
    ),
    (
        "never_thrown",
        "refused",
        broken(XML, '<bpmn:errorEventDefinition id="thrown" errorRef="stop"/>', ""),
    ),
    (
        "name_shared",
        "together",
        errand()
        | {
            INSIDE: drawn(
                process(
                    HELPING[0],
                    node(
                        "subProcess",
                        "together",
                        node("startEvent", "a") + node("endEvent", "b") + flow("a", "b"),
                    ),
                    HELPING[2],
                    flow("begin", "together"),
                    flow("together", "helped"),
                    id_="helping",
                )
            )
        },
    ),
    ("no_time", "late", broken(XML, "P14D", "")),
    ("bad_time", "late", broken(XML, "P14D", "P14Y3M2D1")),
    (
        "bad_time",
        "late",
        broken(XML, timer("timeDuration", "P14D"), timer("timeDate", "2026-02-30")),
    ),
    ("bad_expression", "late", broken(XML, "P14D", "14 dager")),
    ("unknown_name", "which_call", broken(XML, "size == 'small'", "sise == 'small'")),
    ("unknown_name", "measure", broken(TABLE, "<text>amount</text>", "<text>amont</text>")),
    ("name_too_late", "which_call", broken(XML, "size == 'small'", "answer == 'no'")),
    (
        "name_not_sure",
        "call_meeting",
        broken(XML, flow("call", "meeting"), flow("call", "meeting", "answer == 'no'")),
    ),
    ("name_not_sure", "which_call", broken(ASK, REQUIRED, '"required": ["amount", "people"]')),
    ("operation_not_told", "tell", broken(ASK, REQUIRED, '"required": ["way", "people"]')),
    (
        "no_operation",
        "tell",
        broken(XML, '<spiffworkflow:property name="operation" value="errands.tell"/>', ""),
    ),
    ("unknown_operation", "ask", broken(XML, "errands.ask", "errands.guess")),
    ("unknown_mode", "tell", broken(XML, 'value="job"', 'value="later"')),
    (
        "unknown_assigner",
        "ask",
        broken(XML, 'name="due_days" value="7"', 'name="assign" value="errands.nobody"'),
    ),
    (
        "bad_due_days",
        "ask",
        broken(XML, 'name="due_days" value="7"', 'name="due_days" value="a week"'),
    ),
    ("no_name", "ask", broken(XML, 'id="ask" name="ask"', 'id="ask" name=""')),
    (
        "untranslated",
        "ask",
        broken(NAMES, '"ask": {"nn": "ask", "en": "ask"}', '"ask": {"en": "ask"}'),
    ),
    ("no_form", "ask", {path: text for path, text in errand().items() if path != ASK}),
    ("bad_form", "ask", broken(ASK, '"type": "integer"', '"type": "whole"')),
    ("bad_form", "ask", added(ASK, "[")),
    ("lost_form", "-", added("errand/forms/nobody.json", form())),
    ("form_untranslated", "ask", broken(ASK, '"nn": "svar p\\u00e5 nynorsk", ', "")),
    (
        "form_requires_nothing",
        "ask",
        broken(ASK, '"required": ["amount",', '"required": ["colour", "amount",'),
    ),
    ("form_lacks", "ask", added(ASK, form("way", "people", way=choice("short"), people=fact()))),
    ("form_may_leave_out", "ask", broken(ASK, REQUIRED, '"required": ["way", "people"]')),
    ("form_other_type", "ask", broken(ASK, '"type": "integer"', '"type": "string"')),
    ("form_other_choice", "ask", broken(ASK, '"const": "long"', '"const": "longer"')),
    ("no_table", "measure", broken(XML, 'value="size"', 'value="seize"')),
    ("bad_cell", "small", broken(TABLE, "&lt; 100", "&lt; import os")),
    ("no_valid_from", "size", broken(TABLE, "2026-01-01", "next year")),
    ("rule_without_words", "small", broken(TABLE, "<description>Lite.</description>", "")),
    ("rule_without_law", "small", broken(TABLE, LAW, LAW.replace("Lov § 1", ""))),
    ("rules_overlap", "small", broken(TABLE, "&lt; 100", "&lt;= 100")),
    ("rules_gap", "size", broken(TABLE, "&gt;= 100", "&gt; 100")),
    (
        "rule_never_hits",
        "tiny",
        added(
            TABLE, table(("any", "-", "Alt."), ("tiny", "&lt; 10", "Knøttlite."), policy="FIRST")
        ),
    ),
]


def test_a_sound_process_gives_no_findings(told: Registry) -> None:
    assert [str(each) for each in check_all(told, errand())] == []


@pytest.mark.parametrize(
    ("kind", "element", "files"), MISTAKES, ids=[f"{each[0]}-{each[1]}" for each in MISTAKES]
)
def test_a_mistake_is_found_and_named(
    told: Registry, kind: str, element: str, files: dict[str, str]
) -> None:
    found = check_all(told, files)
    assert (kind, element) in {(each.kind, each.element) for each in found}, [*map(str, found)]


def test_every_kind_of_finding_has_a_process_that_shows_it() -> None:
    prefix = "workflow.check."
    kinds = {key.removeprefix(prefix) for key in texts("en") if key.startswith(prefix)}
    assert kinds - {kind for kind, _, _ in MISTAKES} - {"form_asks_too_much"} == set()


def test_a_form_that_asks_for_what_its_operation_refuses_is_found(told: Registry) -> None:
    class Strict(BaseModel, extra="forbid"):
        amount: int

    told.put(OPERATIONS, "errands.strictly", Operation(lambda *_: {}, Strict))
    found = check_all(told, broken(XML, "errands.ask", "errands.strictly"))
    assert ("form_asks_too_much", "ask") in {(each.kind, each.element) for each in found}


def test_a_finding_is_said_in_every_language_and_tells_its_weight(told: Registry) -> None:
    (warning,) = check_all(told, loop_with_join(back_to="roundabout"))
    assert not warning.is_error
    assert str(warning).startswith(f"{XML}: join: warning: joins branches in the middle")
    assert len({warning.said(language) for language in LANGUAGES}) == 3
    assert Finding(XML, "ask", "no_lane").is_error
