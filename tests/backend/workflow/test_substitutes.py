"""Whoever stands in for somebody who is away has their tasks meanwhile."""

from fellesgrep.core.audit import sentences, timeline
from fellesgrep.core.clock import MovableClock
from fellesgrep.core.languages import Language
from fellesgrep.identity.models import Person
from fellesgrep.identity.policy import Role
from fellesgrep.workflow.models import Task
from tests.backend.identity.test_absences import TODAY, colleague, goes
from tests.backend.workflow.conftest import Talk, Tell
from tests.backend.workflow.test_steps import one_task
from tests.workflows.story import Story


def test_a_task_can_be_done_by_the_substitute_as_long_as_its_person_is_away(
    tell: Tell, talk: Talk, clock: MovableClock
) -> None:
    story = tell(one_task()).begins()
    world = story.world
    away = world.people[Role.LIAISON]
    with story.house.transaction() as tx:
        substitute = colleague(tx, "Vilde Vikar", (Role.LIAISON, world.area.id))
        task = story.task("ask")
        tx.session.get_one(Task, task.id).assignee_id = away.id
        goes(tx, tx.session.get_one(Person, away.id), substitute, TODAY, TODAY)
    story.world.people[Role.AUDITOR] = substitute  # to log in as them
    client = talk(story, Role.AUDITOR)
    (listed,) = client.get("/api/v1/tasks?mine=true").json()["items"]
    assert listed["assignee"]["name"] == away.name
    assert listed["substitute"]["name"] == "Vilde Vikar"
    assert listed["can_complete"]
    clock.move(days=1)
    back = talk(story, Role.AUDITOR)
    assert back.get("/api/v1/tasks?mine=true").json()["items"] == []
    clock.move(days=-1)
    client = talk(story, Role.AUDITOR)
    draft = client.put(f"/api/v1/tasks/{listed['id']}/draft", json={"answers": {"words": "He"}})
    assert draft.status_code == 200
    done = client.post(
        f"/api/v1/tasks/{listed['id']}/complete",
        json={"answers": {"words": "Hei"}},
        headers={"if-match": str(listed["version"])},
    )
    assert done.json()["completed"]["completed_by"]["name"] == "Vilde Vikar"
    assert "som vikar for Liaison Nordmann" in last_sentence(story)


def last_sentence(story: Story, language: Language = "nb") -> str:
    with story.house.transaction() as tx:
        newest = [
            entry
            for entry in timeline(tx.session, story.subject)
            if entry.kind.startswith("task:completed")
        ][:1]
        return sentences(tx.session, tx.house.registry, newest, language)[0]
