"""Solbakken's case when it has come to its agreement, and ways to bring the agreement on."""

from typing import Any

from fellesgrep.agreements import drafting, service
from fellesgrep.agreements.models import Agreement, Verdict
from fellesgrep.cases.models import Stage
from fellesgrep.contract_templates.service import import_shipped
from fellesgrep.core.audit import Subject
from fellesgrep.identity.policy import Role
from fellesgrep.workflow.events import StageEntered
from tests.backend.funding.stories import Story, tell
from tests.backend.proposals.stories import write
from tests.conftest import World

ANSWERS: dict[str, Any] = {
    "starts_on": "2026-04-01",
    "ends_on": "2026-12-31",
    "report_on": "2027-02-01",
    "special_terms": "Sykkelstativene blir stående.",
}


def at_agreement(world: World) -> Story:
    """Return a case with proposal and money whose process has reached the agreement."""
    import_shipped(world.tx)
    story = tell(world)
    write(world, story)
    world.tx.publish(StageEntered(Subject("case", story.case.id), Stage.AGREEMENT))
    world.tx.session.flush()
    return story


def agreement_of(world: World, story: Story) -> Agreement:
    return drafting.get_current(world.tx, story.case.id)


def answer(world: World, story: Story, **changes: Any) -> Agreement:
    """Fill in what the template asks."""
    agreement = agreement_of(world, story)
    assert agreement.template_version is not None
    drafting.choose(
        world.acting(Role.LIAISON),
        agreement,
        template_id=agreement.template_version.template_id,
        language="nb",
        fields=ANSWERS | changes,
    )
    return agreement


def submitted(world: World) -> Agreement:
    agreement = answer(world, at_agreement(world))
    drafting.submit_draft(world.acting(Role.LIAISON), agreement)
    return agreement


def approved(world: World) -> Agreement:
    agreement = submitted(world)
    drafting.review(world.acting(Role.LEGAL), agreement, Verdict.APPROVED)
    return agreement


def frozen(world: World) -> Agreement:
    agreement = approved(world)
    service.freeze(world.tx, agreement)
    return agreement


def signed(world: World) -> Agreement:
    agreement = frozen(world)
    for act in (service.mark_out_for_signature, service.mark_signed, service.mark_sealing):
        act(world.tx, agreement)
    return agreement
