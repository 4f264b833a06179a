"""Declined, voided, returned for correction: three things, each with a reason and told to all."""

import pytest

from fellesgrep.agreements.rules import Status
from fellesgrep.core.audit import Actor
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.identity.policy import Role
from fellesgrep.signing import correction, rounds
from fellesgrep.signing.verification import verify_here
from tests.backend.signing.stories import Signing
from tests.conftest import ClientFor

WANTED = "Beløpet i punkt 4 er feil."


def page(signing: Signing, name: str) -> str:
    found: str = signing.browser.get(signing.links[name]).text
    return found


def ask(signing: Signing, name: str, wanted: str = WANTED) -> str:
    link = signing.links[name]
    form = signing.form(f"{link}/correct") | {"wanted": wanted}
    answer: str = signing.browser.post(f"{link}/correct", data=form).text
    return answer


def standing(signing: Signing, content: bytes) -> str:
    with signing.house.transaction() as tx:
        found = verify_here(tx, content)
    assert found.agreed is not None
    return found.agreed.standing


def addressed(signing: Signing) -> set[str]:
    return {each["to"].addresses[0].username for each in signing.mailbox.fresh()}


def test_a_signatory_asks_for_a_correction_and_everybody_reads_why_it_was_returned(
    signing: Signing, client_for: ClientFor
) -> None:
    signing.sign("Kari Berg")
    signing.mailed()
    shown, before = signing.shown(), signing.agreement()
    assert "Be om retting" in signing.browser.get(signing.links["Ola Moen"] + "/correct").text
    assert "Skriv kort hvorfor." in ask(signing, "Ola Moen", " ")
    assert "ser på det du har skrevet" in ask(signing, "Ola Moen")
    assert addressed(signing) == {"liaison"}
    assert signing.agreement().status == Status.OUT_FOR_SIGNATURE

    path = f"/api/v1/cases/{signing.subject.id}/signatories/corrections"
    liaison = client_for(Role.LIAISON)
    [wish] = liaison.get(path).json()
    assert (wish["name"], wish["wanted"], wish["status"]) == ("Ola Moen", WANTED, "open")
    assert client_for(Role.AUDITOR).post(f"{path}/{wish['id']}/accept", json={}).status_code == 403
    assert liaison.post(f"{path}/{wish['id']}/accept", json={}).status_code == 204
    assert liaison.post(f"{path}/{wish['id']}/accept", json={}).status_code == 404

    told = addressed(signing)
    assert {"kari", "per", "ola", "decision_maker"} <= told
    for name in signing.links:
        read = page(signing, name)
        assert WANTED in read
        assert "for å rette den" in read
    draft = signing.agreement()
    assert (draft.number, draft.status) == (before.number + 1, Status.DRAFTING)
    assert draft.id != before.id
    assert standing(signing, shown) == "was_returned"
    assert signing.waiting() == ["draft_agreement"]


def test_a_wish_for_a_correction_is_refused_with_a_reason_and_signing_goes_on(
    signing: Signing,
) -> None:
    ask(signing, "Ola Moen")
    signing.mailed()
    liaison = Actor("person", signing.world.people[Role.LIAISON].id)
    with signing.house.transaction() as tx:
        [wish] = correction.wishes_of(tx, rounds.current_round(tx, signing.subject.id))
    with signing.house.transaction(liaison) as tx, pytest.raises(Invalid):
        correction.refuse(tx, signing.subject.id, wish.id, "")
    with signing.house.transaction(liaison) as tx:
        correction.refuse(tx, signing.subject.id, wish.id, "Beløpet står i vedtaket.")
    assert set(signing.mailed()) == {"Ola Moen"}
    assert (
        "Beløpet står i vedtaket."
        in signing.browser.get(signing.links["Ola Moen"] + "/correct").text
    )
    with signing.house.transaction(liaison) as tx, pytest.raises(Conflict):
        correction.take(tx, signing.subject.id, wish.id, "")
    assert signing.sign("Ola Moen").status_code == 200
    assert signing.request("Ola Moen").status == "signed"


def test_asked_twice_it_is_one_wish(signing: Signing) -> None:
    ask(signing, "Ola Moen")
    ask(signing, "Ola Moen", "Noe annet.")
    with signing.house.transaction() as tx:
        [wish] = correction.wishes_of(tx, rounds.current_round(tx, signing.subject.id))
    assert wish.wanted == WANTED


def test_declined_is_told_apart_from_voided(signing: Signing) -> None:
    signing.sign("Kari Berg")
    shown = signing.shown()
    signing.decline("Ola Moen")
    assert "Du takket nei" in page(signing, "Ola Moen")
    for name in ("Per Dahl", "Kari Berg"):
        assert "En annen part har takket nei" in page(signing, name)
    assert standing(signing, shown) == "was_declined"


def test_voided_by_the_municipality_gives_its_reason_also_to_who_has_signed(
    signing: Signing,
) -> None:
    signing.sign("Kari Berg")
    shown = signing.shown()
    signing.withdraw()
    assert {"kari", "per", "ola"} <= addressed(signing)
    for name in signing.links:
        assert "Planene er endret." in page(signing, name)
    assert signing.agreement().status == Status.VOIDED
    assert standing(signing, shown) == "was_voided"


def test_what_was_not_signed_in_time_says_so(signing: Signing) -> None:
    signing.later(days=15)
    signing.mailed()
    signing.complete("decide_after_deadline", Role.LIAISON, after_deadline="end")
    assert "gikk ut før alle hadde signert" in page(signing, "Ola Moen")


def test_a_sealed_agreement_is_in_force_until_the_cooperation_is_concluded(
    signing: Signing,
) -> None:
    signing.everybody_signs()
    signing.complete("countersign", Role.DECISION_MAKER, confirm=True)
    signing.mailed()
    sealed = signing.sealed()
    assert standing(signing, sealed) == "in_force"
    signing.complete(
        "conclude_cooperation", Role.LIAISON, fulfilled="partly", summary="Alt er gjort."
    )
    assert signing.agreement().status == Status.ENDED
    assert standing(signing, sealed) == "ended"
    page_of_file = signing.browser.post(
        "/verify", files={"file": ("avtale.pdf", sealed, "application/pdf")}
    ).text
    assert "Ja, avtalen er ekte" in page_of_file
    assert "Avtalen er avsluttet." in page_of_file
