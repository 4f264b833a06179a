"""What an attacker finds: an agreement out for signature, its links, and a browser of their own."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from fellesgrep.identity.policy import Role
from tests.backend.signing.conftest import (  # noqa: F401 (fixtures are found by their names)
    browser,
    planned,
    seal_key,
    signing,
)
from tests.backend.signing.stories import Signing
from tests.conftest import ClientFor

KARI, PER, OLA = "Kari Berg", "Per Dahl", "Ola Moen"


MARKUP = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}{% raise %}${7*7}'
LINES = "\r\nBcc: thief@evil.example\r\n\r\nHei"


def is_live(html: str) -> bool:
    """Tell whether what an attacker wrote has become part of a page, or was carried out."""
    return "<img src=x" in html or "<script>alert" in html or 'onerror="' in html or ">49" in html


@pytest.fixture
def link(signing: Signing) -> str:  # noqa: F811 (the fixture)
    """Kari's link, as an attacker who read her mail has it."""
    return signing.links[KARI]


@pytest.fixture
def desk(client_for: ClientFor) -> TestClient:
    """The liaison's own screen, on which what partners write is read."""
    return client_for(Role.LIAISON)


FromAddress = Callable[[str], TestClient]


@pytest.fixture
def from_address(signing: Signing) -> FromAddress:  # noqa: F811 (the fixture)
    """Return a browser at an address of the attacker's choice."""

    def at(address: str) -> TestClient:
        app = signing.browser.app
        return TestClient(app, base_url=str(signing.browser.base_url), client=(address, 50_000))

    return at
