"""A thing that a portal link can show, and a mailbox that its mails land in."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from fastapi import Response
from fastapi.responses import HTMLResponse
from fastapi.testclient import TestClient

from fellesgrep.core.audit import Subject
from fellesgrep.core.ids import new_id
from fellesgrep.core.tx import House, Tx
from fellesgrep.notifications.service import queue_message
from fellesgrep.notifications.slots import MESSAGE_TEXTS, MessageText
from fellesgrep.partners.models import PartnerKind
from fellesgrep.partners.service import add_contact, register_partner
from fellesgrep.portal import frame
from fellesgrep.portal.access import LinkAccess
from fellesgrep.portal.forms import seal_form
from fellesgrep.portal.slots import PORTAL_PAGES, PortalPage
from fellesgrep.settings import Settings
from tests.conftest import ClientFor, World
from tests.mailbox import Mailbox

HIDDEN = re.compile(r'name="(key|proof)" value="([^"]+)"')


@dataclass
class Thing:
    """What a link shows in these tests: the language, and a form."""

    area_id: UUID
    contact_id: UUID
    id: UUID = field(default_factory=new_id)
    open: bool = True

    def page(self) -> PortalPage:
        return PortalPage(self.show, self.open_until, self.renew, self.history)

    def show(self, access: LinkAccess) -> Response:
        seal = seal_form(access.link)
        content = f"{access.language} name='' "
        content += f'name="key" value="{seal.key}" name="proof" value="{seal.proof}"'
        return HTMLResponse(content, headers=frame.HEADERS)

    def open_until(self, tx: Tx, id_: UUID) -> datetime | None:
        return tx.now() + timedelta(days=14) if self.open else None

    def history(self, tx: Tx, id_: UUID) -> Subject:
        return Subject("area", self.area_id)

    def renew(self, tx: Tx, id_: UUID) -> None:
        queue_message(
            tx,
            "test.thing",
            to=Subject("contact", self.contact_id),
            subject=Subject("area", self.area_id),
            about=Subject("thing", self.id),
        )


@pytest.fixture
def thing(house: House, world: World) -> Thing:
    partner = register_partner(world.tx, kind=PartnerKind.RESOURCE_PERSON, name="Kari Nordmann")
    contact = add_contact(
        world.tx,
        partner,
        name="Kari Nordmann",
        role_title="Ildsjel",
        email="kari@partner.example",
        language="nn",
    )
    world.tx.session.commit()
    made = Thing(world.area.id, contact.id)
    house.registry.put(PORTAL_PAGES, "test.thing", made.page())
    house.registry.put(
        MESSAGE_TEXTS,
        "test.thing",
        MessageText("notifications.trial", maker="portal", target="test.thing"),
    )
    return made


@pytest.fixture
def mailbox(house: House, settings: Settings) -> Mailbox:
    return Mailbox(house, settings.for_notifications().outbox)


@pytest.fixture
def link(house: House, thing: Thing, mailbox: Mailbox) -> str:
    """The path of a link to the thing, as it stands in the mail."""
    with house.transaction() as tx:
        thing.renew(tx, thing.id)
    [path] = mailbox.links()
    return path


@pytest.fixture
def browser(client_for: ClientFor) -> TestClient:
    """Somebody who is not logged in."""
    return client_for(None)


Hidden = Callable[[str], dict[str, str]]


@pytest.fixture
def hidden(browser: TestClient) -> Hidden:
    """Return the hidden fields of the form on a page."""

    def read(path: str) -> dict[str, str]:
        return dict(HIDDEN.findall(browser.get(path).text))

    return read
