"""At the same instant, with real commits: two sign, one clicks twice, one declines."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from fastapi.testclient import TestClient

from fellesgrep.agreements.rules import Status
from fellesgrep.app import create_app
from fellesgrep.core.audit import Actor, timeline, verify
from fellesgrep.core.clock import MovableClock
from fellesgrep.core.db import Database
from fellesgrep.core.jobs import InlineQueue
from fellesgrep.core.problems import Conflict
from fellesgrep.core.registry import Registry
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from fellesgrep.settings import Settings
from fellesgrep.signing import paper, rounds
from fellesgrep.signing.models import SigningRequest
from fellesgrep.signing.scans import Scan
from tests.backend.signing.stories import Signing, at_signing
from tests.conftest import cloned_database, make_world
from tests.mailbox import Mailbox


@pytest.fixture
def signing(
    template_url: str,
    registry: Registry,
    settings: Settings,
    clock: MovableClock,
    seal_key: bytes,
) -> Iterator[Signing]:
    """A case out for signature in a database of its own, whose commits are real."""
    key_file = settings.data_dir / "seal-key.pem"
    key_file.write_bytes(seal_key)
    key_file.chmod(0o600)
    with cloned_database(template_url) as url:
        database = Database(url)
        house = House(registry, database, clock, InlineQueue(registry))
        mailbox = Mailbox(house, settings.for_notifications().outbox)
        app = create_app(settings, house)
        with (
            house.transaction() as tx,
            TestClient(app, base_url=settings.own_url) as browser,
        ):
            made = at_signing(house, make_world(tx), mailbox, browser)
            made.send_out()
            yield made
        database.close()


def together(*acts: Callable[[], object]) -> None:
    """Do all of it at the same instant, each in a thread."""
    start = Barrier(len(acts))

    def act(each: Callable[[], object]) -> object:
        start.wait(10)
        return each()

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(act, each) for each in acts]:
            done.result(60)


def kinds(signing: Signing) -> list[str]:
    with signing.house.transaction() as tx:
        assert list(verify(tx.session)) == []
        return [entry.kind for entry in timeline(tx.session, signing.subject)]


def test_two_signatories_and_a_double_click_at_the_same_instant(signing: Signing) -> None:
    forms = {name: signing.filled(name) for name in signing.links}

    def sign(name: str) -> Callable[[], object]:
        path = f"{signing.links[name]}/sign"
        return lambda: signing.browser.post(path, data=forms[name]).raise_for_status()

    together(sign("Kari Berg"), sign("Per Dahl"), sign("Ola Moen"), sign("Kari Berg"))
    assert kinds(signing).count("signing:signed") == 3
    assert signing.waiting() == ["countersign"]


def test_one_signs_and_another_declines_at_the_same_instant(signing: Signing) -> None:
    link = signing.links["Per Dahl"]
    no = signing.form(f"{link}?step=decline") | {"reason": "Vi har ikke råd."}
    yes = signing.filled("Kari Berg")
    together(
        lambda: signing.browser.post(f"{signing.links['Kari Berg']}/sign", data=yes),
        lambda: signing.browser.post(f"{link}/decline", data=no),
    )
    assert signing.agreement().status == Status.DECLINED
    assert signing.waiting() == []
    assert signing.request("Per Dahl").status == "declined"
    assert signing.request("Kari Berg").status in {"signed", "closed"}
    assert kinds(signing).count("signing:declined") == 1


def test_two_who_sign_first_at_the_same_instant_invite_the_next_one_once(
    signing: Signing,
) -> None:
    with signing.house.transaction() as tx:
        for request in rounds.current_round(tx, signing.subject.id).requests:
            if request.name == "Ola Moen":
                request.signing_order, request.status = 2, "planned"
    forms = {name: signing.filled(name) for name in ("Kari Berg", "Per Dahl")}
    before = kinds(signing).count("signing:sent")

    def sign(name: str) -> Callable[[], object]:
        path = f"{signing.links[name]}/sign"
        return lambda: signing.browser.post(path, data=forms[name]).raise_for_status()

    together(sign("Kari Berg"), sign("Per Dahl"))
    assert kinds(signing).count("signing:sent") == before + 1
    assert signing.request("Ola Moen").status == "sent"


def test_a_signature_on_paper_and_one_by_code_at_the_same_instant_are_one(
    signing: Signing,
) -> None:
    form = signing.filled("Kari Berg")
    liaison = Actor("person", signing.world.people[Role.LIAISON].id)
    request_id = signing.request("Kari Berg").id
    with signing.house.transaction(liaison) as tx:
        request = tx.session.get_one(SigningRequest, request_id)
        scan = paper.keep(tx, request, Scan(b"%PDF-", "application/pdf")).id

    def confirm() -> None:
        with suppress(Conflict), signing.house.transaction(liaison) as tx:
            paper.confirm(
                tx,
                rounds.current_round(tx, signing.subject.id),
                scan,
                signed_on=tx.today(),
                original_seen=True,
            )

    path = f"{signing.links['Kari Berg']}/sign"
    together(confirm, lambda: signing.browser.post(path, data=form).raise_for_status())
    given = [kind for kind in kinds(signing) if kind.startswith("signing:signed")]
    assert len(given) == 1
    request = signing.request("Kari Berg")
    with signing.house.transaction() as tx:
        [kept] = paper.scans_of(tx, request_id)
    assert (request.method == "wet_ink") is (kept.status == "confirmed")
