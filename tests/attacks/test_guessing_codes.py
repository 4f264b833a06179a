"""Brute force of one-time codes: one after the other, all at once, or with another's code."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from fellesgrep.core.audit import AuditEntry
from fellesgrep.core.tx import House
from fellesgrep.portal.codes import ATTEMPTS, CodeAnswer, use_code
from fellesgrep.portal.links import find
from fellesgrep.portal.models import OneTimeCode
from tests.attacks.conftest import KARI, PER
from tests.backend.signing.stories import Signing
from tests.backend.signing.test_racing import signing as committed  # noqa: F401 (a fixture)
from tests.backend.signing.test_racing import together


def wrong(code: str, number: int = 1) -> str:
    return f"{(int(code) + number) % 1_000_000:06d}"


def tries(signing: Signing, name: str, *codes: str) -> list[int]:
    """Type codes on the last page, each in a form of its own; returns the answers' statuses."""
    link, found = signing.links[name], []
    for code in codes:
        form = signing.form(f"{link}?step=code") | {"name": name, "consent": "yes"}
        found.append(signing.browser.post(f"{link}/sign", data=form | {"code": code}).status_code)
    return found


def test_typing_one_code_after_the_other_ends_after_five_and_then_the_right_one_is_none(
    signing: Signing,
) -> None:
    """Fails without `attempts_left` in `portal.codes.use_code`."""
    code = signing.ask_for_code(signing.links[KARI])
    guesses = [wrong(code, number) for number in range(1, ATTEMPTS + 1)]
    assert tries(signing, KARI, *guesses, code) == [422] * (ATTEMPTS + 1)
    assert signing.request(KARI).status == "sent"


def test_every_guess_is_on_record(signing: Signing) -> None:
    """Fails without the audit entry in `portal.service.confirm_code`."""
    code = signing.ask_for_code(signing.links[KARI])
    tries(signing, KARI, wrong(code), wrong(code, 2))
    with signing.house.transaction() as tx:
        noted = select(func.count()).where(AuditEntry.kind == "portal:code_refused")
        assert tx.session.scalar(noted) == 2


def test_asking_for_many_codes_to_have_more_that_fit_costs_an_attempt_of_each(
    signing: Signing,
) -> None:
    """Fails where `use_code` takes an attempt of one code alone."""
    link = signing.links[KARI]
    codes = [signing.ask_for_code(link) for _ in range(3)]
    guesses = [next(g for g in (f"{n:06d}",) if g not in codes) for n in range(ATTEMPTS)]
    assert tries(signing, KARI, *guesses, *codes) == [422] * (ATTEMPTS + 3)


def test_guessing_in_twenty_windows_at_the_same_instant_gives_no_more_attempts(
    committed: Signing,  # noqa: F811 (the fixture)
) -> None:
    """Fails without `with_for_update` in `portal.codes._alive`: all see five attempts left."""
    link = committed.links[KARI]
    code = committed.ask_for_code(link)
    answers: list[CodeAnswer] = []

    def guess(house: House, typed: str) -> Callable[[], None]:
        def act() -> None:
            with house.transaction() as tx:
                found = find(tx, link.removeprefix("/p/"))
                assert found is not None
                answers.append(use_code(tx, found, typed))

        return act

    together(*(guess(committed.house, wrong(code, number)) for number in range(1, 13)))
    assert answers.count(CodeAnswer.WRONG) == ATTEMPTS - 1
    with committed.house.transaction() as tx:
        assert tx.session.scalar(select(func.min(OneTimeCode.attempts_left))) == 0


def test_a_code_that_the_attacker_got_for_their_own_link_opens_no_other(signing: Signing) -> None:
    """Fails without both: the link in the query of `portal.codes._alive`, its salt in the hash."""
    signing.ask_for_code(signing.links[KARI])
    mine = signing.ask_for_code(signing.links[PER])
    assert tries(signing, KARI, mine) == [422]


def test_a_code_is_asked_for_five_times_an_hour_and_the_mailbox_is_not_flooded(
    signing: Signing,
) -> None:
    """Fails without `CODES_PER_LINK` in `portal.service.ask_for_code`."""
    link = signing.links[KARI]
    asked = [
        signing.browser.post(f"{link}/code", data=signing.form(link)).status_code for _ in range(7)
    ]
    assert asked == [200] * 5 + [429] * 2
    assert len(signing.mailbox.fresh()) == 5


@pytest.mark.parametrize("typed", ["", "0" * 5, "０" * 6, "1' or '1'='1", "0" * 40, "\ud7ff"])
def test_what_is_no_code_signs_nothing(signing: Signing, typed: str) -> None:
    """Fails where a code is compared otherwise than by its digits' hash."""
    signing.ask_for_code(signing.links[KARI])
    assert tries(signing, KARI, typed) == [422]
