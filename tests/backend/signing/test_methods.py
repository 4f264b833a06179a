"""Methods of signing: which is asked for, which is enough, and what is refused."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from fellesgrep.core.audit import sentences, timeline
from fellesgrep.core.problems import Conflict
from fellesgrep.identity.policy import Role
from fellesgrep.signing import acts, methods
from fellesgrep.signing.methods import METHODS, ORDER, Proof, strong_enough
from fellesgrep.signing.models import SigningRequest
from tests.backend.signing.stories import Signing
from tests.backend.signing.test_planning import address, put
from tests.conftest import ClientFor

KEYS = st.sampled_from([*ORDER, "", "seal_ring"])


@given(KEYS, KEYS, KEYS)
def test_what_is_strong_enough_is_an_order(one: str, two: str, three: str) -> None:
    if strong_enough(one, two) and strong_enough(two, three):
        assert strong_enough(one, three)
    if one != two:
        assert not (strong_enough(one, two) and strong_enough(two, one))
    assert strong_enough(one, one) is (one in ORDER)


def ask_for(signing: Signing, name: str, method: str) -> None:
    """Have a request ask for another method than planned, as if planned so."""
    found = signing.request(name)
    with signing.house.transaction() as tx:
        tx.session.get_one(SigningRequest, found.id).required_method = method


def test_a_request_asks_for_what_the_signature_policy_says(
    planned: Signing, client_for: ClientFor
) -> None:
    shown = client_for(Role.LIAISON).get(address(planned)).json()
    assert {each["policy_method"] for each in shown["signatories"]} == {"email_confirmation"}
    assert {each["required_method"] for each in shown["signatories"]} == {"email_confirmation"}
    told = {each["key"]: each for each in shown["methods"]}
    assert "tilgang til e-postadressen" in told["email_confirmation"]["about"]
    assert shown["may_lower"] is False


def choose(client: TestClient, signing: Signing, method: str | None) -> tuple[int, object]:
    shown = client.get(address(signing)).json()["signatories"]
    chosen = [
        {"party_id": each["party_id"], "contact_id": each["contact_id"], "method": method}
        for each in shown
    ]
    return put(client, signing, signatories=chosen)


def test_the_plan_may_ask_for_more_than_the_policy_but_not_for_less(
    planned: Signing, client_for: ClientFor
) -> None:
    client = client_for(Role.LIAISON)
    with planned.house.transaction() as tx:
        for request in tx.session.query(SigningRequest):
            request.policy_method = request.required_method = "authenticated_eid"
    status, body = choose(client, planned, "wet_ink")
    assert status == 200  # the policy is read again: it says e-mail confirmation
    assert body["signatories"][0]["required_method"] == "wet_ink"  # type: ignore[index]
    status, body = choose(client, planned, "pinky_promise")
    assert status == 422


def test_only_legal_lowers_the_method_and_says_why(planned: Signing, client_for: ClientFor) -> None:
    request = planned.request("Kari Berg")
    ask_for(planned, "Kari Berg", "authenticated_eid")
    path = f"{address(planned)}/{request.id}/lower-method"
    body = {"method": "email_confirmation", "reason": "Har ikke elektronisk ID."}
    assert client_for(Role.LIAISON).post(path, json=body).status_code == 403
    assert client_for(Role.LEGAL).post(path, json=body | {"reason": ""}).status_code == 422
    shown = client_for(Role.LEGAL).post(path, json=body).json()["signatories"][0]
    assert shown["required_method"] == "email_confirmation"
    assert shown["lowered_reason"] == "Har ikke elektronisk ID."
    with planned.house.transaction() as tx:
        entries = timeline(tx.session, planned.subject)
        said = sentences(tx.session, planned.house.registry, entries, "nb")
    assert any("enklere måte enn reglene sier: E-postbekreftelse" in each for each in said)
    assert not any("elektronisk ID" in str(entry.data) for entry in entries)
    status, kept = put(client_for(Role.LIAISON), planned)
    assert status == 200
    assert kept["signatories"][0]["lowered_to"] == "email_confirmation"  # type: ignore[index]


def test_what_is_not_set_up_stops_the_sending_and_names_the_setting(
    planned: Signing, client_for: ClientFor
) -> None:
    known = dict(planned.house.registry.all(METHODS))
    broken = replace(
        known["email_confirmation"], missing_setting=lambda house: "FELLESGREP_SOMETHING"
    )
    planned.house.registry._slots[METHODS.name]["email_confirmation"] = broken
    client = client_for(Role.LIAISON)
    [task] = planned.tasks("set_up_signing")
    answer = client.post(
        f"/api/v1/tasks/{task.id}/complete",
        json={"answers": {"deadline_on": "2026-03-16"}},
        headers={"if-match": str(task.version)},
    )
    assert answer.status_code == 422
    assert "FELLESGREP_SOMETHING mangler" in answer.text
    assert planned.waiting() == ["set_up_signing"]


def test_a_method_that_nobody_knows_stops_the_sending(planned: Signing) -> None:
    ask_for(planned, "Per Dahl", "seal_ring")
    with pytest.raises(Exception, match="invalid"):
        planned.send_out()
    assert planned.waiting() == ["set_up_signing"]


def test_a_weaker_method_than_asked_for_signs_nothing(signing: Signing) -> None:
    form = signing.filled("Kari Berg")
    ask_for(signing, "Kari Berg", "authenticated_eid")
    link = signing.links["Kari Berg"]
    answer = signing.browser.post(f"{link}/sign", data=form)
    assert answer.status_code == 409
    assert "krever en sterkere måte" in answer.text
    assert "Du kan ikke signere her nå" in signing.browser.get(link).text
    found = signing.request("Kari Berg")
    assert found.status == "sent"
    with signing.house.transaction() as tx:
        request = tx.session.get_one(SigningRequest, found.id)
        with pytest.raises(Conflict):
            acts.sign(tx, request, Proof(methods.EMAIL_CONFIRMATION), typed_name="Kari Berg")
