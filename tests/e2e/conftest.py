"""The real product, once for all walks: `fellesgrep up` with its demo data."""

from collections.abc import Iterator

import pytest

from tests.product import Product, running_product


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with running_product(tmp_path_factory.mktemp("product")) as running:
        yield running
