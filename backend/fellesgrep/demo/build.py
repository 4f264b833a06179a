"""Makes the demo data: an empty database becomes a municipality in the middle of its work.

Content, order and times are the same for the same seed and reference time. Ids are not: they are
UUIDv7, and with them the digests of the audit log differ.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from fellesgrep.app import make_house
from fellesgrep.core.clock import MovableClock, local_date
from fellesgrep.core.delivery import take_in
from fellesgrep.core.jobs import ProcrastinateQueue
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
    house = make_house(settings, url, inline_jobs=True, closed_outbox=True)
    house = replace(house, clock=MovableClock(begins))
    timetable = Timetable(house)
    try:
        take_in(house)
        with house.transaction() as tx:
            town = make_town(tx, local_date(reference))
        _plan_cases(town, timetable, reference, seed)
        timetable.run(
            reference, lambda done, total, at: progress(done, total, f"{local_date(at):%Y-%m-%d}")
        )
        _hand_over_jobs(house, timetable)
    finally:
        house.database.close()


def _plan_cases(town: Town, timetable: Timetable, reference: datetime, seed: int) -> None:
    methods = content.working_methods()
    for area in town.areas:
        for script in content.cases(area):
            rng = Random(f"{seed} {script.title}")
            lane = timetable.new_lane()
            story = CaseStory(
                lane.house,
                town,
                area,
                script,
                plan_begins=local_date(reference - timedelta(days=script.waiting)),
                working_method=rng.choice(methods),
                rng=rng,
            )
            for at, act in _plan(script, story.signers, reference, rng):
                timetable.add(at, lane, getattr(story, act))


def _plan(
    script: CaseScript, signers: int, reference: datetime, rng: Random
) -> Iterator[tuple[datetime, str]]:
    """Return each act of a case with its time."""
    opened = reference - timedelta(days=script.opened)
    began = reference - timedelta(days=script.waiting)
    acts = plot.main_acts(script, signers)
    later, day = plot.later_acts(script), timedelta(days=1)
    moments = (
        *spread(opened, began, plot.pauses(acts)),
        *spread(began + day, reference - day, plot.pauses(later)),
    )
    return zip(working_hours(moments, rng), acts + later, strict=True)


def _hand_over_jobs(house: House, timetable: Timetable) -> None:
    """Put what is due after the reference time into the queue that workers read."""
    queue = ProcrastinateQueue(house.registry)
    with house.transaction() as tx:
        for at, name, arguments, key in timetable.waiting():
            queue.defer(tx.session, name, arguments, at=at, key=key)
