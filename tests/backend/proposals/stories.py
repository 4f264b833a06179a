"""A proposal that was written and sent for decision."""

from typing import Any

from fellesgrep.cases.models import Stage
from fellesgrep.core.audit import Actor
from fellesgrep.core.tx import House
from fellesgrep.funding.schemas import FundingPlanEdit
from fellesgrep.funding.service import replace_plan
from fellesgrep.identity.policy import Role
from fellesgrep.proposals import service
from fellesgrep.proposals.models import ProposalVersion
from fellesgrep.proposals.schemas import ProposalEdit
from tests.backend.funding.stories import Story
from tests.conftest import World


def edited(plan: dict[str, Any]) -> dict[str, Any]:
    """Return a plan as its route hands it on."""
    return FundingPlanEdit.model_validate(plan).model_dump()


def write(world: World, story: Story, *, municipality_ore: int = 200_000_00) -> None:
    """Write proposal and plan; the first budget line takes up what the municipality pays."""
    tx, plan = world.acting(Role.LIAISON), story.plan()
    plan["lines"][0]["amount_ore"] += municipality_ore - 200_000_00
    plan["contributions"][0]["amount_ore"] = municipality_ore
    replace_plan(tx, story.case, version=0, **edited(plan))
    written = ProposalEdit.model_validate(story.proposal()).model_dump()
    service.replace_proposal(tx, story.case, version=0, **written)


def submit(house: House, world: World, story: Story) -> ProposalVersion:
    """Send the proposal for decision as the liaison, and let the case move on."""
    with house.transaction(Actor("person", world.people[Role.LIAISON].id)) as tx:
        version = service.submit(tx, story.case.id)
    story.move_to(house, Stage.CO_FUNDING)
    return version
