"""Writing templates in the browser: drafts, who may approve them, and their days."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from fellesgrep.contract_templates.models import Template, TemplateVersion, VersionStatus
from fellesgrep.contract_templates.reviewing import put_due_in_force, remind_of_reviews
from fellesgrep.contract_templates.service import import_shipped
from fellesgrep.core.audit import Actor, Subject
from fellesgrep.core.clock import MovableClock
from fellesgrep.core.problems import Conflict
from fellesgrep.core.tx import Tx
from fellesgrep.identity.models import Person
from fellesgrep.identity.policy import Role
from fellesgrep.notifications.models import Message
from fellesgrep.workflow import service as workflow
from fellesgrep.workflow.store import import_shipped as import_processes
from tests.conftest import ClientFor, World

NEW_CLAUSE = "<section>\n<h2>Nytt punkt</h2>\n<p>Partene møtes hver måned.</p>\n</section>\n"


@pytest.fixture
def template(world: World) -> Template:
    import_processes(world.tx)
    import_shipped(world.tx)
    world.tx.session.commit()
    return world.tx.session.scalars(
        select(Template).where(Template.key == "samarbeidsavtale")
    ).one()


@pytest.fixture
def legal(client_for: ClientFor) -> TestClient:
    return client_for(Role.LEGAL)


def begin(client: TestClient, template: Template) -> str:
    made = client.post(f"/api/v1/templates/{template.id}/drafts", json={})
    assert made.status_code == 201, made.text
    return f"/api/v1/templates/{template.id}/versions/{made.json()['id']}"


def edit(shown: dict[str, Any], **changed: Any) -> dict[str, Any]:
    manifest = {
        name: value for name, value in shown["manifest"].items() if name not in {"key", "version"}
    }
    kept = {name: shown[name] for name in ("bodies", "answers", "change_note", "review_by")}
    return kept | {"manifest": manifest} | changed


def save(client: TestClient, path: str, shown: dict[str, Any], **changed: Any) -> Any:
    headers = {"If-Match": str(shown["version"])}
    return client.put(path, json=edit(shown, **changed), headers=headers)


def with_clause(shown: dict[str, Any]) -> dict[str, str]:
    return {language: body + NEW_CLAUSE for language, body in shown["bodies"].items()}


def another_lawyer(world: World) -> Tx:
    person = Person(
        name="Jonas Jurist", email="jonas@solvik.example", title="Jurist", unit="Juridisk"
    )
    world.tx.session.add(person)
    world.tx.session.flush()
    return world.tx.acting_as(Actor("person", person.id))


def review(world: World, tx: Tx, template: Template, **answers: Any) -> None:
    world.tx.session.expire_all()
    (task,) = workflow.open_tasks(world.tx, Subject("template", template.id))
    workflow.complete(tx, task.id, {"template_verdict": "approved"} | answers)


def test_a_draft_begins_as_what_is_in_force_and_is_kept_as_written(
    legal: TestClient, template: Template
) -> None:
    path = begin(legal, template)
    shown = legal.get(path).json()
    assert (shown["number"], shown["status"], shown["origin"]) == (2, "draft", "municipality")
    assert shown["can"] == ["comment", "edit", "propose", "discard"]
    bodies = with_clause(shown) | {"nb": shown["bodies"]["nb"] + NEW_CLAUSE + "<script>x</script>"}
    saved = save(legal, path, shown, bodies=bodies, change_note="Møter.")
    assert saved.status_code == 200, saved.text
    assert saved.json()["bodies"]["nb"] == shown["bodies"]["nb"] + NEW_CLAUSE
    assert saved.json()["change_note"] == "Møter."
    assert legal.get(path).json() == saved.json()


def test_two_who_write_at_once_do_not_overwrite_each_other(
    legal: TestClient, template: Template
) -> None:
    path = begin(legal, template)
    shown = legal.get(path).json()
    assert save(legal, path, shown, change_note="Først").status_code == 200
    late = save(legal, path, shown, change_note="Sist")
    assert (late.status_code, late.json()["version"]) == (409, shown["version"] + 1)
    assert legal.get(path).json()["change_note"] == "Først"
    assert legal.put(path, json=edit(shown)).status_code == 428


def test_saving_what_was_not_changed_makes_no_new_version(
    legal: TestClient, template: Template
) -> None:
    path = begin(legal, template)
    shown = legal.get(path).json()
    once = save(legal, path, shown).json()
    assert save(legal, path, once).json()["version"] == once["version"]


def test_a_second_draft_is_refused_while_one_is_open(legal: TestClient, template: Template) -> None:
    path = begin(legal, template)
    address = f"/api/v1/templates/{template.id}/drafts"
    assert legal.post(address, json={}).status_code == 409
    shown = legal.get(path).json()
    headers = {"If-Match": str(shown["version"])}
    assert legal.post(f"{path}/discard", headers=headers).status_code == 204
    assert legal.post(address, json={}).status_code == 201


def test_an_unfinished_text_is_kept_but_not_put_forward(
    legal: TestClient, template: Template
) -> None:
    path = begin(legal, template)
    shown = legal.get(path).json()
    wrong = shown["bodies"] | {
        "nb": shown["bodies"]["nb"].replace("municipality.name", "municipality.colour", 1)
    }
    saved = save(legal, path, shown, bodies=wrong).json()
    (error,) = [each for each in saved["findings"] if each["severity"] == "error"]
    assert (error["kind"], error["section"]) == ("variable_unbound", 0)
    assert "municipality.colour" in error["text"]
    refused = legal.post(f"{path}/propose")
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("checks_failed")
    assert legal.get(f"{path}/preview.pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize(("changed", "pointer"), [
    ({"bodies": {"nb": "<p>åpen"}}, "/bodies/nb"),
    ({"bodies": {"se": "<p>x</p>"}}, "/bodies/se"),
    ({"answers": {"starts_on": "i morgen"}}, "/fields/starts_on"),
    ({"answers": {"unknown": 1}}, "/fields/unknown"),
])  # fmt: skip
def test_what_is_no_text_is_refused_at_its_field(
    legal: TestClient, template: Template, changed: dict[str, Any], pointer: str
) -> None:
    path = begin(legal, template)
    shown = legal.get(path).json()
    refused = save(legal, path, shown, **changed)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"].startswith(pointer)


def test_nobody_who_wrote_in_a_version_approves_it(
    world: World, legal: TestClient, template: Template
) -> None:
    """The second author neither began the draft nor proposed it."""
    path = begin(legal, template)
    shown = legal.get(path).json()
    second = another_lawyer(world)
    draft = world.tx.session.get_one(TemplateVersion, shown["id"])
    draft.authors = [*draft.authors, str(second.actor.id)]
    world.tx.session.commit()
    shown = legal.get(path).json()
    assert save(legal, path, shown, bodies=with_clause(shown)).status_code == 200
    assert legal.post(f"{path}/propose").status_code == 204
    shown = legal.get(path).json()
    assert (shown["status"], shown["can"]) == ("in_review", ["comment"])
    assert save(legal, path, shown, change_note="Nå").status_code == 409
    with pytest.raises(Conflict) as refused:
        review(world, second, template)
    assert refused.value.key == "contract_templates.problem.own_proposal"
    third = Person(name="Tuva", email="tuva@solvik.example", title="Jurist", unit="Juridisk")
    world.tx.session.add(third)
    world.tx.session.flush()
    review(world, world.tx.acting_as(Actor("person", third.id)), template)
    world.tx.session.expire_all()
    statuses = [each.status for each in world.tx.session.get_one(Template, template.id).versions]
    assert statuses == [VersionStatus.RETIRED, VersionStatus.IN_FORCE]


def test_a_version_approved_for_a_later_day_waits_for_it(
    world: World, legal: TestClient, template: Template, clock: MovableClock
) -> None:
    path = begin(legal, template)
    shown = legal.get(path).json()
    save(legal, path, shown, bodies=with_clause(shown))
    legal.post(f"{path}/propose")
    later = world.tx.today() + timedelta(days=10)
    review(world, another_lawyer(world), template, in_force_from=later.isoformat())
    world.tx.session.commit()
    put_due_in_force(world.tx.house)
    assert legal.get(path).json()["status"] == "approved"
    clock.move(days=10)
    put_due_in_force(world.tx.house)
    world.tx.session.expire_all()
    version = world.tx.session.get_one(TemplateVersion, shown["id"])
    assert version.status == VersionStatus.IN_FORCE


def test_a_rejected_version_can_be_written_in_again(
    world: World, legal: TestClient, template: Template
) -> None:
    path = begin(legal, template)
    legal.post(f"{path}/propose")
    review(world, another_lawyer(world), template, template_verdict="rejected", comment="Kortere.")
    world.tx.session.commit()
    shown = legal.get(path).json()
    assert save(legal, path, shown, change_note="Kortere").status_code == 200


def test_legal_is_reminded_once_before_the_day_and_once_after(
    world: World, legal: TestClient, template: Template, clock: MovableClock
) -> None:
    version = f"/api/v1/templates/{template.id}/versions/{template.versions[0].id}"
    shown = legal.get(version).json()
    day = world.tx.today() + timedelta(days=40)
    given = legal.post(
        f"{version}/review-by",
        json={"review_by": day.isoformat()},
        headers={"If-Match": str(shown["version"])},
    )
    assert given.status_code == 204
    counts = []
    for days in (0, 10, 1, 29, 1):
        clock.move(days=days)
        remind_of_reviews(world.tx.house)
        world.tx.session.expire_all()
        kind = Message.kind == "contract_templates.review_due"
        counts.append(len(world.tx.session.scalars(select(Message).where(kind)).all()))
    assert counts == [0, 1, 1, 2, 2]


def test_comments_stand_at_their_passage_and_are_closed(
    legal: TestClient, template: Template
) -> None:
    path = begin(legal, template)
    said = {"text": "For langt?", "language": "nb", "section": 2, "quote": "tabellen"}
    shown = legal.post(f"{path}/comments", json=said).json()
    (comment,) = shown["comments"]
    assert (comment["section"], comment["quote"], comment["resolved"]) == (2, "tabellen", False)
    answer = {"text": "Nei.", "answers_id": comment["id"]}
    assert len(legal.post(f"{path}/comments", json=answer).json()["comments"]) == 2
    closed = legal.post(f"{path}/comments/{comment['id']}/resolve").json()
    assert closed["comments"][0]["resolved"]
    assert legal.post(f"{path}/comments", json={"text": " "}).status_code == 422


def test_a_new_type_begins_as_another_and_is_no_choice_before_it_is_approved(
    legal: TestClient, template: Template
) -> None:
    title = {"nb": "Leieavtale", "nn": "Leigeavtale", "en": "Lease"}
    given = {"key": "leieavtale", "title": title, "source_template_id": str(template.id)}
    made = legal.post("/api/v1/templates", json=given)
    assert made.status_code == 201, made.text
    assert legal.post("/api/v1/templates", json=given).status_code == 422
    listed = legal.get("/api/v1/templates", params={"per_page": 100}).json()["items"]
    (new,) = [each for each in listed if each["key"] == "leieavtale"]
    assert (new["title"], new["in_force"]) == ("Leieavtale", None)


def test_a_type_is_taken_out_of_use(legal: TestClient, template: Template) -> None:
    assert legal.post(f"/api/v1/templates/{template.id}/retire").status_code == 204
    assert legal.get(f"/api/v1/templates/{template.id}").json()["in_force"] is None
    assert legal.post(f"/api/v1/templates/{template.id}/retire").status_code == 409


def test_the_editor_knows_what_a_text_may_ask_for(legal: TestClient, template: Template) -> None:
    path = begin(legal, template)
    known = {each["name"]: each for each in legal.get(f"{path}/variables").json()}
    assert known["funding.total_ore"]["format"] == "money"
    assert known["party.name"]["of"] == "parties"
    assert known["fields.starts_on"]["label"] == "Avtalen gjelder fra"
    assert not known["decision"]["shown"]


def test_only_legal_writes(client_for: ClientFor, legal: TestClient, template: Template) -> None:
    path = begin(legal, template)
    shown = legal.get(path).json()
    liaison = client_for(Role.LIAISON)
    assert liaison.get(path).json()["can"] == []
    assert save(liaison, path, shown).status_code == 403
    assert liaison.post(f"/api/v1/templates/{template.id}/drafts", json={}).status_code == 403
