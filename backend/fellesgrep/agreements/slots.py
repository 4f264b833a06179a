"""What later packages tell about an agreement."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from fellesgrep.core.registry import Slot
from fellesgrep.core.tx import Tx
from fellesgrep.documents.frames import Signature

if TYPE_CHECKING:
    from fellesgrep.agreements.discussion import Talk

SIGNATORIES: Slot[Callable[[Tx, UUID], Sequence[Signature]]] = Slot("agreement signatories")
"""Package name → function `(tx, agreement_id)` that says who is to sign, for the document shown.

Where nobody says anything, the document shown has no list of signatures.
"""


@dataclass(frozen=True)
class Channel:
    """How links of one purpose lead to the discussion of an agreement.

    `open` returns the discussion as the person of a link takes part in it, by what the link is
    about. `tell_answered` writes to a contact person of a case that there is an answer; False
    when this is not how they are reached.
    """

    open: "Callable[[Tx, UUID], Talk]"
    tell_answered: Callable[[Tx, UUID, UUID], bool]


DISCUSSED_THROUGH: Slot[Channel] = Slot("links to a discussion")
"""Purpose of a portal link → how it leads to the discussion."""
