"""What a change of a clause touches: templates and agreements, with the wording each holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from fellesgrep.contract_templates.clauses.models import Clause
from fellesgrep.contract_templates.clauses.rules import Wording, held_in
from fellesgrep.contract_templates.clauses.service import wording_of
from fellesgrep.contract_templates.clauses.uses import HOLDERS, Asked, Holding
from fellesgrep.contract_templates.models import Template, TemplateVersion, VersionStatus
from fellesgrep.contract_templates.service import in_force
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import Paging


@dataclass(frozen=True)
class InTemplate:
    """A version of a template that is in use or being written, and the clause's number in it."""

    version: TemplateVersion
    number: int
    old_wording: bool


@dataclass(frozen=True)
class Impact:
    """The templates that hold a clause, and how many agreements by number and whether signed."""

    templates: Sequence[InTemplate]
    agreements: Mapping[tuple[int, bool], int]
    wording: Wording

    def count(self, *, signed: bool, old: bool) -> int:
        """Return how many agreements are signed, or not, and hold an older wording, or not."""
        return sum(
            count
            for (number, is_signed), count in self.agreements.items()
            if is_signed == signed and self.wording.outdated(number) == old
        )


def impact_of(tx: Tx, clause: Clause) -> Impact:
    """Return everything that holds a clause, with the wording that each holds."""
    wording, versions = wording_of(clause), _versions(tx)
    templates = [
        InTemplate(version, number, wording.outdated(number))
        for version in versions
        if version.status != VersionStatus.RETIRED
        and (number := number_in(version, clause.key)) is not None
    ]
    counts: dict[tuple[int, bool], int] = {}
    asked = Asked(clause.key, _in_templates(versions, clause.key))
    for holders in tx.house.registry.all(HOLDERS).values():
        for place, count in holders.count(tx.session, asked).items():
            counts[place] = counts.get(place, 0) + count
    return Impact(templates, counts, wording)


def agreements_with(tx: Tx, clause: Clause, paging: Paging, *, old: bool) -> Sequence[Holding]:
    """Return a page of the agreements that hold a clause; with `old`, only an older wording."""
    wording = wording_of(clause)
    numbers = frozenset(each for each in wording.texts if wording.outdated(each)) if old else None
    asked = Asked(clause.key, _in_templates(_versions(tx), clause.key), numbers)
    return [
        each
        for holders in tx.house.registry.all(HOLDERS).values()
        for each in holders.page(tx.session, asked, paging)
    ]


def _in_templates(versions: Sequence[TemplateVersion], key: str) -> dict[tuple[UUID, str], int]:
    return {
        (version.id, language): held[key]
        for version in versions
        for language, body in version.bodies.items()
        if key in (held := held_in(body))
    }


def _versions(tx: Tx) -> Sequence[TemplateVersion]:
    return tx.session.scalars(
        select(TemplateVersion)
        .join(Template)
        .options(selectinload(TemplateVersion.template))
        .order_by(Template.key, TemplateVersion.number)
    ).all()


def number_in(version: TemplateVersion, key: str) -> int | None:
    """Return the oldest number of a clause that a version of a template holds in any language."""
    numbers = [held[key] for body in version.bodies.values() if key in (held := held_in(body))]
    return min(numbers, default=None)


def uses_by_key(tx: Tx) -> dict[str, int]:
    """Return how many templates in force hold each clause, by its key."""
    counts: dict[str, int] = {}
    for version in in_force(tx.session):
        for key in {key for body in version.bodies.values() for key in held_in(body)}:
            counts[key] = counts.get(key, 0) + 1
    return counts
