"""From the plan to the last signature, as the partners and the municipality walk it."""

import hashlib

from sqlalchemy import select

from fellesgrep.agreements.rules import Status
from fellesgrep.core.audit import AuditEntry, sentences, timeline, verify
from fellesgrep.identity.policy import Role
from fellesgrep.notifications import outbox
from tests.backend.signing.stories import Signing


def test_everybody_who_is_to_sign_gets_a_link_of_their_own(signing: Signing) -> None:
    assert set(signing.links) == {"Kari Berg", "Per Dahl", "Ola Moen"}
    assert len(set(signing.links.values())) == 3
    assert signing.agreement().status == Status.OUT_FOR_SIGNATURE
    assert signing.waiting() == ["sign"] * 3


def test_the_page_says_what_is_asked_by_whom_until_when_and_shows_the_document(
    signing: Signing,
) -> None:
    page = signing.browser.get(signing.links["Kari Berg"]).text
    assert "ber deg lese og signere denne avtalen på vegne av Solbakken borettslag" in page
    assert "16. mars 2026" in page
    assert "Liaison Nordmann" in page
    assert "k…\N{WORD JOINER}@solbakken.example" in page
    assert "Furulia Kaffebrenneri" in page
    assert page.count('class="ds-button"') == 1


def test_the_pdf_behind_the_link_is_the_frozen_one(signing: Signing) -> None:
    answer = signing.browser.get(signing.links["Ola Moen"] + "/document.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert hashlib.sha256(answer.content).hexdigest() == signing.agreement().shown_sha256


def test_a_signature_records_what_was_shown_who_when_and_how(signing: Signing) -> None:
    page = signing.sign("Kari Berg")
    assert page.status_code == 200
    assert "Du har signert" in page.text
    assert "1 av 3 har signert" in page.text
    assert "E-postbekreftelse" in page.text
    request = signing.request("Kari Berg")
    assert request.status == "signed"
    assert request.shown_sha256 == signing.agreement().shown_sha256
    assert (request.typed_name, request.method) == ("Kari Berg", "email_confirmation")
    assert request.consent_version == "2026-1"
    assert set(request.evidence) == {
        "language", "consent", "link", "link_made_at", "method_result",
    }  # fmt: skip
    assert signing.waiting() == ["sign"] * 2
    with signing.house.transaction() as tx:
        entries = timeline(tx.session, signing.subject)
        said = sentences(tx.session, signing.house.registry, entries, "nb")
        [entry] = tx.session.scalars(select(AuditEntry).where(AuditEntry.kind == "signing:signed"))
        assert list(verify(tx.session)) == []
    assert "Kari Berg signerte avtalen for Solbakken borettslag." in said
    assert entry.actor_kind == "contact"
    assert "Kari" not in str(entry.data)


def test_when_the_last_partner_has_signed_the_countersigner_is_asked(signing: Signing) -> None:
    signing.everybody_signs()
    assert signing.waiting() == ["countersign"]
    [task] = signing.tasks("countersign")
    assert task.assignee_id == signing.world.people[Role.DECISION_MAKER].id
    [mail] = signing.mailbox.fresh()
    assert str(mail["to"]).endswith("<decision_maker@solvik.example>")
    assert "/cases/" in next(outbox.links(mail))
    assert "/p/" not in outbox.part(mail, "plain")


def test_a_declined_request_ends_the_others_and_everybody_is_told(signing: Signing) -> None:
    signing.sign("Kari Berg")
    page = signing.decline("Ola Moen")
    assert "Du har takket nei" in page.text
    assert signing.agreement().status == Status.DECLINED
    assert signing.waiting() == []
    told = {str(mail["to"].addresses[0].addr_spec) for mail in signing.mailbox.fresh()}
    assert told == {
        "kari@solbakken.example",
        "per@solbakken.example",
        "liaison@solvik.example",
        "decision_maker@solvik.example",
    }
    assert signing.request("Ola Moen").decline_reason == "Vi har ikke penger."
    assert signing.request("Per Dahl").status == "closed"
    assert signing.request("Kari Berg").status == "signed"
    others = signing.browser.get(signing.links["Per Dahl"]).text
    assert "Avtalen blir ikke signert" in others
    assert "En annen part har takket nei" in signing.browser.get(signing.links["Kari Berg"]).text


def test_declining_needs_a_reason_and_keeps_what_was_typed(signing: Signing) -> None:
    answer = signing.decline("Ola Moen", reason=" x ")
    assert answer.status_code == 422
    assert "Skriv kort hvorfor." in answer.text
    assert ">x</textarea>" in answer.text
    assert signing.decline("Ola Moen").status_code == 200


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(signing: Signing) -> None:
    form = signing.filled("Kari Berg")
    link = signing.links["Kari Berg"]
    wrong = f"{(int(form['code']) + 1) % 1_000_000:06d}"
    answer = signing.browser.post(f"{link}/sign", data=form | {"name": "", "consent": ""})
    assert answer.status_code == 422
    assert "Skriv navnet ditt." in answer.text
    assert "Kryss av for at du har lest avtalen" in answer.text
    assert f'value="{form["code"]}"' in answer.text
    answer = signing.browser.post(f"{link}/sign", data=form | {"code": wrong})
    assert answer.status_code == 422
    assert "Koden er ikke riktig." in answer.text
    assert 'value="Kari Berg"' in answer.text
    assert " checked" in answer.text
    assert signing.browser.post(f"{link}/sign", data=form).status_code == 200
    assert signing.request("Kari Berg").status == "signed"


def test_a_code_of_one_signatory_is_no_good_for_another(signing: Signing) -> None:
    code = signing.ask_for_code(signing.links["Kari Berg"])
    link = signing.links["Per Dahl"]
    form = signing.form(f"{link}?step=code")
    form |= {"code": code, "name": "Per Dahl", "consent": "yes"}
    answer = signing.browser.post(f"{link}/sign", data=form)
    assert answer.status_code == 422
    assert "Koden virker ikke lenger. Be om en ny." in answer.text


def test_a_double_click_and_the_back_button_sign_once(signing: Signing) -> None:
    form = signing.filled("Kari Berg")
    link = signing.links["Kari Berg"]
    for _ in range(3):
        answer = signing.browser.post(f"{link}/sign", data=form)
        assert answer.status_code == 200
        assert "Du har signert" in answer.text
    stale = signing.browser.get(f"{link}?step=code").text
    assert "Du har signert" in stale
    with signing.house.transaction() as tx:
        kinds = [entry.kind for entry in timeline(tx.session, signing.subject)]
    assert kinds.count("signing:signed") == 1


def test_who_has_signed_can_decline_no_more(signing: Signing) -> None:
    link = signing.links["Kari Berg"]
    form = signing.form(f"{link}?step=decline")
    signing.sign("Kari Berg")
    answer = signing.browser.post(f"{link}/decline", data=form | {"reason": "Angrer."})
    assert "Du har signert" in answer.text
    assert signing.request("Kari Berg").status == "signed"


def test_who_reads_before_the_deadline_and_signs_after_it_signs_nothing(
    signing: Signing,
) -> None:
    form = signing.filled("Kari Berg")
    signing.later(days=15)
    answer = signing.browser.post(f"{signing.links['Kari Berg']}/sign", data=form)
    assert "Fristen er ute" in answer.text
    assert "16. mars 2026" in answer.text
    assert signing.request("Kari Berg").status == "sent"
    assert signing.waiting() == ["sign"] * 3


def test_one_may_sign_until_midnight_of_the_last_day(signing: Signing) -> None:
    signing.later(days=14, hours=11, minutes=55)
    signing.mailed()
    assert "Du har signert" in signing.sign("Kari Berg").text


def test_markup_typed_as_a_name_stays_text(signing: Signing) -> None:
    form = signing.filled("Kari Berg") | {"name": "<script>alert(1)</script>"}
    answer = signing.browser.post(f"{signing.links['Kari Berg']}/sign", data=form)
    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text
