"""XSS and template injection: whatever a partner or a register calls something stays text."""

import html
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from fellesgrep.partners.models import Contact, Partner
from tests.attacks.conftest import KARI, LINES, MARKUP, is_live
from tests.backend.agreements.stories import ANSWERS
from tests.backend.partners.stories import register_cooperative
from tests.backend.signing import stories
from tests.backend.signing.stories import Signing
from tests.contract_templates.expected import text_of

HIDDEN = re.compile(r'name="(key|proof|section)" value="([^"]+)"')


def write(signing: Signing, link: str, below: str, **fields: str) -> str:
    page = signing.browser.get(f"{link}/discussion").text
    if below == "suggest":
        page = page[page.index("/suggest") :]
    answer = signing.browser.post(f"{link}/{below}", data=dict(HIDDEN.findall(page)) | fields)
    assert answer.status_code == 200, answer.text
    return answer.text


def markup_in(value: Any) -> list[str]:
    """Return every text of an answer that is put into a page as it is."""
    if isinstance(value, dict):
        own = [value[key] for key in value if "html" in key or key in {"redline", "changes"}]
        return [str(each) for each in own] + [each for v in value.values() for each in markup_in(v)]
    if isinstance(value, list):
        return [each for v in value for each in markup_in(v)]
    return []


def test_a_script_in_a_comment_runs_neither_at_the_partners_nor_at_the_municipality(
    signing: Signing, link: str, desk: TestClient
) -> None:
    """Fails without `autoescape` in `portal.frame`."""
    page = write(signing, link, "comment", text=MARKUP)
    assert html.escape(MARKUP, quote=False).replace('"', "&#34;") in page
    assert not is_live(page)
    shown = desk.get(f"/api/v1/cases/{signing.subject.id}/agreement/discussion").json()
    assert not any(map(is_live, markup_in(shown)))


def test_a_script_in_a_suggested_text_is_redlined_as_text(
    signing: Signing, link: str, desk: TestClient
) -> None:
    """Fails where `documents.redline` or `agreements.passages` takes typed text for markup."""
    assert not is_live(write(signing, link, "suggest", text=f"Nytt.\n\n{MARKUP}", reason=MARKUP))
    shown = desk.get(f"/api/v1/cases/{signing.subject.id}/agreement/discussion").json()
    marked = markup_in(shown)
    assert any("&lt;img" in each for each in marked), "what is looked for here was not found"
    assert not any(map(is_live, marked))


def test_a_script_in_a_reason_a_wish_and_a_name_stays_text_on_every_page(
    signing: Signing, link: str
) -> None:
    """Fails without `autoescape` in `portal.frame`."""
    browser = signing.browser
    correct = signing.form(f"{link}/correct") | {"wanted": MARKUP}
    other = {"name": f"Siri {MARKUP}", "role_title": MARKUP, "email": "siri@solbakken.example"}
    pages = [
        browser.post(f"{link}/correct", data=correct).text,
        browser.post(f"{link}/hand-over", data=signing.form(f"{link}/hand-over") | other).text,
        browser.get(link, params={"step": MARKUP, "lang": "nb"}).text,
        browser.get(f"/p/{MARKUP}").text,
        browser.post("/p/new-link", data={"old_link": MARKUP}).text,
        browser.post("/verify", data={"sha256": MARKUP[:60]}).text,
        signing.decline(KARI, MARKUP).text,
        *(browser.get(each).text for each in signing.links.values()),
    ]
    assert not any(map(is_live, pages))
    assert any("&lt;img" in page for page in pages)


def test_a_script_in_the_typed_name_is_text_in_page_evidence_and_sealed_file(
    signing: Signing,
) -> None:
    """Fails without `autoescape` in `documents.frames`; the file would show a picture, or 49."""
    name = f"Kari {MARKUP}"
    answer = signing.browser.post(
        f"{signing.links[KARI]}/sign", data=signing.filled(KARI) | {"name": name}
    )
    assert not is_live(answer.text)
    for each in ("Per Dahl", "Ola Moen"):
        assert signing.sign(each).status_code == 200
    assert signing.request(KARI).typed_name == name


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Signing:
    """An agreement whose partner, contact person and own terms carry markup and line breaks."""

    def register(tx: Any) -> tuple[Partner, Contact]:
        partner, contact = register_cooperative(tx)
        partner.name, contact.name = f"Solbakken {MARKUP}{LINES}", f"Kari {MARKUP}{LINES}"
        contact.role_title = MARKUP
        return partner, contact

    monkeypatch.setattr(stories, "register_cooperative", register)
    monkeypatch.setitem(ANSWERS, "special_terms", MARKUP)
    signing: Signing = request.getfixturevalue("signing")
    return signing


def test_markup_in_the_name_of_a_party_is_text_in_agreement_pages_and_mail(
    poisoned: Signing, desk: TestClient
) -> None:
    """Fails where `contract_templates.fill` or a frame takes a value for markup or a template."""
    pages = [poisoned.browser.get(link).text for link in poisoned.links.values()]
    assert any("&lt;img" in page for page in pages)
    agreement = desk.get(f"/api/v1/cases/{poisoned.subject.id}/agreement").json()
    assert not any(map(is_live, [*pages, *markup_in(agreement)]))
    shown = text_of(poisoned.shown())
    assert "{{7*7}}" in shown.replace("\n", "")
    assert "onerror" in shown.replace("\n", "")
