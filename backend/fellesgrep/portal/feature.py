"""What the portal contributes to the application."""

from fellesgrep.core import audit
from fellesgrep.core.jobs import JOBS, Job
from fellesgrep.core.registry import Registry
from fellesgrep.core.web import PROBLEM_PAGES, ROUTERS
from fellesgrep.notifications.slots import MAKERS, MESSAGE_TEXTS, MessageText
from fellesgrep.portal.codes import code_for_message
from fellesgrep.portal.links import link_for_message
from fellesgrep.portal.reminder_pages import router as reminder_router
from fellesgrep.portal.routes import problem_page, router
from fellesgrep.portal.service import tidy


def register(registry: Registry) -> None:
    """Add the pages, the makers of links and codes, and the nightly tidying."""
    registry.put(ROUTERS, "portal", router)
    registry.put(ROUTERS, "portal.reminders", reminder_router)
    registry.put(PROBLEM_PAGES, "/p/", problem_page)
    registry.put(MAKERS, "portal", link_for_message)
    registry.put(MAKERS, "portal_code", code_for_message)
    registry.put(MESSAGE_TEXTS, "portal.code", MessageText("portal.code", maker="portal_code"))
    by_sms = MessageText("portal.sms_code", maker="portal_code", target="sms", channel="sms")
    registry.put(MESSAGE_TEXTS, "portal.sms_code", by_sms)
    registry.put(JOBS, "portal.tidy", Job(tidy, cron="40 3 * * *"))
    for kind in (
        "code_requested",
        "sms_code_requested",
        "code_refused",
        "new_link_requested",
        "links_revoked",
    ):
        audit.register(registry, f"portal:{kind}", f"portal.audit.{kind}")
