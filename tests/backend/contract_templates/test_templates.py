"""Templates and their versions: what comes with the product, and what never changes."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from fellesgrep.contract_templates import service
from fellesgrep.contract_templates.models import Template, TemplateVersion
from fellesgrep.contract_templates.service import import_shipped
from fellesgrep.contract_templates.shipped import ShippedTemplate, shipped
from fellesgrep.contract_templates.variables import VARIABLES, gather
from fellesgrep.core.audit import Subject, sentences, timeline
from fellesgrep.core.delivery import take_in
from fellesgrep.core.problems import Invalid, NotFound
from fellesgrep.core.registry import Registry
from fellesgrep.core.tx import House, Tx
from fellesgrep.identity.policy import Role
from tests.backend.funding.stories import tell
from tests.conftest import ClientFor, World
from tests.contract_templates.expected import text_of


def versions(tx: Tx, key: str) -> list[tuple[int, str, str]]:
    rows = tx.session.execute(
        select(TemplateVersion.number, TemplateVersion.status, TemplateVersion.origin)
        .join(Template)
        .where(Template.key == key)
        .order_by(TemplateVersion.number)
    )
    return [(row.number, row.status, row.origin) for row in rows]


def template_id(tx: Tx, key: str) -> UUID:
    return tx.session.scalars(select(Template.id).where(Template.key == key)).one()


def changed(template: ShippedTemplate) -> ShippedTemplate:
    bodies = {language: body + "<p>Nytt.</p>" for language, body in template.bodies.items()}
    return replace(template, bodies=bodies)


def test_shipped_templates_are_in_force_at_the_first_installation_and_come_in_once(
    tx: Tx, house: House
) -> None:
    take_in(house)
    assert versions(tx, "samarbeidsavtale") == [(1, "in_force", "shipped")]
    assert import_shipped(tx) == 0


def test_a_changed_file_becomes_a_draft_and_leaves_in_force_what_is_used(tx: Tx) -> None:
    given = list(shipped())
    import_shipped(tx, given)
    assert import_shipped(tx, [changed(given[0])]) == 1
    assert import_shipped(tx, [changed(given[0])]) == 0
    key = given[0].manifest.key
    assert versions(tx, key) == [(1, "in_force", "shipped"), (2, "draft", "shipped")]
    in_force = service.version_in_force(tx.session, template_id(tx, key))
    assert in_force.bodies == given[0].bodies


@pytest.mark.parametrize("change", ["bodies = '{}'", "manifest = '{}'", "number = 9"])
def test_the_database_refuses_to_change_a_version_that_was_in_force(tx: Tx, change: str) -> None:
    import_shipped(tx)
    for status in ("in_force", "retired"):
        tx.session.execute(text(f"update template_version set status = '{status}'"))
        with pytest.raises(DBAPIError), tx.session.begin_nested():
            tx.session.execute(text(f"update template_version set {change}"))
        with pytest.raises(DBAPIError), tx.session.begin_nested():
            tx.session.execute(text("delete from template_version"))


def test_a_draft_may_still_change(tx: Tx) -> None:
    given = next(shipped())
    import_shipped(tx, [given])
    import_shipped(tx, [changed(given)])
    done = tx.session.execute(
        text("update template_version set bodies = '{}' where status = 'draft' returning number")
    )
    assert done.scalars().all() == [2]


def test_a_template_without_a_version_in_force_cannot_be_used(tx: Tx) -> None:
    import_shipped(tx)
    tx.session.execute(text("update template_version set status = 'retired'"))
    with pytest.raises(Invalid):
        service.version_in_force(tx.session, template_id(tx, "samarbeidsbrev"))
    with pytest.raises(NotFound):
        service.version_in_force(tx.session, UUID(int=0))


def test_a_version_is_not_shown_in_a_language_it_lacks(tx: Tx) -> None:
    given = next(shipped())
    bokmaal = given.manifest.model_copy(update={"languages": ("nb",)})
    import_shipped(tx, [replace(given, manifest=bokmaal, bodies={"nb": given.bodies["nb"]})])
    version = service.version_in_force(tx.session, template_id(tx, given.manifest.key))
    with pytest.raises(Invalid):
        service.preview(tx, version, "en")


def test_the_history_of_a_template_names_it(tx: Tx, house: House) -> None:
    import_shipped(tx)
    entries = timeline(tx.session, Subject("template", template_id(tx, "samarbeidsbrev")))
    assert sentences(tx.session, house.registry, entries, "nb") == [
        "Systemet satte versjon 1 av malen «Samarbeidsbrev» i kraft.",
        "Systemet la inn versjon 1 av malen «Samarbeidsbrev» fra leveransen.",
    ]


def test_templates_are_listed_shown_and_previewed_with_their_sample(
    client_for: ClientFor, world: World
) -> None:
    import_shipped(world.tx)
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    listed = client.get("/api/v1/templates").json()
    keys = [each["key"] for each in listed["items"]]
    assert keys == sorted(each.manifest.key for each in shipped())
    letter = listed["items"][keys.index("samarbeidsbrev")]
    assert letter["in_force"]["number"] == 1
    shown = client.get(f"/api/v1/templates/{letter['id']}").json()
    assert shown["title"] == "Samarbeidsbrev"
    assert "<h2>Dette vil vi sammen</h2>" in shown["body"]
    address = f"/api/v1/templates/{letter['id']}/preview.pdf"
    pdf = client.get(address, params={"language": "nn"})
    assert "Kven du kan snakke med" in text_of(pdf.content)
    assert client.get(f"/api/v1/templates/{UUID(int=0)}").status_code == 404


def test_a_text_can_ask_about_case_municipality_and_parties(world: World) -> None:
    story = tell(world)
    known = gather(world.tx, story.case.id)
    assert known["case"] == {
        "number": "2026-00001",
        "title": "Gårdsrommet i Solbakken",
        "area": "Furulia",
        "responsible": {"name": "Liaison Nordmann", "email": "liaison@solvik.example"},
    }
    assert known["municipality"] == {
        "name": "Solvik kommune",
        "organisation_number": "399999995",
    }
    assert [party["role"] for party in known["parties"]] == ["lead", "party"]
    assert known["lead_party"]["name"] == "Solbakken borettslag"
    assert known["lead_party"]["kind"] == "housing_cooperative"
    assert {"funding", "proposal", "decision"} <= known.keys()


def test_two_packages_cannot_give_the_same_variable(world: World, registry: Registry) -> None:
    registry.put(VARIABLES, "story", lambda _tx, _id: {"case": {}})
    with pytest.raises(ValueError, match="second time"):
        gather(world.tx, tell(world).case.id)
