"""What notifications are told by the environment."""

from email.headerregistry import Address
from email.utils import parseaddr
from pathlib import Path
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, SecretStr

from fellesgrep.core.registry import Slot

SMS_BODY = '{"to": "{to}", "from": "{sender}", "text": "{text}"}'


class SmsService(BaseModel):
    """The provider that takes text messages by HTTP."""

    url: str
    token: SecretStr | None = None
    sender: str = ""
    body: str = SMS_BODY


class NotificationSettings(BaseModel):
    """How mail leaves.

    `smtp` by a server; `outbox` into a folder that the development pages show; `closed` not at
    all, for data that is made up: the message counts as sent and nothing is written.
    """

    transport: Literal["smtp", "outbox", "closed"]
    sender: str
    municipality: str
    public_url: str
    smtp_url: SecretStr | None = None
    outbox: Path = Path("outbox")
    sms: SmsService | None = None
    bounce_address: str = ""
    bounce_secret: SecretStr | None = None

    @property
    def sends_sms(self) -> bool:
        """Tell whether text messages leave: by a provider, or into the outbox and nowhere."""
        return self.sms is not None or self.transport != "smtp"

    def return_path(self, message_id: UUID) -> str:
        """Return where a message comes back to: an address of its own; "" where none is set up."""
        local, _, domain = self.bounce_address.rpartition("@")
        return f"{local}+{message_id.hex}@{domain}" if local else ""

    @property
    def sender_address(self) -> Address:
        """Return the sender as a mail header has it; the municipality's name is what people see."""
        _, spec = parseaddr(self.sender)
        return Address(self.municipality, addr_spec=spec)


NOTIFICATIONS: Slot[NotificationSettings] = Slot("notification settings")
