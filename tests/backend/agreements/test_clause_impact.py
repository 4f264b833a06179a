"""Which agreements hold which wording of a clause, read from their own texts."""

from typing import Any

import pytest
from sqlalchemy import select

from fellesgrep.agreements import drafting, service
from fellesgrep.agreements.clauses import AgreementClause
from fellesgrep.agreements.departures import depart
from fellesgrep.agreements.models import Agreement, Verdict
from fellesgrep.agreements.passages import passages
from fellesgrep.contract_templates.clauses import approval
from fellesgrep.contract_templates.clauses.carrying import carry_over
from fellesgrep.contract_templates.clauses.drafting import Written, begin_draft
from fellesgrep.contract_templates.clauses.drafting import save as save_clause
from fellesgrep.contract_templates.clauses.impact import agreements_with, impact_of
from fellesgrep.contract_templates.clauses.models import Clause, ClauseVersion
from fellesgrep.contract_templates.clauses.rules import held_in
from fellesgrep.contract_templates.service import put_in_force
from fellesgrep.core.audit import Actor
from fellesgrep.core.web import Paging
from fellesgrep.identity.models import Person
from fellesgrep.identity.policy import Role
from tests.backend.agreements.stories import answer, approved, at_agreement, signed, submitted
from tests.conftest import World

KEY = "disputes"


def disputes(world: World) -> Clause:
    return world.tx.session.scalars(select(Clause).where(Clause.key == KEY)).one()


def new_wording(world: World) -> ClauseVersion:
    """A second version of the clause, written and approved by two."""
    legal = world.acting(Role.LEGAL)
    draft = begin_draft(legal, disputes(world))
    content: dict[str, Any] = {
        name: getattr(draft, name) for name in Written.__dataclass_fields__
    } | {"bodies": dict.fromkeys(("nb", "nn", "en"), "<h2>Tvister</h2>\n<p>Megling først.</p>\n")}
    save_clause(legal, draft, Written(**content))
    approval.send(legal, draft)
    jonas = Person(name="Jonas", email="jonas@solvik.example", title="Jurist", unit="Juridisk")
    world.tx.session.add(jonas)
    world.tx.session.flush()
    approval.approve(world.tx.acting_as(Actor("person", jonas.id)), draft, None)
    return draft


def counts(world: World) -> dict[tuple[int, bool], int]:
    return dict(impact_of(world.tx, disputes(world)).agreements)


def listed(world: World, *, old: bool = False) -> list[tuple[int, bool]]:
    found = agreements_with(world.tx, disputes(world), Paging(1, 25, None), old=old)
    return [(each.number, each.signed) for each in found]


def carried(world: World, wording: ClauseVersion, agreement: Agreement) -> None:
    """The agreement's template in force with the new wording."""
    assert agreement.template_version is not None
    template = agreement.template_version.template
    (made,) = carry_over(world.acting(Role.LEGAL), wording, [template.id], "nb")
    made.version.in_force_from = world.tx.now()
    put_in_force(world.tx, made.version)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_filled_text_still_says_which_clauses_it_holds(world: World, language: str) -> None:
    story = at_agreement(world)
    agreement = answer(world, story)
    agreement.language = language
    draft = drafting.read_draft(world.tx, agreement)
    assert draft is not None
    assert agreement.template_version is not None
    template = held_in(agreement.template_version.bodies[language])
    filled = held_in(draft.filled.body)
    assert filled.items() <= template.items()
    left_out = template.keys() - filled.keys()
    conditional = {
        "maintenance_after_handover",
        "special_terms",
        "personal_data",
        "data_processing",
    }
    assert left_out <= conditional


def test_what_an_agreement_holds_is_kept_with_its_text(world: World) -> None:
    agreement = submitted(world)
    rows = world.tx.session.scalars(select(AgreementClause)).all()
    assert {each.clause: each.number for each in rows} == held_in(agreement.body)
    assert len(rows) > 10


def test_a_signed_agreement_holds_the_old_wording_for_good(world: World) -> None:
    agreement = signed(world)
    wording = new_wording(world)
    assert counts(world) == {(1, True): 1}
    impact = impact_of(world.tx, disputes(world))
    assert impact.count(signed=True, old=True) == 1
    assert impact.count(signed=True, old=False) == 0
    carried(world, wording, agreement)
    assert counts(world) == {(1, True): 1}
    assert listed(world, old=True) == [(1, True)]


def test_a_draft_holds_what_its_template_holds(world: World) -> None:
    story = at_agreement(world)
    agreement = answer(world, story)
    assert counts(world) == {(1, False): 1}
    wording = new_wording(world)
    assert listed(world, old=True) == [(1, False)]
    carried(world, wording, agreement)
    assert listed(world, old=True) == [(1, False)], "it stays on its version until it is renewed"
    answer(world, story)
    assert (listed(world, old=True), listed(world)) == ([], [(2, False)])


def test_a_draft_that_legal_returned_counts_once_and_as_it_reads_now(world: World) -> None:
    agreement = submitted(world)
    drafting.review(world.acting(Role.LEGAL), agreement, Verdict.RETURNED, "Kortere.")
    assert listed(world) == [(1, False)]
    drafting.submit_draft(world.acting(Role.LIAISON), agreement)
    assert counts(world) == {(1, False): 1}


def test_a_section_in_own_words_is_still_of_its_clause(world: World) -> None:
    story = at_agreement(world)
    agreement = answer(world, story)
    draft = drafting.read_draft(world.tx, agreement)
    assert draft is not None
    (section,) = [each for each in passages(draft.filled.body) if f'"{KEY}"' in each.xhtml]
    opening = section.xhtml.split(">")[0]
    own = f"{opening}><h2>Tvister</h2><p>Vi snakker sammen.</p></section>"
    depart(world.acting(Role.LIAISON), agreement, section, own, "Partneren ba om det.")
    drafting.submit_draft(world.acting(Role.LIAISON), agreement)
    assert "Vi snakker sammen" in agreement.body
    assert counts(world) == {(1, False): 1}


def test_an_agreement_that_came_to_nothing_does_not_count(world: World) -> None:
    agreement = approved(world)
    assert counts(world) == {(1, False): 1}
    service.void(world.tx, agreement)
    assert (counts(world), listed(world)) == ({}, [])
