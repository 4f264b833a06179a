"""The arithmetic of a funding plan: what it costs, who pays, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from fellesgrep.core.problems import FieldProblem

MAX_AMOUNT_ORE = 10**13
"""The most one line may hold: sums of full plans stay exact in the database and in browsers."""
MAX_ROWS = 200


class Category(StrEnum):
    """What a budget line pays for."""

    WORKS = "works"
    MATERIALS = "materials"
    EQUIPMENT = "equipment"
    SERVICES = "services"
    PERSONNEL = "personnel"
    OTHER = "other"


class ContributionKind(StrEnum):
    """Money, or work, rooms and things valued in money."""

    CASH = "cash"
    IN_KIND = "in_kind"


class Described(Protocol):
    """A row of a plan, as far as words go."""

    @property
    def description(self) -> str: ...


class Costs(Protocol):
    """A budget line, as far as sums go."""

    @property
    def amount_ore(self) -> int: ...


class Brings(Costs, Protocol):
    """A contribution, as far as sums go; no party means the municipality."""

    @property
    def party_id(self) -> UUID | None: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True)
class Totals:
    """What a plan adds up to. `missing_ore` is negative where more is promised than it costs."""

    total_ore: int
    funded_ore: int
    municipality_cash_ore: int

    @property
    def missing_ore(self) -> int:
        return self.total_ore - self.funded_ore

    @property
    def balanced(self) -> bool:
        return self.missing_ore == 0


@dataclass(frozen=True)
class PartyShare:
    """What one party brings altogether."""

    party_id: UUID | None
    cash_ore: int
    in_kind_ore: int


def totals(lines: Sequence[Costs], contributions: Sequence[Brings]) -> Totals:
    """Add up a plan. The municipality's cash is what is applied for."""
    return Totals(
        total_ore=sum(line.amount_ore for line in lines),
        funded_ore=sum(each.amount_ore for each in contributions),
        municipality_cash_ore=sum(
            each.amount_ore
            for each in contributions
            if each.party_id is None and each.kind == ContributionKind.CASH
        ),
    )


def by_party(contributions: Sequence[Brings]) -> list[PartyShare]:
    """Return each party's share, in the order in which the plan first names them."""
    sums: dict[UUID | None, dict[str, int]] = {}
    for each in contributions:
        share = sums.setdefault(each.party_id, dict.fromkeys(ContributionKind, 0))
        share[each.kind] += each.amount_ore
    return [
        PartyShare(party_id, share[ContributionKind.CASH], share[ContributionKind.IN_KIND])
        for party_id, share in sums.items()
    ]


def strangers(
    contributions: Sequence[Brings], party_ids: frozenset[UUID], at: str
) -> list[FieldProblem]:
    """Name the contributions whose party is not (or no longer) a party to the case."""
    return [
        FieldProblem(f"{at}/contributions/{index}/party_id", "funding.problem.no_such_party")
        for index, each in enumerate(contributions)
        if each.party_id is not None and each.party_id not in party_ids
    ]


def unnamed(
    lines: Sequence[Described], contributions: Sequence[Described], at: str
) -> list[FieldProblem]:
    """Name the rows that do not say what they are: the agreement lists every one."""
    return [
        FieldProblem(f"{at}/{rows}/{index}/description", f"funding.problem.{key}")
        for rows, key, found in (
            ("lines", "no_line_description", lines),
            ("contributions", "no_contribution_description", contributions),
        )
        for index, each in enumerate(found)
        if not each.description.strip()
    ]


def imbalance(sums: Totals, at: str) -> list[FieldProblem]:
    """Say how much a plan lacks, or has too much of."""
    if sums.balanced:
        return []
    key = "missing" if sums.missing_ore > 0 else "too_much"
    params = {
        "difference_ore": abs(sums.missing_ore),
        "total_ore": sums.total_ore,
        "funded_ore": sums.funded_ore,
    }
    return [FieldProblem(at, f"funding.problem.{key}", params)]
