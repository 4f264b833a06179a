"""signed → sealing → sealed is visible; a failing seal says why, and a button sets it again."""

from pathlib import Path

import pytest

from fellesgrep.agreements.rules import Status
from fellesgrep.identity.policy import Role
from fellesgrep.signing import municipal_seal, seal_state
from fellesgrep.signing.municipal_seal import SealKeyMissing
from tests.backend.signing.stories import Signing
from tests.conftest import ClientFor


@pytest.fixture
def key_file(signing: Signing) -> Path:
    return signing.mailbox.folder.parent / "seal-key.pem"


@pytest.fixture
def key_file_of_plan(planned: Signing) -> Path:
    return planned.mailbox.folder.parent / "seal-key.pem"


@pytest.fixture
def signed(signing: Signing) -> Signing:
    """Everybody has signed, the municipality too; the seal is due."""
    signing.everybody_signs()
    signing.complete("countersign", Role.DECISION_MAKER, confirm=True)
    return signing


def test_the_way_to_the_seal_is_told_to_the_case_and_to_the_signatory(
    signing: Signing, client_for: ClientFor
) -> None:
    address = f"/api/v1/cases/{signing.subject.id}/seal"
    liaison = client_for(Role.LIAISON)
    assert liaison.get(address).json() is None
    signing.everybody_signs()
    signing.complete("countersign", Role.DECISION_MAKER, confirm=True)
    assert liaison.get(address).json()["state"] == "sealing"
    assert "dokumentet forsegles nå" in signing.browser.get(signing.links["Kari Berg"]).text
    signing.mailed()
    found = liaison.get(address).json()
    assert (found["state"], found["sha256"]) == ("sealed", signing.agreement().sealed_sha256)
    assert "avtalen er forseglet" in signing.browser.get(signing.links["Kari Berg"]).text


def test_a_key_that_is_taken_away_is_told_in_words_and_never_replaced_by_another(
    signed: Signing, key_file: Path, client_for: ClientFor
) -> None:
    key = key_file.read_bytes()
    key_file.unlink()
    with pytest.raises(SealKeyMissing):
        signed.mailed()
    assert not key_file.exists()
    case = f"/api/v1/cases/{signed.subject.id}"
    liaison, admin = client_for(Role.LIAISON), client_for(Role.ADMIN)
    told = liaison.get(f"{case}/seal").json()
    assert (told["state"], told["failures"], told["may_seal"]) == ("failed", 1, False)
    assert "sikkerhetskopien" in told["problem"]
    assert str(key_file.parent) not in told["problem"]
    assert liaison.post(f"{case}/seal/again").status_code == 403
    [waiting] = admin.get("/api/v1/operations/seals").json()
    assert (waiting["case_id"], waiting["failures"]) == (str(signed.subject.id), 1)
    assert "dokumentet forsegles nå" in signed.browser.get(signed.links["Ola Moen"]).text

    key_file.write_bytes(key)
    assert admin.post(f"{case}/seal/again").json()["may_seal"]
    signed.mailed()
    assert signed.agreement().status == Status.SEALED
    assert admin.get("/api/v1/operations/seals").json() == []
    assert admin.post(f"{case}/seal/again").status_code == 409


def test_what_waits_for_its_seal_is_tried_hour_by_hour_without_end(
    signed: Signing, key_file: Path
) -> None:
    key = key_file.read_bytes()
    key_file.write_bytes(b"no key")
    for _ in range(3):
        with pytest.raises(ValueError, match="PEM"):
            signed.mailed()
        signed.later(hours=1)
        seal_state.go_on_sealing(signed.house)
    key_file.write_bytes(key)
    signed.mailed()
    assert signed.agreement().status == Status.SEALED


def test_a_seal_that_held_is_not_tried_again_for_some_minutes(
    planned: Signing, key_file_of_plan: Path
) -> None:
    municipal_seal.refuse_without_seal(planned.house)
    first = municipal_seal.last_tried()
    municipal_seal.refuse_without_seal(planned.house)
    assert municipal_seal.last_tried() == first
    key_file_of_plan.write_bytes(key_file_of_plan.read_bytes() + b"\n")
    municipal_seal.refuse_without_seal(planned.house)
    assert municipal_seal.last_tried() != first
