"""Who may complete a task, and by when it is due. Pure functions."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from fellesgrep.identity import policy
from fellesgrep.identity.policy import Grant, Place, Role


def may_complete(
    *,
    role: str,
    assignee_id: UUID | None,
    area_id: UUID | None,
    person_id: UUID,
    grants: frozenset[Grant],
    stands_in: bool = False,
) -> bool:
    """Tell whether a person may complete an open task.

    The policy must allow `task:complete` where the task stands. Then: whoever it is assigned to
    may, or who stands in for them today; anybody else only by holding the lane's role there. A
    decision is for the one it was assigned to alone (or who stands in), and a partner's task for
    nobody who logs in.
    """
    if role == Role.PARTNER:
        return False
    its_own = person_id == assignee_id or stands_in
    place = Place(area_id, frozenset({person_id} if its_own else ()))
    if its_own:
        return policy.allows("task:complete", person_id, grants, place)
    if role == Role.DECISION_MAKER:
        return False
    in_lane = frozenset(grant for grant in grants if grant.role == role)
    return policy.allows("task:complete", person_id, in_lane, place)


def due_on(properties: Mapping[str, str], facts: Mapping[str, Any], today: date) -> date | None:
    """Return the day a user task is due: so many days from now, or the day a fact holds."""
    fact = facts.get(properties.get("due_fact", ""))
    if fact:
        return date.fromisoformat(str(fact))
    days = properties.get("due_days")
    return today + timedelta(days=int(days)) if days else None


def may_hold(*, role: str, area_id: UUID | None, grants: frozenset[Grant]) -> bool:
    """Tell whether a task of a lane may be given to somebody with these grants."""
    return any(
        grant.role == role
        and role != Role.PARTNER
        and (grant.area_id is None or area_id is None or grant.area_id == area_id)
        for grant in grants
    )
