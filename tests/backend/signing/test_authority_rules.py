"""Any one combination is enough, and what is still needed is told rightly, whatever the rule."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from fellesgrep.signing.authority_rules import (
    Combination,
    Holder,
    Known,
    Rule,
    Slot,
    Substitute,
    fulfilled,
    is_satisfied,
    link,
    together,
    ways,
    who_is_still_needed,
)
from fellesgrep.signing.rules import Planned, faults_of_plan

DAY = date(2026, 3, 2)
PEOPLE = [UUID(int=number) for number in range(1, 7)]
HOLDERS = tuple(
    Holder(name=f"Person {number}", contact_id=id_) for number, id_ in enumerate(PEOPLE)
)


@st.composite
def slots(draw: st.DrawFn) -> Slot:
    of = draw(st.lists(st.integers(0, 5), min_size=1, max_size=6, unique=True))
    return Slot(needed=draw(st.integers(0, len(of))), of=tuple(of))


rules = st.lists(st.lists(slots(), min_size=1, max_size=3), min_size=1, max_size=4).map(
    lambda found: Rule(
        people=HOLDERS, combinations=tuple(Combination(slots=tuple(each)) for each in found)
    )
)
signed = st.sets(st.sampled_from(PEOPLE)).map(lambda ids: dict.fromkeys(ids, DAY))


def plainly(rule: Rule, ids: set[UUID]) -> bool:
    """The rule read aloud: without substitutes a slot just counts its persons."""
    return any(
        all(sum(PEOPLE[at] in ids for at in slot.of) >= slot.needed for slot in each.slots)
        for each in rule.combinations
    )


@given(rules, signed)
def test_any_one_combination_with_all_its_slots_filled_is_enough(
    rule: Rule, given_: dict[UUID, date]
) -> None:
    assert is_satisfied(rule, given_) == plainly(rule, set(given_))


@given(rules, signed, st.sampled_from(PEOPLE))
def test_one_more_signature_never_unbinds(rule: Rule, given_: dict[UUID, date], more: UUID) -> None:
    if is_satisfied(rule, given_):
        assert is_satisfied(rule, given_ | {more: DAY})


@given(rules, signed)
def test_what_is_still_needed_is_enough_and_nothing_else_is_asked(
    rule: Rule, given_: dict[UUID, date]
) -> None:
    missing = who_is_still_needed(rule, given_)
    assert (not missing) == is_satisfied(rule, given_)
    asked = {PEOPLE[at] for lack in missing for at in lack.of[: lack.needed]}
    assert asked.isdisjoint(given_)
    assert is_satisfied(rule, given_ | dict.fromkeys(asked, DAY))


@given(rules)
def test_each_way_that_is_offered_binds(rule: Rule) -> None:
    for _, people in ways(rule):
        assert is_satisfied(rule, {PEOPLE[at]: DAY for at in people})


@given(st.integers(1, 6))
def test_all_together_needs_each_of_them(number: int) -> None:
    rule = together(HOLDERS[:number])
    everybody = dict.fromkeys(PEOPLE[:number], DAY)
    assert is_satisfied(rule, everybody)
    for one in list(everybody):
        assert not is_satisfied(rule, {k: v for k, v in everybody.items() if k != one})


@given(rules, st.sets(st.sampled_from(PEOPLE), min_size=1))
def test_a_plan_is_good_when_those_who_are_planned_can_bind_the_party(
    rule: Rule, planned: set[UUID]
) -> None:
    party = UUID(int=99)
    faults = list(
        faults_of_plan(
            [(party, "Solbakken")],
            [Planned(party, "Kari", contact_id=each) for each in sorted(planned)],
            has_countersigner=True,
            deadline_on=date(2026, 3, 16),
            today=DAY,
            authorities={party: rule},
        )
    )
    assert (not faults) == is_satisfied(rule, dict.fromkeys(planned, DAY))
    assert all(each.params["party"] == "Solbakken" for each in faults)


def test_one_person_in_several_roles_signs_once() -> None:
    """The manager is on the board too: manager, and two of the board."""
    rule = Rule(
        people=HOLDERS[:3],
        combinations=(Combination(slots=(Slot(needed=1, of=(0,)), Slot(needed=2, of=(0, 1, 2)))),),
    )
    assert is_satisfied(rule, {PEOPLE[0]: DAY, PEOPLE[2]: DAY})
    assert not is_satisfied(rule, {PEOPLE[1]: DAY, PEOPLE[2]: DAY})


def substituting(**days: date | None) -> Rule:
    """Two of two, where the second may sign for the first, and a third for both."""
    mandate = {"mandate": "Styrevedtak 3/26", "valid_from": DAY, "valid_to": None} | days
    return Rule(
        people=HOLDERS[:2],
        combinations=(Combination(slots=(Slot(needed=2, of=(0, 1)),)),),
        substitutes=tuple(
            Substitute(stands_for=seat, name=f"Person {who}", contact_id=PEOPLE[who], **mandate)
            for seat, who in ((0, 1), (0, 2), (1, 2))
        ),
    )


def test_a_substitute_fills_one_seat_and_nobody_fills_two() -> None:
    rule = substituting()
    assert not is_satisfied(rule, {PEOPLE[1]: DAY}), "one human is not two"
    assert not is_satisfied(rule, {PEOPLE[2]: DAY})
    assert is_satisfied(rule, {PEOPLE[1]: DAY, PEOPLE[2]: DAY})
    assert is_satisfied(rule, {PEOPLE[2]: DAY, PEOPLE[0]: DAY})


@pytest.mark.parametrize(
    ("days", "good"),
    [
        ({"valid_from": date(2026, 3, 3)}, False),
        ({"valid_from": date(2026, 1, 1), "valid_to": date(2026, 3, 1)}, False),
        ({"valid_from": date(2026, 1, 1), "valid_to": DAY}, True),
    ],
)
def test_a_mandate_holds_in_its_days_only(days: dict[str, date], good: bool) -> None:
    assert is_satisfied(substituting(**days), {PEOPLE[0]: DAY, PEOPLE[2]: DAY}) == good


def test_an_optional_party_is_never_waited_for() -> None:
    rule = together(HOLDERS[:2]).model_copy(update={"optional": True})
    assert is_satisfied(rule, {})
    assert fulfilled(rule, {}) is None
    assert who_is_still_needed(rule, {}) == ()


@pytest.mark.parametrize(
    ("registered", "contacts", "meant"),
    [
        (["Kari Berg"], ["Kari Berg", "Per Dahl"], [0]),
        (["KARI  BERG"], ["Kari Berg"], [0]),
        (["Kari Anne Berg"], ["Kari Berg"], [0]),
        (["Kari Berg"], ["Kari Anne Berg"], [0]),
        (["Kari Anne Berg"], ["Kari Marie Berg"], [None]),
        (["Kari Anne Berg", "Kari Marie Berg"], ["Kari Berg"], [None, None]),
        (["Ole Hansen", "Ole Johan Hansen"], ["Ole Hansen", "Ole Johan Hansen"], [0, 1]),
        (["Ole Hansen"], ["Ole Hansen", "Ole Johan Hansen"], [0]),
        (["Ole Hansen"], ["Ole Hansen", "Ole Hansen"], [None]),
        (["Ole Hansen", "Ole Hansen"], ["Ole Hansen"], [None, None]),
        (["Kari Berg"], ["Kari Dahl"], [None]),
    ],
)
def test_contacts_are_known_by_name_unless_two_could_be_meant(
    registered: list[str], contacts: list[str], meant: list[int | None]
) -> None:
    known = [Known(PEOPLE[at], name) for at, name in enumerate(contacts)]
    linked = link(together([Holder(name=name) for name in registered]), known)
    ids = [None if at is None else PEOPLE[at] for at in meant]
    assert [each.contact_id for each in linked.people] == ids


@pytest.mark.parametrize(
    "slot", [{"needed": 2, "of": (0,)}, {"needed": 1, "of": (0, 0)}, {"needed": 1, "of": (9,)}]
)
def test_a_rule_that_does_not_hang_together_is_refused(slot: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Rule.model_validate(
            {"people": [{"name": "Kari Berg"}], "combinations": [{"slots": [slot]}]}
        )
