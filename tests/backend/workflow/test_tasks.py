"""Tasks over HTTP, as the screens use them."""

from sqlalchemy import select

from fellesgrep.core.languages import LANGUAGES
from fellesgrep.identity.policy import Role
from fellesgrep.workflow import service
from fellesgrep.workflow.models import TaskDraft
from tests.backend.workflow.conftest import Talk, Tell
from tests.backend.workflow.test_steps import one_task
from tests.backend.workflow.test_substitutes import last_sentence
from tests.workflows.story import Story


def _named(files: dict[str, str]) -> dict[str, str]:
    return files | {
        "errand/names.json": '{"elements": {"ask": {"nn": "Spør", "en": "Ask"}}}',
    }


def _begin(tell: Tell) -> Story:
    return tell(_named(one_task())).begins()


def test_a_task_is_listed_shown_with_its_form_and_completed(tell: Tell, talk: Talk) -> None:
    story = _begin(tell)
    client = talk(story, Role.LIAISON)
    (listed,) = client.get("/api/v1/tasks?mine=true").json()["items"]
    assert listed["role_label"] == "Områdekontakt"
    assert (listed["can_complete"], listed["waiting_for"]) == (True, "role")
    shown = client.get(f"/api/v1/tasks/{listed['id']}").json()
    assert shown["form"]["schema"]["properties"]["words"]["title"] == "words på bokmål"
    assert shown["form"]["ui"] == {"ui:order": ["words"]}
    address = f"/api/v1/tasks/{listed['id']}/complete"
    assert client.post(address, json={"answers": {}}).status_code == 428
    match = {"if-match": str(listed["version"])}
    wrong = client.post(address, json={"answers": {}}, headers=match)
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["pointer"] == "/answers/words"
    done = client.post(address, json={"answers": {"words": "Hei"}}, headers=match)
    assert done.status_code == 200, done.text
    assert done.json()["completed"]["completed_by"]["name"] == "Liaison Nordmann"
    assert done.json()["next"] == []
    again = client.post(address, json={"answers": {"words": "Hei"}}, headers=match)
    assert again.status_code == 409
    assert (
        "Liaison Nordmann fullførte denne oppgaven 2. mars 2026 kl. 12.00"
        in (again.json()["detail"])
    )


def test_a_reader_sees_names_and_forms_in_their_language(tell: Tell, talk: Talk) -> None:
    story = _begin(tell)
    client = talk(story, Role.AUDITOR)
    client.headers["accept-language"] = "en"
    task = client.get(f"/api/v1/tasks/{story.task('ask').id}").json()
    assert (task["name"], task["role_label"], task["can_complete"]) == ("Ask", "Liaison", False)
    assert task["form"]["schema"]["properties"]["words"]["title"] == "words in English"


def test_somebody_in_another_role_is_refused_in_words(tell: Tell, talk: Talk) -> None:
    story = _begin(tell)
    answer = talk(story, Role.LEGAL).post(
        f"/api/v1/tasks/{story.task('ask').id}/complete",
        json={"answers": {"words": "x"}},
        headers={"if-match": "1"},
    )
    assert answer.status_code == 403
    assert "ligger hos en annen rolle" in answer.json()["detail"]


def test_a_draft_is_kept_for_the_one_who_typed_it(tell: Tell, talk: Talk) -> None:
    story = _begin(tell)
    client = talk(story, Role.LIAISON)
    address = f"/api/v1/tasks/{story.task('ask').id}"
    for words in ("Halv", "Halvferdig"):
        saved = client.put(f"{address}/draft", json={"answers": {"words": words}})
        assert saved.status_code == 200, saved.text
    returned = client.get(address).json()
    assert returned["draft"] == {"words": "Halvferdig"}
    assert returned["draft_saved_at"] == saved.json()["saved_at"]
    assert talk(story, Role.LEGAL).get(address).json()["draft"] is None


def drafts(story: Story) -> list[dict[str, object]]:
    with story.house.transaction() as tx:
        return list(tx.session.scalars(select(TaskDraft.answers)))


def test_what_was_typed_is_forgotten_when_the_task_is_completed_or_cancelled(
    tell: Tell, talk: Talk
) -> None:
    files = _named(one_task())
    for end in (_complete, _cancel):
        story = tell(files).begins()
        address = f"/api/v1/tasks/{story.task('ask').id}/draft"
        saved = talk(story, Role.LIAISON).put(address, json={"answers": {"words": "Halv"}})
        assert saved.status_code == 200, saved.text
        assert drafts(story) == [{"words": "Halv"}]
        end(story)
        assert drafts(story) == []


def _complete(story: Story) -> None:
    story.completes("ask", words="Hei")


def _cancel(story: Story) -> None:
    with story.house.transaction() as tx:
        service.cancel(tx, story.subject, reason_code="withdrawn")


def test_a_task_is_given_to_somebody_who_holds_its_role(tell: Tell, talk: Talk) -> None:
    story = _begin(tell)
    client = talk(story, Role.PROGRAMME_LEADER)
    address = f"/api/v1/tasks/{story.task('ask').id}/assign"
    match = {"if-match": "1"}
    wrong = client.post(address, json={"person_id": str(story.people[Role.LEGAL])}, headers=match)
    assert wrong.json()["errors"][0]["pointer"] == "/person_id"
    right = client.post(address, json={"person_id": str(story.people[Role.LIAISON])}, headers=match)
    assert right.json()["assignee"]["name"] == "Liaison Nordmann"
    assert right.json()["waiting_for"] == "person"


def test_lists_tell_late_from_coming(tell: Tell, talk: Talk) -> None:
    files = _named(one_task())
    files["errand/process.bpmn"] = files["errand/process.bpmn"].replace(
        'name="operation"', 'name="due_days" value="3"/><spiffworkflow:property name="operation"'
    )
    story = tell(files).begins()

    def due(window: str) -> int:
        client = talk(story, Role.LIAISON)
        return int(client.get(f"/api/v1/tasks?due={window}").json()["total"])

    assert (due("late"), due("today"), due("week")) == (0, 0, 1)
    story.clock.move(days=3)
    assert (due("late"), due("today"), due("week")) == (0, 1, 0)
    story.clock.move(days=1)
    assert (due("late"), due("today"), due("week")) == (1, 0, 0)


def test_the_processes_in_force_are_shown_in_the_readers_language(tell: Tell, talk: Talk) -> None:
    story = _begin(tell)
    client = talk(story, Role.AUDITOR)
    (shown,) = client.get("/api/v1/processes").json()
    assert (shown["name"], shown["origin"], shown["running"]) == ("Ærend", "shipped", 1)
    client.headers["accept-language"] = "nn"
    (drawn,) = client.get("/api/v1/processes/errand/diagrams").json()
    assert 'name="Spør"' in drawn["xml"]
    assert 'name="Områdekontakt"' in drawn["xml"]
    assert client.get("/api/v1/processes/other/diagrams").status_code == 404


def test_the_history_names_a_task_in_the_readers_language(tell: Tell) -> None:
    story = _begin(tell).completes("ask")
    said = {language: last_sentence(story, language) for language in LANGUAGES}
    assert said["nn"] == "Liaison Nordmann fullførte oppgåva «Spør»."
    assert said["en"] == "Liaison Nordmann completed the task “Ask”."
    assert "«ask»" in said["nb"]
