"""What a text of an agreement may ask about a case. Later packages contribute their part.

A contribution is a function `(tx, case_id)` that returns top-level names; all contributions
together are the data of a text. Money is integer øre under names that end in `_ore`, days are
`date` under names that end in `_on`; what is not known yet is None, what there is none of is an
empty list. The names that the shipped texts rely on:

| package | names |
| --- | --- |
| contract_templates | `municipality: {name, organisation_number}`, `case: {number, title, area, responsible: {name, email}}`, `parties: [{name, organisation_number, kind, address, contact_name, contact_email, role: lead or party}]`, `lead_party`: the first of them |
| funding | `funding: {total_ore, municipality_cash_ore, municipality_in_kind_ore, lines: [{description, category, amount_ore}], contributions: [{party, kind, description, amount_ore}], shares: [{party, cash_ore, in_kind_ore, total_ore}]}` |
| proposals | `proposal: {title, background, goals, target_groups, results, maintenance, activities: [{title, starts_on, ends_on, responsible}]}` |
| decisions | `decision: {number, decided_on, decided_by, level, amount_ore, legal_reference, conditions}` |
| agreements | `fields: {…}` as the template's manifest asks |
"""  # noqa: E501

from collections.abc import Callable
from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python

from fellesgrep.core.registry import Slot
from fellesgrep.core.tx import Tx

VARIABLES: Slot[Callable[[Tx, UUID], dict[str, Any]]] = Slot("contract variables")
"""Package name → function that returns its top-level names for a case."""


def gather(tx: Tx, case_id: UUID) -> dict[str, Any]:
    """Return everything a text can ask about a case, as plain JSON values."""
    found: dict[str, Any] = {}
    for package, contribute in tx.house.registry.all(VARIABLES).items():
        names = contribute(tx, case_id)
        if taken := found.keys() & names.keys():
            raise ValueError(f"{package} gives {sorted(taken)} a second time")
        found |= names
    plain: dict[str, Any] = to_jsonable_python(found)
    return plain
