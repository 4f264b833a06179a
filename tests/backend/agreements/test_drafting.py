"""Writing an agreement and what legal says to it."""

import pytest
from sqlalchemy import update

from fellesgrep.agreements import drafting
from fellesgrep.agreements.models import Agreement, Verdict
from fellesgrep.agreements.rules import Status
from fellesgrep.cases.models import CaseParty
from fellesgrep.contract_templates.fill import Undefined
from fellesgrep.core.audit import Subject, sentences, timeline, verify
from fellesgrep.core.languages import say
from fellesgrep.core.problems import Conflict, Invalid, NotFound
from fellesgrep.identity.policy import Role
from fellesgrep.partners.models import Contact
from tests.backend.agreements.stories import (
    ANSWERS,
    agreement_of,
    answer,
    approved,
    at_agreement,
    submitted,
)
from tests.backend.funding.stories import Story, tell
from tests.conftest import ClientFor, World


def pointers(problem: Invalid) -> set[str]:
    return {field.pointer for field in problem.fields}


def test_a_case_finds_a_draft_on_the_template_that_fits_its_leading_party(
    client_for: ClientFor, world: World
) -> None:
    story = at_agreement(world)
    world.tx.session.commit()
    shown = client_for(Role.LIAISON).get(f"{story.address}/agreement").json()
    assert shown["status"] == "drafting"
    assert shown["template"]["key"] == "samarbeidsavtale"
    offered = {each["key"]: each["fits"] for each in shown["templates"]}
    assert next(iter(offered)) == "samarbeidsavtale"
    assert (offered["intensjonsavtale"], offered["partnerskapsavtale"]) == (True, False)
    assert list(offered.values()) == sorted(offered.values(), reverse=True)
    asked = {field["name"]: field for field in shown["fields"]}
    assert asked["starts_on"]["label"] == "Avtalen gjelder fra"
    assert asked["starts_on"]["required"]
    assert asked["maintenance_years"]["value"] == 10
    assert [choice["label"] for choice in asked["payment"]["choices"]] == [
        "Når regnskapet er godkjent",
        "Halvparten på forskudd",
    ]
    assert {
        "variable": "fields.starts_on",
        "clause": "Varighet og oppsigelse",
        "label": "Avtalen gjelder fra",
    } in shown["gaps"]
    assert "Solbakken borettslag" in shown["body_html"]
    assert "400\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr" in shown["body_html"]


def test_the_draft_follows_the_answers_and_the_case(client_for: ClientFor, world: World) -> None:
    story = at_agreement(world)
    world.tx.session.commit()
    client, address = client_for(Role.LIAISON), f"{story.address}/agreement"
    shown = client.get(address).json()
    body = {
        "template_id": shown["template"]["id"],
        "language": "nn",
        "fields": ANSWERS | {"open_to_all": False},
    }
    stale = client.put(address, json=body, headers={"if-match": "99"})
    assert stale.status_code == 409
    written = client.put(address, json=body, headers={"if-match": str(shown["version"])})
    assert written.status_code == 200, written.text
    assert written.json()["gaps"] == []
    assert written.json()["version"] == shown["version"] + 1
    text = written.json()["body_html"]
    assert "Partane og bakgrunnen" in text
    assert "31.\N{NO-BREAK SPACE}desember\N{NO-BREAK SPACE}2026" in text
    assert "skal vere ope for alle" not in text
    preview = client.get(f"{address}/preview.pdf")
    assert preview.headers["content-type"] == "application/pdf"
    assert preview.content.startswith(b"%PDF-1.7")


def test_answers_that_cannot_be_right_are_refused_at_their_field(
    client_for: ClientFor, world: World
) -> None:
    story = at_agreement(world)
    world.tx.session.commit()
    client, address = client_for(Role.LIAISON), f"{story.address}/agreement"
    shown = client.get(address).json()
    fields = {
        "starts_on": "1. april", "maintenance_years": 500, "payment": "later",
        "open_to_all": "ja", "special_terms": "x" * 10_001, "colour": "green",
    }  # fmt: skip
    refused = client.put(
        address,
        json={"template_id": shown["template"]["id"], "language": "nb", "fields": fields},
        headers={"if-match": str(shown["version"])},
    )
    assert refused.status_code == 422
    errors = {error["pointer"]: error["detail"] for error in refused.json()["errors"]}
    assert errors["/fields/starts_on"] == "Skriv en dato i «Avtalen gjelder fra»."
    assert "fra 0 til 50" in errors["/fields/maintenance_years"]
    assert errors.keys() == {f"/fields/{name}" for name in fields}


def test_a_case_before_its_agreement_has_none_and_says_so(
    client_for: ClientFor, world: World
) -> None:
    story = tell(world)
    world.tx.session.commit()
    client = client_for(Role.LIAISON)
    refused = client.get(f"{story.address}/agreement")
    assert refused.status_code == 404
    assert refused.json()["detail"] == "Saken har ikke kommet til avtalen ennå."
    assert client.get(f"{story.address}/documents").json() == []


def test_a_draft_is_not_sent_while_an_answer_is_missing(world: World) -> None:
    agreement = answer(world, at_agreement(world), starts_on=None, report_on="")
    with pytest.raises(Invalid) as refused:
        drafting.submit_draft(world.acting(Role.LIAISON), agreement)
    assert pointers(refused.value) == {"/fields/starts_on", "/fields/report_on"}
    assert agreement.status == Status.DRAFTING


def test_a_draft_is_not_sent_without_a_template(world: World) -> None:
    story = tell(world)
    agreement = drafting.begin(world.tx, story.case.id)
    with pytest.raises(Invalid) as refused:
        drafting.submit_draft(world.acting(Role.LIAISON), agreement)
    assert pointers(refused.value) == {"/template_id"}


def test_what_the_case_lacks_is_named_with_the_clause_that_needs_it(world: World) -> None:
    story = at_agreement(world)
    agreement = answer(world, story)
    world.tx.session.execute(update(Contact).values(email=""))
    world.tx.session.expire_all()
    with pytest.raises(Undefined) as refused:
        drafting.submit_draft(world.acting(Role.LIAISON), agreement)
    assert refused.value.gaps[0].variable == "party.contact_email"
    assert say("nb", refused.value.key, **refused.value.params) == (
        "Teksten bruker opplysninger som mangler. Først: «e-post til kontaktperson hos en part» "
        "i punktet «Kontaktpersoner»."
    )


def test_letters_that_no_font_can_draw_are_refused_when_the_draft_is_sent(world: World) -> None:
    agreement = answer(world, at_agreement(world), special_terms="Vi gleder oss \U0001f389")
    with pytest.raises(Invalid) as refused:
        drafting.submit_draft(world.acting(Role.LIAISON), agreement)
    assert refused.value.fields[0].params == {"letters": "\U0001f389"}


def test_a_sent_draft_names_its_parties_and_no_longer_follows_the_case(world: World) -> None:
    agreement = submitted(world)
    text = agreement.body
    assert [party.name for party in agreement.parties][:2] == [
        "Solvik kommune",
        "Solbakken borettslag",
    ]
    assert agreement.parties[0].party_id is None
    party = world.tx.session.get_one(CaseParty, agreement.parties[1].party_id)
    assert party.lead
    with pytest.raises(Conflict):
        drafting.submit_draft(world.acting(Role.LIAISON), agreement)
    assert (agreement.body, agreement.status) == (text, Status.IN_REVIEW)


def test_legal_returns_a_draft_with_a_comment_and_it_can_be_sent_again(
    client_for: ClientFor, world: World
) -> None:
    agreement = submitted(world)
    legal = world.acting(Role.LEGAL)
    with pytest.raises(Invalid) as refused:
        drafting.review(legal, agreement, Verdict.RETURNED, "  ")
    assert pointers(refused.value) == {"/answers/comment"}
    drafting.review(legal, agreement, Verdict.RETURNED, "Ta med fristen for rapport.")
    assert agreement.status == Status.DRAFTING
    case_id = agreement.case_id
    world.tx.session.commit()
    shown = client_for(Role.LIAISON).get(f"/api/v1/cases/{case_id}/agreement").json()
    assert shown["editable"]
    assert shown["reviews"][0]["comment"] == "Ta med fristen for rapport."
    assert shown["reviews"][0]["reviewed_by"]["name"] == "Legal Nordmann"
    drafting.submit_draft(world.acting(Role.LIAISON), agreement)
    drafting.review(legal, agreement, Verdict.APPROVED)
    assert [each.verdict for each in agreement.reviews] == ["returned", "approved"]


def test_nobody_approves_a_draft_they_sent_themselves(world: World) -> None:
    agreement = answer(world, at_agreement(world))
    drafting.submit_draft(world.acting(Role.LEGAL), agreement)
    with pytest.raises(Conflict) as refused:
        drafting.review(world.acting(Role.LEGAL), agreement, Verdict.APPROVED)
    assert refused.value.key == "agreements.problem.own_draft"


def test_only_a_sent_draft_is_reviewed_and_an_approved_one_is_not_changed(world: World) -> None:
    agreement = approved(world)
    with pytest.raises(Conflict):
        drafting.review(world.acting(Role.LEGAL), agreement, Verdict.RETURNED, "x")
    assert agreement.template_version is not None
    with pytest.raises(Conflict):
        drafting.choose(
            world.acting(Role.LIAISON),
            agreement,
            template_id=agreement.template_version.template_id,
            language="nb",
            fields={},
        )


def test_the_history_of_the_case_tells_it_in_every_language(world: World) -> None:
    agreement = approved(world)
    registry = world.tx.house.registry
    entries = timeline(world.tx.session, Subject("case", agreement.case_id))
    said = sentences(world.tx.session, registry, entries, "nb")
    assert said[:2] == [
        "Legal Nordmann godkjente avtalen.",
        "Liaison Nordmann sendte utkastet til avtale til juridisk.",
    ]
    assert "Liaison Nordmann endret utkastet til avtale, etter malen «Samarbeidsavtale»." in said
    for language in ("nn", "en"):
        assert all(sentences(world.tx.session, registry, entries, language))
    assert list(verify(world.tx.session)) == []


def test_others_than_those_who_draft_may_read_but_not_write(
    client_for: ClientFor, world: World
) -> None:
    story: Story = at_agreement(world)
    version = agreement_of(world, story).template_version
    assert version is not None
    body = {"template_id": str(version.template_id), "language": "nb", "fields": {}}
    world.tx.session.commit()
    client, address = client_for(Role.AUDITOR), f"{story.address}/agreement"
    assert not client.get(address).json()["editable"]
    assert client.put(address, json=body, headers={"if-match": "1"}).status_code == 403


def test_a_case_without_any_agreement_has_no_current_one(world: World) -> None:
    with pytest.raises(NotFound):
        drafting.get_current(world.tx, tell(world).case.id)
    assert world.tx.session.query(Agreement).count() == 0
