"""The shipped processes and the features behind them fit together."""

import json

from fellesgrep.core.registry import Registry
from fellesgrep.workflow.catalogue import bundle_of, main_processes, read_folder
from fellesgrep.workflow.check import check_all
from fellesgrep.workflow.operations import ASSIGNERS, OPERATIONS


def test_the_shipped_processes_are_sound(registry: Registry) -> None:
    assert [str(finding) for finding in check_all(registry)] == []  # not even a warning


def test_every_operation_and_assigner_of_a_feature_is_used_by_a_diagram(
    registry: Registry,
) -> None:
    files = read_folder()
    elements = [
        element
        for process in main_processes(files)
        for inside in bundle_of(files, process).elements.values()
        for element in inside.values()
    ]
    named = {element.operation for element in elements if element.operation}
    assert set(registry.all(OPERATIONS)) == named
    lanes = {f"role:{element.role}" for element in elements if element.role}
    assigned = {element.properties.get("assign") for element in elements}
    assert set(registry.all(ASSIGNERS)) <= lanes | assigned


def test_a_process_is_named_after_its_folder_and_names_only_what_it_draws() -> None:
    files = read_folder()
    for process in main_processes(files):
        bundle = bundle_of(files, process)
        for name, xml in bundle.diagrams.items():
            assert f'<bpmn:process id="{name}"' in xml
            names = json.loads(files[f"{name}/names.json"])
            assert [key for key in names["elements"] if f'id="{key}"' not in xml] == []
