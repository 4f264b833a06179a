"""How long one case takes from first contact to the sealed PDF, through the public API."""

import time
from pathlib import Path

from tests.bench.figures import figure
from tests.product import fellesgrep, running_product


@figure("walk_s", "`fellesgrep walk`: from first contact to a sealed PDF", unit="s", bound=60)
def walk(data_dir: Path) -> float:
    with running_product(data_dir) as product:
        began = time.monotonic()
        walked = fellesgrep(
            "walk", "--url", product.url, "--output", str(data_dir), data_dir=data_dir
        )
        seconds = time.monotonic() - began
    if walked.returncode:
        raise RuntimeError(walked.stderr.strip() or walked.stdout.strip())
    return seconds
