"""Tells what happens in a process as a story, on real rows, with operations that only record.

Each step loads the instance from its saved state and saves it again, as in production.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict

from fellesgrep.areas import feature as areas
from fellesgrep.core import audit, events
from fellesgrep.core import feature as core
from fellesgrep.core.audit import Actor, Subject
from fellesgrep.core.clock import MovableClock
from fellesgrep.core.jobs import InlineQueue
from fellesgrep.core.registry import Registry
from fellesgrep.core.tx import House, Tx
from fellesgrep.identity import feature as identity
from fellesgrep.identity.policy import Role
from fellesgrep.identity.settings import IDENTITY, IdentitySettings
from fellesgrep.workflow import feature as workflow
from fellesgrep.workflow import service, store
from fellesgrep.workflow.catalogue import bundle_of, read_folder
from fellesgrep.workflow.events import InstanceEnded, StageEntered
from fellesgrep.workflow.forms import read_form
from fellesgrep.workflow.models import Instance, RuleTrace, Task
from fellesgrep.workflow.operations import ASSIGNERS, OPERATIONS, Operation, Step
from tests.conftest import World

Answered = dict[str, Any] | Callable[[Any], dict[str, Any]]
FACTS: dict[str, Answered] = {
    "cases.clarify": {"confirmation": "none"},
    "cases.settle_parties": {"party_count": 2},
    "proposals.submit": {
        "amount_ore": 15_000_000,
        "total_ore": 40_000_000,
        "lead_kind": "housing_cooperative",
        "statements_wanted": "no",
    },
    "proposals.ask_units": {
        "statements": ["plan", "park"],
        "reminder_about": "statement",
        "days_left": 14,
    },
    "proposals.send_requests": {
        "statements_remind_at": "2026-03-14T08:00",
        "statements_expire_on": "2026-03-16",
    },
    "cases.list_parties": {"parties": ["bedriften"]},
    "cases.describe_party": {"party_kind": "business"},
    "cases.confirm_authority": {"party_cleared": "yes"},
    "cases.record_meeting": {"party_cleared": "yes"},
    "cases.record_logged_meeting": {"party_cleared": "yes"},
    "cases.name_members": {"party_cleared": "yes"},
    "cases.settle_clearance": {"clearance": "all"},
    "agreements.submit_draft": {"departs": "yes"},
    "signing.send_out": {
        "signers": ["kari", "ola", "bedrift"],
        "signing_result": "under_way",
        "reminder_about": "signing",
        "days_left": 14,
    },
    "signing.issue": {"remind_at": "2026-03-13T08:00", "expires_on": "2026-03-16"},
    "signing.record": lambda told: {
        "signing_result": "declined" if told.answer == "declined" else "under_way"
    },
    "follow_up.start": {"reminder_about": "obligation", "days_left": 60},
    "follow_up.plan_reminder": {"obligations_remind_at": "2026-04-17T08:00"},
    "signing.recall": {"signing_result": "recalled"},
}
BEGINS: dict[str, dict[str, Any]] = {"cooperation": {"begins_at": "first_contact"}}
"""The facts that a process begins with."""

SOMETIMES = {
    "signing.record": ("signing_result",),
    "signing.after_deadline": ("signers", "remind_at", "expires_on", "signing_result"),
}
"""Facts that an operation has learnt in some cases only."""


class Anything(BaseModel):
    model_config = ConfigDict(extra="allow")


@dataclass
class Recorder:
    """What the operations of a process were asked, and what they answer.

    `facts` are by operation, or by operation and item (`cases.describe_party:laget`), perhaps
    made from what the operation was told.
    """

    asked: list[str] = field(default_factory=list)
    facts: dict[str, Answered] = field(default_factory=lambda: dict(FACTS))
    failing: set[str] = field(default_factory=set)
    knew: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """What was known of the case when an operation was last asked."""

    def operation(self, name: str) -> Operation:
        def run(step: Step, told: BaseModel) -> Mapping[str, Any]:
            if name in self.failing:
                raise RuntimeError(f"{name} cannot be done now")
            self.asked.append(f"{name}:{step.item}" if step.item else name)
            self.knew[name] = dict(step.facts)
            learnt = self.facts.get(f"{name}:{step.item}", self.facts.get(name, {}))
            return learnt(told) if callable(learnt) else learnt

        usual = self.facts.get(name, {})
        known = () if callable(usual) else tuple(usual)
        return Operation(run, Anything, facts=(*known, *SOMETIMES.get(name, ())))


@dataclass
class Told:
    """What the engine room told others."""

    stages: list[str] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)


def make_registry(recorder: Recorder, files: Mapping[str, str], told: Told) -> Registry:
    """Return an application of the engine room alone, with every operation the files name."""
    registry = Registry()
    registry.put(IDENTITY, "settings", IdentitySettings())
    for feature in (core, identity, areas, workflow):
        feature.register(registry)
    registry.put(audit.LABELS, "contact", lambda _session, ids: dict.fromkeys(ids, "Kontakten"))
    processes = {path.split("/")[0] for path in files if path.endswith("/process.bpmn")}
    named = {
        element.operation
        for process in processes
        for element in bundle_of(files, process).elements[process].values()
        if element.operation
    }
    for name in sorted(named):
        registry.put(OPERATIONS, name, recorder.operation(name))
    events.on(registry, StageEntered, lambda _tx, event: told.stages.append(event.stage))
    events.on(registry, InstanceEnded, lambda _tx, event: told.outcomes.append(event.outcome))
    return registry


def plausible(form: Mapping[str, Any], today: Any) -> dict[str, Any]:
    """Return the least that a form accepts."""

    def answer(asked: Mapping[str, Any]) -> Any:
        if "const" in asked:
            return asked["const"]
        if "oneOf" in asked:
            return asked["oneOf"][0]["const"]
        if asked.get("type") == "number":
            return asked["minimum"]
        return str(today) if asked.get("format") == "date" else "Tekst."

    return {name: answer(form["properties"][name]) for name in form["required"]}


class Story:
    """One process about one subject, and the people who move it."""

    def __init__(
        self,
        house: House,
        world: World,
        clock: MovableClock,
        *,
        process: str = "cooperation",
        files: Mapping[str, str] | None = None,
    ) -> None:
        self.files = dict(read_folder() if files is None else files)
        self.recorder, self.told, self.clock = Recorder(), Told(), clock
        world.tx.session.commit()
        registry = make_registry(self.recorder, self.files, self.told)
        for name in ("decisions.decision_maker", "signing.countersigner"):
            registry.put(ASSIGNERS, name, lambda *_: world.people[Role.DECISION_MAKER].id)
        unit = world.people[Role.MUNICIPAL_UNIT].id
        registry.put(ASSIGNERS, "proposals.unit_asked", lambda *_: unit)
        self.jobs = InlineQueue(registry)
        self.house = House(registry, house.database, clock, self.jobs)
        self.world, self.process = world, process
        self.people = {role: person.id for role, person in world.people.items()}
        self.subject = Subject("case", uuid4())

    def begins(self, **facts: Any) -> "Story":
        with self.house.transaction(self._actor(Role.LIAISON)) as tx:
            store.import_files(tx, self.files)
            self.instance_id = service.start(
                tx,
                self.process,
                self.subject,
                title="Nytt gårdsrom",
                area_id=self.world.area.id,
                facts=BEGINS.get(self.process, {}) | facts,
            ).id
        return self

    def completes(self, element: str, *, item: str | None = None, **answers: Any) -> "Story":
        """Let the role whose turn it is complete a step, with plausible answers but these."""
        task = self.task(element, item)
        filled = plausible(self.form(task).source, self.clock.now().date()) | answers
        if task.role == Role.PARTNER:
            with self.house.transaction(Actor("contact", uuid4())) as tx:
                service.complete_as_partner(tx, self.subject, element, item, filled)
        else:
            with self.house.transaction(self._actor(Role(task.role))) as tx:
                service.complete(tx, task.id, filled)
        return self

    def up_to(self, element: str) -> "Story":
        """Walk the straight way until a step waits."""
        for _ in range(40):
            if element in self.waits_for:
                return self
            step = self.waits_for[0] if self.waits_for else None
            if step is None:
                self.worker_works()
            else:
                self.completes(step, item=self.tasks()[0].item)
        raise AssertionError(f"{element} is never reached; waits for {self.waits_for}")

    def worker_works(self) -> int:
        return self.jobs.run_due(self.house)

    def time_passes(self, **delta: float) -> "Story":
        self.clock.at += timedelta(**delta)
        self.worker_works()
        return self

    def hears(self, message: str, *, item: str | None = None, **facts: Any) -> bool:
        with self.house.transaction() as tx:
            return service.send_message(tx, self.subject, message, facts, item=item)

    @property
    def waits_for(self) -> list[str]:
        return [task.element for task in self.tasks()]

    @property
    def outcome(self) -> str | None:
        return self.instance().outcome

    def tasks(self) -> list[Task]:
        with self.house.transaction() as tx:
            return list(service.open_tasks(tx, self.subject))

    def task(self, element: str, item: str | None = None) -> Task:
        found = [
            task
            for task in self.tasks()
            if task.element == element and (item is None or task.item == item)
        ]
        if not found:
            raise AssertionError(f"{element} does not wait; these do: {self.waits_for}")
        return found[0]

    def form(self, task: Task) -> Any:
        return read_form(self.files[f"{task.process}/forms/{task.element}.json"])

    def instance(self) -> Instance:
        with self.house.transaction() as tx:
            return tx.session.get_one(Instance, self.instance_id)

    def traces(self) -> list[RuleTrace]:
        with self.house.transaction() as tx:
            return list(service.traces(tx, self.subject))

    def acting(self, tx: Tx, role: Role) -> Tx:
        return tx.acting_as(self._actor(role))

    def _actor(self, role: Role) -> Actor:
        person: UUID = self.people[role]
        return Actor("person", person)
