"""Ola is to sign, and something is unclear to him first."""

import re

import pytest
from fastapi.testclient import TestClient

from fellesgrep.identity.policy import Role
from tests.backend.signing.stories import Signing
from tests.conftest import ClientFor
from tests.mailbox import Mailbox

HIDDEN = re.compile(r'name="(key|proof|section)" value="([^"]+)"')


@pytest.fixture
def name(signing: Signing) -> str:
    return next(iter(signing.links))


def write(signing: Signing, link: str, below: str, **fields: str) -> str:
    page = signing.browser.get(f"{link}/discussion").text
    hidden = dict(HIDDEN.findall(page))
    answered = signing.browser.post(f"{link}/{below}", data=hidden | fields)
    assert answered.status_code == 200, answered.text
    return answered.text


@pytest.fixture
def desk(client_for: ClientFor) -> TestClient:
    return client_for(Role.LIAISON)


def test_a_signatory_asks_before_signing_and_is_answered_by_mail(
    signing: Signing, name: str, desk: TestClient
) -> None:
    link = signing.links[name]
    assert f"{link}/discussion" in signing.browser.get(link).text
    assert "Hvem betaler?" in write(signing, link, "comment", text="Hvem betaler?")
    signing.mailbox.fresh()
    api = f"/api/v1/cases/{signing.subject.id}/agreement/discussion"
    [thread] = desk.get(api).json()["threads"]
    answer = {"text": "Kommunen betaler."}
    desk.post(f"{api}/comments/{thread['first']['id']}/answer", json=answer)
    [mail] = signing.mailbox.fresh()
    assert mail["to"].addresses[0].display_name == name
    [fresh] = Mailbox.links_in(mail)
    assert "Kommunen betaler." in signing.browser.get(f"{fresh}/discussion").text
    assert signing.sign(name).status_code == 200


def test_a_change_suggested_while_signing_is_not_taken_in_but_answered(
    signing: Signing, name: str, desk: TestClient
) -> None:
    link = signing.links[name]
    page = signing.browser.get(f"{link}/discussion").text
    found = re.search(r'/suggest.*?name="section" value="([^"]+)"', page, re.DOTALL)
    assert found
    write(signing, link, "suggest", section=found[1], text="Noe ganske annet.")
    api = f"/api/v1/cases/{signing.subject.id}/agreement/discussion"
    [suggestion] = desk.get(api).json()["suggestions"]
    own = f"{api}/suggestions/{suggestion['id']}"
    refused = desk.post(f"{own}/accept")
    assert refused.status_code == 409
    assert "til retting" in refused.json()["detail"]
    assert desk.post(f"{own}/reject", json={"reason": "Vedtaket sier dette."}).status_code == 200
    assert "Vedtaket sier dette." in signing.browser.get(f"{link}/discussion").text
