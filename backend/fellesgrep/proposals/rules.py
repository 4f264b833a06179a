"""What a proposal must say before it can be sent for decision."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from fellesgrep.core.problems import FieldProblem

REQUIRED_TEXTS = ("title", "background", "goals", "target_groups", "results")
"""What the text of an agreement is made of: once submitted, a proposal can no longer be mended."""


class Planned(Protocol):
    """An activity, as far as the time plan goes."""

    @property
    def title(self) -> str: ...
    @property
    def starts_on(self) -> date | None: ...
    @property
    def ends_on(self) -> date | None: ...
    @property
    def responsible(self) -> str: ...


def gaps(texts: Mapping[str, str], activities: Sequence[Planned]) -> Iterator[FieldProblem]:
    """Name what is missing or contradicts itself in a proposal's text and time plan."""
    for name in REQUIRED_TEXTS:
        if not texts[name].strip():
            yield FieldProblem(f"/proposal/{name}", f"proposals.problem.no_{name}")
    if not activities:
        yield FieldProblem("/proposal/activities", "proposals.problem.no_activities")
    for index, activity in enumerate(activities):
        yield from _activity_gaps(activity, f"/proposal/activities/{index}")


def _activity_gaps(activity: Planned, at: str) -> Iterator[FieldProblem]:
    if not activity.title.strip():
        yield FieldProblem(f"{at}/title", "proposals.problem.no_activity_title")
    if not activity.responsible.strip():
        yield FieldProblem(f"{at}/responsible", "proposals.problem.no_responsible")
    if activity.starts_on is None:
        yield FieldProblem(f"{at}/starts_on", "proposals.problem.no_start")
    if activity.ends_on is None:
        yield FieldProblem(f"{at}/ends_on", "proposals.problem.no_end")
    if activity.starts_on and activity.ends_on and activity.ends_on < activity.starts_on:
        yield FieldProblem(
            f"{at}/ends_on",
            "proposals.problem.ends_before_it_starts",
            {"title": activity.title, "starts_on": activity.starts_on},
        )


def period(activities: Sequence[Planned]) -> tuple[date | None, date | None]:
    """Return the first day of the first activity and the last day of the last."""
    starts = [each.starts_on for each in activities if each.starts_on]
    ends = [each.ends_on for each in activities if each.ends_on]
    return min(starts, default=None), max(ends, default=None)


def fingerprint(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what a proposal says, over its snapshot as plain data.

    The names of the parties are left out: somebody who is called otherwise proposes the same.
    """
    said = {**content, "contributions": [_unnamed(each) for each in content["contributions"]]}
    whole = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()


def _unnamed(contribution: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in contribution.items() if name != "party"}
