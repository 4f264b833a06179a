"""Who must sign so that a party is bound, as pure functions on a rule that is data.

A rule is a list of combinations; any one fulfilled is enough. A combination is a set of slots,
each filled by so many of some persons; all slots must be filled. One human fills one seat of a
slot, and may count in several slots (one person in several roles). A substitute fills the seat of
somebody else in the days of the mandate.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Holder(_Data):
    """A person whom a rule names, as a register or a protocol writes them.

    `contact_id` is who they are among the party's contact persons, where that is known.
    """

    name: str = Field(min_length=1, max_length=200)
    born_on: date | None = None
    roles: tuple[str, ...] = ()
    contact_id: UUID | None = None


class Slot(_Data):
    """So many of these: `of` are places in the rule's list of persons. 0 needed is optional."""

    needed: int = Field(ge=0, le=50)
    of: tuple[int, ...] = Field(min_length=1, max_length=50)


class Combination(_Data):
    """Slots that are all to be filled; `label` is how the source calls it."""

    slots: tuple[Slot, ...] = Field(min_length=1, max_length=20)
    label: str = Field("", max_length=500)


class Substitute(_Data):
    """Somebody who may sign in a person's place, by which mandate, from which day to which."""

    stands_for: int
    name: str = Field(min_length=1, max_length=200)
    contact_id: UUID | None = None
    mandate: str = Field(min_length=1, max_length=500)
    valid_from: date
    valid_to: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether the mandate holds on a day, its last day included."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Rule(_Data):
    """Who may bind a party. `optional`: the agreement holds without this party too."""

    people: tuple[Holder, ...] = Field(max_length=100)
    combinations: tuple[Combination, ...] = Field(max_length=500)
    substitutes: tuple[Substitute, ...] = Field((), max_length=50)
    optional: bool = False

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        known = range(len(self.people))
        for combination in self.combinations:
            for slot in combination.slots:
                if len(set(slot.of)) != len(slot.of) or any(each not in known for each in slot.of):
                    raise ValueError("a slot names persons of the rule, each once")
                if slot.needed > len(slot.of):
                    raise ValueError("a slot cannot need more persons than it names")
        if any(each.stands_for not in known for each in self.substitutes):
            raise ValueError("a substitute stands for a person of the rule")
        return self


@dataclass(frozen=True)
class Known:
    """A contact person of the party, whom the rule may mean."""

    id: UUID
    name: str


def _words(name: str) -> tuple[str, ...]:
    return tuple(name.casefold().replace(",", " ").split())


def _loosely_same(one: str, other: str) -> bool:
    """Tell whether two names differ in middle names alone."""
    first, second = _words(one), _words(other)
    if min(len(first), len(second)) < 2:
        return False
    ends = (first[0], first[-1]) == (second[0], second[-1])
    return ends and (set(first) <= set(second) or set(second) <= set(first))


def _pairs(names: Sequence[str], contacts: Sequence[Known]) -> dict[int, UUID]:
    """Return which name is which contact: the same name first, then but for middle names.

    Where two could be meant on either side, nobody is: people are told apart by a person.
    """
    found: dict[int, UUID] = {}
    for same in (lambda a, b: _words(a) == _words(b), _loosely_same):
        taken = set(found.values())
        left = [place for place in range(len(names)) if place not in found]
        free = [each for each in contacts if each.id not in taken]
        for place in left:
            meant = [each for each in free if same(names[place], each.name)]
            rivals = [o for o in left if meant and same(names[o], meant[0].name)]
            if len(meant) == 1 and rivals == [place]:
                found[place] = meant[0].id
    return found


def contacts_of(rule: Rule) -> set[UUID]:
    """Return the contact persons whom a rule names."""
    own = {each.contact_id for each in rule.people}
    return {id_ for id_ in own | {each.contact_id for each in rule.substitutes} if id_}


def link(rule: Rule, contacts: Sequence[Known]) -> Rule:
    """Return the rule with each person and substitute found among the party's contact persons."""
    claimed = contacts_of(rule)
    free = [each for each in contacts if each.id not in claimed]
    open_people = [at for at, each in enumerate(rule.people) if each.contact_id is None]
    pairs = _pairs([rule.people[at].name for at in open_people], free)
    found = {open_people[at]: contact for at, contact in pairs.items()}
    people = tuple(
        each.model_copy(update={"contact_id": found[at]}) if at in found else each
        for at, each in enumerate(rule.people)
    )
    substitutes = tuple(_linked(each, contacts) for each in rule.substitutes)
    return rule.model_copy(update={"people": people, "substitutes": substitutes})


def _linked(substitute: Substitute, contacts: Sequence[Known]) -> Substitute:
    if substitute.contact_id is not None:
        return substitute
    meant = _pairs([substitute.name], contacts).get(0)
    return substitute.model_copy(update={"contact_id": meant})


Signed = Mapping[UUID, date]
"""Contact person → the day of their signature."""


def seats(rule: Rule, signed: Signed) -> dict[UUID, frozenset[int]]:
    """Return whose places in the rule each who signed can fill: their own, and by mandate."""
    return {
        contact: frozenset(
            {at for at, each in enumerate(rule.people) if each.contact_id == contact}
            | {
                each.stands_for
                for each in rule.substitutes
                if each.contact_id == contact and each.holds(day)
            }
        )
        for contact, day in signed.items()
    }


def _filled(slot: Slot, seated: Mapping[UUID, frozenset[int]]) -> dict[int, UUID]:
    """Return the most places of a slot that can be filled, each by another human."""
    by_place: dict[int, UUID] = {}

    def seat(human: UUID, tried: set[int]) -> bool:
        for place in sorted(seated[human] & set(slot.of)):
            if place in tried:
                continue
            tried.add(place)
            if place not in by_place or seat(by_place[place], tried):
                by_place[place] = human
                return True
        return False

    for human in seated:
        seat(human, set())
    return by_place


def is_satisfied(rule: Rule, signed: Signed) -> bool:
    """Tell whether those who signed bind the party."""
    return rule.optional or fulfilled(rule, signed) is not None


def fulfilled(rule: Rule, signed: Signed) -> Combination | None:
    """Return the first combination that those who signed fulfil."""
    seated = seats(rule, signed)
    return next(
        (
            each
            for each in rule.combinations
            if all(len(_filled(slot, seated)) >= slot.needed for slot in each.slots)
        ),
        None,
    )


@dataclass(frozen=True)
class Missing:
    """So many of these must sign yet; `of` are places in the rule's list of persons."""

    needed: int
    of: tuple[int, ...]


def who_is_still_needed(rule: Rule, signed: Signed) -> tuple[Missing, ...]:
    """Return what the combination lacks that is nearest to be fulfilled; empty when one is."""
    if is_satisfied(rule, signed) or not rule.combinations:
        return ()
    seated = seats(rule, signed)
    lacks = [tuple(_lacking(each, seated)) for each in rule.combinations]
    return min(lacks, key=lambda lack: sum(each.needed for each in lack))


def _lacking(combination: Combination, seated: Mapping[UUID, frozenset[int]]) -> Iterator[Missing]:
    for slot in combination.slots:
        filled = _filled(slot, seated)
        if len(filled) < slot.needed:
            yield Missing(
                slot.needed - len(filled), tuple(at for at in slot.of if at not in filled)
            )


def together(people: Iterable[Holder], label: str = "") -> Rule:
    """Return the rule that all of these sign together."""
    named = tuple(people)
    slot = Slot(needed=len(named), of=tuple(range(len(named))))
    return Rule(people=named, combinations=(Combination(slots=(slot,), label=label),))


def ways(rule: Rule, limit: int = 12) -> list[tuple[str, tuple[int, ...]]]:
    """Return who could sign, as choices: a label and the persons, the fewest first.

    A slot that takes two of five is spelled out; what goes beyond `limit` is left out.
    """
    found: dict[tuple[int, ...], str] = {}
    for combination in rule.combinations:
        for people in _spelled_out(combination.slots, limit):
            found.setdefault(people, combination.label)
    return [
        (label, people)
        for people, label in sorted(found.items(), key=lambda item: (len(item[0]), item[0]))
    ][:limit]


def _spelled_out(slots: Sequence[Slot], limit: int) -> Iterator[tuple[int, ...]]:
    if not slots:
        yield ()
        return
    for at, chosen in enumerate(combinations(slots[0].of, slots[0].needed)):
        if at >= limit:
            return
        for rest in _spelled_out(slots[1:], limit):
            yield tuple(sorted({*chosen, *rest}))
