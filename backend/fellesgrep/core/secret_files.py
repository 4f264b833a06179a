"""Secrets that an installation makes for itself once, and keeps in its data directory."""

import os
import secrets
import tempfile
from pathlib import Path


def keep_first(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, unless there is one: the first stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp makes the file with mode 0600; a hard link never overwrites what is there.
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        Path(temporary).unlink()


def random_key(path: Path) -> bytes:
    """Return the 256 random bits of a file, made at the first use; many may ask at once."""
    if not path.exists():
        keep_first(path, secrets.token_bytes(32))
    return path.read_bytes()
