from datetime import date
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from fellesgrep.cases.models import Stage
from fellesgrep.contract_templates.variables import gather
from fellesgrep.core import events
from fellesgrep.core.audit import Actor, Subject, sentences, timeline
from fellesgrep.core.clock import MovableClock
from fellesgrep.core.languages import say
from fellesgrep.core.problems import Conflict, Forbidden, Invalid, Problem
from fellesgrep.core.tx import House
from fellesgrep.decisions import service
from fellesgrep.decisions.events import DecisionMade
from fellesgrep.decisions.models import Decision, Delegation
from fellesgrep.decisions.operations import decision_maker
from fellesgrep.decisions.rules import Choice, Level, Outcome
from fellesgrep.funding.models import Contribution
from fellesgrep.identity import absences
from fellesgrep.identity.policy import Role
from fellesgrep.identity.service import register_person
from tests.backend.funding.stories import Story, tell
from tests.backend.proposals.stories import submit, write
from tests.conftest import ClientFor, World

FIRST_DAY = date(2026, 1, 1)
SMALL = Choice(Level.PROGRAMME_LEADER, "Delegeringsreglementet § 4", 200_000_00)


@pytest.fixture
def story(world: World, house: House) -> Story:
    """A case whose proposal applies for 200 000 kr."""
    told = tell(world)
    write(world, told)
    world.tx.session.commit()
    submit(house, world, told)
    return told


@pytest.fixture
def decider(world: World) -> UUID:
    return world.people[Role.DECISION_MAKER].id


def give(
    world: World,
    person_id: UUID,
    level: Level = Level.PROGRAMME_LEADER,
    limit_ore: int | None = 250_000_00,
    valid_from: date = FIRST_DAY,
    valid_to: date | None = None,
) -> Delegation:
    tx = world.acting(Role.ADMIN)
    return service.grant_delegation(tx, person_id, level, limit_ore, valid_from, valid_to)


def decide(
    world: World,
    story: Story,
    *,
    chosen: Choice = SMALL,
    role: Role = Role.DECISION_MAKER,
    outcome: Outcome = Outcome.APPROVED,
    reasons: str = "Tiltaket svarer på strategien.",
) -> Decision:
    return service.decide(
        world.acting(role),
        story.case.id,
        chosen,
        assignee_id=world.people[Role.DECISION_MAKER].id,
        outcome=outcome,
        reasons=reasons,
        conditions="Universell utforming.",
    )


def reason(problem: Problem) -> str:
    return say("nb", problem.key, **problem.params)


def test_a_decision_says_who_on_which_authority_how_much_and_why(
    world: World, story: Story, decider: UUID, house: House, client_for: ClientFor
) -> None:
    told: list[DecisionMade] = []
    events.on(house.registry, DecisionMade, lambda _, event: told.append(event))
    delegation = give(world, decider)
    decision = decide(world, story)
    assert decision.number == "2026-V-0001"
    assert decision.delegation_id == delegation.id
    assert [event.decision.id for event in told] == [decision.id]
    entries = timeline(world.tx.session, Subject("case", story.case.id))
    assert sentences(world.tx.session, house.registry, entries, "nb")[0] == (
        "Decision Maker Nordmann fattet vedtak 2026-V-0001: Innvilget (200\xa0000\xa0kr)."
    )
    assert gather(world.tx, story.case.id)["decision"] == {
        "number": "2026-V-0001",
        "decided_on": "2026-03-02",
        "decided_by": "Decision Maker Nordmann",
        "level": "programme_leader",
        "amount_ore": 200_000_00,
        "legal_reference": "Delegeringsreglementet § 4",
        "conditions": "Universell utforming.",
    }


def test_nobody_decides_in_place_of_the_one_assigned(
    world: World, story: Story, decider: UUID
) -> None:
    give(world, decider)
    give(world, world.people[Role.PROGRAMME_LEADER].id)
    with pytest.raises(Forbidden) as refused:
        decide(world, story, role=Role.PROGRAMME_LEADER)
    assert reason(refused.value) == "Vedtaket skal fattes av Decision Maker Nordmann."


def test_authority_is_asked_at_the_moment_of_the_decision(
    world: World, story: Story, decider: UUID, clock: MovableClock
) -> None:
    facts = {"decision_level": "programme_leader", "amount_ore": 200_000_00}
    give(world, decider, valid_to=date(2026, 3, 2))
    assert decision_maker(world.tx, Subject("case", story.case.id), facts) == decider
    clock.move(days=1)
    with pytest.raises(Forbidden) as refused:
        decide(world, story)
    assert reason(refused.value) == "Du har ingen fullmakt som gjelder i dag."


def test_an_amount_above_the_limit_is_refused_to_the_krone(
    world: World, story: Story, decider: UUID
) -> None:
    give(world, decider, limit_ore=200_000_00 - 1)
    with pytest.raises(Forbidden) as refused:
        decide(world, story)
    assert reason(refused.value) == "200\xa0000\xa0kr er over grensen i fullmakten din."
    give(world, decider, limit_ore=200_000_00)
    assert decide(world, story).outcome == Outcome.APPROVED


def test_a_lower_level_than_the_table_chose_is_refused(
    world: World, story: Story, decider: UUID
) -> None:
    give(world, decider, limit_ore=None)
    chosen = Choice(Level.COMMITTEE, "Kommuneloven § 5-3", 200_000_00)
    with pytest.raises(Forbidden) as refused:
        decide(world, story, chosen=chosen)
    assert reason(refused.value).startswith("Dette skal vedtas av utvalget.")


def test_an_amount_that_changed_after_submission_is_only_sent_back(
    world: World, story: Story, decider: UUID
) -> None:
    give(world, decider)
    cash = world.tx.session.query(Contribution).filter_by(party_id=None).one()
    cash.amount_ore = 240_000_00
    with pytest.raises(Conflict) as refused:
        decide(world, story)
    assert reason(refused.value) == (
        "Beløpet er endret etter at forslaget ble sendt: søkt om 200\xa0000\xa0kr, "
        "nå 240\xa0000\xa0kr. Send forslaget tilbake."
    )
    cash.amount_ore = 200_000_00
    with pytest.raises(Conflict):
        decide(world, story, chosen=Choice(Level.PROGRAMME_LEADER, "§ 4", 100_00))
    assert decide(world, story, outcome=Outcome.RETURNED).amount_ore == 200_000_00


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_needs_reasons(
    world: World, story: Story, decider: UUID, outcome: Outcome
) -> None:
    give(world, decider)
    with pytest.raises(Invalid) as refused:
        decide(world, story, outcome=outcome, reasons="  ")
    assert [each.pointer for each in refused.value.fields] == ["/answers/reasons"]


def test_a_proposal_is_decided_once_and_a_new_version_under_the_next_number(
    world: World, story: Story, decider: UUID, house: House
) -> None:
    give(world, decider)
    decide(world, story, outcome=Outcome.RETURNED)
    with pytest.raises(Conflict) as refused:
        decide(world, story)
    assert reason(refused.value) == (
        "Det er allerede fattet vedtak 2026-V-0001 om dette forslaget."
    )
    assert service.approval(world.tx.session, story.case.id) is None
    world.tx.session.commit()
    story.move_to(house, Stage.PROPOSAL)
    submit(house, world, story)
    assert decide(world, story).number == "2026-V-0002"


def test_the_database_refuses_to_change_a_decision(
    world: World, story: Story, decider: UUID, house: House
) -> None:
    give(world, decider)
    decide(world, story)
    world.tx.session.commit()
    with pytest.raises(DBAPIError, match="append-only"), house.transaction() as tx:
        tx.session.execute(text("delete from decision"))


def test_the_decision_goes_to_the_areas_own_leader_then_to_the_longest_holder(
    world: World, story: Story, decider: UUID
) -> None:
    leader = register_person(
        world.tx,
        name="Live Leder",
        email="live@solvik.example",
        title="programleder",
        unit="Furulia",
        grants=[(Role.DECISION_MAKER, world.area.id)],
    )
    subject = Subject("case", story.case.id)
    facts = {"decision_level": "programme_leader", "amount_ore": 200_000_00}
    give(world, leader.id, valid_from=date(2026, 2, 1))
    give(world, decider)
    assert decision_maker(world.tx, subject, facts) == decider
    world.area.programme_leader_id = leader.id
    assert decision_maker(world.tx, subject, facts) == leader.id


def test_who_is_away_gets_a_decision_only_where_the_substitute_may_decide_it(
    world: World, story: Story, decider: UUID
) -> None:
    tx, subject = world.tx, Subject("case", story.case.id)
    facts = {"decision_level": "programme_leader", "amount_ore": 200_000_00}
    other, third = (
        register_person(
            tx,
            name=name,
            email=f"{name.lower()}@solvik.example",
            title="virksomhetsleder",
            unit="Solvik kommune",
            grants=[(Role.DECISION_MAKER, None)],
        )
        for name in ("Annen", "Tredje")
    )
    give(world, decider)
    absences.register(
        tx,
        world.people[Role.DECISION_MAKER],
        substitute_id=other.id,
        from_on=tx.today(),
        until_on=tx.today(),
        reason="",
    )
    with pytest.raises(Conflict):
        decision_maker(tx, subject, facts)
    give(world, third.id)
    assert decision_maker(tx, subject, facts) == third.id
    give(world, other.id)
    assert decision_maker(tx, subject, facts) == decider
    for stranger in (third, other):
        acting = tx.acting_as(Actor("person", stranger.id))
        made = partial(
            service.decide,
            acting,
            story.case.id,
            SMALL,
            assignee_id=decider,
            outcome=Outcome.APPROVED,
            reasons="Tiltaket svarer på strategien.",
            conditions="",
        )
        if stranger is third:
            with pytest.raises(Forbidden):
                made()
        else:
            assert made().decided_by_id == other.id


@pytest.mark.parametrize(
    ("level", "limit_ore", "role"),
    [
        (Level.DIRECTOR, None, Role.DECISION_MAKER),
        (Level.PROGRAMME_LEADER, 100_00, Role.DECISION_MAKER),
        (Level.PROGRAMME_LEADER, None, Role.LEGAL),
    ],
    ids=["another level", "too low a limit", "no decision maker"],
)
def test_where_nobody_may_decide_the_proposal_is_not_sent_and_it_says_why(
    world: World, story: Story, level: Level, limit_ore: int | None, role: Role
) -> None:
    give(world, world.people[role].id, level, limit_ore)
    facts = {"decision_level": "programme_leader", "amount_ore": 200_000_00}
    with pytest.raises(Conflict) as refused:
        decision_maker(world.tx, Subject("case", story.case.id), facts)
    assert reason(refused.value) == (
        "Ingen har i dag fullmakt som programleder til å vedta 200\xa0000\xa0kr. "
        "Be administrator legge inn en fullmakt."
    )


def test_a_delegation_does_not_end_before_it_begins(world: World, decider: UUID) -> None:
    with pytest.raises(Invalid) as refused:
        give(world, decider, valid_to=date(2025, 12, 31))
    assert [each.pointer for each in refused.value.fields] == ["/valid_to"]


def test_decisions_and_delegations_are_read_in_words(
    world: World, story: Story, decider: UUID, house: House, client_for: ClientFor
) -> None:
    with house.transaction(Actor("person", world.people[Role.ADMIN].id)) as tx:
        service.grant_delegation(
            tx, decider, Level.PROGRAMME_LEADER, 250_000_00, FIRST_DAY, date(2026, 3, 1)
        )
        service.grant_delegation(tx, decider, Level.DIRECTOR, None, date(2026, 3, 2))
    with house.transaction(Actor("person", decider)) as tx:
        service.decide(
            tx,
            story.case.id,
            SMALL,
            assignee_id=decider,
            outcome=Outcome.REJECTED,
            reasons="Rammen er brukt opp.",
            conditions="",
        )
    auditor = client_for(Role.AUDITOR)
    (decision,) = auditor.get(f"{story.address}/decisions").json()["items"]
    assert decision["confirmed_by"] == []
    assert decision["level_label"] == "Programleder"
    assert decision["outcome_label"] == "Avslått"
    assert decision["decided_by"]["name"] == "Decision Maker Nordmann"
    assert decision["reasons"] == "Rammen er brukt opp."
    assert decision["rule"] is None
    held = auditor.get("/api/v1/delegations?sort=valid_from").json()["items"]
    assert [(each["level_label"], each["in_force"]) for each in held] == [
        ("Programleder", False),
        ("Direktør", True),
    ]
