"""The operations page: where instances stand, what failed, and what nothing can ever move."""

from dataclasses import replace

from sqlalchemy import text

from fellesgrep.core.jobs import ProcrastinateQueue
from fellesgrep.identity.policy import Role
from fellesgrep.workflow import oversight
from tests.backend.workflow.conftest import Talk, Tell
from tests.backend.workflow.diagrams import flow, node, process, timer
from tests.backend.workflow.test_steps import END, START, one_task, with_job
from tests.workflows.story import Story

AWAITED = '<bpmn:messageEventDefinition messageRef="held"/>'
MESSAGE = '<bpmn:message id="held" name="meeting_held"/>'


def waiting_for(event: str) -> dict[str, str]:
    parts = (
        START,
        node("intermediateCatchEvent", "wait", event),
        END,
        flow("start", "wait"),
        flow("wait", "end"),
    )
    return {"errand/process.bpmn": process(*parts, extra=MESSAGE)}


def queued(story: Story) -> Story:
    """Let the story's jobs lie in the database, as in production."""
    story.house = replace(story.house, jobs=ProcrastinateQueue(story.house.registry))
    return story


def stuck(story: Story) -> list[str]:
    with story.house.transaction() as tx:
        return [instance.subject_title for instance in oversight.stuck(tx)]


def do(story: Story, statement: str) -> None:
    with story.house.transaction() as tx:
        tx.session.execute(text(statement))


def test_who_waits_for_a_person_a_timer_a_message_or_the_worker_is_not_stuck(tell: Tell) -> None:
    for files in (
        one_task(),
        waiting_for(timer("timeDuration", "P1D")),
        waiting_for(AWAITED),
        with_job(),
    ):
        assert stuck(queued(tell(files)).begins()) == []


def test_an_instance_whose_task_is_gone_is_found(tell: Tell, talk: Talk) -> None:
    story = tell(one_task()).begins()
    do(story, "update task set status = 'cancelled'")
    assert stuck(story) == ["Nytt gårdsrom"]
    (found,) = talk(story, Role.AUDITOR).get("/api/v1/operations").json()["stuck"]
    assert found["title"] == "Nytt gårdsrom"
    assert found["id"] == str(story.subject.id)


def test_an_instance_whose_job_or_timer_is_lost_is_found(tell: Tell) -> None:
    story = queued(tell(with_job())).begins()
    do(story, "delete from procrastinate_jobs")
    assert stuck(story) == ["Nytt gårdsrom"]
    story = tell(waiting_for(timer("timeDuration", "P1D"))).begins()
    do(story, "update workflow_instance set next_due = null where status = 'running'")
    assert len(stuck(story)) == 2


def test_instances_are_counted_by_definition_and_by_where_they_stand(
    tell: Tell, talk: Talk
) -> None:
    story = tell(one_task()).begins()
    (definition,) = talk(story, Role.ADMIN).get("/api/v1/operations").json()["definitions"]
    assert (definition["process"], definition["running"]) == ("errand", 1)
    (standing,) = definition["elements"]
    assert (standing["element"], standing["waiting"], standing["late"]) == ("ask", 1, 0)
    assert standing["oldest"].startswith("2026-03-02T11:00")


def test_an_administrator_retries_a_failed_job_and_an_auditor_only_sees_it(
    tell: Tell, talk: Talk
) -> None:
    story = queued(tell(with_job())).begins()
    do(story, "update procrastinate_jobs set status = 'failed'")
    auditor, admin = talk(story, Role.AUDITOR), talk(story, Role.ADMIN)
    seen = auditor.get("/api/v1/operations").json()
    (job,) = seen["failed_jobs"]
    assert (job["name"], job["subject"]["title"]) == ("workflow.run_operation", "Nytt gårdsrom")
    assert len(seen["stuck"]) == 1
    assert not seen["can_retry"]
    address = f"/api/v1/operations/failed-jobs/{job['id']}/retry"
    assert auditor.post(address).status_code == 403
    assert admin.post(address).json() == []
    assert admin.post(address).status_code == 404
    assert stuck(story) == []
