"""Two at once, on real commits: the second waits for the row, and hears who was first."""

import threading
from collections.abc import Iterator

import pytest

from fellesgrep.core.clock import MovableClock
from fellesgrep.core.db import Database
from fellesgrep.core.jobs import JOBS, InlineQueue
from fellesgrep.core.problems import Conflict
from fellesgrep.core.registry import Registry
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from fellesgrep.workflow import service
from tests.backend.workflow.test_steps import one_task, waiting_beside, with_job
from tests.conftest import NOON, cloned_database, make_world
from tests.workflows.story import Story


@pytest.fixture
def committed(template_url: str, registry: Registry) -> Iterator[House]:
    """An application on a database of its own, where a commit is a commit."""
    with cloned_database(template_url) as url:
        database = Database(url)
        yield House(registry, database, MovableClock(NOON), InlineQueue(registry))
        database.close()


def _story(house: House, files: dict[str, str]) -> Story:
    with house.transaction() as tx:
        world = make_world(tx)
        tx.session.commit()
        assert isinstance(house.clock, MovableClock)
        return Story(house, world, house.clock, process="errand", files=files).begins()


def _together(*acts: threading.Thread) -> None:
    for act in acts:
        act.start()
    for act in acts:
        act.join(timeout=30)


def test_of_two_who_complete_at_once_one_succeeds_and_the_other_is_told(
    committed: House,
) -> None:
    story = _story(committed, one_task())
    task = story.task("ask")
    both, heard = threading.Barrier(2), []

    def complete(role: Role) -> None:
        try:
            with story.house.transaction() as tx:
                both.wait(timeout=10)
                service.complete(story.acting(tx, role), task.id, {"words": role.value})
            heard.append("done")
        except Conflict as conflict:
            heard.append(conflict.params["name"])

    _together(
        *(
            threading.Thread(target=complete, args=(role,))
            for role in (Role.LIAISON, Role.PROGRAMME_LEADER)
        )
    )
    assert "done" in heard
    assert set(heard) & {"Liaison Nordmann", "Programme Leader Nordmann"}
    assert story.recorder.asked == ["errands.ask"]


def test_a_timer_fires_once_when_several_workers_find_it(committed: House) -> None:
    story = _story(committed, waiting_beside("timeCycle", "R5/P1D", interrupting=False))
    story.clock.move(days=1)
    sweep = story.house.registry.get(JOBS, "workflow.sweep").run
    _together(*(threading.Thread(target=sweep, args=(story.house,)) for _ in range(4)))
    assert sorted(story.waits_for) == ["again", "ask"]


def test_a_job_that_two_workers_take_runs_once(committed: House) -> None:
    story = _story(committed, with_job())
    ((_, _, name, arguments, _),) = story.jobs.waiting
    job = story.house.registry.get(JOBS, name)
    _together(
        *(threading.Thread(target=job.run, args=(story.house,), kwargs=arguments) for _ in range(3))
    )
    assert story.recorder.asked == ["errands.render"]
    assert story.outcome == "completed"


def test_whoever_completes_a_task_while_its_case_is_held_waits_and_succeeds(
    committed: House,
) -> None:
    story = _story(committed, one_task())
    task = story.task("ask")
    begun, done = threading.Event(), threading.Event()

    def complete() -> None:
        with story.house.transaction() as tx:
            begun.set()
            service.complete(story.acting(tx, Role.LIAISON), task.id, {"words": "Ja."})
        done.set()

    waiting = threading.Thread(target=complete)
    with story.house.transaction() as tx:
        service.hold(tx, story.subject)
        waiting.start()
        assert begun.wait(timeout=10)
        assert not done.wait(timeout=0.5)
    waiting.join(timeout=30)
    assert done.is_set()
    assert story.outcome == "completed"


def test_a_timer_that_was_due_while_no_worker_ran_fires_once_when_several_start(
    committed: House,
) -> None:
    story = _story(committed, waiting_beside("timeDuration", "PT2H", interrupting=False))
    story.clock.move(hours=30)
    fire = story.house.registry.get(JOBS, "workflow.fire_timers").run
    sweep = story.house.registry.get(JOBS, "workflow.sweep").run
    _together(
        *(threading.Thread(target=sweep, args=(story.house,)) for _ in range(2)),
        *(
            threading.Thread(target=fire, args=(story.house, str(story.instance_id)))
            for _ in range(2)
        ),
    )
    assert sorted(story.waits_for) == ["again", "ask"]
