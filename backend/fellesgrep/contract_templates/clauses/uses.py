"""Which agreements hold which wording of a clause. Later packages, which know agreements, tell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from fellesgrep.core.registry import Slot
from fellesgrep.core.web import Paging


@dataclass(frozen=True)
class Asked:
    """What is asked. `in_templates`: (template version, language) → the clause's number in it.

    Drafts have no text of their own yet: they hold what their template holds. `numbers` are the
    wordings wanted, all where it is None.
    """

    key: str
    in_templates: Mapping[tuple[UUID, str], int]
    numbers: frozenset[int] | None = None


@dataclass(frozen=True)
class Holding:
    """An agreement that holds a wording; `status_key` is the text of its status."""

    case_id: UUID
    case_number: str
    title: str
    number: int
    status: str
    status_key: str
    signed: bool


@dataclass(frozen=True)
class Holders:
    """Who in later packages knows agreements: how many hold which wording, and which these are."""

    count: Callable[[Session, Asked], Mapping[tuple[int, bool], int]]
    """(the clause's number, signed) → how many agreements."""
    page: Callable[[Session, Asked, Paging], Sequence[Holding]]
    """Those of one page, the newest cases first."""


HOLDERS: Slot[Holders] = Slot("holders of a clause")
