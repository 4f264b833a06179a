"""Files that are part of an agreement: added, ordered, shown, fixed, and sealed with it."""

import hashlib
import io
from typing import Any
from uuid import UUID

import pikepdf
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from fellesgrep.agreements import attachments, drafting, service
from fellesgrep.agreements.models import Verdict
from fellesgrep.core import files
from fellesgrep.core.problems import Conflict, Invalid, NotFound
from fellesgrep.identity.policy import Role
from tests.backend.agreements.stories import agreement_of, answer, at_agreement, signed
from tests.backend.agreements.test_documents import PAGE, SIGNED_AT, shown_pdf
from tests.backend.documents.test_enclosing import a_pdf, a_photo
from tests.conftest import ClientFor, World
from tests.contract_templates.expected import text_of

PLAN = a_pdf(2)
PHOTO = a_photo()


class Desk:
    """The attachments of a case's draft, over HTTP."""

    def __init__(self, client: TestClient, case_id: UUID) -> None:
        self.client = client
        self.address = f"/api/v1/cases/{case_id}/agreement/attachments"

    def add(self, content: bytes, title: str) -> Response:
        return self.client.post(self.address, files={"file": content}, data={"title": title})

    def act(self, id_: str, verb: str, **body: Any) -> Response:
        return self.client.post(f"{self.address}/{id_}/{verb}", json=body)

    def items(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.client.get(self.address).json()["items"]
        return found

    def titles(self) -> list[str]:
        return [f"{each['number']} {each['title']}" for each in self.items()]


@pytest.fixture
def desk(client_for: ClientFor, world: World) -> Desk:
    story = at_agreement(world)
    answer(world, story)
    world.tx.session.commit()
    return Desk(client_for(Role.LIAISON), story.case.id)


def with_plan(world: World) -> UUID:
    story = at_agreement(world)
    agreement = answer(world, story)
    attachments.add(world.acting(Role.LIAISON), agreement, PLAN, "Situasjonsplan")
    return story.case.id


def test_files_are_added_named_ordered_and_taken_out(desk: Desk) -> None:
    assert desk.titles() == []
    assert desk.add(PLAN, " Kart over   gården ").status_code == 200
    first = desk.items()[0]["number"]
    desk.add(PHOTO, "Bilde")
    desk.add(PLAN, "Snitt")
    assert desk.titles() == [
        f"{first} Kart over gården", f"{first + 1} Bilde", f"{first + 2} Snitt",
    ]  # fmt: skip
    last = desk.items()[2]["id"]
    assert desk.act(last, "move", place=1).status_code == 200
    assert [each.split()[1] for each in desk.titles()] == ["Snitt", "Kart", "Bilde"]
    assert desk.act(last, "move", place=99).status_code == 200
    assert [each.split()[1] for each in desk.titles()] == ["Kart", "Bilde", "Snitt"]
    desk.act(last, "rename", title="Snitt A–A")
    assert desk.titles()[2].endswith("Snitt A–A")
    desk.act(last, "remove")
    assert [each.split()[1] for each in desk.titles()] == ["Kart", "Bilde"]
    told = desk.items()[0]
    assert (told["pages"], told["size"]) == (2, len(PLAN))
    assert told["sha256"] == hashlib.sha256(PLAN).hexdigest()
    file = desk.client.get(told["url"])
    assert (file.content, file.headers["content-type"]) == (PLAN, "application/pdf")
    assert file.headers["x-content-type-options"] == "nosniff"


def test_what_cannot_be_taken_in_is_told_at_its_field(desk: Desk) -> None:
    refused = desk.add(b"no pdf", "Kart")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/file"
    assert "PDF" in refused.json()["errors"][0]["detail"]
    for title in (" ", "x" * 121, "Kart \U0001f5fa"):
        assert desk.add(PLAN, title).json()["errors"][0]["pointer"] == "/title"
    assert desk.titles() == []


def test_there_is_room_for_so_many_files(world: World) -> None:
    agreement = agreement_of(world, at_agreement(world))
    liaison = world.acting(Role.LIAISON)
    for number in range(attachments.MOST_FILES):
        attachments.add(liaison, agreement, a_pdf(1), f"Kart {number}")
    with pytest.raises(Invalid):
        attachments.add(liaison, agreement, a_pdf(1), "Ett til")


def test_only_who_drafts_changes_them_and_everybody_reads_them(
    desk: Desk, client_for: ClientFor
) -> None:
    desk.add(PLAN, "Kart")
    reader = Desk(client_for(Role.AUDITOR), UUID(desk.address.split("/")[4]))
    assert reader.client.get(reader.address).json()["editable"] is False
    assert reader.client.get(reader.items()[0]["url"]).content == PLAN
    assert reader.add(PLAN, "Mer").status_code == 403
    assert desk.client.get(desk.address).json()["editable"] is True


def test_the_draft_lists_them_after_the_annexes_of_the_text(desk: Desk) -> None:
    desk.add(PLAN, "Situasjonsplan")
    number = desk.items()[0]["number"]
    agreement = desk.address.removesuffix("/attachments")
    assert (
        f"Vedlegg {number}: Situasjonsplan (2 sider)"
        in desk.client.get(agreement).json()["body_html"]
    )
    pdf = desk.client.get(f"{agreement}/preview.pdf").content
    said = " ".join(text_of(pdf).split())
    assert f"Vedlegg {number} – Situasjonsplan" in said
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        [name] = opened.attachments
        assert name.endswith(f"-vedlegg-{number}.pdf")
        assert opened.attachments[name].get_file().read_bytes() == PLAN
    assert desk.client.get(f"{agreement}/preview.pdf").content == pdf
    desk.act(desk.items()[0]["id"], "remove")
    assert desk.client.get(f"{agreement}/preview.pdf").content != pdf


def test_legal_reads_an_agreement_with_a_file(world: World) -> None:
    story = at_agreement(world)
    agreement = answer(world, story, special_terms=None)
    liaison = world.acting(Role.LIAISON)
    added = attachments.add(liaison, agreement, PLAN, "Kart")
    drafting.submit_draft(liaison, agreement)
    assert drafting.departs(world.tx, agreement)
    with pytest.raises(Conflict):
        attachments.remove(liaison, agreement, added.id)
    drafting.review(world.acting(Role.LEGAL), agreement, Verdict.RETURNED, "Kartet er feil.")
    attachments.remove(liaison, agreement, added.id)
    with pytest.raises(NotFound):
        attachments.remove(liaison, agreement, added.id)


def test_they_are_fixed_with_the_document_and_sealed_with_it(world: World) -> None:
    case_id = with_plan(world)
    agreement = drafting.get_current(world.tx, case_id)
    drafting.submit_draft(world.acting(Role.LIAISON), agreement)
    drafting.review(world.acting(Role.LEGAL), agreement, Verdict.APPROVED)
    service.freeze(world.tx, agreement)
    shown = shown_pdf(world, agreement)
    with pikepdf.open(io.BytesIO(shown)) as opened:
        [inside] = [each.get_file().read_bytes() for each in opened.attachments.values()]
    assert inside == PLAN
    for change in ("title = 'x'", "position = 7", "frozen_at = null"):
        with pytest.raises(DBAPIError), world.tx.session.begin_nested():
            world.tx.session.execute(text(f"update agreement_attachment set {change}"))
    with pytest.raises(DBAPIError), world.tx.session.begin_nested():
        world.tx.session.execute(text("delete from agreement_attachment"))
    with pytest.raises(Conflict):
        attachments.add(world.acting(Role.LIAISON), agreement, PLAN, "For sent")
    for act in (service.mark_out_for_signature, service.mark_signed, service.mark_sealing):
        act(world.tx, agreement)
    final = service.render_final(world.tx, agreement, PAGE, at=SIGNED_AT)
    assert final == service.render_final(world.tx, agreement, PAGE, at=SIGNED_AT)
    [told] = service.record_of(world.tx, agreement).attachments
    assert (told.title, told.pages) == ("Situasjonsplan", 2)
    with pikepdf.open(io.BytesIO(final)) as opened:
        kept = opened.attachments[told.file_name].get_file().read_bytes()
    assert hashlib.sha256(kept).hexdigest() == told.sha256
    assert f"Vedlegg {told.number} – Situasjonsplan" in " ".join(text_of(final).split())


def test_an_agreement_without_files_reads_as_before(world: World) -> None:
    assert "Disse vedleggene" not in text_of(shown_pdf(world, signed(world)))


def test_a_new_agreement_begins_with_the_files_of_the_one_before(world: World) -> None:
    case_id = with_plan(world)
    before = drafting.get_current(world.tx, case_id)
    service.void(world.tx, before)
    again = drafting.begin(world.acting(Role.LIAISON), case_id)
    [carried] = attachments.attachments_of(world.tx, again)
    assert (carried.title, again.id != before.id) == ("Situasjonsplan", True)
    assert files.read(world.tx.session, carried.sha256) == PLAN
