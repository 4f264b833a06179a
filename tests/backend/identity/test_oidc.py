"""The log-in against a real OpenID Connect provider (npm's oidc-provider, certified)."""

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx2
import pytest
from fastapi.testclient import TestClient

from fellesgrep.app import create_app, make_registry
from fellesgrep.core.tx import House
from fellesgrep.identity.access import SESSION_COOKIE
from fellesgrep.identity.models import Person
from fellesgrep.identity.oidc import ATTEMPT_COOKIE
from fellesgrep.identity.policy import Role
from fellesgrep.settings import Settings
from tests.conftest import World

OWN_URL = "http://127.0.0.1:8000"
PROVIDER = Path(__file__).parents[2] / "oidc" / "provider.mjs"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    node = shutil.which("node") or "node"
    with subprocess.Popen(
        [node, str(PROVIDER), str(port), OWN_URL],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert any("listening" in line for line in iter(process.stdout.readline, ""))
        yield f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.fixture
def settings(tmp_path: Path, issuer: str) -> Settings:
    return Settings(
        data_dir=tmp_path,
        oidc_issuer=issuer,
        oidc_client_id="fellesgrep",
        oidc_client_secret="a-secret-of-the-tests",
    )


@pytest.fixture
def client(house: House, settings: Settings, world: World) -> Iterator[TestClient]:
    world.tx.session.commit()
    house = House(make_registry(settings), house.database, house.clock, house.jobs)
    with TestClient(create_app(settings, house), base_url=OWN_URL) as made:
        made.follow_redirects = False
        yield made


def _at_provider(address: str, login: str) -> str:
    """Log in and consent at the provider as a browser would; returns where it sends us back."""
    with httpx2.Client() as browser:
        answer = browser.get(address)
        while True:
            while answer.is_redirect:
                target = urljoin(str(answer.url), answer.headers["location"])
                if target.startswith(OWN_URL):
                    return target
                answer = browser.get(target)
            form = re.search(r'<form[^>]*action="([^"]+)"', answer.text)
            prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
            assert form, answer.text
            assert prompt, answer.text
            data = {"prompt": prompt[1], "login": login, "password": "x"}
            answer = browser.post(urljoin(str(answer.url), form[1]), data=data)


def _begin(client: TestClient) -> str:
    answer = client.get("/auth/oidc/login")
    assert answer.status_code == 303
    return str(answer.headers["location"])


def _back(client: TestClient, address: str) -> str:
    answer = client.get(address.removeprefix(OWN_URL))
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_a_registered_person_logs_in_and_is_known_by_subject_afterwards(
    client: TestClient, world: World, house: House
) -> None:
    asked = parse_qs(urlsplit(_begin(client)).query)
    assert asked["code_challenge_method"] == ["S256"]
    for _ in range(2):
        assert _back(client, _at_provider(_begin(client), "liaison@solvik.example")) == "/"
        assert client.get("/api/v1/me").json()["email"] == "liaison@solvik.example"
        with house.transaction() as tx:
            person = tx.session.get_one(Person, world.people[Role.LIAISON].id)
            person.email = "changed@solvik.example"
            tx.session.commit()
            person.email = "liaison@solvik.example"


def test_somebody_the_municipality_has_not_registered_gets_no_session(client: TestClient) -> None:
    target = _back(client, _at_provider(_begin(client), "stranger@example.org"))
    assert target == "/login?problem=unknown_person"
    assert client.cookies.get(SESSION_COOKIE) is None


def test_an_address_that_the_provider_has_not_verified_binds_nobody(
    client: TestClient, world: World, house: House
) -> None:
    with house.transaction() as tx:
        person = tx.session.get_one(Person, world.people[Role.LEGAL].id)
        person.email = "unverified@solvik.example"
    target = _back(client, _at_provider(_begin(client), "unverified@solvik.example"))
    assert target == "/login?problem=unknown_person"


def test_an_answer_works_once_and_only_in_the_browser_that_asked(client: TestClient) -> None:
    answer = _at_provider(_begin(client), "liaison@solvik.example")
    secret = client.cookies.get(ATTEMPT_COOKIE)
    client.cookies.clear()
    assert _back(client, answer) == "/login?problem=oidc_failed"
    assert secret is not None
    again = _at_provider(_begin(client), "liaison@solvik.example")
    assert _back(client, again) == "/"
    client.cookies.clear()
    assert _back(client, again) == "/login?problem=oidc_failed"


def test_a_made_up_state_is_refused(client: TestClient) -> None:
    target = _back(client, "/auth/oidc/callback?state=made-up&code=made-up")
    assert target == "/login?problem=oidc_failed"


def test_the_development_log_in_does_not_exist_beside_a_real_provider(
    client: TestClient, world: World
) -> None:
    options = client.get("/api/v1/login-options").json()
    assert options == {"oidc": True, "development": False, "people": []}
    person = str(next(iter(world.people.values())).id)
    answer = client.post("/api/v1/development-login", json={"person_id": person})
    assert answer.status_code == 404


def test_a_provider_that_cannot_be_reached_is_said_on_the_log_in_page(
    house: House, tmp_path: Path
) -> None:
    settings = Settings(
        data_dir=tmp_path, oidc_issuer="http://127.0.0.1:9", oidc_client_id="fellesgrep"
    )
    house = House(make_registry(settings), house.database, house.clock, house.jobs)
    with TestClient(create_app(settings, house), base_url=OWN_URL) as client:
        answer = client.get("/auth/oidc/login", follow_redirects=False)
    assert answer.headers["location"] == "/login?problem=oidc_failed"
