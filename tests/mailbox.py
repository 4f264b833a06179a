"""The development outbox as a person reads it."""

import re
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from fellesgrep.core.jobs import InlineQueue
from fellesgrep.core.tx import House
from fellesgrep.notifications import outbox

CODE = re.compile(r"^\s{4}(\d{6})$", re.MULTILINE)


@dataclass
class Mailbox:
    """Runs what is due, and shows the mails that came of it."""

    house: House
    folder: Path
    seen: set[str] = field(default_factory=set)

    def fresh(self) -> list[EmailMessage]:
        """Return the mails since the last look, oldest first."""
        assert isinstance(self.house.jobs, InlineQueue)
        self.house.jobs.run_due(self.house)
        names = [name for name in reversed(outbox.names(self.folder)) if name not in self.seen]
        self.seen |= set(names)
        mails = (outbox.get(self.folder, name) for name in names)
        return [mail for mail in mails if mail is not None]

    def links(self) -> list[str]:
        """Return the portal's paths in fresh mails."""
        return [path for mail in self.fresh() for path in self.links_in(mail)]

    @staticmethod
    def links_in(mail: EmailMessage) -> list[str]:
        """Return the portal's paths in a mail, but for the one that turns reminders off."""
        paths = ["/p/" + link.partition("/p/")[2] for link in outbox.links(mail) if "/p/" in link]
        return [path for path in paths if not path.startswith("/p/reminders/")]

    def code(self) -> str:
        """Return the code in the one fresh mail."""
        [mail] = self.fresh()
        [code] = CODE.findall(outbox.part(mail, "plain"))
        return str(code)
