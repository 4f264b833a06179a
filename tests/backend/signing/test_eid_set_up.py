"""Where ID-porten is not set up the log-in is not offered, and what demands it is told."""

import subprocess
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from fellesgrep.app import make_house
from fellesgrep.commands import examinations
from fellesgrep.commands.examinations import State
from fellesgrep.core.delivery import take_in
from fellesgrep.core.problems import Invalid
from fellesgrep.settings import Settings
from fellesgrep.signing import eid
from fellesgrep.signing.set_up import POLICY, demanded, not_set_up
from fellesgrep.workflow.models import DecisionTable
from tests.backend.signing.eid_stories import demand
from tests.backend.signing.stories import Signing
from tests.conftest import cloned_database
from tests.id_porten import CLIENT_ID, lying_provider, make_organisation
from tests.product import FELLESGREP, environment, fellesgrep, free_port, fresh_data_dir

PRODUCTION = {
    "mode": "production",
    "public_url": "https://samarbeid.example",
    "smtp_url": "smtp://mail.example:587",
    "oidc_issuer": "https://login.example",
    "oidc_client_id": "fellesgrep",
}
EID = {"eid_issuer": "http://idporten.example", "eid_client_id": "x", "eid_key_file": "k"}


def test_without_settings_the_log_in_is_not_offered(signing: Signing) -> None:
    link = signing.links["Kari Berg"]
    assert "ID-porten" not in signing.browser.get(link).text
    answer = signing.browser.post(f"{link}/eid", data=signing.form(link))
    assert answer.status_code == 404
    assert signing.browser.get("/p/eid/callback?state=x&code=y").status_code == 410


def test_whoever_must_log_in_is_not_written_to_before_it_is_set_up(planned: Signing) -> None:
    demand(planned, "Kari Berg")
    with pytest.raises(Invalid) as refused:
        planned.send_out()
    [fault] = refused.value.fields
    assert fault.params["setting"] == "FELLESGREP_EID_ISSUER"


def test_a_policy_that_demands_it_is_told(planned: Signing) -> None:
    with planned.house.transaction() as tx:
        assert not_set_up(tx) == {}
        table = tx.session.scalars(select(DecisionTable).where(DecisionTable.name == POLICY)).one()
        assert demanded(table.content) == {"email_confirmation"}
        before, large, after = table.content.partition('id="signature_policy_large"')
        table.content = before + large + after.replace("email_confirmation", "authenticated_eid")
        tx.session.flush()
        assert demanded(table.content) == {"email_confirmation", "authenticated_eid"}
        assert not_set_up(tx) == {"authenticated_eid": "FELLESGREP_EID_ISSUER"}


@pytest.mark.parametrize("left_out", ["eid_issuer", "eid_client_id", "eid_key_file"])
def test_half_of_the_settings_are_refused_and_the_others_named(left_out: str) -> None:
    given = EID | {"eid_issuer": "https://idporten.example"}
    del given[left_out]
    with pytest.raises(ValidationError, match=f"FELLESGREP_{left_out.upper()}"):
        Settings.model_validate(given)


def test_production_logs_in_by_https_only() -> None:
    with pytest.raises(ValidationError, match="must begin with https"):
        Settings.model_validate(PRODUCTION | EID)


def test_the_doctor_looks_at_key_and_provider(tmp_path: Path) -> None:
    assert examinations.id_porten(Settings(data_dir=tmp_path)).state is State.NOTE
    organisation = make_organisation(tmp_path)
    with lying_provider() as provider:

        def look(key_file: Path, issuer: str) -> examinations.Finding:
            given = Settings(
                data_dir=tmp_path,
                eid_issuer=issuer,
                eid_client_id=CLIENT_ID,
                eid_key_file=key_file,
            )
            return examinations.id_porten(given)

        good = look(organisation.key_file, provider.issuer)
        assert good.state is State.GOOD, good.words
        assert look(tmp_path / "nowhere.pem", provider.issuer).state is State.BAD
        assert look(organisation.jwks_file, provider.issuer).state is State.BAD
        assert look(organisation.key_file, "http://127.0.0.1:9").state is State.BAD


def test_the_key_of_the_digests_lies_beside_the_database(planned: Signing) -> None:
    made = eid.person_key(planned.house)
    assert eid.person_key(planned.house) == made


def test_production_says_at_its_start_that_the_policy_demands_what_is_not_set_up(
    template_url: str,
) -> None:
    with cloned_database(template_url) as url, fresh_data_dir() as data_dir:
        house = make_house(Settings(data_dir=data_dir), url)
        take_in(house)
        with house.transaction() as tx:
            policy = tx.session.scalars(
                select(DecisionTable).where(DecisionTable.name == POLICY)
            ).one()
            policy.content = policy.content.replace("email_confirmation", "authenticated_eid")
        house.database.close()
        given = {name.upper(): value for name, value in PRODUCTION.items()}
        given |= {"DATABASE_URL": url, "PORT": str(free_port())}
        examined = fellesgrep("doctor", "--only", "signing", data_dir=data_dir, **given)
        assert examined.returncode == 1
        assert "FELLESGREP_EID_ISSUER is missing" in examined.stdout
        with subprocess.Popen(
            [*FELLESGREP, "serve"],
            env=environment(data_dir, **given),
            stderr=subprocess.PIPE,
            text=True,
        ) as served:
            assert served.stderr is not None
            first = served.stderr.readline()
            served.terminate()
        assert "the signature policy demands authenticated_eid, which is not set up" in first
