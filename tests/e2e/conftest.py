"""The real product, as `fellesgrep up` starts it on the demo data."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.product import Product, copy_of, fresh_data_dir, running_product


@pytest.fixture(scope="session")
def demo() -> Iterator[Path]:
    """A data folder that holds the demo, and nothing that runs: filling it takes a while."""
    with fresh_data_dir() as folder:
        with running_product(folder):
            pass
        yield folder


@pytest.fixture(scope="module")
def product(demo: Path) -> Iterator[Product]:
    """The product on a copy of the demo: no file of walks sees what another one did."""
    with copy_of(demo) as folder, running_product(folder) as running:
        yield running
