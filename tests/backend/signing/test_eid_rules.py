"""What is kept of a log-in, and what a national identity number says of a birth date."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesgrep.core.secret_files import random_key
from fellesgrep.identity.eid import HIGH, LEVELS, SUBSTANTIAL, Identified, reaches
from fellesgrep.signing import eid_rules

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 12, 31))
NUMBERS = st.from_regex(r"[0-9]{11}", fullmatch=True)
MONTHS = st.sampled_from([0, *eid_rules.TEST_MONTHS])
KEYS = st.binary(min_size=32, max_size=32)


def number_of(born_on: date, *, d_number: bool, months: int) -> str:
    day = born_on.day + (40 if d_number else 0)
    return f"{day:02d}{born_on.month + months:02d}{born_on.year % 100:02d}12345"


@given(DAYS, DAYS, st.booleans(), MONTHS)
def test_a_number_says_its_own_birth_date_and_no_other(
    born_on: date, other: date, d_number: bool, months: int
) -> None:
    number = number_of(born_on, d_number=d_number, months=months)
    assert eid_rules.birth_date_agrees(number, born_on)
    same = (born_on.day, born_on.month, born_on.year % 100)
    told = (other.day, other.month, other.year % 100)
    assert eid_rules.birth_date_agrees(number, other) is (same == told)


@given(NUMBERS, DAYS)
def test_any_eleven_digits_can_be_asked(number: str, born_on: date) -> None:
    assert eid_rules.birth_date_agrees(number, born_on) in {True, False}


def identified(national_id: str) -> Identified:
    return Identified(
        issuer="https://idporten.example",
        subject="pairwise-1",
        national_id=national_id,
        acr=HIGH,
        amr="BankID",
        logged_in_at=datetime(2026, 3, 2, tzinfo=UTC),
        name="",
        id_token_sha256="0" * 64,
    )


@given(NUMBERS, NUMBERS, KEYS, KEYS, st.text("0123456789abcdef", min_size=32, max_size=32))
def test_equality_can_be_proven_with_the_key_alone(
    number: str, other: str, key: bytes, other_key: bytes, salt: str
) -> None:
    facts = eid_rules.facts_of(identified(number), key=key, salt=salt, born_on=None)
    assert eid_rules.is_person(facts, key, number)
    assert eid_rules.is_person(facts, key, other) is (number == other)
    assert eid_rules.is_person(facts, other_key, number) is (key == other_key)
    assert facts["person_key"] == eid_rules.key_mark(key)
    without_digests = {
        name: value
        for name, value in facts.items()
        if not name.startswith("person_") and name != "id_token_sha256"
    }
    assert number not in str(without_digests)
    assert number not in repr(identified(number))


def test_two_signatures_of_one_person_cannot_be_told_apart_from_those_of_two() -> None:
    one, two = (
        eid_rules.facts_of(identified("13097248022"), key=b"k" * 32, salt=salt, born_on=None)
        for salt in ("a", "b")
    )
    assert one["person_hmac_sha256"] != two["person_hmac_sha256"]


@pytest.mark.parametrize(
    ("acr", "wanted", "enough"),
    [
        (HIGH, HIGH, True),
        (HIGH, SUBSTANTIAL, True),
        (SUBSTANTIAL, SUBSTANTIAL, True),
        (SUBSTANTIAL, HIGH, False),
        ("", SUBSTANTIAL, False),
        ("idporten-loa-low", SUBSTANTIAL, False),
        (HIGH, "unknown", False),
    ],
)
def test_a_level_is_enough_if_it_is_the_one_asked_for_or_higher(
    acr: str, wanted: str, enough: bool
) -> None:
    assert reaches(acr, wanted) is enough
    assert list(LEVELS) == [SUBSTANTIAL, HIGH]


def test_the_key_is_made_once_and_only_its_owner_reads_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("keys") / "inner" / "key"
    made = random_key(path)
    assert len(made) == 32
    assert random_key(path) == made
    assert path.stat().st_mode & 0o777 == 0o600
