"""Whom the embedded database runs as.

PostgreSQL refuses to run as root. Where Fellesgrep itself runs as root (a container, a small
server), the database gets a system user of its own; otherwise it runs as whoever started it.
"""

from __future__ import annotations

import logging
import os
import pwd
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

logger = logging.getLogger(__name__)

SERVICE_USER = "fellesgrep-postgres"


@dataclass(frozen=True)
class ServiceUser:
    """A user id and group id to start programs with; None means the present user."""

    uid: int | None = None
    gid: int | None = None

    @property
    def effective_uid(self) -> int:
        """The user id that the started programs have."""
        return os.geteuid() if self.uid is None else self.uid

    def own(self, path: Path) -> None:
        """Give a file or folder to this user."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def open_way_to(self, path: Path) -> None:
        """Let this user pass through the folders above `path` (pass, not list or read)."""
        if self.uid is None:
            return
        for folder in reversed(path.resolve().parents):
            status = folder.stat()
            if status.st_uid != self.uid and not status.st_mode & stat.S_IXOTH:
                logger.warning("opened %s for passing through (chmod o+x) for %s", folder, self.uid)
                folder.chmod(stat.S_IMODE(status.st_mode) | stat.S_IXOTH)

    def open_tree(self, root: Path) -> None:
        """Let this user read and run everything below `root`, and get there."""
        self.open_way_to(root)
        for folder, _, names in os.walk(root):
            for path in (Path(folder), *(Path(folder, name) for name in names)):
                mode = stat.S_IMODE(path.stat().st_mode)
                runnable = stat.S_IXOTH if mode & stat.S_IXUSR else 0
                path.chmod(mode | stat.S_IROTH | runnable)


def service_user() -> ServiceUser:
    """Return the user to run the database as, making the system user when root has none yet."""
    if os.geteuid() != 0:
        return ServiceUser()
    try:
        entry = pwd.getpwnam(SERVICE_USER)
    except KeyError:
        command = ["useradd", "--system", "--user-group", "--no-create-home"]
        subprocess.run(
            [*command, "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", SERVICE_USER],
            check=True,
            capture_output=True,
        )
        entry = pwd.getpwnam(SERVICE_USER)
    return ServiceUser(entry.pw_uid, entry.pw_gid)
