"""The document that is shown, the file that is sealed, and that neither changes."""

import io
import json
from datetime import UTC, datetime

import pikepdf
import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from fellesgrep.agreements import service
from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.operations import FREEZE
from fellesgrep.agreements.record import FILE
from fellesgrep.agreements.rules import MOVES, Status
from fellesgrep.agreements.slots import SIGNATORIES
from fellesgrep.contract_templates.rendering import render
from fellesgrep.core import files
from fellesgrep.core.audit import Subject
from fellesgrep.core.ids import new_id
from fellesgrep.core.problems import Conflict
from fellesgrep.core.published_schemas import as_json, published
from fellesgrep.core.registry import Registry
from fellesgrep.documents.frames import Signature, SignaturePage
from fellesgrep.documents.models import Attachment
from fellesgrep.identity.policy import Role
from fellesgrep.settings import Settings
from fellesgrep.workflow.operations import NoInput, Step
from tests.backend.agreements.stories import approved, frozen, signed, submitted
from tests.conftest import ClientFor, World
from tests.contract_templates.expected import text_of

SIGNED_AT = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
PAGE = SignaturePage(
    signatures=(
        Signature("Amina Hassan", "Solbakken borettslag", "styreleder", SIGNED_AT, "E-post"),
        Signature("Kari Lunde", "Solvik kommune", "programleder", SIGNED_AT, "Innlogging"),
    ),
    sealed_by="Solvik kommune",
    shown_file_name="2026-00001-vist.pdf",
    shown_sha256="ab" * 32,
)


def shown_pdf(world: World, agreement: Agreement) -> bytes:
    assert agreement.shown_sha256 is not None
    return files.read(world.tx.session, agreement.shown_sha256)


def test_the_document_shown_is_made_once_and_can_be_made_again_byte_for_byte(
    world: World,
) -> None:
    agreement = frozen(world)
    pdf = shown_pdf(world, agreement)
    assert service.freeze(world.tx, agreement) == agreement.shown_sha256
    assert agreement.approved_at is not None
    again = render(
        world.tx,
        service.shown_html(world.tx, agreement),
        at=agreement.approved_at,
        identifier=f"agreement:{agreement.id}:shown",
    )
    assert again == pdf
    said = text_of(pdf)
    assert "Samarbeidet har en samlet ramme på 400 000 kr" in said
    assert "Sykkelstativene blir stående." in said


def test_the_step_of_the_process_freezes_the_document(world: World) -> None:
    agreement = approved(world)
    subject = Subject("case", agreement.case_id)
    step = Step(world.tx, subject, new_id(), None, "freeze_document", {})
    assert FREEZE.run(step, NoInput()) is None
    assert agreement.shown_sha256 is not None


def test_a_draft_that_legal_has_not_approved_is_not_frozen(world: World) -> None:
    with pytest.raises(Conflict):
        service.freeze(world.tx, submitted(world))


def test_the_document_shown_names_who_is_to_sign_it(world: World, registry: Registry) -> None:
    registry.put(SIGNATORIES, "story", lambda _tx, _id: [Signature("Amina Hassan", "Solbakken")])
    said = text_of(shown_pdf(world, frozen(world)))
    assert "Amina Hassan Solbakken Ikke ennå" in said


@pytest.mark.parametrize(
    "change",
    ["body = 'x'", "data = '{}'", "shown_sha256 = null, frozen_at = null", "language = 'en'"],
)
def test_the_database_refuses_to_change_what_was_shown(world: World, change: str) -> None:
    agreement = frozen(world)
    with pytest.raises(DBAPIError), world.tx.session.begin_nested():
        world.tx.session.execute(
            text(f"update agreement set {change} where id = :id"), {"id": agreement.id}
        )


def test_the_database_refuses_to_delete_it_or_to_change_the_sealed_file(world: World) -> None:
    agreement = signed(world)
    service.keep_sealed(world.tx, agreement, b"%PDF sealed")
    for statement in (
        "delete from agreement_party; delete from agreement_review; delete from agreement",
        "update agreement set sealed_at = now()",
    ):
        with pytest.raises(DBAPIError), world.tx.session.begin_nested():
            world.tx.session.execute(text(statement))


def test_the_final_file_is_one_rendering_with_the_document_shown_inside_unchanged(
    world: World,
) -> None:
    agreement = signed(world)
    assert agreement.template_version is not None
    evidence = Attachment("evidence.json", b"{}", "application/json", "Data", SIGNED_AT)
    final = service.render_final(world.tx, agreement, PAGE, at=SIGNED_AT, also=[evidence])
    again = service.render_final(world.tx, agreement, PAGE, at=SIGNED_AT, also=[evidence])
    assert final == again
    with pikepdf.open(io.BytesIO(final)) as opened:
        carried = {
            name: opened.attachments[name].get_file().read_bytes() for name in opened.attachments
        }
        kinds = {str(each.UF): str(each.AFRelationship) for each in opened.Root.AF}
    assert carried["2026-00001-vist.pdf"] == shown_pdf(world, agreement)
    told = json.loads(carried["2026-00001-data.json"])
    Draft202012Validator(published(FILE, "https://solvik.example")).validate(told)
    assert told == json.loads(as_json(service.record_of(world.tx, agreement)))
    assert told["agreement"]["id"] == str(agreement.id)
    assert told["type"]["content_sha256"] == agreement.template_version.content_hash
    assert told["dates"]["starts_on"] == "2026-04-01"
    assert told["own_terms"] == ["special_terms"]
    assert told["money"]["total_ore"] == 40000000
    assert kinds == {
        "2026-00001-vist.pdf": "/Source",
        "2026-00001-data.json": "/Data",
        "evidence.json": "/Data",
    }
    said = text_of(final)
    for expected in (
        "Solbakken borettslag", "400 000 kr", "Amina Hassan", "20. mars 2026 kl. 10.30",
        "Kari Lunde", "Underskrifter",
    ):  # fmt: skip
        assert expected in said


def test_nothing_is_sealed_before_the_document_was_shown(world: World) -> None:
    agreement = approved(world)
    with pytest.raises(Conflict):
        service.render_final(world.tx, agreement, PAGE, at=SIGNED_AT)
    with pytest.raises(Conflict):
        service.mark_out_for_signature(world.tx, agreement)


def test_an_agreement_goes_only_where_the_table_of_moves_leads(world: World) -> None:
    agreement = frozen(world)
    with pytest.raises(Conflict):
        service.keep_sealed(world.tx, agreement, b"%PDF")
    with pytest.raises(Conflict):
        service.mark_signed(world.tx, agreement)
    service.mark_out_for_signature(world.tx, agreement)
    service.mark_declined(world.tx, agreement)
    with pytest.raises(Conflict):
        service.void(world.tx, agreement)


def test_every_status_is_reached_from_the_draft() -> None:
    reached, waiting = {Status.DRAFTING}, [Status.DRAFTING]
    while waiting:
        new = MOVES[waiting.pop()] - reached
        reached |= new
        waiting += new
    assert reached == set(Status)


def test_finished_documents_are_listed_and_downloaded_under_names_people_understand(
    client_for: ClientFor, world: World
) -> None:
    agreement = signed(world)
    shown = shown_pdf(world, agreement)
    service.keep_sealed(world.tx, agreement, b"%PDF sealed")
    address = f"/api/v1/cases/{agreement.case_id}/documents"
    world.tx.session.commit()
    client = client_for(Role.AUDITOR)
    listed = client.get(address).json()
    assert [(each["kind"], each["title"]) for each in listed] == [
        ("sealed", "Samarbeidsavtale, underskrevet og forseglet"),
        ("shown", "Samarbeidsavtale, slik den ble vist"),
    ]
    sealed = client.get(listed[0]["url"])
    assert sealed.content == b"%PDF sealed"
    assert sealed.headers["content-type"] == "application/pdf"
    assert 'filename="2026-00001 Samarbeidsavtale.pdf"' in sealed.headers["content-disposition"]
    assert client.get(listed[1]["url"]).content == shown
    assert client.get(f"/api/v1/cases/{agreement.case_id}/agreement/preview.pdf").content == shown


def test_a_document_that_does_not_exist_yet_is_not_found(
    client_for: ClientFor, world: World
) -> None:
    agreement = frozen(world)
    address = f"/api/v1/cases/{agreement.case_id}/documents/sealed.pdf"
    world.tx.session.commit()
    assert client_for(Role.LEGAL).get(address).status_code == 404


def test_documents_of_a_development_installation_say_that_they_are_a_demonstration(
    world: World, settings: Settings
) -> None:
    assert "DEMONSTRASJON" in text_of(shown_pdf(world, frozen(world)))
    assert settings.for_contract_templates().demonstration
    meant = settings.model_copy(update={"mode": "production"})
    assert not meant.for_contract_templates().demonstration
