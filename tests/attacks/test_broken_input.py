"""Bytes that break programs: what cannot be is refused in words, and nothing comes of it."""

import io
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import DataError

from fellesgrep.core.logs import write_plain_logs
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from tests.attacks.conftest import KARI
from tests.backend.signing.stories import Signing
from tests.conftest import ClientFor, World

NUL = "Nei\x00takk"


def test_a_character_that_no_text_holds_is_refused_on_a_page(signing: Signing, link: str) -> None:
    """Fails without `not_storable` in `core.web`: it was an error 500, and an entry in the log."""
    form = signing.form(f"{link}?step=decline") | {"reason": NUL}
    answer = signing.browser.post(f"{link}/decline", data=form)
    assert answer.status_code == 422
    assert "kan ikke lagres" in answer.text
    assert signing.request(KARI).status == "sent"


def test_a_character_that_no_text_holds_is_refused_by_the_interface(
    client_for: ClientFor, world: World
) -> None:
    """Fails without `not_storable` in `core.web`."""
    client = client_for(Role.PROGRAMME_LEADER)
    for path in ("/api/v1/partners?q=%00", "/api/v1/cases?q=%00", "/api/v1/people?q=a%00b"):
        assert client.get(path).status_code == 422, path
    sent = {"title": NUL, "goal": NUL}
    answer = client.post(f"/api/v1/areas/{world.area.id}/measures", json=sent)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("Noe av det du sendte kan ikke lagres")


@pytest.mark.parametrize(
    "path",
    ["/%00", "/" + "a" * 5000, "/..%2f..%2f..%2fpyproject.toml", "/%2fetc%2fpasswd",
     "/%2e%2e/%2e%2e/pyproject.toml",
     "/assets/..%5c..%5csettings.py", "/assets/%2e%2e/%2e%2e/%2e%2e/pyproject.toml", "/p/%ff%fe",
     "/p/a%00b", "/api/v1/texts/%2e%2e", "/static/portal/%2e%2e/%2e%2e/%2e%2e/pyproject.toml"],
)  # fmt: skip
def test_no_address_leads_out_of_what_is_served(client_for: ClientFor, path: str) -> None:
    """Fails without `is_relative_to`, and the names that no file has, in `site._built`."""
    answer = client_for(None).get(path)
    assert answer.status_code in {200, 404, 410, 422}
    assert "root:" not in answer.text
    assert "[project]" not in answer.text
    assert "FELLESGREP_" not in answer.text


@pytest.mark.parametrize(
    "body",
    ["[" * 200_000, '{"title":"\\ud800","goal":"b"}', '{"title":' + "9" * 5000 + "}", "{", "\xff"],
    ids=range(5),
)
def test_json_made_to_break_the_reader_is_refused(
    client_for: ClientFor, world: World, body: str
) -> None:
    """Fails where an error of the parser is let through."""
    answer = client_for(Role.PROGRAMME_LEADER).post(
        f"/api/v1/areas/{world.area.id}/measures",
        content=body.encode("latin-1"),
        headers={"content-type": "application/json"},
    )
    assert answer.status_code in {400, 422}


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    file = io.StringIO()
    write_plain_logs(file)
    yield file
    structlog.reset_defaults()


def test_what_an_attacker_writes_forges_no_entry_in_the_log(written: io.StringIO) -> None:
    """Fails without `_as_one_line` and `_indented` in `core.logs`."""
    evil = "x\n2026-03-02T11:00:00Z [info     ] everything is fine\x1b[2J\u2028\x85y"
    log = structlog.get_logger("test")
    log.warning("log-in failed", reason=evil)
    log.warning("log-in failed", reason="\x1b[2J")
    try:
        raise OSError(evil)
    except OSError:
        log.exception("job failed")
    lines = written.getvalue().splitlines()
    assert not any(line.startswith("2026-03-02T11:00:00Z") for line in lines)
    assert "\x1b" not in written.getvalue()
    assert len([line for line in lines if not line.startswith("    ")]) == 3


def test_an_error_of_the_database_names_no_values(house: House) -> None:
    """Fails without `hide_parameters` in `core.db`: the log would hold names and codes."""
    with house.transaction() as tx, pytest.raises(DataError) as refused, tx.session.begin_nested():
        tx.session.execute(text("select cast(:code as integer)"), {"code": "secret-4711\x00"})
    assert "4711" not in str(refused.value)
