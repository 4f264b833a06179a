"""Statements of municipal units on a submitted proposal, in the real process."""

from datetime import date

import pytest

from fellesgrep.cases.service import add_party, parties
from fellesgrep.core.audit import Subject
from fellesgrep.core.problems import Invalid
from fellesgrep.decisions.rules import Level
from fellesgrep.decisions.service import grant_delegation
from fellesgrep.identity.policy import Role
from fellesgrep.workflow import service as workflow
from fellesgrep.workflow.models import Task
from tests.backend.cases.stories import EXPECTATIONS, FIRST_CONTACT, open_case, solbakken
from tests.backend.funding.stories import Story
from tests.backend.partners.stories import register_business
from tests.backend.proposals.stories import write
from tests.conftest import ClientFor, World


@pytest.fixture
def story(world: World) -> Story:
    """Solbakken's case, whose proposal was submitted with the wish for statements."""
    liaison = world.acting(Role.LIAISON)
    decider = world.people[Role.DECISION_MAKER].id
    grant_delegation(
        world.acting(Role.ADMIN), decider, Level.PROGRAMME_LEADER, 250_000_00, date(2026, 1, 1)
    )
    case = open_case(world, lead_partner_id=solbakken(world).id)
    business, contact = register_business(world.tx)
    add_party(liaison, case, partner_id=business.id, contact_id=contact.id)
    told = Story(case, *parties(world.tx, case.id))
    for answers in (FIRST_CONTACT, EXPECTATIONS, {"confirmed": True}):
        workflow.complete(liaison, waiting(world, told).id, answers)
    write(world, told)
    workflow.complete(liaison, waiting(world, told).id, {"wants_statements": True})
    return told


def waiting(world: World, story: Story) -> Task:
    (task,) = workflow.open_tasks(world.tx, Subject("case", story.case.id))
    return task


def ask(world: World, story: Story, role: Role, due_on: str = "2026-03-16") -> None:
    answers = {"people": [str(world.people[role].id)], "statements_due_on": due_on}
    workflow.complete(world.acting(Role.LIAISON), waiting(world, story).id, answers)


def test_the_one_asked_gives_the_statement_and_everybody_can_read_it(
    world: World, story: Story, client_for: ClientFor
) -> None:
    ask(world, story, Role.MUNICIPAL_UNIT)
    task = waiting(world, story)
    assert (task.element, task.assignee_id) == (
        "give_statement",
        world.people[Role.MUNICIPAL_UNIT].id,
    )
    given = {"position": "conditions", "statement": "Behold de to store trærne."}
    workflow.complete(world.acting(Role.MUNICIPAL_UNIT), task.id, given)
    assert waiting(world, story).element == "decide_co_funding"
    path = f"/api/v1/cases/{story.case.id}/proposal/statements"
    (shown,) = client_for(Role.DECISION_MAKER).get(path).json()
    assert (shown["position"], shown["text"]) == ("conditions", "Behold de to store trærne.")
    assert shown["asked"]["name"] == world.people[Role.MUNICIPAL_UNIT].name


def test_only_people_of_units_are_asked_and_within_a_deadline_ahead(
    world: World, story: Story
) -> None:
    with pytest.raises(Invalid) as refused:
        ask(world, story, Role.LIAISON)
    assert refused.value.fields[0].pointer == "/answers/people"
    with pytest.raises(Invalid) as refused:
        ask(world, story, Role.MUNICIPAL_UNIT, due_on="2026-03-02")
    assert refused.value.fields[0].pointer == "/answers/statements_due_on"
    assert waiting(world, story).element == "ask_for_statements"
