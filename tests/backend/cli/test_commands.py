"""The command line says in plain words what it did, and in one line what it cannot do."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from fellesgrep.commands.settings_page import settings_page
from fellesgrep.core import embedded_postgres
from fellesgrep.core.jobs import psycopg_dsn
from tests.product import environment, fellesgrep, fresh_data_dir
from tests.sms_provider import sms_provider

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.xdist_group("commands")


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    """An installation with its schema, whose database runs for as long as the tests."""
    with fresh_data_dir() as folder, embedded_postgres.running(folder):
        assert fellesgrep("migrate", data_dir=folder).returncode == 0
        yield folder


def test_migrating_twice_is_fine(data_dir: Path) -> None:
    again = fellesgrep("migrate", data_dir=data_dir)
    assert again.returncode == 0, again.stderr


def test_a_wrong_setting_is_named_in_one_line(data_dir: Path) -> None:
    refused = fellesgrep("serve", data_dir=data_dir, PORT="many")
    assert refused.returncode == 1
    assert refused.stderr.startswith("✗ FELLESGREP_PORT:")
    assert refused.stderr.count("\n") == 1


def test_production_without_its_settings_is_refused_and_all_are_named(data_dir: Path) -> None:
    refused = fellesgrep("serve", data_dir=data_dir, MODE="production")
    assert refused.returncode == 1
    for setting in ("OIDC_ISSUER", "OIDC_CLIENT_ID", "SMTP_URL", "PUBLIC_URL"):
        assert f"FELLESGREP_{setting}" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_demo_data_is_refused_in_production(data_dir: Path) -> None:
    refused = fellesgrep("demo", data_dir=data_dir, **PRODUCTION)
    assert refused.returncode == 1
    assert "for development" in refused.stderr


def test_an_audit_log_that_nobody_touched_is_whole(data_dir: Path) -> None:
    verified = fellesgrep("audit", "verify", data_dir=data_dir)
    assert verified.returncode == 0, verified.stderr
    assert verified.stdout.endswith("The audit log is whole.\n")


def test_an_audit_log_with_a_stream_cut_off_is_not(data_dir: Path) -> None:
    url = psycopg_dsn(embedded_postgres.ensure_running(data_dir))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "insert into audit_stream (kind, subject_id, seq, head)"
            " values ('case', gen_random_uuid(), 3, 'abc')"
        )
        verified = fellesgrep("audit", "verify", data_dir=data_dir)
        connection.execute("delete from audit_stream where head = 'abc'")
    assert verified.returncode == 1
    assert "the newest entries are missing" in verified.stdout


def test_the_doctor_finds_nothing_to_mend_in_a_development_installation(data_dir: Path) -> None:
    healthy = fellesgrep("doctor", data_dir=data_dir)
    assert healthy.returncode == 0, healthy.stdout
    for examined in ("Database", "Schema", "Worker", "PDF", "Seal", "Mail", "Log-in", "Room"):
        assert f" {examined}: " in healthy.stdout


def test_the_doctor_tells_of_a_production_installation_without_a_worker(data_dir: Path) -> None:
    ill = fellesgrep("doctor", "--only", "database", data_dir=data_dir, **PRODUCTION)
    assert ill.returncode == 1
    assert "✗ Worker: none running now" in ill.stdout


def test_the_doctor_tells_of_a_database_that_does_not_answer(data_dir: Path) -> None:
    nowhere = "postgresql+psycopg://fellesgrep:secret@127.0.0.1:1/fellesgrep"
    ill = fellesgrep("doctor", "--only", "database", data_dir=data_dir, DATABASE_URL=nowhere)
    assert ill.returncode == 1
    assert "does not answer" in ill.stdout
    assert "secret" not in ill.stdout


def test_the_doctor_sends_a_test_mail(data_dir: Path) -> None:
    sent = fellesgrep(
        "doctor", "--only", "mail", "--mail-to", "drift@solvik.example", data_dir=data_dir
    )
    assert sent.returncode == 0, sent.stdout
    letters = [letter.read_text() for letter in (data_dir / "outbox").glob("*.eml")]
    assert any("drift@solvik.example" in letter for letter in letters)


def test_the_doctor_tells_of_a_mail_server_that_does_not_answer(data_dir: Path) -> None:
    ill = fellesgrep(
        *("doctor", "--only", "mail", "--mail-to", "drift@solvik.example"),
        data_dir=data_dir,
        SMTP_URL="smtp://127.0.0.1:1",
    )
    assert ill.returncode == 1
    assert "the test mail was not taken" in ill.stdout


def test_the_doctor_sends_a_test_text_message(data_dir: Path) -> None:
    command = ("doctor", "--only", "sms", "--sms-to", "900 00 001")
    with sms_provider() as provider:
        sent = fellesgrep(*command, data_dir=data_dir, SMS_URL=provider.url, SMS_TOKEN="sesame")
        assert sent.returncode == 0, sent.stdout
        provider.answers.append(401)
        ill = fellesgrep(*command, data_dir=data_dir, SMS_URL=provider.url, SMS_TOKEN="sesame")
    [received] = provider.received
    assert received.body["to"] == "+4790000001"
    assert ill.returncode == 1
    assert "401" in ill.stdout
    assert "sesame" not in sent.stdout + ill.stdout


def test_a_secret_can_come_from_a_file(data_dir: Path) -> None:
    secrets = data_dir / "secrets"
    secrets.mkdir()
    (secrets / "fellesgrep_smtp_url").write_text("smtp://mail.example:587")
    given = {name: value for name, value in PRODUCTION.items() if name != "SMTP_URL"}
    examined = fellesgrep(
        "doctor", "--only", "mode", data_dir=data_dir, SECRETS_DIR=str(secrets), **given
    )
    assert examined.returncode == 0, examined.stderr
    assert "production" in examined.stdout


def test_the_page_of_settings_is_up_to_date() -> None:
    assert (ROOT / "docs/settings.md").read_text() == settings_page(), "run `make settings`"


def test_every_setting_says_what_it_means() -> None:
    assert "| None |" not in settings_page()


def test_the_compose_file_asks_for_secrets_and_holds_none() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    passwords = re.findall(r"^ +\w*PASSWORD\w*: (.*)$", text, flags=re.MULTILINE)
    assert passwords
    assert all(value.startswith("${DATABASE_PASSWORD:?") for value in passwords)


@pytest.mark.skipif(
    subprocess.run(  # noqa: PLW1510 (only its answer counts)
        [shutil.which("docker") or "false", "compose", "version"], capture_output=True
    ).returncode
    != 0,
    reason="there is no `docker compose` here",
)
def test_docker_compose_accepts_the_file(tmp_path: Path) -> None:
    given = environment(tmp_path, **PRODUCTION, OIDC_CLIENT_SECRET="x")
    described = subprocess.run(
        ["docker", "compose", "config", "--format", "json"],
        cwd=ROOT,
        env=given | {"DATABASE_PASSWORD": "x"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert described.returncode == 0, described.stderr
    services = json.loads(described.stdout)["services"]
    assert set(services) == {"database", "migrate", "api", "worker", "proxy"}


PRODUCTION = {
    "MODE": "production",
    "PUBLIC_URL": "https://samarbeid.example",
    "SMTP_URL": "smtp://mail.example:587",
    "OIDC_ISSUER": "https://login.example",
    "OIDC_CLIENT_ID": "fellesgrep",
}
