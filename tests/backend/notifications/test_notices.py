"""What an administrator decides about notices, samples of them, and how staff want theirs."""

from uuid import UUID

from fellesgrep.core.audit import Subject
from fellesgrep.core.clock import MovableClock
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from fellesgrep.notifications import outbox
from fellesgrep.notifications.models import Message
from fellesgrep.notifications.service import queue_message
from fellesgrep.notifications.slots import MESSAGE_TEXTS
from fellesgrep.settings import Settings
from tests.conftest import ClientFor, World
from tests.mailbox import Mailbox

KIND = "cases.expectations_answered"


def mails(house: House, settings: Settings) -> Mailbox:
    return Mailbox(house, settings.for_notifications().outbox)


def tell(house: House, world: World, times: int = 1) -> list[UUID]:
    """Have the liaison told of something, some times."""
    with house.transaction() as tx:
        return [
            queue_message(
                tx,
                KIND,
                to=Subject("person", world.people[Role.LIAISON].id),
                subject=Subject("area", world.area.id),
                params={"case": f"2026-0004{number}", "contact": "Kari Berg"},
            ).id
            for number in range(times)
        ]


def statuses(house: House, ids: list[UUID]) -> list[str]:
    with house.transaction() as tx:
        return [tx.session.get_one(Message, id_).status for id_ in ids]


def test_every_kind_has_a_sample_in_every_language(client_for: ClientFor, house: House) -> None:
    client = client_for(Role.ADMIN)
    for kind in house.registry.all(MESSAGE_TEXTS):
        for language in ("nb", "nn", "en"):
            url = f"/api/v1/notices/kinds/{kind}/sample?language={language}"
            shown = client.get(url).json()
            assert shown["subject"], kind
            assert "{" not in shown["text"], kind
    assert client.get("/api/v1/notices/kinds/none/sample?language=nb").status_code == 404


def test_a_sample_is_sent_to_oneself_marked_as_one(
    client_for: ClientFor, house: House, settings: Settings
) -> None:
    client = client_for(Role.ADMIN)
    url = "/api/v1/notices/kinds/signing.reminder/test"
    assert client.post(url, json={"language": "nn"}).status_code == 202
    [mail] = mails(house, settings).fresh()
    assert mail["to"].addresses[0].addr_spec == "admin@solvik.example"
    assert mail["subject"] == (
        "Prøve: Hugs å signere «Samarbeidsavtale om uteområdet» innan 16. mars 2026"
    )
    assert client_for(Role.LIAISON).post(url, json={"language": "nn"}).status_code == 403


def test_the_municipality_decides_and_who_came_late_is_told(client_for: ClientFor) -> None:
    client = client_for(Role.ADMIN)
    before = client.get("/api/v1/notices").json()
    assert before["municipality"]["policy"]["quiet_from"] == 20
    assert before["can"] == ["edit"]
    url, version = "/api/v1/notices/municipality", {"if-match": "0"}
    late = client.put(url, json={"quiet_from": 19, "quiet_until": 7}, headers=version)
    assert late.json()["municipality"]["policy"]["quiet_from"] == 19
    assert late.json()["municipality"]["sources"]["quiet_from"] == "municipality"
    assert client.put(url, json={}, headers=version).status_code == 409
    for wrong in ({"quiet_from": 19}, {"quiet_from": 8, "quiet_until": 5}, {"at_most": 11}):
        refused = client.put(url, json=wrong, headers={"if-match": "1"})
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["pointer"] in {"/quiet_until", "/at_most"}
    assert client.put("/api/v1/notices/templates/none", json={}, headers=version).status_code == 404
    reader = client_for(Role.AUDITOR)
    assert reader.get("/api/v1/notices").json()["can"] == []
    assert reader.put(url, json={}, headers=version).status_code == 403


def test_staff_get_a_kind_at_once_once_a_day_or_not_at_all(
    client_for: ClientFor, house: House, world: World, settings: Settings, clock: MovableClock
) -> None:
    client, mailbox = client_for(Role.LIAISON), mails(house, settings)
    ways = {each["kind"]: each["way"] for each in client.get("/api/v1/me/notices").json()}
    assert ways[KIND] == "at_once"
    assert "signing.request" not in ways  # a partner's
    tell(house, world)
    assert len(mailbox.fresh()) == 1

    assert client.put("/api/v1/me/notices", json={"ways": {KIND: "daily"}}).status_code == 200
    gathered = tell(house, world, times=2)
    clock.move(hours=12)
    gathered += tell(house, world)
    assert mailbox.fresh() == []
    clock.move(hours=7)  # 07.00 the next morning
    [mail] = mailbox.fresh()
    assert mail["subject"] == "3 varsler fra Fellesgrep"
    said = outbox.part(mail, "plain")
    assert all(f"2026-0004{number}" in said for number in (0, 1))
    assert len(list(outbox.links(mail))) == 1
    assert statuses(house, gathered) == ["sent"] * 3

    client = client_for(Role.LIAISON)  # the log-in of yesterday is over
    silenced = client.put("/api/v1/me/notices", json={"ways": {KIND: "none"}})
    assert silenced.status_code == 200, silenced.text
    ids = tell(house, world)
    assert mailbox.fresh() == []
    assert statuses(house, ids) == ["withheld"]
    assert client.put("/api/v1/me/notices", json={"ways": {"x": "none"}}).status_code == 422


def test_a_digest_waits_over_the_weekend(
    client_for: ClientFor, house: House, world: World, settings: Settings, clock: MovableClock
) -> None:
    client_for(Role.LIAISON).put("/api/v1/me/notices", json={"ways": {KIND: "daily"}})
    clock.move(days=4)  # a Friday at noon
    tell(house, world)
    mailbox = mails(house, settings)
    clock.move(days=2, hours=18, minutes=59)
    assert mailbox.fresh() == []
    clock.move(minutes=1)
    assert len(mailbox.fresh()) == 1
