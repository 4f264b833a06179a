from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from fellesgrep.core.tx import House
from fellesgrep.settings import Settings
from fellesgrep.signing.seal_key import make_certificate
from tests.backend.signing.stories import Signing, at_signing
from tests.conftest import ClientFor, World
from tests.mailbox import Mailbox


@pytest.fixture
def browser(client_for: ClientFor) -> TestClient:
    """Somebody who is not logged in."""
    return client_for(None)


@pytest.fixture(scope="session")
def seal_key() -> bytes:
    """The key of the seal, made once: making it takes longer than any test."""
    return make_certificate("Solvik kommune", "399999995", now=datetime.now(UTC)).to_pem()


@pytest.fixture
def planned(
    house: House, world: World, settings: Settings, browser: TestClient, seal_key: bytes
) -> Signing:
    """A case whose signatories are chosen, and nothing sent."""
    key_file = settings.data_dir / "seal-key.pem"
    key_file.write_bytes(seal_key)
    key_file.chmod(0o600)
    mailbox = Mailbox(house, settings.for_notifications().outbox)
    return at_signing(house, world, mailbox, browser)


@pytest.fixture
def signing(planned: Signing) -> Signing:
    """A case whose agreement is out for signature."""
    planned.send_out()
    return planned
