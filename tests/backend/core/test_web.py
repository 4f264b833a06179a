"""What every answer has in common."""

import pytest
from fastapi.testclient import TestClient

from fellesgrep.core.languages import choose_language, say
from fellesgrep.identity.policy import Role
from tests.conftest import ClientFor, World


def test_no_page_can_be_framed_by_others_or_run_their_scripts(client_for: ClientFor) -> None:
    answer = client_for(None).get("/health/live")
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_change_sent_by_another_sites_page_is_refused(
    client_for: ClientFor, world: World
) -> None:
    client = client_for(Role.PROGRAMME_LEADER)
    for origin in ("https://evil.example", "null"):
        answer = client.post(
            f"/api/v1/areas/{world.area.id}/measures",
            json={"title": "T", "goal": "G"},
            headers={"origin": origin},
        )
        assert answer.status_code == 403, origin
        assert "annet nettsted" in answer.json()["detail"]


def _error(client: TestClient, method: str, path: str, **kwargs: str) -> tuple[int, str]:
    answer = client.request(method, path, **kwargs)  # type: ignore[arg-type]
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["detail"]


def test_unknown_addresses_and_methods_are_problems_too(client_for: ClientFor) -> None:
    client = client_for(Role.ADMIN)
    assert _error(client, "GET", "/api/v1/nothing")[0] == 404
    assert _error(client, "DELETE", "/api/v1/areas")[0] == 405
    assert _error(client, "GET", "/api/v1/areas/no-id")[0] == 422
    assert _error(client, "GET", "/api/v1/areas?sort=secret")[0] == 422


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "nb"),
        ("en-GB,en;q=0.9", "en"),
        ("no", "nb"),
        ("de, nn;q=0.5, en;q=0.4", "nn"),
        ("fr;q=x, en", "en"),
        ("*", "nb"),
    ],
)
def test_the_readers_language_is_the_first_we_speak(header: str | None, language: str) -> None:
    assert choose_language(header) == language


def test_counted_things_choose_their_form() -> None:
    with pytest.raises(LookupError):
        say("nb", "core.no_such_text")
