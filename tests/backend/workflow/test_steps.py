"""What the engine room does around a step: timers, messages, jobs, versions, refusals."""

import pytest

from fellesgrep.core.audit import Subject, sentences, timeline
from fellesgrep.core.jobs import JOBS
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.identity.policy import Role
from fellesgrep.workflow import service, store
from fellesgrep.workflow.models import Instance, Task
from fellesgrep.workflow.pausing import go_on, pause
from fellesgrep.workflow.state import thaw
from fellesgrep.workflow.stepping import RUN_OPERATION
from tests.backend.workflow.conftest import Tell, put_in_force
from tests.backend.workflow.diagrams import fact, flow, form, node, process, timer
from tests.workflows.story import Story

START, END = node("startEvent", "start"), node("endEvent", "end", outcome="completed")
LIAISON = {"role_liaison": ["ask", "again"]}


def one_task(name: str = "ask", *, operation: str = "errands.ask") -> dict[str, str]:
    parts = (
        START,
        node("userTask", name, operation=operation),
        END,
        flow("start", name),
        flow(name, "end"),
    )
    return {
        "errand/process.bpmn": process(*parts, lanes=LIAISON),
        f"errand/forms/{name}.json": form("words"),
    }


def with_job() -> dict[str, str]:
    parts = (
        START,
        node("serviceTask", "render", operation="errands.render", mode="job"),
        END,
        flow("start", "render"),
        flow("render", "end"),
    )
    return {"errand/process.bpmn": process(*parts)}


def waiting_beside(kind: str, text: str, *, interrupting: bool = True) -> dict[str, str]:
    """A task with a timer on it that leads to another task."""
    attributes = f'attachedToRef="ask" cancelActivity="{str(interrupting).lower()}"'
    parts = (
        START,
        node("userTask", "ask"),
        node("boundaryEvent", "late", timer(kind, text), attributes),
        node("userTask", "again"),
        END,
        flow("start", "ask"),
        flow("ask", "end"),
        flow("late", "again"),
        flow("again", "end"),
    )
    return {
        "errand/process.bpmn": process(*parts, lanes=LIAISON),
        "errand/forms/ask.json": form(),
        "errand/forms/again.json": form(),
    }


def test_an_interrupting_timer_takes_the_task_away_when_its_time_has_come(tell: Tell) -> None:
    story = tell(waiting_beside("timeDuration", "P14D")).begins()
    story.time_passes(days=13, hours=23)
    assert story.waits_for == ["ask"]
    story.time_passes(hours=1)
    assert story.waits_for == ["again"]
    assert story.instance().next_due is None


def test_a_date_alone_is_over_at_midnight_in_norway(tell: Tell) -> None:
    story = tell(waiting_beside("timeDate", "deadline_on")).begins(deadline_on="2026-03-04")
    due = story.instance().next_due
    assert due is not None
    assert due.isoformat() == "2026-03-04T23:00:00+00:00"
    story.time_passes(days=2, hours=11, minutes=59)
    assert story.waits_for == ["ask"]
    story.time_passes(minutes=1)
    assert story.waits_for == ["again"]


def test_a_repeated_reminder_comes_as_often_as_it_says_and_leaves_the_task(tell: Tell) -> None:
    story = tell(waiting_beside("timeCycle", "R2/P7D", interrupting=False)).begins()
    for week in (1, 2, 3):
        story.time_passes(days=7)
        assert sorted(story.waits_for) == ["again"] * min(week, 2) + ["ask"]
    story.completes("ask").completes("again").completes("again")
    assert story.told.outcomes == ["completed"]


def test_a_timer_whose_own_job_was_lost_is_found_by_the_sweep(tell: Tell) -> None:
    story = tell(waiting_beside("timeDuration", "PT2H")).begins()
    story.jobs.waiting.clear()
    story.clock.move(hours=3)
    sweep = story.house.registry.get(JOBS, "workflow.sweep")
    assert sweep.cron == "* * * * *"
    sweep.run(story.house)
    sweep.run(story.house)
    assert story.waits_for == ["again"]


def test_a_timer_that_is_due_while_the_process_rests_fires_when_it_goes_on(tell: Tell) -> None:
    story = tell(waiting_beside("timeDuration", "P14D", interrupting=False)).begins()
    with story.house.transaction() as tx:
        pause(tx, story.subject)
    story.time_passes(days=20)
    story.house.registry.get(JOBS, "workflow.sweep").run(story.house)
    assert (story.waits_for, story.instance().next_due) == (["ask"], None)
    with story.house.transaction() as tx:
        go_on(tx, story.subject)
    story.worker_works()
    assert sorted(story.waits_for) == ["again", "ask"]


def test_a_timer_that_is_not_due_when_the_process_goes_on_still_comes(tell: Tell) -> None:
    story = tell(waiting_beside("timeDuration", "P14D")).begins()
    with story.house.transaction() as tx:
        pause(tx, story.subject)
    story.time_passes(days=5)
    with story.house.transaction() as tx:
        go_on(tx, story.subject)
    assert story.waits_for == ["ask"]
    story.time_passes(days=9)
    assert story.waits_for == ["again"]


def test_a_message_reaches_the_one_who_waits_and_nobody_else(tell: Tell) -> None:
    definition = '<bpmn:messageEventDefinition messageRef="held"/>'
    parts = (
        START,
        node("intermediateCatchEvent", "meeting", definition),
        END,
        flow("start", "meeting"),
        flow("meeting", "end"),
    )
    message = '<bpmn:message id="held" name="meeting_held"/>'
    story = tell({"errand/process.bpmn": process(*parts, extra=message)}).begins()
    assert story.hears("something_else") is False
    assert story.hears("meeting_held", people=4) is True
    assert story.told.outcomes == ["completed"]
    assert story.instance().facts == {"people": 4}
    assert story.hears("meeting_held") is False


def test_what_an_operation_refuses_leaves_no_trace_and_the_task_open(tell: Tell) -> None:
    story = tell(one_task()).begins()
    story.recorder.failing.add("errands.ask")
    with pytest.raises(RuntimeError):
        story.completes("ask")
    task = story.task("ask")
    assert (task.status, task.answers, task.version) == ("open", None, 1)
    story.recorder.failing.clear()
    story.completes("ask")
    assert story.told.outcomes == ["completed"]


def test_wrong_answers_are_named_field_by_field(tell: Tell) -> None:
    story = tell(one_task()).begins()
    with pytest.raises(Invalid) as refused:
        story.completes("ask", words=7, colour="blå")
    found = {(each.pointer, each.key) for each in refused.value.fields}
    assert found == {
        ("/answers/words", "core.field.not_valid"),
        ("/answers/colour", "core.field.unknown_field"),
    }


def test_two_people_complete_the_same_task_and_the_second_hears_who_was_first(
    tell: Tell,
) -> None:
    story = tell(one_task()).begins()
    task = story.task("ask")
    story.completes("ask")
    with (
        pytest.raises(Conflict) as refused,
        story.house.transaction() as tx,
    ):
        service.complete(story.acting(tx, Role.PROGRAMME_LEADER), task.id, {"words": "Jeg også."})
    assert refused.value.key == "workflow.problem.completed_by"
    assert refused.value.params["name"] == "Liaison Nordmann"
    assert refused.value.extra["completed_by"] == "Liaison Nordmann"


def test_a_job_goes_on_once_however_often_it_comes(tell: Tell) -> None:
    story = tell(with_job()).begins()
    (job,) = story.jobs.waiting
    story.worker_works()
    story.house.registry.get(JOBS, RUN_OPERATION).run(story.house, **job[3])
    assert story.recorder.asked == ["errands.render"]
    assert story.told.outcomes == ["completed"]


def test_a_job_that_is_given_up_becomes_an_administrators_task_that_tries_again(
    tell: Tell,
) -> None:
    story = tell(with_job()).begins()
    (job,) = story.jobs.waiting
    story.recorder.failing.add("errands.render")
    with pytest.raises(RuntimeError):
        story.worker_works()
    give_up = story.house.registry.get(JOBS, RUN_OPERATION).on_failure
    assert give_up is not None
    give_up(story.house, **job[3])
    give_up(story.house, **job[3])
    (task,) = story.tasks()
    assert (task.element, task.role) == ("remedy_render", "admin")
    assert task.name == "Få i gang igjen: render"
    with story.house.transaction() as tx, pytest.raises(Invalid):
        service.complete(story.acting(tx, Role.ADMIN), task.id, {"retry": False})
    story.recorder.failing.clear()
    with story.house.transaction() as tx:
        service.complete(story.acting(tx, Role.ADMIN), task.id, {"retry": True})
    assert story.told.outcomes == []
    story.worker_works()
    assert (story.told.outcomes, story.waits_for) == (["completed"], [])


def test_a_cancelled_process_leaves_nothing_open_and_hears_nothing_more(tell: Tell) -> None:
    story = tell(waiting_beside("timeDuration", "P1D")).begins()
    with story.house.transaction() as tx:
        service.cancel(story.acting(tx, Role.LIAISON), story.subject, reason_code="withdrawn")
    story.time_passes(days=2)
    assert (story.waits_for, story.outcome) == ([], "withdrawn")
    assert story.told.outcomes == ["withdrawn"]


def test_running_instances_stay_on_the_version_they_began_with(tell: Tell) -> None:
    story = tell(one_task()).begins()
    story.files = one_task("again")
    with story.house.transaction() as tx:
        put_in_force(tx, story.files)
        assert store.import_files(tx, story.files).versions == []
        newer = service.start(
            tx, "errand", Subject("case", story.instance_id), title="Ny", area_id=None
        )
        older = tx.session.get_one(Instance, story.instance_id)
        assert newer.bundle_hash != older.bundle_hash
        assert [task.element for task in service.open_tasks(tx, newer.subject)] == ["again"]
    story.files = one_task()
    story.completes("ask")
    assert story.outcome == "completed"


def test_what_was_done_stands_in_the_timeline_of_the_subject(tell: Tell) -> None:
    story = tell(one_task()).begins().completes("ask")
    with story.house.transaction() as tx:
        said = sentences(
            tx.session, story.house.registry, timeline(tx.session, story.subject), "nb"
        )
    assert said == [
        "Liaison Nordmann fullførte oppgaven «ask».",
        "Liaison Nordmann satte saken i gang.",
    ]


def loop() -> dict[str, str]:
    parts = (
        START,
        node("userTask", "ask"),
        node("exclusiveGateway", "enough", attributes='default="enough_ask"'),
        END,
        flow("start", "ask"),
        flow("ask", "enough"),
        flow("enough", "ask"),
        flow("enough", "end", "svar == 'nok'"),
    )
    answers = form(svar=fact())
    return {
        "errand/process.bpmn": process(*parts, lanes=LIAISON),
        "errand/forms/ask.json": answers,
    }


def _tasks_kept(story: Story) -> int:
    instance = story.instance()
    with story.house.transaction() as tx:
        spec, called = store.load_bundle(tx, instance.bundle_hash).specs
        return len(thaw(instance.state, spec, called, None).tasks)


def test_a_step_costs_the_same_however_old_the_instance_is(tell: Tell) -> None:
    story = tell(loop()).begins()
    story.completes("ask", svar="mer")
    young, size = _tasks_kept(story), len(story.instance().state)
    for _ in range(30):
        story.completes("ask", svar="mer")
    assert _tasks_kept(story) == young
    assert len(story.instance().state) <= size + 8
    assert size < 1024
    story.completes("ask", svar="nok")
    assert story.outcome == "completed"


def test_each_step_of_several_in_turn_knows_its_item(tell: Tell) -> None:
    turns = (
        '<bpmn:multiInstanceLoopCharacteristics isSequential="true">'
        "<bpmn:loopDataInputRef>names</bpmn:loopDataInputRef>"
        '<bpmn:inputDataItem id="one" name="one"/></bpmn:multiInstanceLoopCharacteristics>'
    )
    parts = (
        START,
        node("userTask", "ask", turns, operation="errands.ask"),
        END,
        flow("start", "ask"),
        flow("ask", "end"),
    )
    files = {
        "errand/process.bpmn": process(*parts, lanes={"role_liaison": ["ask"]}),
        "errand/forms/ask.json": form(),
    }
    story = tell(files).begins(names=["a", "b", "c"])
    for name in ("a", "b", "c"):
        (task,) = story.tasks()
        assert (task.item, task.role) == (name, "liaison")
        story.completes("ask")
    assert story.recorder.asked == ["errands.ask:a", "errands.ask:b", "errands.ask:c"]
    assert story.outcome == "completed"


def test_a_join_in_a_loop_waits_for_both_branches_every_time(tell: Tell) -> None:
    parts = (
        START,
        node("exclusiveGateway", "anew"),
        node("parallelGateway", "split"),
        node("userTask", "ask"),
        node("userTask", "again"),
        node("parallelGateway", "join"),
        node("exclusiveGateway", "enough", attributes='default="enough_anew"'),
        END,
        flow("start", "anew"),
        flow("anew", "split"),
        flow("split", "ask"),
        flow("split", "again"),
        flow("ask", "join"),
        flow("again", "join"),
        flow("join", "enough"),
        flow("enough", "anew"),
        flow("enough", "end", "svar == 'nok'"),
    )
    files = {
        "errand/process.bpmn": process(*parts, lanes=LIAISON),
        "errand/forms/ask.json": form(svar=fact()),
        "errand/forms/again.json": form(),
    }
    story = tell(files).begins()
    for svar in ("mer", "mer", "mer", "nok"):
        assert sorted(story.waits_for) == ["again", "ask"]
        first, second = ("ask", "again") if svar == "mer" else ("again", "ask")
        story.completes(first, **({"svar": svar} if first == "ask" else {}))
        assert story.waits_for == [second]
        story.completes(second, **({"svar": svar} if second == "ask" else {}))
    assert story.outcome == "completed"


def test_a_script_in_a_diagram_is_refused_before_anything_is_stored(tell: Tell) -> None:
    parts = (
        START,
        node("scriptTask", "script", "<bpmn:script>import os</bpmn:script>"),
        END,
        flow("start", "script"),
        flow("script", "end"),
    )
    with pytest.raises(ValueError, match="Script tasks are refused"):
        tell({"errand/process.bpmn": process(*parts)}).begins()


def test_a_partners_task_cannot_be_completed_by_staff(tell: Tell) -> None:
    files = one_task()
    files["errand/process.bpmn"] = files["errand/process.bpmn"].replace(
        "role_liaison", "role_partner"
    )
    story = tell(files).begins()
    task: Task = story.task("ask")
    with story.house.transaction() as tx, pytest.raises(Exception, match="partners_task"):
        service.complete(story.acting(tx, Role.LIAISON), task.id, {"words": "x"})
    story.completes("ask")
    assert story.outcome == "completed"
