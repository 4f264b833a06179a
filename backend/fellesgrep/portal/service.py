"""Use cases of the portal itself: ask for a code, ask for a new link, tidy up."""

from datetime import timedelta

from sqlalchemy import delete

from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.tx import House, Tx
from fellesgrep.notifications.service import queue_message
from fellesgrep.notifications.slots import Channel
from fellesgrep.portal import links
from fellesgrep.portal.codes import CodeAnswer, use_code
from fellesgrep.portal.limits import (
    CODES_PER_LINK,
    CODES_PER_PERSON,
    NEW_LINKS_PER_PERSON,
    SMS_PER_ADDRESS,
    SMS_PER_PHONE,
    require_within,
    within,
)
from fellesgrep.portal.models import AnsweredForm, OneTimeCode, PortalLink, RateCount
from fellesgrep.portal.slots import PORTAL_PAGES

_KEPT = timedelta(days=2)
_FORMS_KEPT = timedelta(days=90)


def history_of(tx: Tx, link: PortalLink) -> Subject:
    """Return whose history belongs to what a link opens."""
    return tx.house.registry.get(PORTAL_PAGES, link.purpose).history(tx, link.subject_id)


def ask_for_code(tx: Tx, link: PortalLink) -> None:
    """Send a code to the link's person; raises `TooManyRequests`."""
    require_within(tx.house, CODES_PER_LINK, str(link.id))
    require_within(tx.house, CODES_PER_PERSON, str(link.contact_id))
    history = history_of(tx, link)
    tx.audit("portal:code_requested", history)
    queue_message(
        tx,
        "portal.code",
        to=Subject("contact", link.contact_id),
        subject=history,
        about=Subject("portal_link", link.id),
    )


def ask_for_sms_code(tx: Tx, link: PortalLink, *, phone: str, address: str) -> None:
    """Send a code by text message to the number of the link's person that is on record.

    `phone` is that number, `address` where the request comes from: both are counted. Raises
    `TooManyRequests`.
    """
    require_within(tx.house, CODES_PER_LINK, f"sms:{link.id}")
    require_within(tx.house, SMS_PER_PHONE, phone)
    require_within(tx.house, SMS_PER_ADDRESS, address)
    history = history_of(tx, link)
    tx.audit("portal:sms_code_requested", history)
    queue_message(
        tx,
        "portal.sms_code",
        to=Subject("contact", link.contact_id),
        subject=history,
        about=Subject("portal_link", link.id),
    )


def confirm_code(tx: Tx, link: PortalLink, typed: str, channel: Channel = "email") -> CodeAnswer:
    """Try the code that came by a channel; the caller lets the transaction commit in any case."""
    answer = use_code(tx, link, typed, channel)
    if answer is not CodeAnswer.RIGHT:
        tx.audit("portal:code_refused", history_of(tx, link))
    return answer


def ask_for_new_link(tx: Tx, old_token: str) -> None:
    """Send a new link to the address that is known, if there is still something to open.

    Whoever asks learns nothing: neither whether the old link ever was one, nor where mail goes.
    """
    link = links.find(tx, old_token)
    if link is None or not within(tx.house, NEW_LINKS_PER_PERSON, str(link.contact_id)):
        return
    tx.audit(
        "portal:new_link_requested",
        history_of(tx, link),
        {"contact": ref("contact", link.contact_id)},
    )
    tx.house.registry.get(PORTAL_PAGES, link.purpose).renew(tx, link.subject_id)


def tidy(house: House) -> None:
    """Forget counts, codes and form keys that no longer matter."""
    with house.transaction() as tx:
        old = tx.now() - _KEPT
        tx.session.execute(delete(RateCount).where(RateCount.window_start < old))
        tx.session.execute(delete(OneTimeCode).where(OneTimeCode.expires_at < old))
        forgotten = tx.now() - _FORMS_KEPT
        tx.session.execute(delete(AnsweredForm).where(AnsweredForm.answered_at < forgotten))
