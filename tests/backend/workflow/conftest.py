from collections.abc import Callable, Iterator, Mapping

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from fellesgrep.app import create_app
from fellesgrep.core.clock import MovableClock
from fellesgrep.core.tx import House, Tx
from fellesgrep.identity.access import SESSION_COOKIE
from fellesgrep.identity.policy import Role
from fellesgrep.identity.sessions import log_in
from fellesgrep.settings import Settings
from fellesgrep.workflow import store
from fellesgrep.workflow.models import ProcessBundle, VersionStatus
from tests.conftest import World
from tests.workflows.story import Story


def put_in_force(tx: Tx, files: Mapping[str, str]) -> str:
    """Import files as if two administrators had agreed on them; returns the version's hash."""
    (made,) = store.import_files(tx, files).versions
    for version in tx.session.scalars(
        select(ProcessBundle).where(ProcessBundle.process == made.process)
    ):
        version.status = VersionStatus.RETIRED
    made.status = VersionStatus.IN_FORCE
    tx.session.flush()
    return made.hash


Tell = Callable[[Mapping[str, str]], Story]
Talk = Callable[[Story, Role], TestClient]


@pytest.fixture
def tell(house: House, world: World, clock: MovableClock) -> Tell:
    """Return how to begin a story about the process `errand` of some files."""
    return lambda files: Story(house, world, clock, process="errand", files=files)


@pytest.fixture
def talk(settings: Settings) -> Iterator[Talk]:
    """Return how somebody with a role talks to a story's application over HTTP."""
    opened: list[TestClient] = []

    def connect(story: Story, role: Role) -> TestClient:
        client = TestClient(create_app(settings, story.house), base_url=settings.own_url)
        client.headers["accept-language"] = "nb"
        with story.house.transaction() as tx:
            token = log_in(tx, story.world.people[role], "test")
        client.cookies.set(SESSION_COOKIE, token)
        opened.append(client)
        return client

    yield connect
    for client in opened:
        client.close()
