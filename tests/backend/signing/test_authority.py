"""Who may sign for Solbakken: looked up, backed by minutes, confirmed, asked and decided."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from PIL import Image
from sqlalchemy import text

from fellesgrep.agreements.rules import Status
from fellesgrep.core.audit import sentences, timeline
from fellesgrep.core.problems import Conflict, Forbidden, Invalid
from fellesgrep.identity.policy import Role
from fellesgrep.settings import Settings
from fellesgrep.signing import rounds
from fellesgrep.signing.evidence import signature_page
from fellesgrep.signing.settings import SIGNING
from tests.backend.signing.stories import Signing
from tests.conftest import ClientFor
from tests.contract_templates.expected import text_of
from tests.register_server import RegisterServer, register_server, roles_answer, signature_answer

KARI = ("Kari Berg", "31.01.1969", "LEDE")
PER = ("Per Dahl", "28.02.1971", "MEDL")
EVA = ("Eva Lunde", "01.03.1980", "MEDL")
WORDS = "Styrets leder alene eller to styremedlemmer i fellesskap"


@pytest.fixture
def registers() -> Iterator[RegisterServer]:
    with register_server() as server:
        server.signature = signature_answer([KARI], [PER, EVA], words=WORDS)
        server.roles = roles_answer(KARI, PER, EVA)
        yield server


@pytest.fixture
def settings(tmp_path: Path, registers: RegisterServer) -> Settings:
    return Settings(
        data_dir=tmp_path,
        fullmakt_url=registers.fullmakt_url,
        enhetsregisteret_url=registers.enhetsregisteret_url,
    )


@dataclass
class Desk:
    """Somebody of the municipality, at Solbakken's authority."""

    signing: Signing
    client: TestClient
    place: int = 0

    @property
    def api(self) -> str:
        return f"/api/v1/cases/{self.signing.subject.id}/authority"

    def shown(self) -> dict[str, Any]:
        answer = self.client.get(self.api)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()["parties"][self.place]
        return found

    def post(self, verb: str, **body: object) -> Response:
        return self.client.post(f"{self.api}/{self.shown()['party_id']}/{verb}", json=body)

    def look_up(self) -> dict[str, Any]:
        assert self.post("look-up").status_code == 202
        self.signing.links |= self.signing.mailed()
        return self.shown()

    def minutes(self, content: bytes, rule: object, name: str = "protokoll.pdf") -> Response:
        return self.client.post(
            f"{self.api}/{self.shown()['party_id']}/minutes",
            data={"rule": json.dumps(rule)},
            files={"file": (name, content, "application/x-claimed")},
        )

    def plan(self, *names: str, **order: int) -> None:
        """Have these sign; `order` says by first name whose turn comes when."""
        path = f"/api/v1/cases/{self.signing.subject.id}/signatories"
        now = self.client.get(path).json()
        chosen = [
            {
                "party_id": party["id"],
                "contact_id": contact["id"],
                "order": order.get(contact["name"].split()[0].lower(), 1),
            }
            for party in now["parties"]
            for contact in party["contacts"]
            if contact["name"] in names
        ]
        body = {
            "signatories": chosen,
            "countersigner_id": now["countersigner"]["id"],
            "deadline_on": now["deadline_on"],
        }
        answer = self.client.put(path, json=body, headers={"if-match": str(now["version"])})
        assert answer.status_code == 200, answer.text

    def statuses(self) -> dict[str, str]:
        path = f"/api/v1/cases/{self.signing.subject.id}/signatories"
        return {
            each["name"]: each["status"] for each in self.client.get(path).json()["signatories"]
        }


@pytest.fixture
def desk(planned: Signing, client_for: ClientFor) -> Desk:
    return Desk(planned, client_for(Role.LIAISON))


@pytest.fixture
def legal(planned: Signing, client_for: ClientFor) -> Desk:
    return Desk(planned, client_for(Role.LEGAL))


def one_of(*names: str, needed: int | None = None, **more: object) -> dict[str, object]:
    slot = {"needed": len(names) if needed is None else needed, "of": list(range(len(names)))}
    return {
        "people": [{"name": name} for name in names],
        "combinations": [{"slots": [slot]}],
    } | more


def a_pdf() -> bytes:
    written = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(written, deterministic_id=True)
    return written.getvalue()


def faults_of_sending(signing: Signing) -> list[str]:
    with pytest.raises(Invalid) as refused:
        signing.send_out()
    return [f"{each.key}:{each.params.get('names', '')}" for each in refused.value.fields]


def test_a_look_up_tells_who_may_sign_and_which_contact_persons_they_are(desk: Desk) -> None:
    assert desk.shown()["source"] is None
    shown = desk.look_up()
    assert shown["settled"] is True
    assert shown["basis"] == "Signaturrett: Brønnøysundregistrene, 02.03.2026"
    assert shown["words"] == WORDS
    assert shown["sentences"] == ["Kari Berg", "Per Dahl og Eva Lunde"]
    assert [way["possible"] for way in shown["ways"]] == [True, False]
    assert shown["ways"][0]["contact_ids"] == [str(desk.signing.contact("Kari Berg").id)]
    assert [each["name"] for each in shown["registered"]] == ["Kari Berg", "Per Dahl", "Eva Lunde"]
    with desk.signing.house.transaction() as tx:
        entries = timeline(tx.session, desk.signing.subject)
        said = sentences(tx.session, desk.signing.house.registry, entries, "nb")
    assert any("hentet hvem som kan signere for Solbakken borettslag" in each for each in said)


def test_the_answer_is_kept_as_it_came(desk: Desk, registers: RegisterServer) -> None:
    desk.look_up()
    file = desk.client.get(f"{desk.api}/{desk.shown()['party_id']}/file")
    assert file.headers["content-disposition"].startswith("attachment")
    kept = file.json()
    assert kept["signature_right"]["answer"] == registers.signature
    assert kept["looked_up_at"].startswith("2026-03-02T")
    assert "REVI" not in json.dumps(kept["roles"]), "auditors are nobody's business here"


def test_a_plan_that_cannot_bind_a_party_is_not_sent_out(desk: Desk) -> None:
    desk.look_up()
    desk.plan("Per Dahl", "Ola Moen")
    assert len(desk.shown()["missing"]) == 1
    assert faults_of_sending(desk.signing) == ["signing.problem.authority_lacks_all:Kari Berg"]
    desk.plan("Kari Berg", "Ola Moen")
    assert desk.shown()["missing"] == []
    desk.signing.send_out()
    assert set(desk.signing.links) == {"Kari Berg", "Ola Moen"}


def test_a_register_that_is_down_changes_nothing_and_stops_nobody(
    desk: Desk, registers: RegisterServer
) -> None:
    desk.look_up()
    registers.signature = 503
    shown = desk.look_up()
    assert (shown["settled"], shown["failed"]) == (True, "down")
    registers.signature = signature_answer(words=WORDS)
    assert (desk.look_up()["settled"], desk.shown()["unclear"]) == (False, "words_only")
    desk.signing.send_out()


def test_with_the_switch_on_the_unsettled_is_confirmed_with_a_reason(
    desk: Desk, settings: Settings
) -> None:
    object.__setattr__(desk.signing.house.settings(SIGNING), "authority_required", True)
    both = ["signing.problem.authority_unsettled:"] * 2
    assert faults_of_sending(desk.signing) == both
    assert desk.post("confirm", reason="").status_code == 422
    assert desk.post("confirm", reason="Vi kjenner styret godt.").status_code == 204
    assert faults_of_sending(desk.signing) == both[:1]
    business = Desk(desk.signing, desk.client, place=1)
    assert business.post("confirm", reason="Eieren er alene.").status_code == 204
    desk.signing.send_out()
    assert "Signaturrett: bekreftet av kommunen" in page(desk.signing, "Kari Berg")


def page(signing: Signing, name: str) -> str:
    return signing.browser.get(signing.links[name]).text


def test_enough_signatures_end_the_other_requests_with_a_word_of_thanks(desk: Desk) -> None:
    desk.look_up()
    signing = desk.signing
    signing.send_out()
    assert "Signaturrett: Brønnøysundregistrene, 02.03.2026" in page(signing, "Kari Berg")
    signing.sign("Kari Berg")
    assert desk.statuses() == {"Kari Berg": "signed", "Per Dahl": "closed", "Ola Moen": "sent"}
    told = {
        mail["to"].addresses[0].display_name: mail["subject"] for mail in signing.mailbox.fresh()
    }
    assert told == {"Per Dahl": f"Du trenger ikke signere «{signing.agreement().title}» likevel"}
    assert "Du trenger ikke signere likevel" in page(signing, "Per Dahl")
    assert "1 av 2 har signert" in page(signing, "Kari Berg")
    signing.sign("Ola Moen")
    assert signing.waiting() == ["countersign"]


def test_whose_turn_never_came_is_neither_asked_nor_told(desk: Desk) -> None:
    desk.look_up()
    desk.plan("Kari Berg", "Per Dahl", "Ola Moen", per=2, ola=3)
    signing = desk.signing
    signing.send_out()
    assert set(signing.links) == {"Kari Berg"}
    signing.sign("Kari Berg")
    assert desk.statuses() == {"Kari Berg": "signed", "Per Dahl": "closed", "Ola Moen": "sent"}
    assert set(signing.mailed()) == {"Ola Moen"}, "Per's turn is skipped"


def test_the_sealed_file_names_the_authority_and_carries_the_answer(
    desk: Desk, registers: RegisterServer
) -> None:
    desk.look_up()
    signing = desk.signing
    signing.send_out()
    signing.sign("Ola Moen")
    signing.sign("Kari Berg")
    assert signing.waiting() == ["countersign"], "the last one who was asked is not waited for"
    signing.complete("countersign", Role.DECISION_MAKER, confirm=True)
    signing.mailed()
    assert signing.agreement().status == Status.SEALED
    text = " ".join(text_of(signing.sealed()).split())
    for beginning in ("Signaturrett:", "Delegert myndighet:"):
        assert beginning in text
    kari, ola, own = named_on_the_page(signing)
    assert (kari, ola) == ("Signaturrett: Brønnøysundregistrene, 02.03.2026", "")
    assert own.startswith("Delegert myndighet: Programleder, inntil 250\N{NO-BREAK SPACE}000")
    record = evidence(signing)
    [solbakken, business] = record["authority"]
    assert solbakken["records"][0]["registers"]["signature_right"]["answer"] == registers.signature
    assert solbakken["records"][0]["counts"] is True
    assert business["records"] == []
    assert [each["name"] for each in record["signatures"]] == ["Kari Berg", "Ola Moen"]
    assert [each["name"] for each in record["not_needed"]] == ["Per Dahl"]
    assert record["countersignature"]["on_delegation"]["limit_ore"] == 250_000_00


def named_on_the_page(signing: Signing) -> list[str]:
    """Return on which authority each signed, as the signature page has it."""
    with signing.house.transaction() as tx:
        current = rounds.current_round(tx, signing.subject.id)
        assert current.countersignature is not None
        page = signature_page(
            tx, signing.agreement(), current, current.countersignature, "nb", verify_url=""
        )
    return [each.authority for each in page.signatures]


def evidence(signing: Signing) -> dict[str, Any]:
    return signing.evidence()


def test_minutes_back_a_rule_that_is_read_in_them(desk: Desk) -> None:
    rule = one_of("Kari Berg", "Per Dahl", "Eva Lunde", needed=2)
    content = a_pdf()
    assert desk.minutes(content, rule).status_code == 201
    shown = desk.shown()
    assert (shown["source"], shown["settled"]) == ("minutes", True)
    assert shown["sentences"] == ["2 av Kari Berg, Per Dahl, Eva Lunde"]
    file = desk.client.get(f"{desk.api}/{shown['party_id']}/file")
    assert file.headers["content-type"] == "application/pdf"
    assert file.content == content
    desk.plan("Kari Berg", "Ola Moen")
    assert faults_of_sending(desk.signing) == [
        "signing.problem.authority_lacks_some:Per Dahl, Eva Lunde"
    ]


def test_minutes_can_be_a_picture_and_nothing_else(desk: Desk) -> None:
    rule = one_of("Kari Berg")
    for content in (b"", b"<svg/>", b"MZ" + a_pdf(), b"%PDF-1.7 but no more", b"GIF89a"):
        refused = desk.minutes(content, rule)
        assert refused.status_code == 422, content[:10]
        assert refused.json()["errors"][0]["pointer"] == "/file"
    assert desk.minutes(b"%PDF-" + b"0" * 15_000_000, rule).status_code == 422
    picture = io.BytesIO()
    Image.new("RGB", (20, 30)).save(picture, "JPEG")
    assert desk.minutes(picture.getvalue(), rule, "bilde.exe").status_code == 201
    file = desk.client.get(f"{desk.api}/{desk.shown()['party_id']}/file")
    assert file.headers["content-type"] == "image/jpeg"


@pytest.mark.parametrize(
    "rule",
    [
        "nothing",
        {
            "people": [{"name": "Kari Berg"}],
            "combinations": [{"slots": [{"needed": 2, "of": [0]}]}],
        },
        one_of("Kari Berg") | {"more": 1},
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(desk: Desk, rule: object) -> None:
    assert desk.minutes(a_pdf(), rule).status_code == 422
    assert desk.shown()["source"] is None


def test_legal_is_asked_and_decides_with_a_reason(desk: Desk, legal: Desk) -> None:
    assert desk.post("ask", question="Vedtektene sier noe annet.").status_code == 204
    told = {str(mail["to"].addresses[0].addr_spec) for mail in desk.signing.mailbox.fresh()}
    assert told == {"legal@solvik.example"}
    assert legal.shown()["question"]["question"] == "Vedtektene sier noe annet."
    rule = one_of("Kari Berg")
    assert desk.post("decide", rule=rule, reason="Jeg vet det.").status_code == 403
    assert legal.post("decide", rule=rule, reason="").status_code == 422
    assert legal.post("decide", rule=rule, reason="Vedtektene § 8.").status_code == 204
    shown = desk.shown()
    assert (shown["source"], shown["question"]) == ("legal", None)
    assert shown["reason"] == "Vedtektene § 8."
    assert set(shown["can"]) == {"ask"}
    assert set(legal.shown()["can"]) == {"ask", "decide"}
    assert desk.post("look-up").status_code == 409
    assert desk.minutes(a_pdf(), rule).status_code == 409


def test_what_legal_decides_while_people_sign_counts_at_once(desk: Desk, legal: Desk) -> None:
    signing = desk.signing
    signing.send_out()
    signing.sign("Per Dahl")
    assert desk.post("look-up").status_code == 409
    rule = one_of("Kari Berg", substitutes=[substitute("Per Dahl")])
    assert legal.post("decide", rule=rule, reason="Fullmakt fra styret.").status_code == 204
    assert desk.statuses()["Kari Berg"] == "closed"
    signing.mailbox.fresh()
    signing.sign("Ola Moen")
    assert signing.waiting() == ["countersign"]


def substitute(name: str, **changes: object) -> dict[str, object]:
    given = {"stands_for": 0, "name": name, "mandate": "Fullmakt", "valid_from": "2026-01-01"}
    return given | changes


def test_the_municipality_does_not_sign_what_does_not_bind_the_party(
    desk: Desk, legal: Desk
) -> None:
    signing = desk.signing
    signing.send_out()
    signing.everybody_signs()
    rule = one_of("Kari Berg", "Eva Lunde")
    assert legal.post("decide", rule=rule, reason="Hele styret må signere.").status_code == 204
    with pytest.raises(Conflict, match="authority_lacks_all") as refused:
        signing.complete("countersign", Role.DECISION_MAKER, confirm=True)
    assert refused.value.params["names"] == "Eva Lunde"
    assert legal.post("decide", rule=one_of("Kari Berg"), reason="Nei.").status_code == 204
    signing.complete("countersign", Role.DECISION_MAKER, confirm=True)
    assert legal.post("decide", rule=rule, reason="For sent.").status_code == 409


def test_an_optional_party_is_waited_for_no_longer_than_the_others(desk: Desk, legal: Desk) -> None:
    optional = {"people": [], "combinations": [], "optional": True}
    assert legal.post("decide", rule=optional, reason="Kan gjelde uten.").status_code == 204
    signing = desk.signing
    signing.send_out()
    signing.sign("Ola Moen")
    assert desk.statuses() == {"Kari Berg": "closed", "Per Dahl": "closed", "Ola Moen": "signed"}
    assert signing.waiting() == ["countersign"]


def test_nobody_countersigns_beyond_their_delegation(desk: Desk) -> None:
    signing = desk.signing
    signing.send_out()
    signing.everybody_signs()
    with signing.house.transaction() as tx:
        tx.session.execute(text("update delegation set valid_to = '2026-03-01'"))
    with pytest.raises(Forbidden, match="no_delegation"):
        signing.complete("countersign", Role.DECISION_MAKER, confirm=True)
    assert signing.waiting() == ["countersign"]


def test_who_may_not_arrange_may_not_touch_it(planned: Signing, client_for: ClientFor) -> None:
    auditor = Desk(planned, client_for(Role.AUDITOR))
    assert auditor.shown()["can"] == []
    for verb in ("look-up", "confirm", "ask", "decide"):
        assert auditor.post(verb, reason="abc", question="abc", rule={}).status_code in {403, 422}
    assert auditor.minutes(a_pdf(), one_of("Kari Berg")).status_code == 403


def test_who_is_named_instead_must_be_one_who_may_sign(
    desk: Desk, registers: RegisterServer
) -> None:
    registers.signature = signature_answer([KARI], [("Eva Marie Lunde", "01.03.1980", "MEDL")])
    desk.look_up()
    desk.plan("Kari Berg", "Ola Moen")
    desk.signing.send_out()
    api = f"/api/v1/cases/{desk.signing.subject.id}/signatories/hand-overs"
    for name, missing in (("Nils Vik", 1), ("Eva Lunde", 0)):
        hand_over(desk.signing, "Kari Berg", name)
        desk.signing.mailbox.fresh()
        wish = desk.client.get(api).json()[-1]
        assert (wish["authority_settled"], len(wish["missing"])) == (True, missing)
        answer = desk.client.post(f"{api}/{wish['id']}/approve")
        assert answer.status_code == (409 if missing else 200)
        if missing:
            assert "Kari Berg" in answer.json()["detail"]
            desk.client.post(f"{api}/{wish['id']}/reject", json={"reason": "Ikke i registeret."})
            desk.signing.links |= desk.signing.mailed()
    assert "Eva Lunde" in desk.signing.mailed()


def hand_over(signing: Signing, name: str, to: str) -> None:
    link = signing.links[name]
    hidden = signing.form(f"{link}/hand-over")
    given = {
        "name": to,
        "role_title": "styremedlem",
        "email": f"{to.split(maxsplit=1)[0]}@x.example",
    }
    assert signing.browser.post(f"{link}/hand-over", data=hidden | given).status_code == 200
