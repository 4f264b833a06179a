"""Changed processes: drafts until a second administrator puts them in force."""

import html
import re
from datetime import date
from uuid import uuid4

import pytest

from fellesgrep.core.audit import Actor
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.identity.models import Person
from fellesgrep.identity.policy import Role
from fellesgrep.identity.service import register_person
from fellesgrep.workflow import publishing, store
from fellesgrep.workflow.catalogue import read_folder
from fellesgrep.workflow.models import Origin, VersionStatus
from tests.conftest import ClientFor, World

FORM = "clarification/forms/clarify_expectations.json"


def edited(path: str = FORM) -> str:
    """A shipped file with a change that harms nothing."""
    return read_folder()[path].replace('"nb": "', '"nb": "Ny: ', 1)


def second_admin(world: World) -> Person:
    return register_person(
        world.tx,
        name="Andrea Admin",
        email="andrea@solvik.example",
        title="Systemansvarlig",
        unit="Solvik kommune",
        grants=[(Role.ADMIN, None)],
    )


def test_the_first_installation_is_in_force_and_a_changed_delivery_waits(world: World) -> None:
    store.import_shipped(world.tx)
    first = store.bundle_in_force(world.tx, "cooperation")
    files = read_folder() | {FORM: edited()}
    found = store.import_files(world.tx, files)
    assert [(row.process, row.status) for row in found.versions] == [("cooperation", "draft")]
    assert store.bundle_in_force(world.tx, "cooperation").hash == first.hash
    assert store.import_files(world.tx, files).versions == []


def test_every_shipped_table_is_in_force_at_the_first_installation(world: World) -> None:
    found = store.import_files(world.tx, read_folder())
    assert {table.status for table in found.tables} == {VersionStatus.IN_FORCE}
    assert len({table.name for table in found.tables}) < len(found.tables)  # some change by day


def test_whoever_uploaded_a_change_cannot_put_it_in_force_but_another_can(world: World) -> None:
    store.import_shipped(world.tx)
    admin = world.acting(Role.ADMIN)
    (draft,) = publishing.upload(admin, {"clarify_expectations.json": edited()}).versions
    with pytest.raises(Conflict) as refused:
        publishing.publish_version(admin, draft.hash)
    assert refused.value.key == "workflow.problem.own_upload"
    assert draft.status == VersionStatus.DRAFT
    before = store.bundle_in_force(world.tx, "cooperation")
    other = world.tx.acting_as(Actor("person", second_admin(world).id))
    publishing.publish_version(other, draft.hash)
    in_force = store.bundle_in_force(world.tx, "cooperation")
    assert (in_force.hash, before.hash != draft.hash) == (draft.hash, True)
    assert in_force.files[FORM] == edited()
    with pytest.raises(Conflict):
        publishing.publish_version(other, draft.hash)


def test_what_was_in_force_before_can_be_offered_again(world: World) -> None:
    store.import_shipped(world.tx)
    first = store.bundle_in_force(world.tx, "cooperation").hash
    admin = world.acting(Role.ADMIN)
    other = world.tx.acting_as(Actor("person", second_admin(world).id))
    (draft,) = publishing.upload(admin, {FORM: edited()}).versions
    publishing.publish_version(other, draft.hash)
    (back,) = publishing.upload(admin, {FORM: read_folder()[FORM]}).versions
    assert (back.hash, back.status) == (first, VersionStatus.DRAFT)


def test_a_change_with_an_error_is_kept_nowhere_and_says_where_it_is_wrong(world: World) -> None:
    store.import_shipped(world.tx)
    path = "clarification/process.bpmn"
    broken = read_folder()[path].replace("cases.clarify", "cases.no_such_thing")
    done = publishing.upload(world.acting(Role.ADMIN), {"my drawing.bpmn": broken})
    assert (list(done.versions), [bundle.process for bundle in done.bundles]) == (
        [],
        ["cooperation"],
    )
    assert (path, "clarify_expectations", "unknown_operation") in {
        (each.file, each.element, each.kind) for each in done.findings if each.is_error
    }


def test_a_file_whose_process_is_not_clear_is_refused(world: World) -> None:
    store.import_shipped(world.tx)
    for name in ("names.json", "no_such_task.json", "readme.md"):
        with pytest.raises(Invalid):
            publishing.upload(world.acting(Role.ADMIN), {name: "{}"})
    with pytest.raises(Conflict):
        publishing.upload(world.acting(Role.ADMIN), {FORM: read_folder()[FORM]})


def test_a_loose_file_can_be_placed_in_any_process_in_force(
    world: World, client_for: ClientFor
) -> None:
    store.import_shipped(world.tx)
    client = client_for(Role.ADMIN)
    folders = client.get("/api/v1/process-versions").json()["folders"]
    assert [each["name"] for each in folders] == sorted(each["name"] for each in folders)
    assert {each["process"] for each in folders} == {
        path.split("/")[0] for path in read_folder() if path.endswith(".bpmn")
    }
    path = "clarification/names.json"
    changed = read_folder()[path].replace('"en": "', '"en": "New: ', 1)
    (draft,) = publishing.upload(world.acting(Role.ADMIN), {path: changed}).versions
    assert store.load_bundle(world.tx, draft.hash).files[path] == changed


def test_a_changed_table_binds_when_it_is_published_and_replaces_the_one_of_its_day(
    world: World,
) -> None:
    store.import_shipped(world.tx)
    text = read_folder()["co_funding/delegation.2026.dmn"]
    name, day = store.name_and_day(text, "-")
    changed = text.replace("</description>", " (endret)</description>", 1)
    assert changed != text
    done = publishing.upload(world.acting(Role.ADMIN), {"delegation.2026.dmn": changed})
    (draft,) = done.tables
    assert (draft.name, draft.valid_from, draft.status) == (name, day, VersionStatus.DRAFT)
    assert store.table_in_force(world.tx, name).content == text
    other = world.tx.acting_as(Actor("person", second_admin(world).id))
    publishing.publish_table(other, draft.id)
    assert day <= date(2026, 3, 2)
    assert store.table_in_force(world.tx, name).content == changed


def test_administrators_upload_compare_and_publish_over_http(
    world: World, client_for: ClientFor
) -> None:
    store.import_shipped(world.tx)
    world.tx.session.commit()
    admin = client_for(Role.ADMIN)
    body = {"files": [{"path": FORM, "content": edited()}]}
    assert (
        client_for(Role.LIAISON).post("/api/v1/process-versions/uploads", json=body).status_code
        == 403
    )
    done = admin.post("/api/v1/process-versions/uploads", json=body).json()
    assert done["accepted"] is True
    assert done["comparisons"][0]["files"] == [{"path": FORM, "change": "changed"}]
    listed = admin.get("/api/v1/process-versions").json()["versions"]
    draft = next(row for row in listed if row["status"] == "draft")
    assert (draft["origin"], draft["may_publish"]) == (Origin.MUNICIPALITY, False)
    refused = admin.post(f"/api/v1/process-versions/{draft['hash']}/publish")
    assert refused.status_code == 409
    assert "En annen administrator" in refused.json()["detail"]


def test_a_changed_table_is_shown_rule_by_rule_beside_the_one_in_force(
    world: World, client_for: ClientFor
) -> None:
    store.import_shipped(world.tx)
    world.tx.session.commit()
    admin = client_for(Role.ADMIN)
    text = read_folder()["co_funding/delegation.2026.dmn"]
    first = text[text.index("<rule ") : text.index("</rule>") + len("</rule>")]
    (amount,) = re.findall(r"<inputEntry[^>]*>\s*<text>([^<]+)</text>", first)[:1]
    wider = first.replace(f"<text>{amount}</text>", "<text>amount_ore &lt; 1</text>", 1)
    more = wider.replace('id="', 'id="other_')
    changed = text.replace(first, wider + more)
    body = {"files": [{"path": "delegation.2026.dmn", "content": changed}]}
    admin.post("/api/v1/process-versions/uploads", json=body)
    (draft,) = [
        row
        for row in admin.get("/api/v1/process-versions").json()["tables"]
        if row["status"] == "draft"
    ]
    address = f"/api/v1/process-versions/tables/{draft['id']}"
    shown = admin.get(f"{address}/comparison").json()
    assert shown["previous_valid_from"] == draft["valid_from"]
    assert [rule["change"] for rule in shown["rules"]][:3] == ["changed", "added", "same"]
    assert shown["rules"][0]["cells"][0] == {
        "before": html.unescape(amount),
        "after": "amount_ore < 1",
    }
    assert admin.post(f"{address}/discard").status_code == 204
    assert admin.post(f"{address}/discard").status_code == 409
    assert admin.get(f"/api/v1/process-versions/tables/{uuid4()}/comparison").status_code == 404


def test_a_draft_that_is_discarded_is_gone_until_it_is_uploaded_again(
    world: World, client_for: ClientFor
) -> None:
    store.import_shipped(world.tx)
    world.tx.session.commit()
    admin = client_for(Role.ADMIN)
    body = {"files": [{"path": FORM, "content": edited()}]}

    def drafts() -> list[str]:
        found = admin.get("/api/v1/process-versions").json()["versions"]
        return [row["hash"] for row in found if row["status"] == "draft"]

    admin.post("/api/v1/process-versions/uploads", json=body)
    (draft,) = drafts()
    assert admin.post(f"/api/v1/process-versions/{draft}/discard").status_code == 204
    assert drafts() == []
    assert admin.post("/api/v1/process-versions/uploads", json=body).json()["accepted"]
    assert drafts() == [draft]
