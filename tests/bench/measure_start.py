"""How long the product takes to start."""

from pathlib import Path

from tests.bench.figures import figure
from tests.product import Product


@figure(
    "make_run_again_s",
    "Second start, demo data in place, until everything is ready",
    unit="s",
    bound=10,
)
def second_start(data_dir: Path) -> float:
    product = Product(data_dir)
    product.start(seconds=600)
    product.stop()
    seconds = product.start()
    product.stop()
    return seconds
