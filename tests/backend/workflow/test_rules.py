from datetime import date
from uuid import UUID, uuid4

import pytest

from fellesgrep.identity.policy import Grant, Role
from fellesgrep.workflow.rules import due_on, may_complete

HERE, THERE, ME, OTHER = uuid4(), uuid4(), uuid4(), uuid4()


@pytest.mark.parametrize(
    ("role", "assignee", "grant", "allowed"),
    [
        (Role.LIAISON, None, Grant(Role.LIAISON, HERE), True),
        (Role.LIAISON, OTHER, Grant(Role.LIAISON, HERE), True),
        (Role.LIAISON, None, Grant(Role.LIAISON, THERE), False),
        (Role.LIAISON, None, Grant(Role.LEGAL, None), False),
        (Role.LIAISON, ME, Grant(Role.PROGRAMME_LEADER, HERE), True),
        (Role.LIAISON, None, Grant(Role.PROGRAMME_LEADER, HERE), False),
        (Role.LEGAL, None, Grant(Role.LEGAL, None), True),
        (Role.DECISION_MAKER, ME, Grant(Role.DECISION_MAKER, None), True),
        (Role.DECISION_MAKER, OTHER, Grant(Role.DECISION_MAKER, None), False),
        (Role.DECISION_MAKER, None, Grant(Role.DECISION_MAKER, None), False),
        (Role.ADMIN, None, Grant(Role.ADMIN, None), True),
        (Role.LIAISON, None, Grant(Role.ADMIN, None), False),
        (Role.LIAISON, ME, Grant(Role.AUDITOR, None), False),
        (Role.PARTNER, ME, Grant(Role.LIAISON, HERE), False),
    ],
)
def test_whoever_holds_the_lane_or_the_task_may_complete_it(
    role: Role, assignee: UUID | None, grant: Grant, allowed: bool
) -> None:
    assert (
        may_complete(
            role=role,
            assignee_id=assignee,
            area_id=HERE,
            person_id=ME,
            grants=frozenset({grant}),
        )
        is allowed
    )


def test_a_task_is_due_after_its_days_or_on_the_day_that_a_fact_holds() -> None:
    today = date(2026, 3, 2)
    assert due_on({"due_days": "7"}, {}, today) == date(2026, 3, 9)
    assert due_on({"due_fact": "deadline_on"}, {"deadline_on": "2026-05-01"}, today) == date(
        2026, 5, 1
    )
    assert due_on({}, {}, today) is None
