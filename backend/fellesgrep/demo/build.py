"""Makes the demo data: an empty database becomes a municipality in the middle of its work.

Content, order and times are the same for the same seed and reference time. Ids are not: they are
UUIDv7, and with them the digests of the audit log differ.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from fellesgrep.app import make_house
from fellesgrep.core.clock import MovableClock, local_date
from fellesgrep.core.delivery import take_in
from fellesgrep.core.jobs import InlineQueue, ProcrastinateQueue
from fellesgrep.core.tx import House
from fellesgrep.demo import content, plot
from fellesgrep.demo.case_story import CaseStory
from fellesgrep.demo.content import CaseScript
from fellesgrep.demo.timetable import Timetable, spread, working_hours
from fellesgrep.demo.town import Town, make_town
from fellesgrep.settings import Settings

SEED = 1974
BEGINS = timedelta(days=450)
"""How long before the reference time the municipality took Fellesgrep into use."""

Progress = Callable[[int, int, str], None]
"""Told how many acts are done, of how many, and when in the made-up history we are."""


def make_demo(
    settings: Settings,
    url: str,
    progress: Progress = lambda done, total, label: None,
    *,
    reference: datetime | None = None,
    seed: int = SEED,
) -> None:
    """Fill a migrated, empty database; everything has happened by `reference` (default: now).

    Jobs run here, in order of their time, and nothing leaves the house. What is to happen later
    is handed to the real queue.
    """
    reference = reference or settings.make_clock().now()
    (begins,) = working_hours([reference - BEGINS], Random(seed))
    clock = MovableClock(begins)
    house = make_house(settings, url, inline_jobs=True, closed_outbox=True)
    jobs = InlineQueue(house.registry)
    house = replace(house, clock=clock, jobs=jobs)
    try:
        take_in(house)
        with house.transaction() as tx:
            town = make_town(tx, local_date(reference))
        timetable = Timetable(house, clock, jobs)
        _plan_cases(house, town, timetable, reference, seed)
        total = len(timetable)
        timetable.run(
            until=reference,
            progress=lambda done: progress(done, total, f"{local_date(clock.at):%Y-%m-%d}"),
        )
        _hand_over_jobs(house, jobs)
    finally:
        house.database.close()


def _plan_cases(
    house: House, town: Town, timetable: Timetable, reference: datetime, seed: int
) -> None:
    methods = content.working_methods()
    for area in town.areas:
        for script in content.cases(area):
            rng = Random(f"{seed} {script.title}")
            story = CaseStory(
                house,
                town,
                area,
                script,
                plan_begins=local_date(reference - timedelta(days=script.waiting)),
                working_method=rng.choice(methods),
                rng=rng,
            )
            _plan(story, script, timetable, reference, rng)


def _plan(
    story: CaseStory, script: CaseScript, timetable: Timetable, reference: datetime, rng: Random
) -> None:
    opened = reference - timedelta(days=script.opened)
    began = reference - timedelta(days=script.waiting)
    acts = plot.main_acts(script, story.signers)
    later, day = plot.later_acts(script), timedelta(days=1)
    moments = (
        *spread(opened, began, plot.pauses(acts)),
        *spread(began + day, reference - day, plot.pauses(later)),
    )
    for at, act in zip(working_hours(moments, rng), acts + later, strict=True):
        timetable.add(at, getattr(story, act))


def _hand_over_jobs(house: House, waiting: InlineQueue) -> None:
    """Put what is due after the reference time into the queue that workers read."""
    queue = ProcrastinateQueue(house.registry)
    with house.transaction() as tx:
        for at, _, name, arguments, key in waiting.waiting:
            queue.defer(tx.session, name, arguments, at=at, key=key)
