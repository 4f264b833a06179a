"""Four eyes on a new version of a template."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from fellesgrep.contract_templates.models import Template, TemplateVersion, VersionStatus
from fellesgrep.contract_templates.service import import_shipped
from fellesgrep.contract_templates.shipped import shipped
from fellesgrep.core.audit import Actor, Subject
from fellesgrep.core.problems import Conflict
from fellesgrep.identity.models import Person
from fellesgrep.identity.policy import Role
from fellesgrep.workflow import service as workflow
from fellesgrep.workflow.models import Task
from fellesgrep.workflow.store import import_shipped as import_processes
from tests.conftest import ClientFor, World


@pytest.fixture
def draft(world: World) -> TemplateVersion:
    """The second version of a template, as an upgrade brings it."""
    import_processes(world.tx)
    given = list(shipped())
    import_shipped(world.tx, given)
    changed = replace(given[0], sample=given[0].sample | {"changed": True})
    import_shipped(world.tx, [changed])
    version = world.tx.session.scalars(
        select(TemplateVersion).where(TemplateVersion.status == VersionStatus.DRAFT)
    ).one()
    world.tx.session.commit()
    return version


def path(draft: TemplateVersion) -> str:
    return f"/api/v1/templates/{draft.template_id}/versions/{draft.id}/propose"


def waiting(world: World, draft: TemplateVersion) -> Task:
    world.tx.session.expire_all()
    (task,) = workflow.open_tasks(world.tx, Subject("template", draft.template_id))
    return task


def test_another_lawyer_puts_a_version_in_force_and_the_one_before_is_retired(
    world: World, draft: TemplateVersion, client_for: ClientFor
) -> None:
    assert client_for(Role.LEGAL).post(path(draft)).status_code == 204
    assert client_for(Role.LEGAL).post(path(draft)).status_code == 409
    task = waiting(world, draft)
    assert (task.element, task.role) == ("review_template", Role.LEGAL)
    with pytest.raises(Conflict) as refused:
        workflow.complete(world.acting(Role.LEGAL), task.id, {"template_verdict": "approved"})
    assert refused.value.key == "contract_templates.problem.own_proposal"
    second = Person(
        name="Jonas Jurist", email="jonas@solvik.example", title="Jurist", unit="Juridisk"
    )
    world.tx.session.add(second)
    world.tx.session.flush()
    other = world.tx.acting_as(Actor("person", second.id))
    workflow.complete(other, task.id, {"template_verdict": "approved"})
    template = world.tx.session.get_one(Template, draft.template_id)
    assert [version.status for version in template.versions] == ["retired", "in_force"]
    assert template.versions[1].approved_by_id == second.id


def test_a_version_that_is_rejected_stays_a_draft_and_can_be_proposed_again(
    world: World, draft: TemplateVersion, client_for: ClientFor
) -> None:
    client_for(Role.LEGAL).post(path(draft))
    rejected = {"template_verdict": "rejected", "comment": "Punkt 4 er uklart."}
    workflow.complete(world.acting(Role.LEGAL), waiting(world, draft).id, rejected)
    world.tx.session.refresh(draft)
    assert draft.status == VersionStatus.DRAFT
    assert client_for(Role.LEGAL).post(path(draft)).status_code == 204


def test_only_legal_proposes_and_only_what_is_a_draft(
    draft: TemplateVersion, client_for: ClientFor
) -> None:
    assert client_for(Role.LIAISON).post(path(draft)).status_code == 403
    in_force = draft.template.versions[0]
    assert client_for(Role.LEGAL).post(path(in_force)).status_code == 409
