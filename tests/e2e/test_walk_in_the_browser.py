"""The mission from first contact to a sealed agreement, in a real browser, in bokmål.

People of the municipality sit at a desk; partners stand with a phone, one of them without scripts.
"""

import subprocess
from pathlib import Path

import pytest

from fellesgrep.demo.numbers import FIRST, synthetic_numbers
from fellesgrep.signing.verify_seal import extract_attachment
from tests.e2e import browser_walk as step
from tests.e2e.browser import chromium, window
from tests.e2e.browser_walk import BUSINESS, COOPERATIVE, LIAISON, SIGNATORIES, Walk
from tests.e2e.desk import Desk
from tests.product import Product

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e_walk"), pytest.mark.timeout(600)]
UNUSED = FIRST + 950_000


def test_a_cooperation_goes_from_first_contact_to_a_sealed_agreement(
    product: Product, tmp_path: Path
) -> None:
    numbers = synthetic_numbers(UNUSED)
    with chromium() as browser, window(browser, product.url) as page:
        walk = Walk(browser, product.url)
        desk = Desk.log_in(page, LIAISON)
        desk.look(f"Hei, {LIAISON.split()[0]}")
        desk.go("Tavle")
        desk.look("Tavle")
        step.register_partner(
            desk, "Borettslag", COOPERATIVE, next(numbers), ["Kari Solberg", "Ahmed Ali"]
        )
        step.register_partner(desk, "Næringsliv", BUSINESS, next(numbers), ["Lise Bakken"])
        step.open_case(walk, desk)
        step.log_first_contact(desk)
        step.clarify(desk)
        step.add_the_business(desk)
        step.write_proposal(desk)
        step.send_an_unbalanced_plan_in_vain_and_mend_it(desk)
        step.with_person(walk, step.decide)
        step.clear_parties(desk)
        step.draft_agreement(desk)
        step.with_person(walk, step.approve)
        step.send_for_signing(desk)
        for person in SIGNATORIES:
            step.sign_on_a_phone(walk, desk, person)
        step.with_person(walk, step.countersign)
        sealed = tmp_path / "sealed.pdf"
        sealed.write_bytes(step.fetch_the_sealed_file(walk, desk))
    _is_what_was_agreed(sealed)


def _is_what_was_agreed(sealed: Path) -> None:
    def said(*command: str) -> str:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    seal = said("pdfsig", str(sealed))
    assert "Signature is Valid" in seal
    assert "Total document signed" in seal
    words = " ".join(said("pdftotext", str(sealed), "-").replace("\u00a0", " ").split())
    for expected in (COOPERATIVE, BUSINESS, "270 000 kr", "150 000 kr", *SIGNATORIES):
        assert expected in words, expected
    names = said("pdfdetach", "-list", str(sealed))
    shown = next(word for word in names.split() if word.endswith("-vist.pdf"))
    assert extract_attachment(sealed.read_bytes(), shown).startswith(b"%PDF")
