"""Line breaks and forged headers: in mail, in answers, and in the addresses that mail carries."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest

from fellesgrep.notifications import outbox
from fellesgrep.notifications.settings import NOTIFICATIONS
from tests.attacks.conftest import KARI, LINES
from tests.attacks.test_scripts_in_texts import poisoned  # noqa: F401 (a fixture)
from tests.backend.notifications.test_smtp import a_mail
from tests.backend.signing.stories import Signing

FORGED = {
    "host": "forged.example",
    "x-forwarded-host": "forged.example",
    "x-forwarded-proto": "https",
    "x-forwarded-prefix": "/forged",
    "forwarded": "host=forged.example;proto=https",
    "x-original-url": "/forged",
}


def test_a_line_break_in_a_name_begins_no_header_of_any_mail(
    poisoned: Signing,  # noqa: F811 (the fixture)
) -> None:
    """Fails without `_one_line`, or `_display_name`, in `notifications.mail`."""
    link = next(link for name, link in poisoned.links.items() if name.startswith("Kari"))
    poisoned.browser.post(f"{link}/code", data=poisoned.form(link))
    poisoned.decline(next(name for name in poisoned.links if name == "Ola Moen"))
    poisoned.mailbox.fresh()
    names = outbox.names(poisoned.mailbox.folder)
    mails = [mail for name in names if (mail := outbox.get(poisoned.mailbox.folder, name))]
    assert len(mails) >= 4
    for mail in mails:
        assert mail["bcc"] is None
        assert mail["cc"] is None
        assert len(mail["to"].addresses) == 1
        assert "thief" not in mail["to"].addresses[0].addr_spec
        assert mail.get_content_type() == "multipart/alternative"
        assert mail["from"].addresses[0].display_name == "Solvik kommune"


@pytest.mark.parametrize(
    "name", ["Kari, thief@evil.example, ", "Kari <thief@evil.example>, ", 'Kari" <a@b.c>, "']
)
def test_a_long_name_adds_no_recipient_where_its_line_is_folded(name: str) -> None:
    """Fails without `_display_name` in `notifications.mail`: the fold forgets the quotes."""
    mail = a_mail(name=name + "a " * 60)
    read = message_from_bytes(mail.as_bytes(), _class=EmailMessage, policy=policy.default)
    [recipient] = read["to"].addresses
    assert recipient.addr_spec == "kari@partner.example"


@pytest.mark.parametrize(
    "field", [{"name": f"Siri Moe{LINES}"}, {"email": f"siri@solbakken.example{LINES}"},
              {"email": "siri@solbakken.example,thief@evil.example"},
              {"email": "siri@solbakken.example\x00"}, {"role_title": f"leder{LINES}"}]
)  # fmt: skip
def test_naming_another_signatory_writes_to_nobody_but_the_municipality(
    signing: Signing, link: str, field: dict[str, str]
) -> None:
    """Fails where a hand-over sends a link before a liaison has said yes."""
    signing.mailbox.fresh()
    given = {"name": "Siri Moe", "role_title": "leder", "email": "siri@solbakken.example"} | field
    form = signing.form(f"{link}/hand-over")
    answer = signing.browser.post(f"{link}/hand-over", data=form | given)
    assert answer.status_code == (422 if "email" in field else 200)
    to = {mail["to"].addresses[0].addr_spec for mail in signing.mailbox.fresh()}
    assert to <= {"liaison@solvik.example"}


def test_a_forged_host_poisons_no_link_in_a_mail(signing: Signing, link: str) -> None:
    """Fails where a link is made of the request instead of `FELLESGREP_PUBLIC_URL`."""
    signing.mailbox.fresh()
    asked = signing.browser.post("/p/new-link", data={"old_link": link}, headers=FORGED)
    assert asked.status_code == 200
    [mail] = signing.mailbox.fresh()
    own = urlsplit(signing.house.settings(NOTIFICATIONS).public_url).netloc
    assert {urlsplit(each).netloc for each in outbox.links(mail)} == {own}
    assert "forged" not in mail.as_string()


def test_a_forged_host_sends_nobody_elsewhere_and_stands_on_no_page(
    signing: Signing, link: str
) -> None:
    """Fails where an address of ours is made of the request's headers."""
    browser = signing.browser
    answers = [
        browser.get(link, headers=FORGED),
        browser.get(f"{link}/", headers=FORGED, follow_redirects=False),
        browser.get(f"{link}/correct", headers=FORGED, follow_redirects=False),
        browser.get("/verify", headers=FORGED),
        browser.post(f"{link}/code", data=signing.form(link), headers=FORGED,
                     follow_redirects=False),
        browser.get("/api/v1/me", headers=FORGED),
    ]  # fmt: skip
    for answer in answers:
        assert "forged" not in answer.text
        assert "forged" not in str(answer.headers)


def test_a_line_break_in_a_parameter_ends_no_header(signing: Signing, link: str) -> None:
    """Fails where `LinkAccess.href` or a file's name carries what was asked for unchecked."""
    browser, form = signing.browser, signing.form(link)
    for given in ("nb\r\nset-cookie: a=b", "nb&x=y\r\n", "%0d%0aset-cookie:%20a=b"):
        answers = [
            browser.get(link, params={"lang": given}),
            browser.get(link, params={"step": given}),
            browser.post(f"{link}/code", params={"lang": given}, data=form,
                         follow_redirects=False),
            browser.get(f"{link}/document.pdf", params={"lang": given}),
            browser.get("/p/eid/callback", params={"state": given}),
        ]  # fmt: skip
        assert all("set-cookie" not in answer.headers for answer in answers)


def test_the_code_goes_to_the_address_on_record_whatever_the_form_says(
    signing: Signing, link: str
) -> None:
    """Fails where `portal.service.ask_for_code` takes an address from the form."""
    signing.mailbox.fresh()
    form = signing.form(link) | {"email": "thief@evil.example", "to": "thief@evil.example"}
    signing.browser.post(f"{link}/code", params={"email": "thief@evil.example"}, data=form)
    [mail] = signing.mailbox.fresh()
    assert mail["to"].addresses[0].addr_spec == signing.contact(KARI).email
