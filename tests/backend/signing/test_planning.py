"""Choosing who signs, sending again, and taking back."""

import pytest
from fastapi.testclient import TestClient

from fellesgrep.agreements.rules import Status
from fellesgrep.core.audit import sentences, timeline
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.identity.policy import Role
from fellesgrep.partners.service import edit_contact
from tests.backend.signing.stories import Signing
from tests.conftest import ClientFor


def address(signing: Signing) -> str:
    return f"/api/v1/cases/{signing.subject.id}/signatories"


def put(client: TestClient, signing: Signing, **changes: object) -> tuple[int, dict[str, object]]:
    """Replace the plan, changed as told."""
    shown = client.get(address(signing)).json()
    body = {
        "signatories": [
            {"party_id": each["party_id"], "contact_id": each["contact_id"]}
            for each in shown["signatories"]
        ],
        "countersigner_id": shown["countersigner"]["id"],
        "deadline_on": shown["deadline_on"],
    }
    answer = client.put(
        address(signing), json=body | changes, headers={"if-match": str(shown["version"])}
    )
    return answer.status_code, answer.json()


def change_address(signing: Signing, name: str, email: str) -> None:
    contact = signing.contact(name)
    with signing.house.transaction() as tx:
        mine = tx.session.merge(contact)
        facts = {
            field: getattr(mine, field) for field in ("name", "role_title", "phone", "language")
        }
        edit_contact(tx, mine, facts | {"email": email, "status": mine.status})


def test_the_plan_names_who_signs_and_who_could(planned: Signing, client_for: ClientFor) -> None:
    shown = client_for(Role.LIAISON).get(address(planned)).json()
    assert [each["name"] for each in shown["signatories"]] == ["Kari Berg", "Per Dahl", "Ola Moen"]
    assert {each["status"] for each in shown["signatories"]} == {"planned"}
    assert shown["countersigner"]["name"] == "Decision Maker Nordmann"
    assert shown["may_arrange"] is True
    assert [party["name"] for party in shown["parties"]] == [
        "Solbakken borettslag",
        "Furulia Kaffebrenneri",
    ]
    assert len(shown["parties"][0]["contacts"]) == 2


def test_the_plan_is_replaced_as_a_whole(planned: Signing, client_for: ClientFor) -> None:
    client = client_for(Role.LIAISON)
    first = client.get(address(planned)).json()["signatories"][0]
    only = {"party_id": first["party_id"], "contact_id": first["contact_id"]}
    status, shown = put(client, planned, signatories=[only], deadline_on="2026-03-20")
    assert status == 200
    assert [each["name"] for each in shown["signatories"]] == ["Kari Berg"]  # type: ignore[attr-defined]
    assert shown["deadline_on"] == "2026-03-20"
    status, _ = put(client_for(Role.AUDITOR), planned)
    assert status == 403


def test_the_plan_takes_only_people_of_the_parties_once_each(
    planned: Signing, client_for: ClientFor
) -> None:
    client = client_for(Role.LIAISON)
    shown = client.get(address(planned)).json()["signatories"]
    kari, ola = shown[0], shown[2]
    for signatories, detail in (
        ([{"party_id": ola["party_id"], "contact_id": kari["contact_id"]}], "kontaktperson"),
        ([{"party_id": kari["party_id"], "contact_id": kari["contact_id"]}] * 2, "én gang"),
        ([{"party_id": str(planned.subject.id), "contact_id": kari["contact_id"]}], "part"),
    ):
        status, problem = put(client, planned, signatories=signatories)
        assert status == 422
        assert detail in str(problem["errors"])
    status, problem = put(
        client, planned, countersigner_id=str(planned.world.people[Role.AUDITOR].id)
    )
    assert status == 422
    assert "beslutningstaker" in str(problem["errors"])


def test_sending_out_names_everything_that_is_missing(
    planned: Signing, client_for: ClientFor
) -> None:
    client = client_for(Role.LIAISON)
    kari = client.get(address(planned)).json()["signatories"][0]
    only = {"party_id": kari["party_id"], "contact_id": kari["contact_id"]}
    put(client, planned, signatories=[only], countersigner_id=None)
    try:
        planned.complete("set_up_signing", Role.LIAISON, deadline_on="2026-03-02")
    except Invalid as problem:
        wrong = {field.pointer: field.key for field in problem.fields}
    assert wrong == {
        "/signatories": "signing.problem.party_unsigned",
        "/countersigner_id": "signing.problem.no_countersigner",
        "/deadline_on": "signing.problem.deadline_passed",
    }
    assert planned.waiting() == ["set_up_signing"]


def test_once_sent_out_the_plan_stands(signing: Signing, client_for: ClientFor) -> None:
    status, problem = put(client_for(Role.LIAISON), signing)
    assert status == 409
    assert "sendt ut" in str(problem["detail"])


def test_no_answer_of_the_api_holds_a_link(signing: Signing, client_for: ClientFor) -> None:
    tokens = [link.removeprefix("/p/") for link in signing.links.values()]
    case = f"/api/v1/cases/{signing.subject.id}"
    for role in (Role.ADMIN, Role.LIAISON, Role.LEGAL):
        client = client_for(role)
        for path in (
            f"{case}/signatories",
            f"{case}/signatures",
            f"{case}/timeline",
            f"{case}/agreement",
            f"{case}/documents",
            case,
            f"/api/v1/tasks?subject_id={signing.subject.id}",
        ):
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert not any(token in answer.text for token in tokens), path


def test_sending_again_makes_a_new_link_and_closes_the_earlier_ones(
    signing: Signing, client_for: ClientFor
) -> None:
    kari = signing.request("Kari Berg")
    first = signing.links["Kari Berg"]
    answer = client_for(Role.LIAISON).post(f"{address(signing)}/{kari.id}/resend", json={})
    assert answer.status_code == 200, answer.text
    fresh = signing.mailed()
    assert set(fresh) == {"Kari Berg"}
    assert signing.browser.get(first).status_code == 410
    assert signing.browser.get(fresh["Kari Berg"]).status_code == 200
    assert signing.browser.get(signing.links["Per Dahl"]).status_code == 200
    signing.links |= fresh
    assert "Du har signert" in signing.sign("Kari Berg").text
    again = client_for(Role.LIAISON).post(f"{address(signing)}/{kari.id}/resend", json={})
    assert again.status_code == 409


def test_after_the_deadline_it_is_sent_again_once_that_is_extended(
    signing: Signing, client_for: ClientFor
) -> None:
    signing.later(days=20)
    signing.mailed()
    kari = signing.request("Kari Berg")
    client = client_for(Role.LIAISON)
    shown = client.get(address(signing)).json()["signatories"][0]
    assert (shown["status"], shown["late"]) == ("sent", True)
    path = f"{address(signing)}/{kari.id}/resend"
    assert client.post(path, json={"deadline_on": "2026-04-10"}).status_code == 409
    signing.complete(
        "decide_after_deadline",
        Role.LIAISON,
        after_deadline="extend",
        new_deadline_on="2026-04-10",
    )
    signing.mailed()
    assert client.post(path, json={"deadline_on": "2026-04-11"}).status_code == 422
    assert client.post(path, json={}).status_code == 200
    signing.links = signing.mailed()
    assert "Du har signert" in signing.sign("Kari Berg").text


def test_another_address_takes_open_requests_back_and_the_evidence_says_so(
    signing: Signing, client_for: ClientFor
) -> None:
    old = signing.links["Kari Berg"]
    change_address(signing, "Kari Berg", "kari.berg@solbakken.example")
    assert signing.browser.get(old).status_code == 410
    [mail] = signing.mailbox.fresh()
    assert str(mail["to"]).endswith("<liaison@solvik.example>")
    kari = signing.request("Kari Berg")
    assert kari.status == "revoked"
    assert len(kari.evidence["address_changed_at"]) == 1
    signing.browser.post("/p/new-link", data={"old_link": old})
    assert signing.mailed() == {}
    path = f"{address(signing)}/{kari.id}/resend"
    assert client_for(Role.LIAISON).post(path, json={}).status_code == 200
    [mail] = signing.mailbox.fresh()
    assert str(mail["to"].addresses[0].addr_spec) == "kari.berg@solbakken.example"
    signing.links["Kari Berg"] = signing.mailbox.links_in(mail)[0]
    assert "Du har signert" in signing.sign("Kari Berg").text
    assert "address_changed_at" in signing.request("Kari Berg").evidence
    with signing.house.transaction() as tx:
        entries = timeline(tx.session, signing.subject)
        said = sentences(tx.session, signing.house.registry, entries, "nb")
    assert any("trakk tilbake signeringsoppdraget til Kari Berg" in each for each in said)


def test_who_asks_for_a_new_link_gets_it_and_the_old_one_stays(signing: Signing) -> None:
    old = signing.links["Kari Berg"]
    signing.browser.post("/p/new-link", data={"old_link": old})
    fresh = signing.mailed()
    assert set(fresh) == {"Kari Berg"}
    for link in (old, fresh["Kari Berg"]):
        assert signing.browser.get(link).status_code == 200


def test_the_signatures_given_are_listed_with_their_method(
    signing: Signing, client_for: ClientFor
) -> None:
    signing.everybody_signs()
    signing.complete("countersign", Role.DECISION_MAKER, confirm=True)
    listed = client_for(Role.LEGAL).get(f"/api/v1/cases/{signing.subject.id}/signatures").json()
    assert [each["name"] for each in listed][-1] == "Decision Maker Nordmann"
    assert [each["method_label"] for each in listed] == ["E-postbekreftelse"] * 3 + [
        "Innlogging i kommunens system"
    ]


def test_a_case_out_for_signature_is_not_put_on_hold_since_a_day_was_promised(
    signing: Signing, client_for: ClientFor
) -> None:
    hold = f"/api/v1/cases/{signing.subject.id}/hold"
    refused = client_for(Role.LIAISON).post(hold, json={"reason": "Vi venter."})
    assert refused.status_code == 409
    assert refused.json()["detail"].startswith("Avtalen er sendt til signering")


def test_a_case_withdrawn_while_out_for_signature_ends_it_for_everybody(signing: Signing) -> None:
    signing.sign("Kari Berg")
    form = signing.filled("Ola Moen")
    signing.withdraw()
    told = {str(mail["to"].addresses[0].addr_spec) for mail in signing.mailbox.fresh()}
    assert told == {"kari@solbakken.example", "per@solbakken.example", "ola@kaffe.example"}
    assert signing.agreement().status == Status.VOIDED
    answer = signing.browser.post(f"{signing.links['Ola Moen']}/sign", data=form)
    assert "Avtalen er trukket" in answer.text
    assert signing.request("Ola Moen").status == "closed"
    assert signing.request("Kari Berg").status == "signed"


def test_what_everybody_has_signed_cannot_be_withdrawn(signing: Signing) -> None:
    signing.everybody_signs()
    signing.complete("countersign", Role.DECISION_MAKER, confirm=True)
    with pytest.raises(Conflict):
        signing.withdraw()
    assert signing.agreement().status == Status.SEALING
