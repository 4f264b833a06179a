"""The way to ID-porten and back, as a signatory goes it."""

import re
from html import unescape

from fellesgrep.signing.models import SigningRequest
from tests.backend.signing.stories import Signing

OWN_URL = "http://127.0.0.1:8000"
GO_ON = re.compile(r'<a class="ds-button" href="([^"]+)">(?:Gå til|Go to) ID-porten')


def demand(signing: Signing, *names: str) -> None:
    """Have requests ask for a log-in, as if planned so."""
    for name in names:
        found = signing.request(name)
        with signing.house.transaction() as tx:
            tx.session.get_one(SigningRequest, found.id).required_method = "authenticated_eid"


def leave(signing: Signing, name: str = "Kari Berg") -> str:
    """Press the button of the signing page; returns where the browser is sent."""
    link = signing.links[name]
    answer = signing.browser.post(f"{link}/eid", data=signing.form(link))
    assert answer.status_code == 200, answer.text
    found = GO_ON.search(answer.text)
    assert found
    address = unescape(found[1])
    assert answer.headers["refresh"] == f"0; url={address}"
    return address


def come_back(signing: Signing, address: str) -> str:
    """Follow the provider's answer; returns where it leads."""
    answer = signing.browser.get(address.removeprefix(OWN_URL))
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def sign(signing: Signing, page: str, name: str = "Kari Berg") -> str:
    """Fill in the last page; returns the page that follows."""
    form = signing.form(page) | {"name": name, "consent": "yes"}
    answer = signing.browser.post(f"{signing.links[name]}/sign", data=form)
    assert answer.status_code == 303, answer.text
    return signing.browser.get(signing.links[name]).text
