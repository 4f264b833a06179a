"""What features bring to the portal: a page per purpose of a link."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from fastapi import Response

from fellesgrep.core.audit import Subject
from fellesgrep.core.registry import Slot
from fellesgrep.core.tx import Tx

if TYPE_CHECKING:
    from fellesgrep.portal.access import LinkAccess


@dataclass(frozen=True)
class PortalPage:
    """What a link of one purpose opens.

    `show` answers a GET and changes nothing. `open_until` says how long a new link to the thing
    is good; None when there is nothing to open any more. `renew` queues a message with a new
    link, where one is wanted. `history` is whose history the thing belongs to.
    """

    show: "Callable[[LinkAccess], Response]"
    open_until: Callable[[Tx, UUID], datetime | None]
    renew: Callable[[Tx, UUID], None]
    history: Callable[[Tx, UUID], Subject]


PORTAL_PAGES: Slot[PortalPage] = Slot("portal pages")
"""Purpose of a link (`signing.request`) → its page."""
