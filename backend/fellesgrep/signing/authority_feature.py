"""What the authority to sign contributes to the application."""

from fellesgrep.core import audit
from fellesgrep.core.jobs import JOBS, Job
from fellesgrep.core.registry import Registry
from fellesgrep.core.web import ROUTERS
from fellesgrep.notifications.slots import MESSAGE_TEXTS, MessageText
from fellesgrep.signing import authority, authority_jobs, authority_routes

_TOLD = (
    "not_needed", "authority_found", "authority_unclear", "authority_minutes",
    "authority_confirmed", "authority_legal", "authority_asked",
)  # fmt: skip


def register(registry: Registry) -> None:
    """Add routes, the look-up in the registers, mails and audit kinds."""
    registry.put(ROUTERS, "signing.authority", authority_routes.router)
    registry.put(JOBS, authority.LOOK_UP, Job(authority_jobs.look_up))
    for kind in _TOLD:
        audit.register(registry, f"signing:{kind}", f"signing.audit.{kind}")
    registry.put(
        MESSAGE_TEXTS, "signing.not_needed", MessageText("signing.mail.not_needed", unhurried=True)
    )
    asked = MessageText("signing.mail.authority_asked", maker="own_page", target="/cases/{id}/show")
    registry.put(MESSAGE_TEXTS, "signing.authority_asked", asked)
