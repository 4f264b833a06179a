import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from fellesgrep.cases.models import CaseParty, Stage
from fellesgrep.contract_templates.variables import gather
from fellesgrep.core import events
from fellesgrep.core.audit import Subject, sentences, timeline
from fellesgrep.core.languages import say
from fellesgrep.core.problems import Conflict, Forbidden, Invalid
from fellesgrep.core.tx import House
from fellesgrep.funding.service import replace_plan
from fellesgrep.identity.policy import Role
from fellesgrep.proposals import service
from fellesgrep.proposals.events import ProposalSubmitted
from tests.backend.funding.stories import Story, tell
from tests.backend.proposals.stories import edited, submit, write
from tests.conftest import ClientFor, World


@pytest.fixture
def story(world: World) -> Story:
    return tell(world)


@pytest.fixture
def liaison(story: Story, client_for: ClientFor) -> TestClient:
    return client_for(Role.LIAISON)


def refusals(world: World, story: Story) -> dict[str, str]:
    """Return what stands in the way of sending the proposal for decision, by field."""
    with pytest.raises(Invalid) as refused:
        service.submit(world.acting(Role.LIAISON), story.case.id)
    return {each.pointer: say("nb", each.key, **each.params) for each in refused.value.fields}


def test_a_proposal_is_written_bit_by_bit(story: Story, liaison: TestClient) -> None:
    address = f"{story.address}/proposal"
    empty = liaison.get(address).json()
    assert (empty["version"], empty["title"], empty["ends_on"]) == (0, "", None)
    begun = liaison.put(address, json={"title": "Gårdsrom"}, headers={"if-match": "0"})
    assert begun.status_code == 200, begun.text
    version = begun.json()["version"]
    whole = liaison.put(address, json=story.proposal(), headers={"if-match": str(version)})
    assert whole.status_code == 200, whole.text
    shown = liaison.get(address).json()
    assert shown == whole.json()
    assert shown["version"] > version
    assert [each["title"] for each in shown["activities"]] == ["Rydde", "Bygge"]
    assert (shown["starts_on"], shown["ends_on"]) == ("2026-05-01", "2026-09-30")
    stale = liaison.put(address, json={}, headers={"if-match": str(version)})
    assert stale.status_code == 409


def test_an_empty_proposal_is_not_sent_and_everything_missing_is_named(
    world: World, story: Story
) -> None:
    found = refusals(world, story)
    assert found["/proposal/title"] == "Gi forslaget en tittel."
    assert found["/proposal/goals"] == "Skriv hva prosjektet skal oppnå."
    assert found["/proposal/activities"] == "Legg til minst én aktivitet i tidsplanen."
    assert found["/funding_plan/lines"] == "Legg til minst én budsjettlinje."


def test_an_unbalanced_plan_is_not_sent_and_says_how_much_is_missing_or_too_much(
    world: World, story: Story
) -> None:
    write(world, story)
    tx, plan = world.acting(Role.LIAISON), story.plan()
    gift = plan["contributions"].pop()
    version = replace_plan(tx, story.case, version=1, **edited(plan)).version
    assert refusals(world, story) == {
        "/funding_plan": "Finansieringen mangler 100\xa0000\xa0kr: budsjettet er 400\xa0000\xa0kr, "
        "bidragene er 300\xa0000\xa0kr."
    }
    plan["contributions"] += [gift, gift]
    replace_plan(tx, story.case, version=version, **edited(plan))
    assert refusals(world, story) == {
        "/funding_plan": "Bidragene er 100\xa0000\xa0kr for høye: budsjettet er 400\xa0000\xa0kr, "
        "bidragene er 500\xa0000\xa0kr."
    }


def test_a_proposal_without_parties_is_not_sent(world: World, story: Story) -> None:
    write(world, story)
    for party in (story.cooperative, story.business):
        world.tx.session.get_one(CaseParty, party.id).removed_at = world.tx.now()
    found = refusals(world, story)
    assert "/parties" in found
    assert found["/funding_plan/contributions/3/party_id"] == (
        "Velg en part som er med i saken, eller kommunen."
    )


def test_what_is_submitted_is_frozen_with_its_money_and_told_to_others(
    world: World, story: Story, liaison: TestClient, house: House
) -> None:
    told: list[ProposalSubmitted] = []
    events.on(house.registry, ProposalSubmitted, lambda _, event: told.append(event))
    write(world, story)
    version = submit(house, world, story)
    assert (version.number, version.amount_ore, version.total_ore) == (1, 200_000_00, 400_000_00)
    assert [event.version.id for event in told] == [version.id]
    (shown,) = liaison.get(f"{story.address}/proposal/versions").json()["items"]
    assert shown["submitted_by"]["name"] == "Liaison Nordmann"
    assert shown["content"]["ends_on"] == "2026-09-30"
    assert [each["party"] for each in shown["content"]["contributions"]] == [
        "Solvik kommune",
        "Solbakken borettslag",
        "Solbakken borettslag",
        "Furulia Kaffebrenneri",
    ]
    with house.transaction() as tx:
        entries = timeline(tx.session, Subject("case", story.case.id))
        said = sentences(tx.session, house.registry, entries, "nb")
    assert said[0] == (
        "Liaison Nordmann sendte forslag nr. 1 til vedtak: søkt om 200\xa0000\xa0kr "
        "av et budsjett på 400\xa0000\xa0kr."
    )
    locked = liaison.put(f"{story.address}/proposal", json={}, headers={"if-match": "1"})
    assert locked.status_code == 409


def test_the_database_refuses_to_change_what_was_submitted(
    world: World, story: Story, house: House
) -> None:
    write(world, story)
    world.tx.session.commit()
    submit(house, world, story)
    with pytest.raises(DBAPIError, match="append-only"), house.transaction() as tx:
        tx.session.execute(text("update proposal_version set amount_ore = 1"))


def test_a_returned_proposal_is_sent_again_under_the_next_number(
    world: World, story: Story, house: House
) -> None:
    write(world, story)
    world.tx.session.commit()
    submit(house, world, story)
    with pytest.raises(Conflict):
        service.submit(world.acting(Role.LIAISON), story.case.id)
    story.move_to(house, Stage.PROPOSAL)
    assert submit(house, world, story).number == 2


def test_only_a_person_submits(world: World, story: Story) -> None:
    write(world, story)
    with pytest.raises(Forbidden):
        service.submit(world.tx, story.case.id)


def test_an_agreement_can_tell_what_the_project_is(world: World, story: Story) -> None:
    assert gather(world.tx, story.case.id)["proposal"] is None
    write(world, story)
    proposal = gather(world.tx, story.case.id)["proposal"]
    assert proposal["title"] == "Nytt gårdsrom i Solbakken"
    assert proposal["activities"][1]["ends_on"] == "2026-09-30"
