"""What notifications contribute to the application."""

from uuid import UUID

from sqlalchemy.orm import Session

from fellesgrep.core import audit
from fellesgrep.core.jobs import JOBS, Job
from fellesgrep.core.languages import choose_language
from fellesgrep.core.registry import Registry
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import ROUTERS
from fellesgrep.identity.models import Person
from fellesgrep.notifications.case_routes import router as case_router
from fellesgrep.notifications.digest import give_up_digest, send_digest
from fellesgrep.notifications.models import Message
from fellesgrep.notifications.notice_routes import router as notice_router
from fellesgrep.notifications.previews import send_sample
from fellesgrep.notifications.routes import router
from fellesgrep.notifications.sending import give_up, send_message
from fellesgrep.notifications.settings import NOTIFICATIONS
from fellesgrep.notifications.slots import ADDRESSES, MAKERS, Made, MailAddress

_ENDS = (
    "sent", "dropped", "failed", "withheld", "refused", "bounced",
    "sms_sent", "sms_dropped", "sms_failed", "sms_withheld",
)  # fmt: skip
_DECIDED = (
    "decided_municipality", "decided_template", "decided_agreement", "tested",
    "preferences_changed", "reminders_on", "reminders_off",
)  # fmt: skip


def _person(session: Session, person_id: UUID) -> MailAddress | None:
    person = session.get(Person, person_id)
    if person is None or not person.active:
        return None
    return MailAddress(person.name, person.email, choose_language(person.language))


def _own_page(tx: Tx, message: Message, target: str) -> Made:
    """Lead to a page of the municipality's own screens, behind their log-in."""
    return Made(path=target.format(id=message.about_id))


def register(registry: Registry) -> None:
    """Add the sending job, people's addresses and, in development, the outbox pages."""
    registry.put(JOBS, "notifications.send", Job(send_message, on_failure=give_up))
    registry.put(ADDRESSES, "person", _person)
    registry.put(MAKERS, "own_page", _own_page)
    registry.put(JOBS, "notifications.digest", Job(send_digest, on_failure=give_up_digest))
    registry.put(JOBS, "notifications.sample", Job(send_sample))
    registry.put(ROUTERS, "notifications.notices", notice_router)
    registry.put(ROUTERS, "notifications.cases", case_router)
    if registry.get(NOTIFICATIONS, "settings").transport == "outbox":
        registry.put(ROUTERS, "notifications", router)
    for status in _ENDS:
        audit.register(registry, f"message:{status}", f"notifications.audit.{status}")
    for kind in _DECIDED:
        audit.register(registry, f"notices:{kind}", f"notifications.audit.{kind}")
