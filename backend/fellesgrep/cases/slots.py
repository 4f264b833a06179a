"""What later packages tell about cases, for lists that show it beside what a case itself knows."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import Session

from fellesgrep.core.registry import Slot

TOTALS: Slot[Callable[[Session, Sequence[UUID]], Mapping[UUID, int]]] = Slot("case totals")
"""Package name → function that returns what cases cost, in øre, by case id; in one statement."""

DEADLINES: Slot[Callable[[], Select[UUID, date]]] = Slot("case deadlines")
"""Package name → function that returns the statement of what is due (`case_id`, `due_on`).

It leaves out what is done, and cases that rest: nothing is late in them.
"""
