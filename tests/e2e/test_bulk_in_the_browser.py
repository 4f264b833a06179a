"""A liaison adds drawings to a draft; a lawyer makes the drafts of many cases at once."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.backend.documents.test_enclosing import a_pdf, a_photo
from tests.contract_templates.expected import text_of
from tests.e2e.browser import check_accessible, check_fits, chromium, window
from tests.e2e.desk import Desk
from tests.product import Product

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e_bulk"), pytest.mark.timeout(300)]
LIAISON, LAWYER = "Yusuf Demir", "Jonas Berg"
TITLE = "Mange avtaler"


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def a_draft(page: Page) -> str:
    """Return a case whose agreement is being drafted by whoever is logged in."""
    for case in page.request.get("/api/v1/cases?stage=agreement&per_page=100").json()["items"]:
        answer = page.request.get(f"/api/v1/cases/{case['id']}/agreement/attachments")
        if answer.ok and answer.json()["editable"]:
            return str(case["id"])
    raise AssertionError("no case in the demo has a draft")


def add(page: Page, desk: Desk, file: Path, title: str) -> None:
    region = page.get_by_role("region", name="Vedlegg", exact=True)
    desk.press("Legg til vedlegg", region)
    box = page.get_by_role("dialog")
    box.locator("input[type=file]").set_input_files(file)
    expect(box.get_by_text(file.name)).to_be_visible()
    check_accessible(page)
    desk.fill("Hva vedlegget er", title, box)
    desk.press("Legg til vedlegg", box)
    expect(box).to_be_hidden()
    expect(region.get_by_role("link", name=re.compile(f": {title}$"))).to_be_visible()


def test_a_liaison_adds_and_orders_drawings_by_keyboard_and_they_stand_in_the_agreement(
    product: Product, browser: Browser, tmp_path: Path
) -> None:
    plan, photo = tmp_path / "plan.pdf", tmp_path / "bilde.jpg"
    plan.write_bytes(a_pdf(2))
    photo.write_bytes(a_photo())
    with window(browser, product.url) as page:
        desk = Desk.log_in(page, LIAISON)
        case_id = a_draft(page)
        page.goto(f"/cases/{case_id}/show")
        add(page, desk, photo, "Bilde av i dag")
        add(page, desk, plan, "Situasjonsplan")
        region = page.get_by_role("region", name="Vedlegg", exact=True)
        up = region.get_by_role("button", name="Flytt opp: Situasjonsplan")
        up.focus()
        page.keyboard.press("Enter")
        expect(region.get_by_role("status")).to_contain_text("«Situasjonsplan» er nå vedlegg")
        expect(region.get_by_role("link").first).to_have_text(re.compile("Situasjonsplan"))
        desk.settle()
        check_accessible(page)
        check_fits(page)
        pdf = page.request.get(f"/api/v1/cases/{case_id}/agreement/preview.pdf").body()
        said = " ".join(text_of(pdf).split())
        first, second = (said.rindex(words) for words in ("– Situasjonsplan", "– Bilde av i dag"))
        assert first < second
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            carried = {each.get_file().read_bytes() for each in opened.attachments.values()}
        assert plan.read_bytes() in carried
        region.get_by_role("button", name="Ta ut: Bilde av i dag").click()
        expect(region.get_by_role("link")).to_have_count(1)
        page.set_viewport_size({"width": 360, "height": 800})
        check_fits(page)


def test_a_lawyer_makes_many_drafts_and_fetches_them(product: Product, browser: Browser) -> None:
    with window(browser, product.url) as page:
        desk = Desk.log_in(page, LAWYER)
        desk.go(TITLE)
        desk.look(TITLE)
        for template in page.request.get("/api/v1/bulk-agreements/templates").json():
            query = f"/api/v1/bulk-agreements/candidates?template_id={template['id']}"
            count = page.request.get(query).json()["total"]
            if count:
                break
        else:
            raise AssertionError("no case in the demo has come to its agreement")
        desk.choose("Avtalemal", template["title"])
        desk.settle()
        check_accessible(page)
        desk.press(f"Lag {count} utkast")
        desk.look(template["title"])
        bar = page.get_by_role("progressbar", name="Laget så langt")
        expect(bar).to_have_attribute("aria-valuetext", f"{count} av {count}", timeout=90_000)
        expect(page.get_by_role("status").filter(has_text="Ferdig")).to_be_visible()
        check_accessible(page)
        run = page.request.get(f"/api/v1/bulk-agreements/{page.url.rpartition('/')[2]}").json()
        assert run["made"] + run["failed"] == count
        if run["made"]:
            with page.expect_download() as fetched:
                page.get_by_role("link", name="Last ned alt (ZIP)").click()
            with zipfile.ZipFile(fetched.value.path()) as archive:
                assert len(archive.namelist()) == run["made"] + 1
        page.set_viewport_size({"width": 360, "height": 800})
        check_fits(page)
        page.goto("/bulk-agreements")
        expect(page.get_by_role("link", name=re.compile(template["title"])).first).to_be_visible()
        check_fits(page)
