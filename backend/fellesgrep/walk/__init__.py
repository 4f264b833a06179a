"""One case from first contact to a sealed PDF, through the public HTTP API alone.

It is a smoke test of a server in development mode, and the shortest example of the API: `steps`
tells the story, `colleague` is how somebody of the municipality calls the API, `visitor` how a
partner uses the portal with a browser that runs no scripts.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from fellesgrep.walk.steps import STEPS, Walk

Show = Callable[[str], AbstractContextManager[object]]
"""Shows a step to whoever waits, for as long as it takes."""


def run(url: str, folder: Path, show: Show) -> Path:
    """Walk on a server and return where the sealed PDF was put. Raises `Refusal`."""
    walk = Walk(url)
    try:
        for number, step in enumerate(STEPS, 1):
            with show(f"{number}/{len(STEPS)} {step.__doc__}"):
                step(walk)
    finally:
        walk.close()
    path = folder.resolve() / f"fellesgrep-{walk.case_number}.pdf"
    path.write_bytes(walk.sealed)
    return path
