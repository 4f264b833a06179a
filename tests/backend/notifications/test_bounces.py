"""Mail that does not arrive: refused at once, or returned later."""

import smtplib
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError
from sqlalchemy import delete

from fellesgrep.app import create_app, make_registry
from fellesgrep.core.audit import Subject
from fellesgrep.core.clock import MovableClock
from fellesgrep.core.jobs import InlineQueue
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from fellesgrep.notifications import addresses, bounces
from fellesgrep.notifications.delivery_status import Refused, read_report, refusal_of
from fellesgrep.notifications.models import Message
from fellesgrep.notifications.service import queue_message
from fellesgrep.notifications.slots import MESSAGE_TEXTS, MessageText
from fellesgrep.settings import Settings
from tests.backend.notifications.reports import report
from tests.conftest import World
from tests.mail_server import MailServer, mail_server

SECRET = "a secret that only the mail gateway and we know"


def sending_house(house: House, settings: Settings, server: MailServer) -> House:
    smtp = settings.model_copy(
        update={
            "smtp_url": SecretStr(f"smtp://127.0.0.1:{server.port}"),
            "bounce_address": "retur@solvik.example",
            "bounce_secret": SecretStr(SECRET),
        }
    )
    registry = make_registry(smtp)
    registry.put(MESSAGE_TEXTS, "test.notice", MessageText("notifications.trial"))
    registry.put(MESSAGE_TEXTS, "test.reminder", MessageText("notifications.trial", reminder=True))
    return House(registry, house.database, house.clock, InlineQueue(registry))


def ask(house: House, world: World, kind: str = "test.notice") -> UUID:
    with house.transaction() as tx:
        return queue_message(
            tx,
            kind,
            to=Subject("person", world.people[Role.LEGAL].id),
            subject=Subject("area", world.area.id),
        ).id


def run(house: House) -> None:
    assert isinstance(house.jobs, InlineQueue)
    house.jobs.run_due(house)


def end_of(house: House, message_id: UUID) -> tuple[str, str]:
    with house.transaction() as tx:
        message = tx.session.get_one(Message, message_id)
        return message.status, message.reason


def is_marked(house: House, world: World, address: str = "legal@solvik.example") -> bool:
    with house.transaction() as tx:
        me = Subject("person", world.people[Role.LEGAL].id)
        return addresses.bounce_of(tx.session, me, address) is not None


def test_an_unknown_address_is_refused_once_and_gets_no_reminders_until_it_changes(
    house: House, world: World, settings: Settings
) -> None:
    with mail_server() as server:
        server.unknown["legal@solvik.example"] = "550 5.1.1 No such user here"
        sending = sending_house(house, settings, server)
        first = ask(sending, world)
        run(sending)
        assert end_of(sending, first) == ("refused", "5.1.1")
        assert is_marked(sending, world)
        server.unknown.clear()
        reminder = ask(sending, world, "test.reminder")
        run(sending)
        assert end_of(sending, reminder) == ("withheld", "bounced_address")
        assert server.received == []
        world.people[Role.LEGAL].email = "new@solvik.example"
        world.tx.session.commit()
        assert not is_marked(sending, world, "new@solvik.example")
        reminder = ask(sending, world, "test.reminder")
        run(sending)
        assert end_of(sending, reminder) == ("sent", "")
        assert [each.recipients for each in server.received] == [["new@solvik.example"]]


def test_what_may_pass_is_raised_and_tried_again(
    house: House, world: World, settings: Settings
) -> None:
    with mail_server() as server:
        sending = sending_house(house, settings, server)
        server.unknown["legal@solvik.example"] = "450 4.2.1 Greylisted, come back"
        message_id = ask(sending, world)
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            run(sending)
        assert end_of(sending, message_id) == ("queued", "")
        assert not is_marked(sending, world)


def returned(
    house: House,
    world: World,
    server: MailServer,
    *,
    action: str = "failed",
    status: str = "5.1.1",
) -> tuple[UUID, bytes]:
    """Send a mail and return its id, and the report that comes back to its own address."""
    message_id = ask(house, world)
    run(house)
    return message_id, report(to=server.received[-1].return_path, action=action, status=status)


def test_a_report_marks_message_and_address_and_does_so_once(
    house: House, world: World, settings: Settings
) -> None:
    with mail_server() as server:
        sending = sending_house(house, settings, server)
        message_id, raw = returned(sending, world, server)
        assert server.received[0].return_path == f"retur+{message_id.hex}@solvik.example"
        assert bounces.take_in(sending, raw)
        assert end_of(sending, message_id) == ("bounced", "5.1.1")
        assert is_marked(sending, world)
        assert bounces.take_in(sending, raw)  # reports come twice
        full, raw = returned(sending, world, server, status="5.2.2")
        with sending.transaction() as tx:
            tx.session.execute(delete(addresses.BouncedAddress))
        assert bounces.take_in(sending, raw)
        assert end_of(sending, full) == ("bounced", "5.2.2")
        assert not is_marked(sending, world)


def test_a_late_mail_is_no_lost_mail(house: House, world: World, settings: Settings) -> None:
    with mail_server() as server:
        sending = sending_house(house, settings, server)
        message_id, raw = returned(sending, world, server, action="delayed", status="4.4.1")
        assert bounces.take_in(sending, raw)
        assert end_of(sending, message_id) == ("sent", "")


def test_a_report_without_our_address_is_known_by_the_mail_it_returns(
    house: House, world: World, settings: Settings
) -> None:
    with mail_server() as server:
        sending = sending_house(house, settings, server)
        message_id = ask(sending, world)
        run(sending)
        raw = report(to="postmaster@solvik.example", original=server.received[0].mail)
        assert bounces.take_in(sending, raw)
    assert end_of(sending, message_id)[0] == "bounced"


def test_old_reports_foreign_ones_and_other_mail_change_nothing(
    house: House, world: World, settings: Settings, clock: MovableClock
) -> None:
    with mail_server() as server:
        sending = sending_house(house, settings, server)
        message_id, raw = returned(sending, world, server)
        assert not bounces.take_in(sending, report(to=f"retur+{uuid4().hex}@solvik.example"))
        assert not bounces.take_in(sending, server.received[0].mail.as_bytes())
        clock.move(days=31)
        assert not bounces.take_in(sending, raw)
        assert end_of(sending, message_id) == ("sent", "")


@given(st.binary(max_size=400))
def test_whatever_comes_in_is_a_report_or_none(raw: bytes) -> None:
    assert read_report(raw) is None
    read_report(b"Content-Type: multipart/report; boundary=x\n\n--x\n" + raw)


def test_a_gateway_posts_reports_signed_and_fresh(
    house: House, world: World, settings: Settings, clock: MovableClock
) -> None:
    with mail_server() as server:
        sending = sending_house(house, settings, server)
        message_id, raw = returned(sending, world, server)
    browser = TestClient(create_app(settings, sending), base_url=settings.own_url)

    def post(body: bytes, *, late: int = 0, secret: str = SECRET) -> int:
        at = int(clock.now().timestamp()) - late
        signature = f"t={at},v1={bounces.sign(secret, at, raw)}"
        return browser.post(
            "/api/v1/mail/bounces", content=body, headers={"x-fellesgrep-signature": signature}
        ).status_code

    assert post(raw, secret="guessed") == 403
    assert post(raw, late=301) == 403
    assert post(raw + b" ") == 403
    assert browser.post("/api/v1/mail/bounces", content=raw).status_code == 403
    assert browser.post("/api/v1/mail/bounces", content=b"x" * 1_000_001).status_code == 413
    assert end_of(sending, message_id) == ("sent", "")
    assert post(raw) == 204
    assert end_of(sending, message_id) == ("bounced", "5.1.1")
    unset = TestClient(create_app(settings, house), base_url=settings.own_url)
    assert unset.post("/api/v1/mail/bounces", content=raw).status_code == 404


@pytest.mark.parametrize(
    ("problem", "refused"),
    [
        (smtplib.SMTPRecipientsRefused({"a": (550, b"5.1.1 unknown")}), ("5.1.1", True)),
        (smtplib.SMTPRecipientsRefused({"a": (550, b"unknown user")}), ("550", True)),
        (smtplib.SMTPRecipientsRefused({"a": (554, b"rejected")}), ("554", False)),
        (smtplib.SMTPRecipientsRefused({"a": (552, b"5.2.2 full")}), ("5.2.2", False)),
        (smtplib.SMTPRecipientsRefused({"a": (554, b"5.7.1 relay denied")}), None),
        (smtplib.SMTPRecipientsRefused({"a": (450, b"4.2.0 later")}), None),
        (smtplib.SMTPDataError(554, b"5.6.0 bad content"), ("5.6.0", False)),
        (smtplib.SMTPAuthenticationError(535, b"5.7.8 no"), None),
        (smtplib.SMTPServerDisconnected("gone"), None),
    ],
)
def test_only_a_no_for_good_to_this_mail_is_final(
    problem: smtplib.SMTPException, refused: tuple[str, bool] | None
) -> None:
    assert refusal_of(problem) == (Refused(*refused) if refused else None)


@pytest.mark.parametrize(
    "wrong", [{"bounce_address": "retur"}, {"bounce_address": "a+b@c"}, {"bounce_secret": "short"}]
)
def test_settings_that_cannot_work_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="FELLESGREP_BOUNCE_"):
        Settings(**wrong)  # type: ignore[arg-type]


def test_a_mail_without_a_return_address_keeps_the_sender(
    house: House, world: World, settings: Settings
) -> None:
    with mail_server() as server:
        plain = settings.model_copy(
            update={"smtp_url": SecretStr(f"smtp://127.0.0.1:{server.port}")}
        )
        registry = make_registry(plain)
        registry.put(MESSAGE_TEXTS, "test.notice", MessageText("notifications.trial"))
        sending = House(registry, house.database, house.clock, InlineQueue(registry))
        ask(sending, world)
        run(sending)
    assert server.received[0].return_path == "ikke-svar@fellesgrep.example"
