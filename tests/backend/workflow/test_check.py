"""The check finds what would not work, and says where."""

import pytest

from fellesgrep.workflow.catalogue import read_folder
from fellesgrep.workflow.check import check_all
from tests.workflows.story import Recorder, Told, make_registry

DIAGRAM = "co_funding/process.bpmn"
FORM = "co_funding/forms/decide_co_funding.json"
TABLE = "co_funding/delegation.dmn"


def found(files: dict[str, str]) -> list[str]:
    registry = make_registry(Recorder(), read_folder(), Told())
    return [str(each) for each in check_all(registry, files) if "assigned by" not in str(each)]


def test_sound_processes_give_no_findings() -> None:
    assert found(read_folder()) == []


@pytest.mark.parametrize(
    ("file", "before", "after", "finding"),
    [
        (DIAGRAM, "role_decision_maker", "role_wizard", "unknown role 'wizard'"),
        (DIAGRAM, "decisions.decide", "decisions.guess", "which no feature has registered"),
        (DIAGRAM, 'value="delegation"', 'value="oracle"', "names no decision table that exists"),
        (DIAGRAM, 'bpmnElement="decide_co_funding"', 'bpmnElement="other"', "is not drawn"),
        (FORM, '"nn": "Grunngiving",', "", "is not there in nb, nn and en"),
        (FORM, '"x-fact": true', '"x-fact": false', "asks for outcome, which no step"),
        (TABLE, "amount_ore", "amount_dollars", "asks for amount_dollars, which no step"),
        (TABLE, "&gt; 200000000", "&gt; import os", "cannot be read"),
        (
            "cooperation/process.bpmn",
            "way == 'informal'",
            "[each for each in way]",
            "is not allowed",
        ),
        (
            "cooperation/process.bpmn",
            ' default="flow_way_gateway__call_proposal"',
            "",
            "without condition",
        ),
        ("cooperation/process.bpmn", 'calledElement="proposal"', 'calledElement="x"', "is called"),
    ],
)
def test_a_mistake_is_found_and_named(file: str, before: str, after: str, finding: str) -> None:
    files = read_folder()
    assert before in files[file]
    files[file] = files[file].replace(before, after)
    assert any(finding in line for line in found(files)), found(files)


def test_a_user_task_without_a_form_and_a_form_without_a_task_are_found() -> None:
    files = read_folder()
    files["proposal/forms/nobody.json"] = files.pop("proposal/forms/write_proposal.json")
    reasons = found(files)
    assert any("a user task needs its form" in reason for reason in reasons)
    assert any("nobody.json: -: belongs to no user task" in reason for reason in reasons)
