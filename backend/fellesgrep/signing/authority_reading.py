"""What the registers' answers mean for who may sign, as pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fellesgrep.signing.authority_registers import (
    RegisteredRole,
    RolesAnswer,
    SignatureAnswer,
    SigningPerson,
)
from fellesgrep.signing.authority_rules import Combination, Holder, Rule, Slot, together

MOST = 500
"""So many combinations are kept of an answer: a large board can have thousands of pairs."""


class Source(StrEnum):
    """On what it rests who may sign for a party."""

    REGISTER = "register"
    BOARD = "board"
    MINUTES = "minutes"
    LEGAL = "legal"
    LIAISON = "liaison"


class Unclear(StrEnum):
    """Why a look-up did not settle who may sign."""

    DOWN = "down"
    ODD = "odd"
    UNKNOWN = "unknown"
    NOT_BY_MACHINE = "not_by_machine"
    WORDS_ONLY = "words_only"
    NO_RULE = "no_rule"
    WINDING_UP = "winding_up"


@dataclass(frozen=True)
class Reading:
    """What a look-up came to: a rule and its source, or why there is none."""

    source: Source = Source.REGISTER
    rule: Rule | None = None
    unclear: Unclear | None = None
    words: str = ""


def read(
    answer: SignatureAnswer | None, roles: RolesAnswer | None, *, condominium: bool
) -> Reading:
    """Return what the answers come to.

    Where nothing is registered for a condominium, its board signs together (eierseksjonsloven
    § 60); where something is registered in words only, a person reads the words.
    """
    if answer is None:
        return Reading(unclear=Unclear.UNKNOWN)
    if answer.winding_up:
        return Reading(unclear=Unclear.WINDING_UP, words=answer.text)
    rule = _rule(answer)
    if rule is not None and answer.routine == "OK":
        return Reading(rule=rule, words=answer.text)
    if answer.text:
        return Reading(unclear=Unclear.WORDS_ONLY, words=answer.text)
    board = _whole_board(roles.board if roles else [])
    condominium = condominium or answer.enhet.organisasjonsform.kode == "ESEK"
    if condominium and board is not None:
        return Reading(source=Source.BOARD, rule=board)
    unclear = Unclear.NO_RULE if answer.routine == "OK" else Unclear.NOT_BY_MACHINE
    return Reading(unclear=unclear)


def _rule(answer: SignatureAnswer) -> Rule | None:
    """Return the registered combinations; one with somebody unnamed in it is left out."""
    people: dict[tuple[str, date | None], Holder] = {}
    found: list[Combination] = []
    for each in answer.combinations:
        members = each.person_rolle_kombinasjon
        if not members or any(not member.navn for member in members):
            continue
        for member in members:
            _note(people, member)
        order = list(people)
        places = tuple(sorted({order.index(_key(member)) for member in members}))
        slot = Slot(needed=len(places), of=places)
        combination = Combination(slots=(slot,), label=each.tekstforklaring)
        if all(known.slots != combination.slots for known in found):
            found.append(combination)
    if not found:
        return None
    return Rule(people=tuple(people.values()), combinations=tuple(found[:MOST]))


def _key(person: SigningPerson) -> tuple[str, date | None]:
    return person.navn, person.fodselsdato


def _note(people: dict[tuple[str, date | None], Holder], person: SigningPerson) -> None:
    role = person.rolle.label if person.rolle else ""
    known = people.get(_key(person))
    named = known.roles if known else ()
    roles = (*named, role) if role and role not in named else named
    people[_key(person)] = Holder(name=person.navn, born_on=person.fodselsdato, roles=roles)


def _whole_board(board: Sequence[RegisteredRole]) -> Rule | None:
    """Return that the board signs together; None where it is empty or a unit sits on it."""
    if not board or any(role.person is None or not role.person.navn for role in board):
        return None
    held = {
        (role.person.navn, role.person.fodselsdato): role.type.label
        for role in board
        if role.person
    }
    return together(
        Holder(name=name, born_on=born_on, roles=(role,)) for (name, born_on), role in held.items()
    )
