"""The steps of the agreement process, as people do them."""

from datetime import date

import pytest

from fellesgrep.agreements.rules import Status
from fellesgrep.cases.service import add_party, parties, withdraw
from fellesgrep.contract_templates.service import import_shipped as take_in_templates
from fellesgrep.core.audit import Subject
from fellesgrep.core.problems import Invalid
from fellesgrep.decisions.rules import Level
from fellesgrep.decisions.service import grant_delegation
from fellesgrep.identity.policy import Role
from fellesgrep.workflow import service as workflow
from fellesgrep.workflow.models import Task
from tests.backend.agreements.stories import agreement_of, answer
from tests.backend.cases.stories import (
    EXPECTATIONS,
    FIRST_CONTACT,
    clear_parties,
    open_case,
    solbakken,
)
from tests.backend.funding.stories import Story
from tests.backend.partners.stories import register_business
from tests.backend.proposals.stories import write
from tests.conftest import World


@pytest.fixture
def story(world: World) -> Story:
    """Solbakken's case, brought by its people to the first step of the agreement."""
    tx, liaison = world.tx, world.acting(Role.LIAISON)
    take_in_templates(tx)
    decider = world.people[Role.DECISION_MAKER].id
    grant_delegation(
        world.acting(Role.ADMIN), decider, Level.PROGRAMME_LEADER, 250_000_00, date(2026, 1, 1)
    )
    case = open_case(world, lead_partner_id=solbakken(world).id)
    business, contact = register_business(tx)
    add_party(liaison, case, partner_id=business.id, contact_id=contact.id)
    told = Story(case, *parties(tx, case.id))
    for answers in (FIRST_CONTACT, EXPECTATIONS, {"confirmed": True}):
        workflow.complete(liaison, waiting(world, told).id, answers)
    write(world, told)
    workflow.complete(liaison, waiting(world, told).id, {})
    workflow.complete(
        world.acting(Role.DECISION_MAKER),
        waiting(world, told).id,
        {"outcome": "approved", "reasons": "Området trenger det."},
    )
    clear_parties(liaison, Subject("case", case.id))
    return told


def waiting(world: World, story: Story) -> Task:
    (task,) = workflow.open_tasks(world.tx, Subject("case", story.case.id))
    return task


def test_a_draft_goes_to_legal_and_back_until_it_is_approved(world: World, story: Story) -> None:
    liaison, legal = world.acting(Role.LIAISON), world.acting(Role.LEGAL)
    answer(world, story)
    workflow.complete(liaison, waiting(world, story).id, {"note": "Haster litt."})
    agreement = agreement_of(world, story)
    assert agreement.submission_note == "Haster litt."
    assert "å bidra med inntil" in agreement.body
    assert "Decision Maker Nordmann" in agreement.body
    assert waiting(world, story).element == "approve_agreement"
    workflow.complete(
        legal, waiting(world, story).id, {"verdict": "returned", "comment": "Sett en frist."}
    )
    assert waiting(world, story).element == "draft_agreement"
    workflow.complete(liaison, waiting(world, story).id, {})
    workflow.complete(legal, waiting(world, story).id, {"verdict": "approved"})
    assert agreement_of(world, story).status == Status.APPROVED
    assert waiting(world, story).element == "set_up_signing"


def test_what_follows_its_template_goes_on_without_legal(world: World, story: Story) -> None:
    liaison = world.acting(Role.LIAISON)
    answer(world, story, special_terms="")
    workflow.complete(liaison, waiting(world, story).id, {})
    assert waiting(world, story).element == "set_up_signing"
    agreement = agreement_of(world, story)
    assert (agreement.status, agreement.approved_by_id) == (Status.APPROVED, None)


def test_own_terms_a_question_and_a_draft_that_was_returned_go_to_legal(
    world: World, story: Story
) -> None:
    liaison, legal = world.acting(Role.LIAISON), world.acting(Role.LEGAL)
    answer(world, story, special_terms="")
    workflow.complete(liaison, waiting(world, story).id, {"note": "Er fristen god nok?"})
    returned = {"verdict": "returned", "comment": "Nei, sett en senere frist."}
    workflow.complete(legal, waiting(world, story).id, returned)
    workflow.complete(liaison, waiting(world, story).id, {})
    assert waiting(world, story).element == "approve_agreement"
    workflow.complete(legal, waiting(world, story).id, returned)
    answer(world, story, special_terms="Sykkelstativene blir stående.")
    workflow.complete(liaison, waiting(world, story).id, {})
    assert waiting(world, story).element == "approve_agreement"


def test_a_step_that_is_refused_stays_open_and_names_the_fields(world: World, story: Story) -> None:
    task = waiting(world, story)
    with pytest.raises(Invalid) as refused:
        workflow.complete(world.acting(Role.LIAISON), task.id, {})
    assert {field.pointer for field in refused.value.fields} == {
        "/fields/starts_on",
        "/fields/ends_on",
        "/fields/report_on",
    }
    assert waiting(world, story).element == "draft_agreement"


def test_a_case_that_is_withdrawn_takes_its_agreement_along(world: World, story: Story) -> None:
    withdraw(world.acting(Role.LIAISON), story.case, reason="Borettslaget har fått nytt styre.")
    assert agreement_of(world, story).status == Status.VOIDED
