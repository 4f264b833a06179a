"""The sealed file: what it holds, that nothing is lost when sealing fails, and who may fetch it."""

import io
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from fellesgrep.agreements.rules import Status
from fellesgrep.core.problems import Conflict
from fellesgrep.identity.policy import Role
from fellesgrep.notifications import outbox
from fellesgrep.signing import acts, rounds, sealing
from fellesgrep.signing.municipal_seal import SealBroken
from fellesgrep.signing.seal_key import make_certificate
from fellesgrep.signing.verify_seal import extract_attachment, verify
from fellesgrep.workflow.models import TaskStatus
from tests.backend.signing.stories import Signing
from tests.contract_templates.expected import text_of


@pytest.fixture
def signed(signing: Signing) -> Signing:
    """Everybody has signed, the municipality too; the seal is due."""
    signing.everybody_signs()
    signing.later(hours=1)
    signing.complete("countersign", Role.DECISION_MAKER, confirm=True)
    return signing


def test_what_was_signed_is_what_was_shown_byte_for_byte(signed: Signing) -> None:
    signed.mailed()
    shown, sealed = signed.shown(), signed.sealed()
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        sources = [
            name
            for name, each in pdf.attachments.items()
            if str(each.obj.get("/AFRelationship")) == "/Source"
        ]
    [name] = sources
    assert extract_attachment(sealed, name) == shown
    for signatory in signed.links:
        request = signed.request(signatory)
        assert request.shown_sha256 == signed.agreement().shown_sha256


def test_the_seal_holds_and_carries_the_real_time(signed: Signing) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    signed.mailed()
    report = verify(signed.sealed())
    assert report.verdict == "unchanged"
    assert report.signer_name == "Solvik kommune"
    assert report.signed_at is not None
    assert before <= report.signed_at <= datetime.now(UTC)


def test_the_sealed_file_names_parties_signatories_amounts_and_methods(signed: Signing) -> None:
    signed.mailed()
    said = text_of(signed.sealed())
    for words in (
        "Solbakken borettslag", "Furulia Kaffebrenneri", "Kari Berg", "Per Dahl", "Ola Moen",
        "Decision Maker Nordmann", "E-postbekreftelse", "200 000 kr",
    ):  # fmt: skip
        assert words in said.replace("\N{NO-BREAK SPACE}", " "), words
    assert "eIDAS" not in said


def test_the_evidence_inside_can_be_read_by_machines(signed: Signing) -> None:
    signed.mailed()
    record = signed.evidence()
    assert record["format"] == "fellesgrep-evidence/1"
    assert record["$schema"].endswith("/schemas/evidence-1.json")
    assert record["agreement"]["shown_sha256"] == signed.agreement().shown_sha256
    by_name = {each["name"]: each for each in record["signatures"]}
    assert set(by_name) == {"Kari Berg", "Per Dahl", "Ola Moen"}
    kari = by_name["Kari Berg"]
    assert kari["method"] == "email_confirmation"
    assert "på vegne av Solbakken borettslag" in kari["consent_text"]
    assert [event["kind"] for event in kari["events"]] == ["signing:sent", "signing:signed"]
    assert record["countersignature"]["name"] == "Decision Maker Nordmann"


def test_everybody_is_told_and_can_fetch_the_sealed_file(signed: Signing) -> None:
    assert signed.browser.get(signed.links["Kari Berg"] + "/sealed.pdf").status_code == 404
    mails = {str(mail["to"].addresses[0].addr_spec): mail for mail in signed.mailbox.fresh()}
    assert set(mails) == {
        "kari@solbakken.example",
        "per@solbakken.example",
        "ola@kaffe.example",
        "liaison@solvik.example",
        "decision_maker@solvik.example",
    }
    [fresh] = signed.mailbox.links_in(mails["ola@kaffe.example"])
    assert signed.mailbox.links_in(mails["liaison@solvik.example"]) == []
    assert "/cases/" in next(outbox.links(mails["liaison@solvik.example"]))
    for link in (fresh, signed.links["Ola Moen"]):
        assert "avtalen er forseglet" in signed.browser.get(link).text
        assert signed.browser.get(f"{link}/sealed.pdf").content == signed.sealed()
    assert signed.waiting() == ["conclude_cooperation"]


def test_sealing_twice_changes_nothing(signed: Signing) -> None:
    signed.mailed()
    before = signed.sealed()
    with signed.house.transaction() as tx:
        sealing.seal_agreement(tx, rounds.current_round(tx, signed.subject.id))
    assert signed.sealed() == before
    assert signed.mailbox.fresh() == []


def test_a_seal_that_fails_leaves_the_agreement_sealing_and_goes_on_when_mended(
    signed: Signing, seal_key: bytes
) -> None:
    key_file = signed.mailbox.folder.parent / "seal-key.pem"
    key_file.write_bytes(b"no key")
    with pytest.raises(ValueError, match="PEM"):
        signed.mailbox.fresh()
    assert signed.agreement().status == Status.SEALING
    key_file.write_bytes(seal_key)
    with signed.house.transaction() as tx:
        sealing.seal_agreement(tx, rounds.current_round(tx, signed.subject.id))
    assert signed.agreement().status == Status.SEALED


def test_nothing_is_sent_out_when_the_seal_does_not_work(planned: Signing) -> None:
    key_file = planned.mailbox.folder.parent / "seal-key.pem"
    expired = make_certificate(
        "Solvik kommune", "399999995", now=datetime.now(UTC) - timedelta(days=4000)
    )
    for broken in (b"no key", expired.to_pem()):
        key_file.write_bytes(broken)
        with pytest.raises(SealBroken):
            planned.send_out()
    assert planned.waiting() == ["set_up_signing"]
    assert planned.mailbox.fresh() == []
    [task] = planned.tasks("set_up_signing")
    assert task.status == TaskStatus.OPEN


def test_nobody_countersigns_before_all_partners_have_signed(signing: Signing) -> None:
    signing.sign("Kari Berg")
    with signing.house.transaction() as tx, pytest.raises(Conflict):
        acts.countersign(tx, rounds.current_round(tx, signing.subject.id), confirmed=True)


def test_the_database_refuses_to_change_a_signature(signed: Signing) -> None:
    changes = (
        "update signing_request set typed_name = 'Ola'",
        "update signing_request set status = 'sent', answered_at = null",
        "delete from signing_request",
        "update countersignature set name = 'Ola'",
        "delete from countersignature",
    )
    for change in changes:
        with pytest.raises(DBAPIError, match="append-only"), signed.house.transaction() as tx:
            tx.session.execute(text(change))
