"""Is every method of signing set up that the rules of this installation demand?"""

from collections.abc import Mapping

from fellesgrep.core.tx import Tx
from fellesgrep.signing import methods
from fellesgrep.workflow.dmn import read_table
from fellesgrep.workflow.store import table_in_force

POLICY, OUTPUT = "signature_policy", "signature_method"


def demanded(content: str) -> frozenset[str]:
    """Return every method that some rule of a signature policy (DMN) gives."""
    table = read_table(content)
    column = len(table.inputs) + table.outputs.index(OUTPUT)
    return frozenset(cells[column].strip().strip('"') for _, cells in table.rules)


def not_set_up(tx: Tx) -> Mapping[str, str]:
    """Return the methods that the policy in force demands and nobody can use, and what lacks."""
    asked = demanded(table_in_force(tx, POLICY).content)
    found = {each.key: each.missing_setting(tx.house) for each in methods.in_order(tx.house)}
    return {key: lacks for key, lacks in found.items() if key in asked and lacks}
