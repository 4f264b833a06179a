"""A decision table beside the one it would take the place of: rule by rule, cell by cell."""

from collections.abc import Iterator, Sequence
from typing import Literal

from sqlalchemy import select

from fellesgrep.core.tx import Tx
from fellesgrep.workflow.dmn import Table, read_table
from fellesgrep.workflow.models import DecisionTable, VersionStatus
from fellesgrep.workflow.version_schemas import ComparedCell, ComparedRule, TableComparison

Cells = Sequence[str]


def compare(tx: Tx, table: DecisionTable) -> TableComparison:
    """Return a table beside the one that binds on its first day, else the newest in force."""
    before = _in_force(tx, table)
    new, old = read_table(table.content), read_table(before.content) if before else None
    return TableComparison(
        name=table.name,
        valid_from=table.valid_from,
        previous_valid_from=before.valid_from if before else None,
        columns=new.labels,
        inputs=len(new.inputs),
        rules=list(_rules(old, new)),
    )


def _in_force(tx: Tx, table: DecisionTable) -> DecisionTable | None:
    others = (
        select(DecisionTable)
        .where(
            DecisionTable.name == table.name,
            DecisionTable.status == VersionStatus.IN_FORCE,
            DecisionTable.id != table.id,
        )
        .order_by((DecisionTable.valid_from <= table.valid_from).desc())
        .order_by(DecisionTable.valid_from.desc())
        .limit(1)
    )
    return tx.session.scalars(others).first()


def _columns(table: Table) -> list[str]:
    return [*table.inputs, *table.outputs]


def _rules(old: Table | None, new: Table) -> Iterator[ComparedRule]:
    """Yield the rules of the new table in order, then those that are gone."""
    known = dict(old.rules) if old else {}
    same_columns = old is not None and _columns(old) == _columns(new)
    for id_, cells in new.rules:
        before = known.pop(id_, None) if same_columns else None
        yield _rule(id_, before, cells, new.annotations[id_])
    if same_columns and old is not None:
        for id_, cells in known.items():
            yield _rule(id_, cells, None, old.annotations[id_])


def _rule(id_: str, before: Cells | None, after: Cells | None, why: str) -> ComparedRule:
    change: Literal["added", "removed", "changed", "same"]
    if before is None or after is None:
        change = "added" if before is None else "removed"
    else:
        change = "same" if list(before) == list(after) else "changed"
    cells = [
        ComparedCell(before=before and before[column], after=after and after[column])
        for column in range(len(after or before or ()))
    ]
    return ComparedRule(id=id_, change=change, why=why, cells=cells)
