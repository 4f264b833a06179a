"""When things happen in the demo, and in which order."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from fellesgrep.core.clock import OSLO
from fellesgrep.demo import content, plot
from fellesgrep.demo.content import STEPS
from fellesgrep.demo.numbers import synthetic_numbers
from fellesgrep.demo.timetable import spread, working_hours

FRIDAY = datetime(2026, 2, 27, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SCRIPTS = {
    script.title: script for area in ("furulia", "havnebyen") for script in content.cases(area)
}


def test_what_would_fall_on_a_weekend_happens_the_friday_before() -> None:
    friday, saturday, sunday, monday = working_hours(
        [FRIDAY + days * DAY for days in range(4)], Random(1)
    )
    assert {each.astimezone(OSLO).date() for each in (friday, saturday, sunday)} == {FRIDAY.date()}
    assert friday < saturday < sunday < monday


def test_fixed_pauses_are_kept_and_the_rest_is_spread_evenly() -> None:
    moments = list(spread(FRIDAY, FRIDAY + 10 * DAY, [None, None, 2 * DAY, None]))
    assert [(each - FRIDAY) / DAY for each in moments] == [0, 4, 6, 10]


def test_a_case_that_waits_for_signatures_has_done_all_steps_before() -> None:
    script = SCRIPTS["Varmestue i vintermånedene"]
    acts = plot.main_acts(script, signers=2)
    acts.remove("clear_parties")
    assert acts == ["open", *STEPS[: STEPS.index("sign")]]
    assert plot.later_acts(script) == ["sign"]


def test_a_returned_proposal_is_written_twice() -> None:
    acts = plot.main_acts(SCRIPTS["Kveldsåpent språkkafé hos menigheten"], signers=2)
    assert acts[-3:] == ["write_proposal", "return_proposal", "write_proposal"]


def test_a_case_that_a_partner_declines_ends_with_that() -> None:
    acts = plot.main_acts(SCRIPTS["Felles vaktmester for to boligselskaper"], signers=3)
    assert acts[-2:] == ["set_up_signing", "decline"]


@pytest.mark.parametrize("area", ["furulia", "havnebyen"])
def test_every_case_points_to_what_there_is(area: str) -> None:
    (place,) = (each for each in content.areas() if each.key == area)
    partners = {each.key for each in content.partners()}
    people = {each.key for each in content.people()}
    for script in content.cases(area):
        assert set(script.parties) <= partners, script.title
        assert script.responsible in people
        assert 1 <= script.measure <= len(place.measure)
        assert 1 <= script.item <= len(place.strategy.item)
        assert script.opened >= script.waiting


def test_synthetic_numbers_never_repeat() -> None:
    numbers = synthetic_numbers()
    found = [next(numbers) for _ in range(200)]
    assert len(set(found)) == 200
