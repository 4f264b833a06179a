"""The public page that tells whether an agreement is genuine: a phone, with scripts and without."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import check_accessible, check_fits, chromium, window
from tests.product import Product, fellesgrep

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.xdist_group("e2e_verification"),
    pytest.mark.timeout(300),
]


@pytest.fixture(scope="module")
def sealed(product: Product, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed agreement of this product, as a partner keeps it."""
    folder = tmp_path_factory.mktemp("sealed")
    walked = fellesgrep(
        "walk", "--url", product.url, "--output", str(folder), data_dir=product.data_dir
    )
    assert walked.returncode == 0, walked.stderr
    return next(folder.glob("*.pdf"))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_file_is_dropped_and_answered_in_plain_words(
    product: Product, sealed: Path, tmp_path: Path, scripts: bool
) -> None:
    changed = tmp_path / "endret.pdf"
    content = bytearray(sealed.read_bytes())
    content[len(content) // 2] ^= 1
    changed.write_bytes(content)
    with chromium() as browser, window(browser, product.url, phone=True, scripts=scripts) as page:
        sent: list[int] = []
        page.on(
            "request",
            lambda request: (
                sent.append(len(request.post_data_buffer or b""))
                if request.method == "POST"
                else None
            ),
        )
        page.goto("/verify")
        expect(page.get_by_role("heading", name="Er avtalen ekte?")).to_be_visible()
        for file, answer in ((sealed, "Ja, avtalen er ekte"), (changed, "Nei, filen er endret")):
            page.get_by_label("Velg PDF-filen du vil kontrollere").set_input_files(file)
            page.get_by_role("button", name="Kontroller filen").click()
            expect(page.get_by_role("heading", name=answer)).to_be_visible()
            if scripts:
                check_accessible(page)
                check_fits(page)
        if scripts:
            assert sent[0] < 1000, "the genuine file itself was never sent"
