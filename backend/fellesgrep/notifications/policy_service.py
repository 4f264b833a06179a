"""Read and change what was decided about notices, on each level."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.dialects.postgresql import insert

from fellesgrep.core.audit import Subject
from fellesgrep.core.ids import new_id
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import expect_version
from fellesgrep.notifications.policy import Effective, LevelName, PolicyPart, effective, quiet_fault
from fellesgrep.notifications.policy_models import NoticeRule
from fellesgrep.notifications.slots import NOTICE_LEVELS, Level, NoticeRulesChanged

MUNICIPALITY = Level("municipality")
NOTICES = Subject("notices", UUID("0199a5e0-0000-7000-8000-000000000038"))
"""The one history of what the municipality decides about notices."""


def levels_of(tx: Tx, subject: Subject) -> list[Level]:
    """Return the levels that decide about a thing, from the farthest to the nearest."""
    found = tx.house.registry.all(NOTICE_LEVELS).get(subject.kind)
    return [MUNICIPALITY, *(found(tx, subject.id) if found else ())]


def policy_for(tx: Tx, subject: Subject) -> Effective:
    """Return what holds for messages about a thing (a case)."""
    return policy_at(tx, levels_of(tx, subject))


def policy_at(tx: Tx, levels: Sequence[Level]) -> Effective:
    """Return what holds where these levels decide, in one statement."""
    wanted = tuple_(NoticeRule.level, NoticeRule.key).in_(
        [(each.name, each.key) for each in levels]
    )
    rows = {
        (row.level, row.key): row for row in tx.session.scalars(select(NoticeRule).where(wanted))
    }
    parts: list[tuple[LevelName, PolicyPart]] = []
    for level in levels:
        row = rows.get((level.name, level.key))
        if row is not None:
            parts.append((level.name, PolicyPart.model_validate(row.decided)))
    return effective(parts)


def rule_at(tx: Tx, level: Level) -> NoticeRule | None:
    """Return what a level decided; None before anybody has."""
    return tx.session.scalar(
        select(NoticeRule).where(NoticeRule.level == level.name, NoticeRule.key == level.key)
    )


def decide(tx: Tx, level: Level, part: PolicyPart, *, version: int, history: Subject) -> None:
    """Change what a level decides; whatever is planned by it is planned anew.

    `version` is the one that was read, 0 where nothing was decided. Raises `Conflict` when somebody
    was quicker, `Invalid` for quiet hours that have no end or leave no time.
    """
    if (fault := quiet_fault(part)) is not None:
        raise Invalid.at("/quiet_until", fault)
    decided = part.model_dump(mode="json", exclude_none=True)
    row = rule_at(tx, level)
    if row is not None:
        expect_version(row, version)
        row.decided, row.updated_at = decided, tx.now()
        tx.session.flush()
    elif not _first(tx, level, decided) or version != 0:
        raise Conflict("core.problem.stale")
    tx.audit(f"notices:decided_{level.name}", history, also=[NOTICES])
    tx.publish(NoticeRulesChanged(level.name, level.key))


def _first(tx: Tx, level: Level, decided: dict[str, Any]) -> bool:
    made = (
        insert(NoticeRule)
        .values(
            id=new_id(),
            level=level.name,
            key=level.key,
            decided=decided,
            version=1,
            updated_at=tx.now(),
        )
        .on_conflict_do_nothing()
        .returning(NoticeRule.id)
    )
    return tx.session.scalar(made) is not None
