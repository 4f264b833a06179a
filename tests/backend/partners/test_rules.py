import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesgrep.core.problems import Invalid
from fellesgrep.partners import rules
from fellesgrep.partners.models import PartnerKind
from tests.backend.partners.stories import organisation_number

serials = st.integers(80_000_000, 99_000_000)


def problem_of(kind: PartnerKind, typed: str | None) -> str:
    with pytest.raises(Invalid) as refused:
        rules.organisation_number(kind, typed)
    assert refused.value.fields[0].pointer == "/organisation_number"
    return refused.value.fields[0].key.removeprefix("partners.problem.organisation_number_")


@given(serials)
def test_a_number_is_kept_as_nine_digits_however_it_is_spaced(serial: int) -> None:
    number = organisation_number(serial)
    typed = f" {number[:3]} {number[3:6]} {number[6:]} "
    assert rules.organisation_number(PartnerKind.BUSINESS, typed) == number


@given(serials, st.integers(0, 8), st.integers(1, 9))
def test_one_mistyped_digit_is_always_found(serial: int, place: int, off: int) -> None:
    digits = list(organisation_number(serial))
    digits[place] = str((int(digits[place]) + off) % 10)
    assert problem_of(PartnerKind.BUSINESS, "".join(digits)) == "checksum"


def test_a_number_of_another_length_is_no_organisation_number() -> None:
    assert problem_of(PartnerKind.BUSINESS, "12345") == "format"
    assert problem_of(PartnerKind.BUSINESS, "tre hundre") == "format"


@pytest.mark.parametrize("kind", sorted(rules.NUMBER_REQUIRED))
def test_registered_kinds_need_a_number(kind: PartnerKind) -> None:
    assert problem_of(kind, " ") == "missing"
    assert problem_of(kind, None) == "missing"


@pytest.mark.parametrize("kind", sorted(rules.NO_NUMBER))
def test_kinds_without_a_number_of_their_own_refuse_one(kind: PartnerKind) -> None:
    assert rules.organisation_number(kind, "") is None
    assert problem_of(kind, organisation_number(81000000)) == "not_wanted"


def test_an_organisation_may_or_may_not_have_a_number() -> None:
    kind = PartnerKind.VOLUNTARY_ORGANISATION
    number = organisation_number(81000000)
    assert rules.organisation_number(kind, None) is None
    assert rules.organisation_number(kind, number) == number


def test_somebody_is_reached_by_mail_or_telephone() -> None:
    assert rules.reachable("Kari@Solbakken.example", "").email == "Kari@solbakken.example"
    assert rules.reachable("", " 900 00 000 ").phone == "900 00 000"
    for email in ("", "kari@", "kari solbakken.example"):
        with pytest.raises(Invalid):
            rules.reachable(email, "")
