"""Who may sign: asked of a register on this machine, chosen, and asked of legal."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import check_accessible, check_fits, chromium, window
from tests.e2e.desk import Desk
from tests.product import Product, copy_of, running_product
from tests.register_server import register_server, roles_answer, signature_answer

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e_authority"), pytest.mark.timeout(300)]
CASE = "Ny lekeplass i Lyngveien"
STEP = "Velg underskrivere og frist"
PARTY = "Lyngveien borettslag"
WORDS = "To styremedlemmer i fellesskap"
AISHA = ("Aisha Rahimi", "31.01.1969", "LEDE")
GEIR = ("Geir Olav Sund", "28.02.1971", "MEDL")
NORA = ("Nora Vik", "01.03.1980", "MEDL")


@pytest.fixture(scope="module")
def product(demo: Path) -> Iterator[Product]:
    """The product beside a register of its own."""
    with ExitStack() as stack:
        registers = stack.enter_context(register_server())
        registers.signature = signature_answer([AISHA, GEIR], [AISHA, NORA], words=WORDS)
        registers.roles = roles_answer(AISHA, GEIR, NORA)
        yield stack.enter_context(
            running_product(
                stack.enter_context(copy_of(demo)),
                FULLMAKT_URL=registers.fullmakt_url,
                ENHETSREGISTERET_URL=registers.enhetsregisteret_url,
            )
        )


def opened(page: Page, person: str) -> Desk:
    desk = Desk.log_in(page, person)
    desk.open_case(CASE)
    desk.task(STEP)
    return desk


def test_the_register_is_asked_and_its_answer_chosen(product: Product) -> None:
    with chromium() as browser, window(browser, product.url) as page:
        desk = opened(page, "Ingrid Solheim")
        card = page.get_by_role("region", name=f"Hvem kan signere for {PARTY}")
        expect(card.get_by_text("Ingen har slått opp")).to_be_visible()
        card.get_by_role("button", name="Hent signaturrett").click()
        expect(card.get_by_text("Signaturrett: Brønnøysundregistrene")).to_be_visible()
        expect(card.get_by_text(WORDS)).to_be_visible()
        expect(card.get_by_text("Må legges til som kontaktperson først: Nora Vik")).to_be_visible()
        desk.press("Velg Aisha Rahimi og Geir Olav Sund", card)
        for name in ("Aisha Rahimi", "Geir Olav Sund"):
            expect(page.get_by_role("checkbox", name=name)).to_be_checked()
        desk.settle()
        check_accessible(page)
        check_fits(page)
        card.get_by_role("button", name="Spør juridisk").click()
        dialog = page.get_by_role("dialog")
        desk.fill("Hva er uklart?", "Vedtektene sier at lederen kan signere alene.", dialog)
        check_accessible(page)
        desk.press("Send spørsmålet", dialog)
        expect(card.get_by_text("Juridisk er spurt")).to_be_visible()
