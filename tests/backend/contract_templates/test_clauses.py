"""The clause library: its life cycle, four eyes, upgrades, and carrying a wording over."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from fellesgrep.contract_templates.clause_files import ShippedClause, shipped_clauses
from fellesgrep.contract_templates.clauses.models import Clause, ClauseVersion
from fellesgrep.contract_templates.clauses.rules import (
    MOVES,
    Act,
    Wording,
    held_in,
    moved,
    renewed,
    renumbered,
)
from fellesgrep.contract_templates.clauses.service import import_clauses
from fellesgrep.contract_templates.models import Template, VersionStatus
from fellesgrep.contract_templates.reviewing import put_due_in_force, remind_of_reviews
from fellesgrep.contract_templates.service import import_shipped
from fellesgrep.contract_templates.shipped import FOLDER, shipped
from fellesgrep.core.clock import MovableClock
from fellesgrep.core.problems import Conflict
from fellesgrep.identity.access import SESSION_COOKIE
from fellesgrep.identity.models import Person
from fellesgrep.identity.policy import Role
from fellesgrep.identity.service import register_person
from fellesgrep.identity.sessions import log_in
from fellesgrep.notifications.models import Message
from tests.conftest import ClientFor, World
from tests.contract_templates.expected import texts

KEY = "disputes"
OTHER = "<h2>Tvister</h2>\n<p>Partene går til megling først.</p>\n"


@pytest.fixture
def clause(world: World) -> Clause:
    import_shipped(world.tx)
    world.tx.session.commit()
    return world.tx.session.scalars(select(Clause).where(Clause.key == KEY)).one()


@pytest.fixture
def legal(client_for: ClientFor, clause: Clause) -> TestClient:
    return client_for(Role.LEGAL)


@pytest.fixture
def jonas(world: World) -> Person:
    """A second lawyer."""
    return register_person(
        world.tx,
        name="Jonas Jurist",
        email="jonas@solvik.example",
        title="Jurist",
        unit="Juridisk",
        grants=[(Role.LEGAL, None)],
    )


@pytest.fixture
def other(client_for: ClientFor, world: World, jonas: Person) -> TestClient:
    """The second lawyer's client."""
    client = client_for(None)
    client.cookies.set(SESSION_COOKIE, log_in(world.tx, jonas, "test"))
    world.tx.session.commit()
    return client


def begin(client: TestClient, clause: Clause) -> str:
    made = client.post(f"/api/v1/clauses/{clause.id}/drafts")
    assert made.status_code == 201, made.text
    return f"/api/v1/clauses/{clause.id}/versions/{made.json()['id']}"


def edit(shown: dict[str, Any], **changed: Any) -> dict[str, Any]:
    names = (
        "bodies", "title", "reason", "legal_references", "mandatory_for", "change_note",
        "review_by",
    )  # fmt: skip
    return {name: shown[name] for name in names} | changed


def save(client: TestClient, path: str, **changed: Any) -> Any:
    shown = client.get(path).json()
    headers = {"If-Match": str(shown["version"])}
    return client.put(path, json=edit(shown, **changed), headers=headers)


def act(client: TestClient, path: str, what: str, **body: Any) -> Any:
    headers = {"If-Match": str(client.get(path).json()["version"])}
    return client.post(f"{path}/{what}", json=body, headers=headers)


def new_wording(client: TestClient, clause: Clause, body: str = OTHER) -> str:
    path = begin(client, clause)
    saved = save(client, path, bodies=dict.fromkeys(("nb", "nn", "en"), body))
    assert saved.status_code == 200, saved.text
    return path


def in_force(legal: TestClient, other: TestClient, clause: Clause, **approval: Any) -> str:
    path = new_wording(legal, clause)
    assert act(legal, path, "send").status_code == 204
    approved = act(other, path, "approve", **approval)
    assert approved.status_code == 204, approved.text
    return path


def changed_by_upgrade(key: str = KEY) -> ShippedClause:
    given = shipped_clauses(FOLDER)[key]
    bodies = {name: body + "<p>Nytt.</p>\n" for name, body in given.bodies.items()}
    return replace(given, facts=given.facts.model_copy(update={"version": 2}), bodies=bodies)


def test_every_shipped_clause_is_in_force_from_the_start_and_taken_in_once(
    world: World, legal: TestClient
) -> None:
    listed = legal.get("/api/v1/clauses", params={"per_page": 100}).json()["items"]
    assert {each["key"] for each in listed} == set(shipped_clauses(FOLDER))
    assert {each["in_force"]["number"] for each in listed} == {1}
    (disputes,) = [each for each in listed if each["key"] == KEY]
    assert disputes["uses"] > 2
    assert "Samarbeidsavtale" in {each["title"] for each in disputes["mandatory_for"]}
    count = select(func.count()).select_from(ClauseVersion)
    before = world.tx.session.scalar(count)
    import_shipped(world.tx)
    assert world.tx.session.scalar(count) == before


def test_an_upgrade_never_replaces_what_is_in_force(
    world: World, legal: TestClient, other: TestClient, clause: Clause
) -> None:
    path = in_force(legal, other, clause)
    numbers = import_clauses(world.tx, [changed_by_upgrade()])
    world.tx.session.commit()
    assert numbers == {(KEY, 2): 3}, (
        "the municipality's own version took the number of the delivery"
    )
    shown = legal.get(f"/api/v1/clauses/{clause.id}").json()
    assert shown["bodies"]["nb"] == OTHER
    assert [(each["origin"], each["status"]) for each in shown["versions"]] == [
        ("shipped", "retired"), ("municipality", "in_force"), ("shipped", "draft"),
    ]  # fmt: skip
    assert path.endswith(shown["in_force"]["id"])


def test_a_shipped_template_names_the_version_that_the_library_gave_its_clause(
    world: World, legal: TestClient, other: TestClient, clause: Clause
) -> None:
    in_force(legal, other, clause)
    numbers = import_clauses(world.tx, [changed_by_upgrade()])
    body = f'<section data-clause="{KEY}" data-clause-version="2">\n<h2>x</h2>\n</section>\n'
    assert held_in(renumbered(body, numbers)) == {KEY: 3}


def test_another_lawyer_puts_a_wording_in_force(
    legal: TestClient, other: TestClient, clause: Clause
) -> None:
    path = new_wording(legal, clause)
    assert act(legal, path, "send").status_code == 204
    shown = legal.get(path).json()
    assert (shown["status"], shown["mine"], shown["can"]) == ("in_review", True, ["send_back"])
    refused = act(legal, path, "approve")
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("own_clause")
    assert other.get(path).json()["can"] == ["approve", "send_back"]
    assert act(other, path, "approve").status_code == 204
    assert act(other, path, "approve").status_code == 409
    versions = legal.get(f"/api/v1/clauses/{clause.id}").json()["versions"]
    assert [each["status"] for each in versions] == ["retired", "in_force"]
    assert versions[1]["approved_by"] == "Jonas Jurist"


def test_who_only_sent_a_wording_or_wrote_a_part_of_it_cannot_approve_it_either(
    legal: TestClient, other: TestClient, clause: Clause
) -> None:
    path = new_wording(legal, clause)
    assert save(other, path, change_note="Kortere.").status_code == 200
    assert act(legal, path, "send").status_code == 204
    assert act(other, path, "approve").status_code == 409


def test_the_sender_of_a_shipped_draft_does_not_approve_it(
    world: World, legal: TestClient, other: TestClient, clause: Clause
) -> None:
    import_clauses(world.tx, [changed_by_upgrade()])
    world.tx.session.commit()
    shown = legal.get(f"/api/v1/clauses/{clause.id}").json()
    path = f"/api/v1/clauses/{clause.id}/versions/{shown['newest']['id']}"
    assert act(legal, path, "send").status_code == 204
    assert act(legal, path, "approve").status_code == 409
    assert act(other, path, "approve").status_code == 204


def test_the_other_lawyers_are_told_what_waits_for_them(
    world: World, legal: TestClient, other: TestClient, jonas: Person, clause: Clause
) -> None:
    path = new_wording(legal, clause)
    act(legal, path, "send")
    world.tx.session.expire_all()
    told = world.tx.session.scalars(
        select(Message).where(Message.kind == "contract_templates.clause_sent")
    ).all()
    assert [each.recipient_id for each in told] == [jonas.id]
    assert other.get(path).json()["mine"] is False


def test_a_wording_sent_back_says_why_and_can_be_written_in_again(
    legal: TestClient, other: TestClient, clause: Clause
) -> None:
    path = new_wording(legal, clause)
    act(legal, path, "send")
    assert save(legal, path, change_note="Nå").status_code == 409
    assert act(other, path, "send-back", text=" ").status_code == 422
    assert act(other, path, "send-back", text="Nevn fristen.").status_code == 204
    shown = legal.get(path).json()
    assert (shown["status"], shown["comments"][0]["text"]) == ("draft", "Nevn fristen.")
    assert save(legal, path, change_note="Nå").status_code == 200


def test_a_wording_approved_for_a_later_day_waits_for_it(
    world: World, legal: TestClient, other: TestClient, clause: Clause, clock: MovableClock
) -> None:
    day = world.tx.today() + timedelta(days=10)
    path = new_wording(legal, clause)
    act(legal, path, "send")
    yesterday = (world.tx.today() - timedelta(days=1)).isoformat()
    assert act(other, path, "approve", in_force_from=yesterday).status_code == 422
    assert act(other, path, "approve", in_force_from=day.isoformat()).status_code == 204
    put_due_in_force(world.tx.house)
    assert legal.get(path).json()["status"] == "approved"
    clock.move(days=10)
    put_due_in_force(world.tx.house)
    world.tx.session.expire_all()
    assert [each.status for each in clause.versions] == ["retired", "in_force"]


def test_what_is_saved_is_cleaned_and_two_do_not_overwrite_each_other(
    legal: TestClient, other: TestClient, clause: Clause
) -> None:
    path = begin(legal, clause)
    shown = legal.get(path).json()
    bodies = shown["bodies"] | {"nb": OTHER + "<script>x</script>"}
    saved = save(legal, path, bodies=bodies)
    assert saved.json()["bodies"]["nb"] == OTHER
    headers = {"If-Match": str(shown["version"])}
    late = other.put(path, json=edit(shown, change_note="Sist"), headers=headers)
    assert late.status_code == 409
    assert other.put(path, json=edit(shown)).status_code == 428
    nested = save(legal, path, bodies=bodies | {"nn": f"<section>\n{OTHER}</section>"})
    assert nested.json()["errors"][0]["pointer"] == "/bodies/nn"
    unknown = save(legal, path, mandatory_for=["ukjent"])
    assert unknown.json()["errors"][0]["pointer"] == "/mandatory_for"


def test_a_wording_with_mistakes_is_not_sent(legal: TestClient, clause: Clause) -> None:
    path = begin(legal, clause)
    bodies = legal.get(path).json()["bodies"]
    wrong = '<h2>Tvister</h2>\n<p><span data-var="case.colour"></span></p>\n'
    saved = save(legal, path, bodies=bodies | {"nb": wrong, "en": ""}).json()
    errors = {each["kind"] for each in saved["findings"] if each["severity"] == "error"}
    assert errors == {"variable_unbound", "language_missing"}
    refused = act(legal, path, "send")
    assert refused.json()["type"].endswith("checks_failed")
    laws = ["kommuneloven av 1992", "tvisteloven § 4-6"]
    saved = save(legal, path, bodies=bodies, legal_references=laws).json()
    told = [each["text"] for each in saved["findings"] if each["severity"] == "error"]
    assert told == ["«kommuneloven av 1992» er ikke i kraft lenger."]


def test_every_shipped_clause_could_be_sent_as_it_is(legal: TestClient) -> None:
    for each in legal.get("/api/v1/clauses", params={"per_page": 100}).json()["items"]:
        path = f"/api/v1/clauses/{each['id']}/versions/{each['newest']['id']}"
        found = legal.get(path).json()["findings"]
        assert [one for one in found if one["severity"] == "error"] == [], each["key"]


def test_what_is_no_draft_never_changes(world: World, clause: Clause) -> None:
    statement = update(ClauseVersion).where(ClauseVersion.clause_id == clause.id)
    changes: list[dict[str, Any]] = [{"bodies": {}}, {"mandatory_for": []}, {"title": {}}]
    for change in changes:
        with pytest.raises(IntegrityError), world.tx.session.begin_nested():
            world.tx.session.execute(statement.values(**change))


def test_a_new_clause_begins_with_its_heading_and_goes_with_its_only_draft(
    legal: TestClient,
) -> None:
    title = {"nb": "Mislighold & heving", "nn": "Mishald", "en": "Breach"}
    given = {"key": "breach", "title": title}
    made = legal.post("/api/v1/clauses", json=given)
    assert made.status_code == 201, made.text
    assert legal.post("/api/v1/clauses", json=given).status_code == 422
    assert legal.post("/api/v1/clauses", json=given | {"title": {"nb": "x"}}).status_code == 422
    path = f"/api/v1/clauses/{made.json()['clause_id']}/versions/{made.json()['id']}"
    shown = legal.get(path).json()
    assert shown["bodies"]["nb"] == "<h2>Mislighold &amp; heving</h2>\n<p></p>\n"
    assert act(legal, path, "discard").status_code == 204
    assert legal.get(path).status_code == 404


def test_two_versions_are_shown_word_by_word(legal: TestClient, clause: Clause) -> None:
    path = new_wording(legal, clause)
    before = legal.get(f"/api/v1/clauses/{clause.id}").json()["in_force"]["id"]
    shown = legal.get(f"{path}/redline", params={"against": before, "language": "nb"}).json()
    assert (shown["before"], shown["after"]) == (1, 2)
    assert "<ins>" in shown["html"]
    assert "<del>" in shown["html"]
    same = legal.get(f"{path}/redline", params={"against": path.rsplit("/", 1)[1]})
    assert same.status_code == 404


def test_a_retired_clause_is_missed_by_nobody_and_named_where_it_stands(
    world: World, legal: TestClient, clause: Clause
) -> None:
    assert legal.post(f"/api/v1/clauses/{clause.id}/retire").status_code == 204
    assert legal.post(f"/api/v1/clauses/{clause.id}/retire").status_code == 409
    assert KEY not in {each["key"] for each in legal.get("/api/v1/clauses/wordings").json()}
    kinds = [each["kind"] for each in _findings(world, legal, "samarbeidsavtale")]
    assert kinds.count("clause_retired") == 3
    assert "clause_missing" not in kinds


def _template(world: World, key: str) -> Template:
    return world.tx.session.scalars(select(Template).where(Template.key == key)).one()


def _findings(world: World, client: TestClient, key: str) -> list[dict[str, Any]]:
    template = _template(world, key)
    version = template.versions[-1]
    shown = client.get(f"/api/v1/templates/{template.id}/versions/{version.id}").json()
    found: list[dict[str, Any]] = shown["findings"]
    return found


def test_the_check_list_names_what_is_outdated_and_what_the_library_now_demands(
    world: World, legal: TestClient, other: TestClient, clause: Clause
) -> None:
    kinds = {each["kind"] for each in _findings(world, legal, "samarbeidsavtale")}
    assert kinds.isdisjoint({"clause_outdated", "clause_changed", "clause_missing"})
    path = new_wording(legal, clause)
    carriers = [*legal.get(path).json()["mandatory_for"], "samarbeidsbrev"]
    assert save(legal, path, mandatory_for=carriers).status_code == 200
    act(legal, path, "send")
    act(other, path, "approve")
    outdated = [
        each
        for each in _findings(world, legal, "samarbeidsavtale")
        if each["kind"] == "clause_outdated"
    ]
    assert {each["severity"] for each in outdated} == {"warning"}
    assert "versjon 2" in outdated[0]["text"]
    missing = [each["kind"] for each in _findings(world, legal, "samarbeidsbrev")]
    assert "clause_missing" in missing


def test_reminders_of_a_day_to_read_again(
    world: World, legal: TestClient, clause: Clause, clock: MovableClock
) -> None:
    version = f"/api/v1/clauses/{clause.id}/versions/{clause.versions[0].id}"
    day = world.tx.today() + timedelta(days=40)
    assert act(legal, version, "review-by", review_by=day.isoformat()).status_code == 204
    counts = []
    for days in (0, 10, 1, 29, 1):
        clock.move(days=days)
        remind_of_reviews(world.tx.house)
        world.tx.session.expire_all()
        kind = Message.kind == "contract_templates.clause_review_due"
        counts.append(len(world.tx.session.scalars(select(Message).where(kind)).all()))
    assert counts == [0, 1, 1, 2, 2]


def test_a_new_wording_is_carried_over_into_drafts(
    world: World, legal: TestClient, other: TestClient, clause: Clause
) -> None:
    path = new_wording(legal, clause)
    template, letter = _template(world, "samarbeidsavtale"), _template(world, "samarbeidsbrev")
    body = {"template_ids": [str(template.id)]}
    assert legal.post(f"{path}/carry", json=body).status_code == 409
    act(legal, path, "send")
    act(other, path, "approve")
    without = legal.post(f"{path}/carry", json={"template_ids": [str(letter.id)]})
    assert without.status_code == 422
    (made,) = legal.post(f"{path}/carry", json=body).json()
    assert (made["outcome"], made["number"]) == ("draft_made", 2)
    shown = legal.get(f"/api/v1/templates/{template.id}/versions/{made['version_id']}").json()
    before = template.versions[0].bodies["nb"]
    assert shown["status"] == "draft"
    assert "klausulen «Tvister» (versjon 2)" in shown["change_note"]
    assert held_in(shown["bodies"]["nb"]) == held_in(before) | {KEY: 2}
    assert "megling først" in shown["bodies"]["nb"]
    kinds = {each["kind"] for each in shown["findings"]}
    assert kinds.isdisjoint({"clause_outdated", "clause_changed"})
    (again,) = legal.post(f"{path}/carry", json=body).json()
    assert again["outcome"] == "not_needed"


def test_a_draft_that_is_open_already_is_written_in_and_one_under_review_left_alone(
    world: World, legal: TestClient, other: TestClient, clause: Clause
) -> None:
    path = in_force(legal, other, clause)
    template = _template(world, "samarbeidsavtale")
    draft = legal.post(f"/api/v1/templates/{template.id}/drafts", json={}).json()["id"]
    body = {"template_ids": [str(template.id)]}
    (carried,) = legal.post(f"{path}/carry", json=body).json()
    assert (carried["outcome"], carried["version_id"]) == ("written_in_draft", draft)
    world.tx.session.expire_all()
    template.versions[-1].status = VersionStatus.IN_REVIEW
    world.tx.session.commit()
    (left,) = legal.post(f"{path}/carry", json=body).json()
    assert left["outcome"] == "under_review"


def test_the_impact_names_every_template_with_the_wording_it_holds(
    world: World, legal: TestClient, other: TestClient, clause: Clause
) -> None:
    path = in_force(legal, other, clause)
    template = _template(world, "samarbeidsavtale")
    legal.post(f"{path}/carry", json={"template_ids": [str(template.id)]})
    shown = legal.get(f"/api/v1/clauses/{clause.id}/impact").json()
    mine = [each for each in shown["templates"] if each["template_id"] == str(template.id)]
    assert [(each["version"]["status"], each["number"], each["old_wording"]) for each in mine] == [
        ("in_force", 1, True),
        ("draft", 2, False),
    ]
    assert len({each["template_id"] for each in shown["templates"]}) > 2


def test_a_change_that_leaves_the_words_alone_makes_no_wording_old(
    world: World, legal: TestClient, other: TestClient, clause: Clause
) -> None:
    path = begin(legal, clause)
    save(legal, path, legal_references=["tvisteloven § 4-6", "tvisteloven § 4-5"])
    act(legal, path, "send")
    act(other, path, "approve")
    shown = legal.get(f"/api/v1/clauses/{clause.id}/impact").json()
    assert {each["old_wording"] for each in shown["templates"]} == {False}
    kinds = {each["kind"] for each in _findings(world, legal, "samarbeidsavtale")}
    assert "clause_outdated" not in kinds


def test_only_legal_writes(client_for: ClientFor, legal: TestClient, clause: Clause) -> None:
    path = begin(legal, clause)
    liaison = client_for(Role.LIAISON)
    assert liaison.get(path).json()["can"] == []
    assert save(liaison, path, change_note="x").status_code == 403
    assert act(liaison, path, "send").status_code == 403
    assert liaison.post(f"/api/v1/clauses/{clause.id}/retire").status_code == 403


@given(st.sampled_from(list(VersionStatus)), st.sampled_from(list(Act)))
def test_there_is_one_way_into_and_out_of_every_status(status: VersionStatus, act: Act) -> None:
    before, after = MOVES[act]
    if status == before:
        assert moved(status, act) == after
    else:
        with pytest.raises(Conflict):
            moved(status, act)


@pytest.mark.parametrize("body", [each.bodies[name] for each, name in texts()])
def test_renewing_a_clause_changes_its_sections_alone(body: str) -> None:
    for key in held_in(body):
        text = "<h2>Ny</h2>\n<p>Ordlyd.</p>\n"
        new = renewed(body, key, text, 7)
        assert held_in(new) == held_in(body) | {key: 7}
        assert renewed(new, key, text, 7) == new
    assert renewed(body, "no_such", "<p></p>", 2) == body


@given(st.dictionaries(st.integers(1, 6), st.sampled_from("ab"), min_size=1), st.data())
def test_a_number_is_outdated_when_it_is_older_and_reads_otherwise(
    texts: dict[int, str], data: st.DataObject
) -> None:
    now = data.draw(st.sampled_from(sorted(texts)))
    wording = Wording("x", now, {number: {"nb": text} for number, text in texts.items()})
    for number, text in texts.items():
        assert wording.outdated(number) == (number < now and text != texts[now])


def test_all_shipped_templates_hold_the_clauses_as_the_library_has_them(
    world: World, legal: TestClient
) -> None:
    for each in shipped():
        kinds = {one["kind"] for one in _findings(world, legal, each.manifest.key)}
        assert kinds.isdisjoint({"clause_changed", "clause_outdated"}), each.manifest.key
