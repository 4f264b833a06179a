"""Cases for stories: Solbakken borettslag wants to renew its courtyard in Furulia."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import event, select

from fellesgrep.cases import service
from fellesgrep.cases.models import Case, Stage
from fellesgrep.core.audit import Subject
from fellesgrep.core.tx import House, Tx
from fellesgrep.identity.policy import Role
from fellesgrep.partners.models import Partner
from fellesgrep.workflow import service as workflow
from fellesgrep.workflow.events import StageEntered
from fellesgrep.workflow.models import Task
from fellesgrep.workflow.store import import_shipped
from tests.backend.partners.stories import register_cooperative
from tests.conftest import World

FIRST_CONTACT = {
    "held_on": "2026-03-02",
    "channel": "meeting",
    "summary": "Styret viste oss gårdsrommet.",
    "next_step": "clarify",
}
EXPECTATIONS = {
    "goals": "Et gårdsrom for alle.",
    "municipality_expects": "At borettslaget drifter det.",
    "partner_expects": "At kommunen bidrar med penger.",
    "working_method": "Møte hver måned.",
    "way": "formal",
}


def open_case(world: World, **facts: Any) -> Case:
    """Open a case in Furulia as its liaison, with Solbakken borettslag unless told otherwise."""
    import_shipped(world.tx)
    given: dict[str, Any] = {
        "title": "Nytt gårdsrom",
        "summary": "Benker, trær og lys.",
        "area_id": world.area.id,
        "responsible_id": world.people[Role.LIAISON].id,
    } | facts
    if "lead_partner_id" not in given:
        given["lead_partner_id"] = solbakken(world).id
    return service.open_case(world.acting(Role.LIAISON), **given)


def solbakken(world: World) -> Partner:
    """Return Solbakken borettslag, registered once."""
    found = world.tx.session.scalar(select(Partner).where(Partner.name == "Solbakken borettslag"))
    return found or register_cooperative(world.tx, area_id=world.area.id)[0]


def subject(case: Case) -> Subject:
    return Subject("case", case.id)


def only_task(world: World, case: Case) -> Task:
    """Return the one task that waits in a case."""
    (task,) = workflow.open_tasks(world.tx, subject(case))
    return task


def due(world: World, case: Case, day: date | None) -> None:
    """Set the deadline of a case's one open task."""
    only_task(world, case).due_on = day
    world.tx.session.flush()


def complete(world: World, case: Case, answers: dict[str, Any]) -> None:
    """Do the one task that waits in a case, as the liaison."""
    workflow.complete(world.acting(Role.LIAISON), only_task(world, case).id, answers)


CLEARING: dict[str, dict[str, Any]] = {
    "assess_measure": {
        "measure_kind": "alteration",
        "ordinary_management": "no",
        "cost_share_percent": 8,
    },
    "record_meeting": {
        "held_on": "2026-03-02",
        "meeting_result": "adopted",
        "minutes": "Sak 4, vedtatt mot én stemme",
    },
    "confirm_authority": {"authority": "yes", "who": "Styrelederen", "source": "register"},
    "name_members": {"bound_by": "members", "names": "Kari Solberg"},
}
"""What lets a party be bound, by the step that asks."""


def clear_parties(tx: Tx, about: Subject) -> None:
    """Let every party say who binds it, as the person acting."""
    while open_now := [t for t in workflow.open_tasks(tx, about) if t.element in CLEARING]:
        workflow.complete(tx, open_now[0].id, CLEARING[open_now[0].element])


def stand_in(world: World, case: Case, stage: Stage) -> None:
    """Let the case hear that its process has reached a stage, whatever others did meanwhile."""
    world.tx.session.expire_all()
    world.tx.publish(StageEntered(subject(case), stage))


@contextmanager
def counted(house: House) -> Iterator[list[str]]:
    """Collect the SQL statements that run inside."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(house.database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(house.database.engine, "before_cursor_execute", note)
