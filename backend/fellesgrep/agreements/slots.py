"""What later packages tell about an agreement."""

from collections.abc import Callable, Sequence
from uuid import UUID

from fellesgrep.core.registry import Slot
from fellesgrep.core.tx import Tx
from fellesgrep.documents.frames import Signature

SIGNATORIES: Slot[Callable[[Tx, UUID], Sequence[Signature]]] = Slot("agreement signatories")
"""Package name → function `(tx, agreement_id)` that says who is to sign, for the document shown.

Where nobody says anything, the document shown has no list of signatures.
"""
