"""The registers' answers, by real HTTP: as documented, changed, with fields missing, and errors."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from fellesgrep.signing import authority_registers
from fellesgrep.signing.authority_reading import Reading, Source, Unclear, read
from fellesgrep.signing.authority_registers import RegisterDown, RegisterOdd
from tests.register_server import RegisterServer, register_server, roles_answer, signature_answer

NUMBER = "810000009"
KARI = ("Kari Anne Berg", "31.01.1969", "LEDE")
PER = ("Per Dahl", "1971-02-28", "MEDL")
EVA = ("Eva Lunde", "01.03.1980", "MEDL")


@pytest.fixture
def registers() -> Iterator[RegisterServer]:
    with register_server() as server:
        yield server


def asked(registers: RegisterServer, *, condominium: bool = False) -> Reading:
    answer = authority_registers.signature_right(registers.fullmakt_url, NUMBER)
    roles = authority_registers.roles(registers.enhetsregisteret_url, NUMBER)
    return read(answer[0] if answer else None, roles[0] if roles else None, condominium=condominium)


def test_each_registered_combination_is_one_way_to_sign(registers: RegisterServer) -> None:
    words = "Styrets leder alene eller to styremedlemmer i fellesskap"
    registers.signature = signature_answer([KARI], [PER, EVA], [KARI], words=words)
    reading = asked(registers)
    assert registers.asked[0] == f"/fullmakt/enheter/{NUMBER}/signatur"
    assert registers.asked[1] == f"/enhetsregisteret/api/enheter/{NUMBER}/roller"
    assert reading.words == words
    assert reading.source == Source.REGISTER
    assert reading.rule is not None
    assert [each.name for each in reading.rule.people] == [KARI[0], PER[0], EVA[0]]
    assert [str(each.born_on) for each in reading.rule.people] == [
        "1969-01-31",
        "1971-02-28",
        "1980-03-01",
    ]
    assert [each.slots[0].of for each in reading.rule.combinations] == [(0,), (1, 2)]
    assert [each.slots[0].needed for each in reading.rule.combinations] == [1, 2]


def test_who_stands_twice_in_a_combination_signs_once(registers: RegisterServer) -> None:
    registers.signature = signature_answer([KARI, (KARI[0], KARI[1], "DAGL")])
    rule = asked(registers).rule
    assert rule is not None
    assert len(rule.people) == 1
    assert len(rule.people[0].roles) == 2


@pytest.mark.parametrize(
    ("answer", "unclear"),
    [
        (None, Unclear.UNKNOWN),
        (signature_answer(words="To styremedlemmer etter avtale."), Unclear.WORDS_ONLY),
        (signature_answer(), Unclear.NO_RULE),
        (signature_answer(routine="NA"), Unclear.NOT_BY_MACHINE),
        (signature_answer([KARI], konkurs="true"), Unclear.WINDING_UP),
        (signature_answer([KARI], underAvvikling=True), Unclear.WINDING_UP),
        (signature_answer([KARI], routine="FEIL"), Unclear.NOT_BY_MACHINE),
        ({}, Unclear.NOT_BY_MACHINE),
        ({"status": None, "enhet": {"nytt": 1}, "signeringsKombinasjon": {}}, None),
    ],
)
def test_what_does_not_settle_it_says_why(
    registers: RegisterServer, answer: Any, unclear: Unclear | None
) -> None:
    registers.signature = answer
    reading = asked(registers)
    assert reading.rule is None
    assert reading.unclear == (unclear or Unclear.NOT_BY_MACHINE)


def test_a_combination_with_somebody_unnamed_is_left_out(registers: RegisterServer) -> None:
    registers.signature = signature_answer([KARI, PER], [EVA])
    combinations = registers.signature["signeringsKombinasjon"]["kombinasjon"]
    del combinations[0]["personRolleKombinasjon"][1]["navn"]
    rule = asked(registers).rule
    assert rule is not None
    assert [each.name for each in rule.people] == ["Eva Lunde"]


def test_in_a_condominium_the_registered_board_signs_together(registers: RegisterServer) -> None:
    deputy, gone = ("Odd Vik", "1960-01-01", "VARA"), ("Siv Moe", "1960-01-01", "MEDL")
    registers.signature = signature_answer(form="ESEK")
    registers.roles = roles_answer(KARI, PER, deputy, gone, gone=["Siv Moe"])
    reading = asked(registers)
    assert reading.source == Source.BOARD
    assert reading.rule is not None
    assert [each.name for each in reading.rule.people] == ["Kari Anne Berg", "Per Dahl"]
    assert [each.slots[0].needed for each in reading.rule.combinations] == [2]
    registers.signature = signature_answer(form="FLI")
    assert asked(registers, condominium=True).source == Source.BOARD, "by the partner's kind"
    assert asked(registers).unclear == Unclear.NO_RULE, "a club's articles are not known"


def test_the_registered_words_of_a_condominium_go_before_the_law(
    registers: RegisterServer,
) -> None:
    registers.signature = signature_answer(form="ESEK", words="Styreleder og ett medlem.")
    registers.roles = roles_answer(KARI, PER)
    assert asked(registers).unclear == Unclear.WORDS_ONLY


@pytest.mark.parametrize("status", [400, 429, 500, 503, 302])
def test_a_register_that_fails_is_down(registers: RegisterServer, status: int) -> None:
    registers.signature = status
    with pytest.raises(RegisterDown):
        asked(registers)


@pytest.mark.parametrize(
    "answer",
    [
        b"<html>Vi har det travelt</html>",
        b"",
        b"[]",
        b'{"signeringsKombinasjon": {"kombinasjon": {"kode": "R1"}}}',
        b'{"enhet": {"konkurs": {"dato": "2026-01-01"}}}',
        b'{"x": "' + b"a" * authority_registers.LARGEST + b'"}',
    ],
)
def test_an_answer_of_another_shape_is_odd(registers: RegisterServer, answer: bytes) -> None:
    registers.signature = answer
    with pytest.raises(RegisterOdd):
        asked(registers)


def test_who_does_not_answer_in_time_is_down(
    registers: RegisterServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authority_registers, "TIMEOUT", httpx2.Timeout(0.2))
    registers.signature = "silence"
    with pytest.raises(RegisterDown):
        asked(registers)


def test_nobody_at_the_address_is_down() -> None:
    with pytest.raises(RegisterDown):
        authority_registers.signature_right("http://127.0.0.1:1/fullmakt", NUMBER)
