"""Decision tables: which rule hits for some facts, what it gives, and why in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
from SpiffWorkflow.dmn.parser.BpmnDmnParser import BpmnDmnParser
from SpiffWorkflow.dmn.specs.model import DecisionTable

from fellesgrep.core.expressions import ExpressionError, evaluate, names_in
from fellesgrep.workflow.parser import DiagramError, read_xml


@dataclass(frozen=True)
class Hit:
    """The rule that hit."""

    rule_id: str
    rule_number: int
    inputs: dict[str, Any]
    outputs: dict[str, Any]
    annotation: str


class _Cells:
    """Evaluates the cells of a table; what SpiffWorkflow takes for its script engine."""

    def evaluate(
        self, task: Any, expression: str, external_context: Mapping[str, Any] | None = None
    ) -> Any:
        return evaluate(expression, task.data | (external_context or {}))

    def validate(self, expression: str) -> None:
        try:
            names_in(expression)
        except ExpressionError as error:
            raise SyntaxError(str(error)) from None


@dataclass(frozen=True)
class Table:
    """A table as it was read."""

    name: str
    _engine: Any

    @property
    def inputs(self) -> list[str]:
        """The expressions of its input columns."""
        return [column.expression for column in self._engine.decision_table.inputs]

    @property
    def outputs(self) -> list[str]:
        """The facts it gives."""
        return [column.name for column in self._engine.decision_table.outputs]

    @property
    def labels(self) -> list[str]:
        """What its columns are called for people, inputs first."""
        table = self._engine.decision_table
        return [column.label or column.name for column in (*table.inputs, *table.outputs)]

    @property
    def rules(self) -> list[tuple[str, list[str]]]:
        """Each rule's id and the text of its cells."""
        return [
            (rule.id, [cell.text or "" for cell in (*rule.inputEntries, *rule.outputEntries)])
            for rule in self._engine.decision_table.rules
        ]

    @property
    def annotations(self) -> dict[str, str]:
        """Each rule's reason in words, by the rule's id."""
        rules = self._engine.decision_table.rules
        return {rule.id: " ".join((rule.description or "").split()) for rule in rules}

    @property
    def is_unique(self) -> bool:
        """Tell whether at most one rule may hit."""
        return bool(self._engine.decision_table.hit_policy == "UNIQUE")

    def hits(self, facts: Mapping[str, Any]) -> list[str]:
        """Return the ids of all rules that hit, whatever the table's policy."""
        policy, table = "COLLECT", self._engine.decision_table
        every = DMNEngine(DecisionTable(table.id, table.name, policy))
        every.decision_table.rules = table.rules
        return [rule.id for rule in every.decide(_asking(facts))]

    def decide(self, facts: Mapping[str, Any]) -> Hit | None:
        """Return the first rule that hits; None where no rule does."""
        asked = _asking(facts)
        rules = self._engine.decide(asked)
        if not rules:
            return None
        rule = rules[0]
        return Hit(
            rule_id=rule.id,
            rule_number=rule.row_number,
            inputs={expression: evaluate(expression, facts) for expression in self.inputs},
            outputs=dict(rule.output_as_dict(asked)),
            annotation=" ".join((rule.description or "").split()),
        )


def _asking(facts: Mapping[str, Any]) -> Any:
    """Return what SpiffWorkflow takes for the task that asks."""
    return SimpleNamespace(data=dict(facts), workflow=SimpleNamespace(script_engine=_Cells()))


@lru_cache(maxsize=256)
def read_table(text: str, file: str = "table.dmn") -> Table:
    """Read the table of a DMN file. Raises `DiagramError`."""
    parser = BpmnDmnParser()
    try:
        parser.add_dmn_xml(read_xml(text, file), file)
        ((name, _),) = parser.dmn_parsers.items()
        return Table(name, parser.get_engine(name, None))
    except (ValidationException, IndexError, ValueError, KeyError) as error:
        raise DiagramError(f"{file}: {error}") from None
