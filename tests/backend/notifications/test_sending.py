import secrets
import smtplib
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import text

from fellesgrep.app import create_app, make_registry
from fellesgrep.core.audit import Subject, sentences, timeline, verify
from fellesgrep.core.clock import MovableClock
from fellesgrep.core.jobs import InlineQueue
from fellesgrep.core.tx import House, Tx
from fellesgrep.identity.policy import Role
from fellesgrep.notifications.models import Message
from fellesgrep.notifications.sending import give_up, send_message
from fellesgrep.notifications.service import queue_message
from fellesgrep.notifications.slots import MAKERS, MESSAGE_TEXTS, Made, MessageText
from fellesgrep.settings import Settings
from tests.conftest import ClientFor, World
from tests.mail_server import mail_server

MADE: list[str] = []


def make_secret(tx: Tx, message: Message, target: str) -> Made | None:
    """Make a link that is wanted as long as the message's parameters do not say otherwise."""
    if message.params.get("over"):
        return None
    MADE.append(secrets.token_urlsafe())
    return Made(path=f"/p/{MADE[-1]}")


@pytest.fixture
def trial(house: House) -> House:
    MADE.clear()
    house.registry.put(MAKERS, "secret", make_secret)
    house.registry.put(
        MESSAGE_TEXTS, "test.link", MessageText("notifications.trial", maker="secret")
    )
    return house


def run_due(house: House) -> None:
    assert isinstance(house.jobs, InlineQueue)
    house.jobs.run_due(house)


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def with_settings(house: House, settings: Settings, *, closed: bool = False) -> House:
    """Return the same house with another way to send."""
    registry = make_registry(settings, closed_outbox=closed)
    registry.put(MAKERS, "secret", make_secret)
    registry.put(MESSAGE_TEXTS, "test.link", MessageText("notifications.trial", maker="secret"))
    return House(registry, house.database, house.clock, InlineQueue(registry))


def ask(house: House, world: World, **params: object) -> UUID:
    with house.transaction() as tx:
        return queue_message(
            tx,
            "test.link",
            to=Subject("person", world.people[Role.LEGAL].id),
            subject=Subject("area", world.area.id),
            params=params,
        ).id


def status_of(house: House, message_id: UUID) -> tuple[str, int]:
    with house.transaction() as tx:
        message = tx.session.get_one(Message, message_id)
        return message.status, message.attempts


def test_a_message_leaves_after_its_transaction_and_its_history_says_so(
    trial: House, world: World, settings: Settings
) -> None:
    with mail_server() as server:
        smtp = settings.model_copy(
            update={"smtp_url": SecretStr(f"smtp://127.0.0.1:{server.port}")}
        )
        house = with_settings(trial, smtp)
        message_id = ask(house, world)
        assert server.received == []
        run_due(house)
    [received] = server.received
    assert received.recipients == ["legal@solvik.example"]
    assert received.mail["message-id"] == f"<{message_id}@fellesgrep.example>"
    assert f"{settings.own_url}/p/{MADE[0]}" in text_of(received.mail)
    assert status_of(house, message_id) == ("sent", 1)
    with house.transaction() as tx:
        entries = timeline(tx.session, Subject("area", world.area.id))
        said = sentences(tx.session, house.registry, entries, "nb")
        assert list(verify(tx.session)) == []
    assert said[0] == "Systemet sendte e-post til Legal Nordmann: prøve på at e-post virker."


def test_a_retry_is_the_same_mail_with_a_link_of_its_own(
    trial: House, world: World, settings: Settings
) -> None:
    with mail_server() as server:
        smtp = settings.model_copy(
            update={"smtp_url": SecretStr(f"smtp://127.0.0.1:{server.port}")}
        )
        house = with_settings(trial, smtp)
        message_id = ask(house, world)
        server.refusals = 1
        with pytest.raises(smtplib.SMTPDataError):
            run_due(house)
        assert status_of(house, message_id) == ("queued", 1)
        send_message(house, message_id=str(message_id))
        send_message(house, message_id=str(message_id))
    [received] = server.received
    assert len(set(MADE)) == 2
    assert MADE[1] in text_of(received.mail)
    assert status_of(house, message_id) == ("sent", 2)


def test_nothing_stored_holds_the_link(trial: House, world: World, tmp_path: Path) -> None:
    ask(trial, world)
    run_due(trial)
    [link] = MADE
    assert link in next((tmp_path / "outbox").glob("*.eml")).read_text().replace("=\n", "")
    with trial.transaction() as tx:
        stored = "".join(
            str(row)
            for table in ("message", "audit_entry", "procrastinate_jobs")
            for row in tx.session.execute(text(f"select * from {table}"))
        )
    assert link not in stored


def test_a_message_that_no_longer_matters_is_dropped(trial: House, world: World) -> None:
    message_id = ask(trial, world, over=True)
    run_due(trial)
    assert status_of(trial, message_id) == ("dropped", 1)
    assert MADE == []


def test_a_message_given_up_is_failed_and_its_history_says_so(trial: House, world: World) -> None:
    message_id = ask(trial, world)
    give_up(trial, message_id=str(message_id))
    assert status_of(trial, message_id)[0] == "failed"


def test_nobody_inactive_gets_mail(trial: House, world: World, tmp_path: Path) -> None:
    world.people[Role.LEGAL].active = False
    world.tx.session.commit()
    message_id = ask(trial, world)
    run_due(trial)
    assert status_of(trial, message_id)[0] == "failed"
    assert not (tmp_path / "outbox").exists()


def test_a_closed_outbox_writes_nothing_and_counts_as_sent(
    trial: House, world: World, settings: Settings, tmp_path: Path
) -> None:
    house = with_settings(trial, settings, closed=True)
    message_id = ask(house, world)
    run_due(house)
    assert status_of(house, message_id)[0] == "sent"
    assert not (tmp_path / "outbox").exists()


def test_in_development_the_outbox_shows_the_newest_mail_first(
    trial: House, world: World, clock: MovableClock, client_for: ClientFor
) -> None:
    client = client_for(Role.ADMIN)
    assert client.get("/api/v1/outbox").json() == {"items": [], "total": 0, "more": False}
    for _ in range(2):
        ask(trial, world)
        run_due(trial)
        clock.move(minutes=1)
    items = client.get("/api/v1/outbox").json()["items"]
    assert [item["to"] for item in items] == ["Legal Nordmann <legal@solvik.example>"] * 2
    assert items[0]["at"] > items[1]["at"]
    shown = client.get(f"/api/v1/outbox/{items[0]['name']}").json()
    assert shown["links"][0].endswith(f"/p/{MADE[1]}")
    assert "Åpne Fellesgrep" in shown["html"]
    assert client.get("/api/v1/outbox/..%2F..%2Fetc%2Fpasswd").status_code == 404
    assert client.get("/api/v1/outbox/x.eml").status_code == 404


def test_where_mail_leaves_by_a_server_there_is_no_outbox(
    house: House, settings: Settings, client_for: ClientFor
) -> None:
    smtp = settings.model_copy(update={"smtp_url": SecretStr("smtp://127.0.0.1:1")})
    registry = make_registry(smtp)
    elsewhere = House(registry, house.database, house.clock, InlineQueue(registry))
    app = create_app(smtp, elsewhere)
    assert not [path for path in app.openapi()["paths"] if "outbox" in path]
    cookies = client_for(Role.ADMIN).cookies
    with TestClient(app, base_url=settings.own_url, cookies=cookies) as other:
        assert other.get("/api/v1/outbox").status_code == 404
        assert other.get("/api/v1/outbox/x.eml").status_code == 404
