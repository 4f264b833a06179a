import hashlib
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select, text

from fellesgrep.core.audit import AuditEntry, Subject
from fellesgrep.core.clock import MovableClock
from fellesgrep.core.db import Base
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from fellesgrep.portal.links import revoke_links
from fellesgrep.portal.models import PortalLink
from tests.backend.portal.conftest import Hidden, Thing
from tests.conftest import ClientFor
from tests.mailbox import Mailbox


def everything(house: House) -> list[tuple[str, list[str]]]:
    with house.transaction() as tx:
        return [
            (table.name, sorted(map(str, tx.session.execute(select(table)))))
            for table in Base.metadata.sorted_tables
        ]


def test_a_link_opens_in_the_contacts_language_and_another_can_be_chosen(
    browser: TestClient, link: str
) -> None:
    assert browser.get(link).text.startswith("nn ")
    assert browser.get(f"{link}?lang=en").text.startswith("en ")


def test_opening_a_link_changes_nothing_however_often_and_by_whatever_scanner(
    browser: TestClient, link: str, house: House
) -> None:
    before = everything(house)
    assert browser.head(link).status_code == 200
    assert browser.get(link).status_code == 200
    assert browser.get(link).status_code == 200
    assert everything(house) == before


def test_only_the_hash_of_a_link_is_stored(link: str, house: House) -> None:
    token = link.removeprefix("/p/")
    assert len(token) >= 43  # 256 bits
    assert token not in str(everything(house))
    with house.transaction() as tx:
        stored = tx.session.scalars(select(PortalLink.token_hash)).one()
    assert stored == hashlib.sha256(token.encode()).hexdigest()


def test_unknown_expired_and_revoked_links_get_the_same_answer(
    browser: TestClient, link: str, house: House, thing: Thing, clock: MovableClock
) -> None:
    unknown = browser.get("/p/" + "A" * 43)
    with house.transaction() as tx:
        assert revoke_links(tx, Subject("thing", thing.id), history=Subject("area", thing.area_id))
    revoked = browser.get(link)
    with house.transaction() as tx:
        tx.session.execute(text("update portal_link set revoked_at = null"))
    assert browser.get(link).status_code == 200
    clock.move(days=15)
    expired = browser.get(link)
    token = link.removeprefix("/p/")
    assert {unknown.status_code, revoked.status_code, expired.status_code} == {410}
    assert unknown.text.replace("A" * 43, token) == revoked.text == expired.text
    assert "Lenken virker ikke" in expired.text


def test_a_new_link_goes_to_the_known_address_and_the_page_never_tells(
    browser: TestClient, link: str, mailbox: Mailbox, thing: Thing, clock: MovableClock
) -> None:
    clock.move(days=15)
    asked = browser.post("/p/new-link", data={"old_link": link})
    unknown = browser.post("/p/new-link", data={"old_link": "/p/" + "A" * 43})
    assert asked.status_code == unknown.status_code == 200
    assert asked.text == unknown.text
    [fresh] = mailbox.links()
    assert fresh != link
    assert browser.get(fresh).status_code == 200
    thing.open = False
    over = browser.post("/p/new-link", data={"old_link": link})
    assert over.text == asked.text
    assert mailbox.links() == []


def test_new_links_are_not_sent_without_end(
    browser: TestClient, link: str, mailbox: Mailbox
) -> None:
    for _ in range(6):
        answer = browser.post("/p/new-link", data={"old_link": link})
        assert answer.status_code == 200
    assert len(mailbox.links()) == 3


def test_guessing_links_is_stopped_and_a_real_link_still_opens(
    browser: TestClient, link: str
) -> None:
    statuses = [browser.get(f"/p/guess-{number}").status_code for number in range(62)]
    assert statuses == [410] * 60 + [429] * 2
    assert browser.get(link).status_code == 200


def test_no_page_of_the_portal_leaks_its_address_or_can_be_framed(
    browser: TestClient, link: str
) -> None:
    for path in (link, "/p/unknown", "/p/new-link"):
        headers = browser.get(path).headers
        assert headers["referrer-policy"] == "no-referrer", path
        assert headers["cache-control"] == "no-store"
        assert headers["x-frame-options"] == "DENY"
        policy = headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "unsafe-inline" not in policy
        assert "default-src 'none'" in policy


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PARTNER])
def test_no_log_in_of_the_municipality_opens_a_link_that_it_does_not_have(
    role: Role, client_for: ClientFor, link: str, house: House
) -> None:
    with house.transaction() as tx:
        stored = tx.session.scalars(select(PortalLink)).one()
    client = client_for(role)
    for known in (stored.token_hash, str(stored.id), str(stored.subject_id)):
        assert client.get(f"/p/{known}").status_code == 410


def test_what_a_link_does_is_done_by_its_contact(
    browser: TestClient, link: str, house: House, thing: Thing, hidden: Hidden
) -> None:
    browser.post(f"{link}/code", data=hidden(link))
    with house.transaction() as tx:
        entry = tx.session.scalars(
            select(AuditEntry).where(AuditEntry.kind == "portal:code_requested")
        ).one()
    assert (entry.actor_kind, entry.actor_id) == ("contact", thing.contact_id)


def test_links_point_to_the_address_that_the_installation_is_known_by(
    house: House, thing: Thing, mailbox: Mailbox
) -> None:
    with house.transaction() as tx:
        thing.renew(tx, thing.id)
    [mail] = mailbox.fresh()
    body = mail.get_body(("plain",))
    assert body is not None
    [address] = [word for word in body.get_content().split() if "/p/" in word]
    assert urlsplit(address).netloc == "127.0.0.1:8000"
    with house.transaction() as tx:
        assert tx.session.scalar(select(func.count()).select_from(PortalLink)) == 1
