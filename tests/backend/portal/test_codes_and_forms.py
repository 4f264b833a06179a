import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from fellesgrep.core.clock import MovableClock
from fellesgrep.core.tx import House
from fellesgrep.notifications.models import Message
from fellesgrep.portal.codes import CodeAnswer, use_code
from fellesgrep.portal.models import AnsweredForm, OneTimeCode, PortalLink, RateCount
from fellesgrep.portal.service import tidy
from tests.backend.portal.conftest import Hidden
from tests.mailbox import Mailbox


@pytest.fixture
def code(browser: TestClient, link: str, hidden: Hidden, mailbox: Mailbox) -> str:
    """A code that was asked for and came by mail."""
    assert browser.post(f"{link}/code", data=hidden(link)).status_code == 200
    return mailbox.code()


def try_code(house: House, typed: str) -> CodeAnswer:
    with house.transaction() as tx:
        return use_code(tx, tx.session.scalars(select(PortalLink)).one(), typed)


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_a_code_is_good_once(house: House, code: str) -> None:
    assert try_code(house, f"{code[:3]} {code[3:]}") is CodeAnswer.RIGHT
    assert try_code(house, code) is CodeAnswer.NONE_LEFT


def test_a_code_is_good_for_ten_minutes(house: House, code: str, clock: MovableClock) -> None:
    clock.move(minutes=10)
    assert try_code(house, code) is CodeAnswer.NONE_LEFT


def test_five_wrong_attempts_use_a_code_up(house: House, code: str) -> None:
    answers = [try_code(house, other_than(code)) for _ in range(5)]
    assert answers == [CodeAnswer.WRONG] * 4 + [CodeAnswer.NONE_LEFT]
    assert try_code(house, code) is CodeAnswer.NONE_LEFT


def test_only_the_hash_of_a_code_is_stored(house: House, code: str) -> None:
    with house.transaction() as tx:
        stored = tx.session.scalars(select(OneTimeCode)).one()
        messages = tx.session.scalars(select(Message.params)).all()
    assert code not in stored.code_hash
    assert len(stored.code_hash) == 64
    assert messages == [{}, {}]


def test_the_same_code_has_another_hash_at_another_link() -> None:
    from fellesgrep.portal.codes import _hash

    links = [PortalLink(salt=bytes([number])) for number in (1, 2)]
    assert len({_hash(link, "123456") for link in links}) == 2


def test_a_form_sent_twice_acts_once(
    browser: TestClient, link: str, hidden: Hidden, mailbox: Mailbox
) -> None:
    form = hidden(link)
    for _ in range(3):
        answer = browser.post(f"{link}/code", data=form, follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"] == f"{link}?step=code"
    assert len(mailbox.fresh()) == 1


def test_a_code_is_not_sent_more_than_five_times_an_hour(
    browser: TestClient, link: str, hidden: Hidden, mailbox: Mailbox, clock: MovableClock
) -> None:
    statuses = [
        browser.post(f"{link}/code", data=hidden(link), follow_redirects=False).status_code
        for _ in range(6)
    ]
    assert statuses == [303] * 5 + [429]
    assert len(mailbox.fresh()) == 5
    clock.move(hours=1)
    answer = browser.post(f"{link}/code", data=hidden(link), follow_redirects=False)
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}],
)
def test_a_form_from_another_site_is_refused(
    browser: TestClient, link: str, hidden: Hidden, mailbox: Mailbox, headers: dict[str, str]
) -> None:
    answer = browser.post(f"{link}/code", data=hidden(link), headers=headers)
    assert answer.status_code == 403
    assert "Ingenting er endret" in answer.text
    assert mailbox.fresh() == []


def test_a_form_that_was_not_made_for_this_link_is_refused(
    browser: TestClient, link: str, hidden: Hidden, mailbox: Mailbox
) -> None:
    form = hidden(link)
    for wrong in ({**form, "key": "mine"}, {**form, "proof": "é"}):
        assert browser.post(f"{link}/code", data=wrong).status_code == 403
    assert browser.post(f"{link}/code", data={}).status_code == 422
    assert mailbox.fresh() == []


def test_a_browser_that_tells_no_referrer_may_send_its_form(
    browser: TestClient, link: str, hidden: Hidden
) -> None:
    headers = {"origin": "null", "sec-fetch-site": "same-origin"}
    answer = browser.post(f"{link}/code", data=hidden(link), headers=headers)
    assert answer.status_code == 200


def test_no_code_is_sent_for_a_link_that_closed_meanwhile(
    browser: TestClient, link: str, hidden: Hidden, mailbox: Mailbox, clock: MovableClock
) -> None:
    browser.post(f"{link}/code", data=hidden(link))
    clock.move(days=15)
    assert mailbox.fresh() == []


def test_counts_codes_and_form_keys_are_forgotten_in_time(
    house: House, code: str, clock: MovableClock
) -> None:
    clock.move(days=91)
    tidy(house)
    with house.transaction() as tx:
        left = [
            tx.session.scalar(select(func.count()).select_from(table))
            for table in (OneTimeCode, AnsweredForm, RateCount)
        ]
    assert left == [0, 0, 0]
