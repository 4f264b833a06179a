"""Ola is asked to sign, but it is Eva who runs the business now."""

import re
from dataclasses import dataclass

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from fellesgrep.identity.policy import Role
from tests.backend.signing.stories import Signing
from tests.conftest import ClientFor

HIDDEN = re.compile(r'name="(key|proof)" value="([^"]+)"')
EVA = {"name": "Eva Lunde", "role_title": "Daglig leder", "email": "eva@brenneriet.example"}


@dataclass
class Handing:
    signing: Signing
    desk: TestClient
    name: str

    @property
    def link(self) -> str:
        return self.signing.links[self.name]

    @property
    def api(self) -> str:
        return f"/api/v1/cases/{self.signing.subject.id}/signatories/hand-overs"

    def wish(self, **changes: str) -> Response:
        page = self.signing.browser.get(f"{self.link}/hand-over").text
        hidden = dict(HIDDEN.findall(page))
        return self.signing.browser.post(f"{self.link}/hand-over", data=hidden | EVA | changes)

    def answer(self, verdict: str, **body: str) -> Response:
        [wish] = [one for one in self.desk.get(self.api).json() if one["status"] == "open"]
        return self.desk.post(f"{self.api}/{wish['id']}/{verdict}", json=body)


@pytest.fixture
def handing(signing: Signing, client_for: ClientFor) -> Handing:
    return Handing(signing, client_for(Role.LIAISON), list(signing.links)[-1])


def test_naming_somebody_gives_nobody_a_link_until_it_is_approved(handing: Handing) -> None:
    assert "ser på om Eva Lunde kan signere" in handing.wish().text
    [mail] = handing.signing.mailbox.fresh()
    assert mail["to"].addresses[0].addr_spec == "liaison@solvik.example"
    assert handing.signing.browser.get(handing.link).status_code == 200


def test_an_approved_hand_over_closes_the_old_link_and_the_new_person_signs(
    handing: Handing,
) -> None:
    signing, before = handing.signing, handing.link
    first_page = signing.browser.get(before).text
    handing.wish()
    signing.mailbox.fresh()
    request_id = signing.request(handing.name).id
    assert handing.answer("approve").status_code == 200
    signing.links.pop(handing.name)
    signing.links |= signing.mailed()
    assert "Eva Lunde" in signing.links
    assert signing.browser.get(before).status_code == 410
    document = re.compile(r"<article.*</article>", re.DOTALL)
    now = signing.browser.get(signing.links["Eva Lunde"]).text
    shown, frozen = document.search(now), document.search(first_page)
    assert shown
    assert frozen
    assert shown[0] == frozen[0], "what is signed is what was frozen"
    assert signing.sign("Eva Lunde").status_code == 200
    signed = signing.request("Eva Lunde")
    assert signed.id == request_id
    assert signed.typed_name == "Eva Lunde"
    [step] = signed.evidence["handed_over"]
    assert step["name"] == handing.name


def test_a_refusal_needs_a_reason_that_the_signatory_reads(handing: Handing) -> None:
    handing.wish()
    handing.signing.mailbox.fresh()
    assert handing.answer("reject", reason=" ").status_code == 422
    assert handing.answer("reject", reason="Eva står ikke i registeret.").status_code == 200
    [link] = handing.signing.mailbox.links()
    assert "Eva står ikke i registeret." in handing.signing.browser.get(f"{link}/hand-over").text
    assert handing.signing.sign(handing.name).status_code == 200


@pytest.mark.parametrize("field", ["name", "role_title", "email"])
def test_each_missing_field_is_told_in_its_place(handing: Handing, field: str) -> None:
    answered = handing.wish(**{field: ""})
    assert answered.status_code == 422
    assert f'id="{field}-error"' in answered.text
    assert handing.desk.get(handing.api).json() == []


def test_an_address_cannot_carry_a_header_of_a_mail(handing: Handing) -> None:
    answered = handing.wish(email="eva@x.example\r\nBcc: all@x.example")
    assert answered.status_code == 422
    assert 'id="email-error"' in answered.text


def test_a_second_wish_waits_for_the_answer_to_the_first(handing: Handing) -> None:
    handing.wish()
    again = handing.signing.browser.get(f"{handing.link}/hand-over").text
    assert "<form" not in again
    assert len(handing.desk.get(handing.api).json()) == 1
