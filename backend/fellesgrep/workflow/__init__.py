"""The engine room: runs the processes of `workflows/`. Knows BPMN, knows no case."""
