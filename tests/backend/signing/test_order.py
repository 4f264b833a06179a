"""Signing in an order: those of one order at the same time, the next ones when all have signed."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesgrep.agreements.rules import Status
from fellesgrep.identity.policy import Role
from fellesgrep.signing.models import RequestStatus
from fellesgrep.signing.rules import order_to_ask
from tests.backend.signing.stories import DEADLINE, Signing
from tests.backend.signing.test_planning import address, change_address, put
from tests.conftest import ClientFor

KARI, PER, OLA = "Kari Berg", "Per Dahl", "Ola Moen"
REQUESTS = st.lists(st.tuples(st.integers(1, 4), st.sampled_from(list(RequestStatus))), max_size=8)


@given(REQUESTS)
def test_whose_turn_it_is_comes_after_everybody_who_signs_before(
    requests: Sequence[tuple[int, str]],
) -> None:
    turn = order_to_ask(requests)
    if turn is None:
        planned = [order for order, status in requests if status == "planned"]
        assert not planned or any(
            status not in {"planned", "signed", "closed"}
            for order, status in requests
            if order <= min(planned)
        )
        return
    assert (turn, "planned") in requests
    assert all(status in {"signed", "closed"} for order, status in requests if order < turn)


@pytest.fixture
def ordered(planned: Signing, client_for: ClientFor) -> Signing:
    """Ola signs first; Kari and Per together after him."""
    client = client_for(Role.LIAISON)
    turns = {OLA: 1, KARI: 2, PER: 2}
    chosen = [
        {
            "party_id": each["party_id"],
            "contact_id": each["contact_id"],
            "order": turns[each["name"]],
        }
        for each in client.get(address(planned)).json()["signatories"]
    ]
    status, shown = put(client, planned, signatories=chosen)
    assert status == 200
    assert [each["order"] for each in shown["signatories"]] == [2, 2, 1]  # type: ignore[attr-defined]
    planned.send_out()
    return planned


def test_only_whose_turn_it_is_gets_a_link(ordered: Signing) -> None:
    assert set(ordered.links) == {OLA}
    assert ordered.request(KARI).status == "planned"
    assert ordered.request(KARI).shown_sha256 == ordered.agreement().shown_sha256
    assert "0 av 3" not in ordered.sign(OLA).text
    assert set(ordered.mailed()) == {KARI, PER}
    assert ordered.request(PER).deadline_on == DEADLINE


def test_everybody_signs_in_turn_and_then_the_municipality(ordered: Signing) -> None:
    ordered.sign(OLA)
    ordered.links |= ordered.mailed()
    ordered.sign(PER)
    assert ordered.mailed() == {}
    ordered.sign(KARI)
    assert ordered.waiting() == ["countersign"]


def test_a_refusal_tells_nobody_who_was_never_asked(ordered: Signing) -> None:
    ordered.decline(OLA)
    assert ordered.agreement().status == Status.DECLINED
    assert ordered.request(KARI).status == "closed"
    told = {str(mail["to"].addresses[0].addr_spec) for mail in ordered.mailbox.fresh()}
    assert "ola@kaffe.example" not in told
    assert ordered.waiting() == []


def test_reminders_go_to_those_whose_turn_it_is(ordered: Signing) -> None:
    ordered.later(days=11, hours=1)
    assert set(ordered.mailed()) == {OLA}


def test_more_time_is_more_time_for_all_and_nobody_is_skipped(ordered: Signing) -> None:
    ordered.later(days=16)
    ordered.mailed()
    ordered.complete(
        "decide_after_deadline",
        Role.LIAISON,
        after_deadline="extend",
        new_deadline_on="2026-04-01",
    )
    ordered.links = ordered.mailed()
    assert set(ordered.links) == {OLA}
    ordered.sign(OLA)
    ordered.links |= ordered.mailed()
    assert str(ordered.request(KARI).deadline_on) == "2026-04-01"
    ordered.sign(KARI)
    ordered.sign(PER)
    assert ordered.waiting() == ["countersign"]


def test_an_address_that_changes_before_ones_turn_is_simply_used(ordered: Signing) -> None:
    change_address(ordered, KARI, "kari@ny.example")
    assert ordered.request(KARI).status == "planned"
    ordered.sign(OLA)
    told = {str(mail["to"].addresses[0].addr_spec) for mail in ordered.mailbox.fresh()}
    assert told == {"kari@ny.example", "per@solbakken.example"}


def test_who_cannot_be_reached_at_their_turn_is_taken_back_and_the_responsible_told(
    ordered: Signing,
) -> None:
    contact = ordered.contact(KARI)
    with ordered.house.transaction() as tx:
        mine = tx.session.merge(contact)
        mine.email, mine.phone = "", "22 33 44 55"
    ordered.sign(OLA)
    assert ordered.request(KARI).status == "revoked"
    told = {str(mail["to"].addresses[0].addr_spec) for mail in ordered.mailbox.fresh()}
    assert told == {"liaison@solvik.example", "per@solbakken.example"}
