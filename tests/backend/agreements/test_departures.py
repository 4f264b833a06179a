"""Where an agreement departs from its template: written, judged, mended, taken back."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from fellesgrep.agreements import drafting
from fellesgrep.agreements.models import Verdict
from fellesgrep.agreements.rules import Status
from fellesgrep.agreements.service import void
from fellesgrep.agreements.verdicts import DepartureVerdict
from fellesgrep.agreements.versions import compared_document, version_numbered
from fellesgrep.core.languages import say_date
from fellesgrep.core.problems import Invalid
from fellesgrep.core.tx import House, Tx
from fellesgrep.identity.policy import Role
from tests.backend.agreements.stories import ANSWERS, answer, at_agreement
from tests.backend.funding.stories import Story
from tests.conftest import ClientFor, World

REFERENCE = re.compile(r'(<span data-ref="[^"]+">)[^<]+</span>')


@dataclass
class Desk:
    """The case with its draft, and the clients of those who work on it."""

    house: House
    world: World
    story: Story
    liaison: TestClient
    legal: TestClient

    @property
    def api(self) -> str:
        return f"/api/v1/cases/{self.story.case.id}/agreement"

    def seen(self, client: TestClient | None = None) -> Any:
        return (client or self.liaison).get(f"{self.api}/departures").json()

    def section(self, at: int = 1) -> dict[str, str]:
        found: dict[str, str] = self.seen()["sections"][at]
        return found

    def rewrite(
        self, section: dict[str, str], body: str, reason: str = "Styret ba om det."
    ) -> Response:
        return self.liaison.post(
            f"{self.api}/sections/{section['id']}/rewrite",
            json={"body": body, "seen": section["text"], "reason": reason},
        )

    def add(self, words: str, at: int = 1, reason: str = "Styret ba om det.") -> Response:
        section = self.section(at)
        body = section["text"].replace("</section>", f"<p>{words}</p></section>")
        return self.rewrite(section, body, reason)

    def take_back(self, section_id: str) -> Response:
        return self.liaison.post(f"{self.api}/sections/{section_id}/take-back")

    def judge(
        self, verdict: str, reason: str = "", *, client: TestClient | None = None
    ) -> Response:
        [departure] = self.seen()["departures"]
        return (client or self.legal).post(
            f"{self.api}/departures/{departure['id']}/judge",
            json={"verdict": verdict, "reason": reason},
        )

    def act(self, role: Role, what: Callable[[Tx], object]) -> None:
        with self.house.transaction(self.world.acting(role).actor) as tx:
            what(tx)

    def submit(self, role: Role = Role.LIAISON) -> None:
        self.act(role, lambda tx: drafting.submit_draft(tx, self.agreement(tx)))

    def review(self, verdict: Verdict, comment: str = "") -> None:
        self.act(Role.LEGAL, lambda tx: drafting.review(tx, self.agreement(tx), verdict, comment))

    def agreement(self, tx: Tx) -> Any:
        return drafting.get_current(tx, self.story.case.id)


@pytest.fixture
def desk(house: House, world: World, client_for: ClientFor) -> Desk:
    story = at_agreement(world)
    answer(world, story, special_terms="")
    world.tx.session.commit()
    return Desk(house, world, story, client_for(Role.LIAISON), client_for(Role.LEGAL))


def errors(response: Response) -> dict[str, str]:
    assert response.status_code == 422, response.text
    return {each["pointer"]: each["detail"] for each in response.json()["errors"]}


def test_a_rewritten_section_stands_in_the_draft_as_redline_with_its_reason(desk: Desk) -> None:
    done = desk.add("Borettslaget måker snø.")
    assert done.status_code == 200, done.text
    [departure] = done.json()["departures"]
    assert "<ins>Borettslaget måker snø.</ins>" in departure["change_html"]
    assert "Borettslaget måker snø." not in departure["approved_html"]
    assert (departure["reason"], departure["author"]) == ("Styret ba om det.", "Liaison Nordmann")
    assert departure["stands"]
    assert not departure["outdated"]
    assert departure["verdict"] is None
    shown = desk.liaison.get(desk.api).json()
    assert "Borettslaget måker snø." in shown["body_html"]
    desk.submit()
    with desk.house.transaction() as tx:
        assert drafting.departs(tx, desk.agreement(tx))


def test_a_section_is_taken_back_and_follows_the_template_again(desk: Desk) -> None:
    before = desk.section()
    desk.add("Borettslaget måker snø.")
    assert desk.take_back(before["id"]).json()["departures"] == []
    assert desk.section() == before
    desk.add("Borettslaget måker snø.")
    again = desk.section()
    assert desk.rewrite(again, before["text"]).json()["departures"] == []


def test_a_text_that_is_the_same_and_a_missing_reason_are_refused(desk: Desk) -> None:
    section = desk.section()
    bare = section["text"].replace("<span>", "").replace("</span>", "").replace("<p>", "\n<p>")
    assert "Teksten er den samme" in errors(desk.rewrite(section, bare))["/body"]
    refused = desk.add("Borettslaget måker snø.", reason="  ")
    assert "Skriv hvorfor" in errors(refused)["/reason"]
    assert desk.seen()["departures"] == []


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("<section><h2>A</h2>\n<p>x</section>", "linje 2"),
        ("<section><h2>A</h2>\n<script>alert(1)</script><p>x</p></section>", "Linje 2: «script»"),
        ("<section><h2>A</h2>\n\n<section><h2>B</h2></section></section>", "Linje 3: «section»"),
        ("<section><h2>A</h2><p><img src='x'/>a</p></section>", "Linje 1: «img»"),
        ("<p>Bare tekst</p>", "ett helt punkt"),
        ("<section><h2>A</h2><p>x</p></section><section><h2>B</h2><p>x</p></section>", "ett helt"),
        ("<section><p>Uten overskrift</p></section>", "overskrift"),
        ("<section><h2>A</h2><h2>B</h2><p>x</p></section>", "overskrift"),
        ("<section><h2>A</h2><p> </p></section>", "må ha tekst"),
        ("<section><h2>A</h2>" + "<ul><li>" * 60 + "x" + "</li></ul>" * 60 + "</section>", "linje"),
    ],
)
def test_bad_markup_is_refused_with_its_place(desk: Desk, broken: str, said: str) -> None:
    found = errors(desk.rewrite(desk.section(), broken))
    assert said.lower() in found["/body"].lower()


def test_what_is_written_cannot_pass_for_another_section_or_hide_a_promise(desk: Desk) -> None:
    section = desk.section()
    body = (
        '<section id="s99" data-clause="other"><h2>Formål</h2><p data-obligation="x" '
        'data-var="case.title" onclick="x()">Noe annet.</p></section>'
    )
    assert desk.rewrite(section, body).status_code == 200
    now = desk.section()
    assert now["id"] == section["id"]
    for hidden in ("s99", "other", "data-obligation", "data-var", "onclick"):
        assert hidden not in now["text"]


def test_a_table_is_edited_as_a_table(desk: Desk) -> None:
    sections = desk.seen()["sections"]
    section = next(each for each in sections if "<table>" in each["text"])
    row = "<tr><td>Ny rad</td></tr></tbody>"
    done = desk.rewrite(section, section["text"].replace("</tbody>", row, 1))
    assert done.status_code == 200, done.text
    [departure] = done.json()["departures"]
    assert "<td><ins>Ny rad</ins></td>" in departure["change_html"]


def test_a_reference_keeps_its_number_whatever_the_editor_sends(desk: Desk) -> None:
    sections = desk.seen()["sections"]
    at = next(at for at, each in enumerate(sections) if "data-ref=" in each["text"])
    said = REFERENCE.search(sections[at]["text"])
    assert said
    emptied = sections[at]["text"].replace(said[0], f"{said[1]}</span>")
    body = emptied.replace("</section>", "<p>Se også vedtaket.</p></section>")
    assert desk.rewrite(sections[at], body).status_code == 200
    assert said[0] in desk.section(at)["text"]
    [departure] = desk.seen()["departures"]
    assert "<del>" not in departure["change_html"]


def test_what_is_being_written_is_compared_and_not_kept(desk: Desk) -> None:
    section = desk.section()
    body = section["text"].replace("</section>", "<p>Borettslaget måker.</p></section>")
    path = f"{desk.api}/sections/{section['id']}/compare"
    shown = desk.liaison.post(path, json={"body": body})
    assert "<ins>Borettslaget måker.</ins>" in shown.json()["html"]
    assert "ett helt punkt" in errors(desk.liaison.post(path, json={"body": "<p>x</p>"}))["/body"]
    missing = f"{desk.api}/sections/s999/compare"
    assert desk.liaison.post(missing, json={"body": body}).status_code == 404
    assert desk.legal.post(path, json={"body": body}).status_code == 200
    assert desk.seen()["departures"] == []


def test_what_is_followed_up_after_signing_is_said_where_its_words_change(desk: Desk) -> None:
    sections = desk.seen()["sections"]
    at = next(at for at, each in enumerate(sections) if 'data-obligation="report"' in each["text"])
    text = sections[at]["text"]
    assert desk.rewrite(sections[at], text.replace("sluttrapport", "kort rapport", 1)).is_success
    [departure] = desk.seen()["departures"]
    assert [(each["kind"], each["due_on"], each["kept"]) for each in departure["promises"]] == [
        ("report", "2027-02-01", True)
    ]
    gone = re.sub(r'<li data-obligation="report".*?</li>', "", text, flags=re.DOTALL)
    assert desk.rewrite(desk.section(at), gone).is_success
    [departure] = desk.seen()["departures"]
    assert [each["kept"] for each in departure["promises"]] == [False]
    assert desk.rewrite(
        desk.section(at), text.replace("</section>", "<p>Mer.</p></section>")
    ).is_success
    [departure] = desk.seen()["departures"]
    assert departure["promises"] == []


def test_sections_are_called_by_the_number_they_have_in_the_text(desk: Desk) -> None:
    sections = desk.seen()["sections"]
    numbered = [each["number"] for each in sections if each["number"]]
    assert numbered == list(range(1, len(numbered) + 1))
    assert len(numbered) > len(sections) / 2


def test_two_who_write_at_once_do_not_overwrite_each_other(desk: Desk) -> None:
    section = desk.section()
    assert desk.add("Den ene.").status_code == 200
    second = desk.rewrite(section, section["text"].replace("</section>", "<p>B</p></section>"))
    assert second.status_code == 409
    assert "endret mens du skrev" in second.json()["detail"]


def test_a_section_in_which_something_is_missing_is_filled_in_first(desk: Desk) -> None:
    answer(desk.world, desk.story, special_terms="", starts_on=None)
    desk.world.tx.session.commit()
    sections = desk.seen()["sections"]
    at = next(at for at, each in enumerate(sections) if "[mangler:" in each["text"])
    assert "Noe mangler" in errors(desk.add("Mer.", at=at))["/body"]


def test_a_departure_keeps_its_section_when_a_conditional_one_before_it_comes_and_goes(
    desk: Desk,
) -> None:
    sections = desk.seen()["sections"]
    last = len(sections) - 1
    desk.add("Helt til slutt.", at=last)
    heading = sections[last]["heading"]
    for special in ("Stativene blir stående.", ""):
        answer(desk.world, desk.story, special_terms=special)
        desk.world.tx.session.commit()
        [departed] = [each for each in desk.seen()["sections"] if each["departs"]]
        assert departed["heading"] == heading
        assert "Helt til slutt." in departed["text"]


def test_what_was_written_before_the_facts_changed_is_looked_over_before_it_is_sent(
    desk: Desk,
) -> None:
    sections = desk.seen()["sections"]
    at = next(at for at, each in enumerate(sections) if "april" in each["text"])
    desk.add("Begge parter følger med.", at=at)
    answer(desk.world, desk.story, special_terms="", starts_on="2026-05-01")
    desk.world.tx.session.commit()
    [departure] = desk.seen()["departures"]
    assert departure["outdated"]
    with pytest.raises(Invalid) as refused:
        desk.submit()
    assert refused.value.fields[0].key == "agreements.problem.departures_outdated"
    section = desk.section(at)
    assert desk.rewrite(section, section["text"]).status_code == 200
    desk.submit()


def test_template_and_language_stay_while_the_text_departs_and_the_answers_do_not(
    desk: Desk,
) -> None:
    desk.add("Borettslaget måker snø.")
    shown = desk.liaison.get(desk.api).json()
    body = {"template_id": shown["template"]["id"], "language": "nn", "fields": ANSWERS}
    headers = {"if-match": str(shown["version"])}
    assert (
        "Ta dem tilbake"
        in errors(desk.liaison.put(desk.api, json=body, headers=headers))["/language"]
    )
    other = next(each for each in shown["templates"] if each["key"] == "partnerskapsavtale")
    body |= {"language": "nb", "template_id": other["id"], "fields": {}}
    assert errors(desk.liaison.put(desk.api, json=body, headers=headers)).keys() == {"/template_id"}
    body |= {"template_id": shown["template"]["id"], "fields": ANSWERS}
    assert desk.liaison.put(desk.api, json=body, headers=headers).status_code == 200


def test_legal_approves_each_departure_and_then_the_whole(desk: Desk) -> None:
    desk.add("Borettslaget måker snø.")
    assert desk.judge("approved").status_code == 409
    desk.submit()
    assert desk.seen(desk.legal)["may_judge"]
    assert not desk.seen()["may_judge"]
    with pytest.raises(Invalid) as refused:
        desk.review(Verdict.APPROVED)
    assert refused.value.fields[0].pointer == "/answers/verdict"
    assert refused.value.fields[0].key == "agreements.problem.departures_not_approved"
    assert desk.judge("approved").json()["departures"][0]["verdict"]["by"] == "Legal Nordmann"
    desk.review(Verdict.APPROVED)
    with desk.house.transaction() as tx:
        assert desk.agreement(tx).status == Status.APPROVED


def test_what_legal_rejects_comes_back_with_the_reason_and_is_mended(desk: Desk) -> None:
    desk.add("Borettslaget måker snø.")
    desk.submit()
    assert "Skriv hvorfor" in errors(desk.judge("rejected", "  "))["/reason"]
    assert desk.judge("rejected", "Si hvem som måker.").status_code == 200
    with pytest.raises(Invalid):
        desk.review(Verdict.APPROVED)
    desk.review(Verdict.RETURNED)
    with pytest.raises(Invalid) as refused:
        desk.submit()
    assert refused.value.fields[0].key == "agreements.problem.departures_rejected"
    desk.add("Styret måker snø.")
    [departure] = desk.seen()["departures"]
    assert departure["verdict"] is None
    assert departure["earlier"]["reason"] == "Si hvem som måker."
    desk.submit()
    with pytest.raises(Invalid):
        desk.review(Verdict.APPROVED)
    desk.judge("approved")
    desk.review(Verdict.APPROVED)


def test_what_legal_rejects_can_be_taken_back_instead(desk: Desk) -> None:
    desk.add("Borettslaget måker snø.")
    desk.submit()
    desk.judge("rejected", "Står i punkt 4.")
    desk.review(Verdict.RETURNED)
    desk.take_back(desk.section()["id"])
    desk.submit()
    desk.review(Verdict.APPROVED)


def test_an_approved_departure_that_is_changed_needs_a_new_verdict_and_others_keep_theirs(
    desk: Desk,
) -> None:
    desk.add("Borettslaget måker snø.")
    desk.submit()
    desk.judge("approved")
    desk.review(Verdict.RETURNED, "Se på fristen.")
    desk.submit()
    [kept] = desk.seen()["departures"]
    assert kept["verdict"]["verdict"] == "approved"
    desk.review(Verdict.RETURNED, "Fortsatt fristen.")
    desk.add("Og strør.")
    desk.submit()
    with pytest.raises(Invalid):
        desk.review(Verdict.APPROVED)


def test_the_newest_verdict_counts_and_all_are_kept(desk: Desk) -> None:
    desk.add("Borettslaget måker snø.")
    desk.submit()
    desk.judge("approved")
    desk.judge("rejected", "Ved nærmere ettersyn: nei.")
    with pytest.raises(Invalid):
        desk.review(Verdict.APPROVED)
    with desk.house.transaction() as tx:
        given = tx.session.scalars(select(DepartureVerdict)).all()
        assert [each.verdict for each in given] == ["approved", "rejected"]
        with pytest.raises(DBAPIError, match="append-only"), tx.session.begin_nested():
            tx.session.execute(text("update departure_verdict set verdict = 'approved'"))


def test_nobody_approves_a_departure_they_wrote_and_they_may_reject_it(
    desk: Desk, client_for: ClientFor
) -> None:
    section = desk.section()
    body = section["text"].replace("</section>", "<p>Juristens eget.</p></section>")
    written = desk.legal.post(
        f"{desk.api}/sections/{section['id']}/rewrite",
        json={"body": body, "seen": section["text"], "reason": "Klarere."},
    )
    assert written.status_code == 200, written.text
    desk.submit()
    assert desk.seen(desk.legal)["departures"][0]["own"]
    refused = desk.judge("approved")
    assert refused.status_code == 409
    assert "En annen jurist" in refused.json()["detail"]
    assert desk.judge("rejected", "Ombestemte meg.").status_code == 200
    assert desk.judge("approved", client=client_for(Role.LIAISON)).status_code == 403


def test_only_those_who_draft_rewrite_and_only_while_it_is_a_draft(
    desk: Desk, client_for: ClientFor
) -> None:
    section = desk.section()
    auditor = client_for(Role.AUDITOR)
    refused = auditor.post(
        f"{desk.api}/sections/{section['id']}/rewrite",
        json={"body": section["text"], "seen": section["text"], "reason": "x"},
    )
    assert refused.status_code == 403
    assert not desk.seen(auditor)["may_write"]
    desk.submit()
    assert desk.add("For sent.").status_code == 409


def test_an_agreement_that_takes_the_place_of_another_departs_as_it_did(desk: Desk) -> None:
    desk.add("Borettslaget måker snø.")
    desk.submit()
    desk.judge("approved")
    desk.act(Role.LIAISON, lambda tx: void(tx, desk.agreement(tx)))
    desk.act(Role.LIAISON, lambda tx: drafting.begin(tx, desk.story.case.id))
    [departure] = desk.seen()["departures"]
    assert departure["reason"] == "Styret ba om det."
    assert departure["verdict"] is None
    desk.submit()
    with pytest.raises(Invalid):
        desk.review(Verdict.APPROVED)


def test_versions_are_kept_when_the_text_is_sent_and_on_demand_and_are_compared(
    desk: Desk,
) -> None:
    kept = desk.liaison.post(f"{desk.api}/versions/keep").json()
    assert kept["may_keep"]
    assert [(each["number"], each["occasion"]) for each in kept["versions"]] == [(1, "asked")]
    desk.add("Borettslaget måker snø.")
    desk.submit()
    versions = desk.legal.get(f"{desk.api}/versions").json()["versions"]
    assert [(each["number"], each["occasion"]) for each in versions] == [
        (2, "review"),
        (1, "asked"),
    ]
    assert versions[0]["made_by"] == "Liaison Nordmann"
    pair = {"before": 1, "after": 2}
    compared = desk.legal.get(f"{desk.api}/versions/comparison", params=pair).json()
    assert "<ins>Borettslaget måker snø.</ins>" in compared["html"]
    assert "<del>" not in compared["html"]
    pdf = desk.legal.get(f"{desk.api}/versions/comparison.pdf", params=pair)
    assert pdf.content.startswith(b"%PDF")
    with desk.house.transaction() as tx:
        one, other = (version_numbered(tx, desk.story.case.id, number) for number in (1, 2))
        document = compared_document(one, other, "Gårdsrommet", "nb")
        assert f"Versjon 1 er fra {say_date('nb', one.made_at)}" in document.content
    missing = desk.legal.get(f"{desk.api}/versions/comparison", params={"before": 1, "after": 9})
    assert missing.status_code == 404
    with desk.house.transaction() as tx:  # noqa: SIM117 (the savepoint lies inside)
        with pytest.raises(DBAPIError, match="append-only"), tx.session.begin_nested():
            tx.session.execute(text("update agreement_text_version set body = ''"))
