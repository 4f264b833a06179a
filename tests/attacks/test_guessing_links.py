"""Token guessing and enumeration: what can be learnt by trying addresses."""

import re

from fastapi.testclient import TestClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from fellesgrep.core.audit import Subject
from fellesgrep.identity.policy import Role
from fellesgrep.portal.limits import GUESSES_PER_ADDRESS, VERIFICATIONS_PER_ADDRESS
from fellesgrep.portal.links import revoke_links
from tests.attacks.conftest import KARI, PER, FromAddress
from tests.backend.signing.stories import Signing
from tests.conftest import ClientFor

UNKNOWN = "/p/" + "A" * 43
MOST = GUESSES_PER_ADDRESS.most
BELOW = ("", "?step=code", "/document.pdf", "/sealed.pdf", "/hand-over", "/discussion", "/correct",
         "/draft.pdf", "/eid")  # fmt: skip


def test_trying_tokens_is_stopped_for_that_address_alone(
    signing: Signing, link: str, from_address: FromAddress
) -> None:
    """Fails without `GUESSES_PER_ADDRESS` in `portal.routes.problem_page`."""
    attacker = from_address("203.0.113.9")
    statuses = [attacker.get(f"/p/guess-{number}").status_code for number in range(MOST + 2)]
    assert statuses == [410] * MOST + [429] * 2
    assert from_address("203.0.113.10").get(UNKNOWN).status_code == 410
    assert attacker.get(link).status_code == 200, "a real link opens all the same"


def test_a_made_up_forwarded_address_does_not_begin_a_new_count(
    signing: Signing, from_address: FromAddress
) -> None:
    """Fails where `client_address` believes a header that anybody can send."""
    attacker = from_address("203.0.113.9")
    for number in range(MOST):
        attacker.get(UNKNOWN, headers={"x-forwarded-for": f"198.51.100.{number}"})
    last = attacker.get(UNKNOWN, headers={"x-forwarded-for": "192.0.2.1", "forwarded": "for=::1"})
    assert last.status_code == 429


def test_an_entry_that_was_put_before_the_proxys_does_not_begin_a_new_count(
    signing: Signing,
) -> None:
    """Fails with a server that believes the first entry of a proxy that appends its own."""
    behind = ProxyHeadersMiddleware(signing.browser.app, trusted_hosts="10.0.0.2")  # type: ignore[arg-type]
    own = str(signing.browser.base_url)
    with TestClient(behind, base_url=own, client=("10.0.0.2", 50_000)) as proxy:  # type: ignore[arg-type]
        statuses = [
            proxy.get(UNKNOWN, headers={"x-forwarded-for": f"198.51.100.{n}, 203.0.113.9"})
            for n in range(MOST + 1)
        ]
        other = proxy.get(UNKNOWN, headers={"x-forwarded-for": "203.0.113.10"})
    assert [each.status_code for each in statuses] == [410] * MOST + [429]
    assert other.status_code == 410


def test_another_address_of_the_same_ipv6_network_does_not_begin_a_new_count(
    signing: Signing, from_address: FromAddress
) -> None:
    """Fails where `client_address` counts each of the 2^64 addresses that everybody has."""
    for number in range(MOST):
        from_address(f"2001:db8:1:2::{number:x}").get(UNKNOWN)
    assert from_address("2001:db8:1:2:ffff::1").get(UNKNOWN).status_code == 429
    assert from_address("2001:db8:1:3::1").get(UNKNOWN).status_code == 410


def test_an_address_written_as_ipv6_is_the_same_address(
    signing: Signing, from_address: FromAddress
) -> None:
    """Fails where `client_address` does not see through `::ffff:`."""
    for _ in range(MOST):
        from_address("203.0.113.9").get(UNKNOWN)
    assert from_address("::ffff:203.0.113.9").get(UNKNOWN).status_code == 429


def test_an_unknown_a_revoked_and_an_expired_link_cannot_be_told_apart(
    signing: Signing, link: str
) -> None:
    """Fails where `portal.access._open_link` tells why, or a page below a link answers itself."""

    def answers(path: str) -> list[tuple[int, str]]:
        got = [signing.browser.get(f"{path}{below}", follow_redirects=False) for below in BELOW]
        return [
            (each.status_code, each.text.replace(path.removeprefix("/p/"), "…")) for each in got
        ]

    with signing.house.transaction() as tx:
        revoke_links(
            tx, Subject("signing_request", signing.request(PER).id), history=signing.subject
        )
    revoked = answers(signing.links[PER])
    signing.later(days=400)
    assert answers(link) == revoked == answers(UNKNOWN)
    assert {status for status, _ in revoked} == {410}


def test_asking_for_a_new_link_tells_nobody_whether_the_old_one_ever_was(
    signing: Signing, link: str
) -> None:
    """Fails where `portal.routes.new_link` answers by what it found."""
    signing.later(days=20)
    asked = [
        signing.browser.post("/p/new-link", data={"old_link": old})
        for old in (link, UNKNOWN, "kari@solbakken.example", "' or 1=1 --", "/p/\x00", "")
    ]
    assert {(each.status_code, each.text) for each in asked[:-1]} == {(200, asked[0].text)}


def test_a_new_link_goes_to_the_known_address_whatever_the_form_says(
    signing: Signing, link: str
) -> None:
    """Fails where `portal.service.ask_for_new_link` takes an address from whoever asks."""
    signing.mailbox.fresh()
    form = {"old_link": link, "email": "thief@evil.example", "to": "thief@evil.example"}
    assert signing.browser.post("/p/new-link", data=form).status_code == 200
    [mail] = signing.mailbox.fresh()
    assert mail["to"].addresses[0].addr_spec == signing.contact(KARI).email


def test_asking_for_new_links_floods_no_mailbox(signing: Signing, link: str) -> None:
    """Fails without `NEW_LINKS_PER_PERSON` in `portal.service.ask_for_new_link`."""
    signing.mailbox.fresh()
    for _ in range(8):
        signing.browser.post("/p/new-link", data={"old_link": link})
    assert len(signing.mailbox.fresh()) == 3


def test_trying_fingerprints_at_the_verification_page_is_stopped(
    signing: Signing, from_address: FromAddress
) -> None:
    """Fails without `VERIFICATIONS_PER_ADDRESS` in `signing.verification_pages`."""
    attacker = from_address("203.0.113.9")
    most = VERIFICATIONS_PER_ADDRESS.most
    statuses = [
        attacker.post("/verify", data={"sha256": f"{number:064x}"}).status_code
        for number in range(most + 1)
    ]
    assert statuses == [204] * most + [429]


def test_one_partners_link_opens_nothing_of_another(signing: Signing, link: str) -> None:
    """Fails where a page below a link takes an id from the address instead of from the link."""
    others = [request for name in signing.links if (request := signing.request(name)).name != KARI]
    page = signing.browser.get(link).text
    for other in others:
        for path in (f"{link}/{other.id}", f"{link}/document.pdf?request={other.id}"):
            assert other.id.hex not in signing.browser.get(path).text
    assert "per@solbakken.example" not in page


def test_a_link_is_no_log_in_and_a_log_in_no_link(
    signing: Signing, link: str, client_for: ClientFor
) -> None:
    """Fails where a token of one kind is looked up as the other."""
    token = link.removeprefix("/p/")
    browser = client_for(None)
    browser.cookies.set("fellesgrep_session", token)
    assert browser.get("/api/v1/me").status_code == 401
    session = client_for(Role.ADMIN).cookies["fellesgrep_session"]
    assert browser.get(f"/p/{session}").status_code == 410


def test_a_link_has_256_random_bits(signing: Signing) -> None:
    """Fails where `portal.links.make_link` takes fewer, or counts."""
    tokens = [each.removeprefix("/p/") for each in signing.links.values()]
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)
    assert len({token[:6] for token in tokens}) == len(tokens)
