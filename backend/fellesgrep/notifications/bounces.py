"""Take in what comes back: mail that could not be delivered after it had left."""

import hashlib
import hmac
from datetime import timedelta

import structlog

from fellesgrep.core.problems import Forbidden, NotFound
from fellesgrep.core.tx import House, Tx
from fellesgrep.notifications import addresses
from fellesgrep.notifications.delivery_status import read_report
from fellesgrep.notifications.models import Message, MessageStatus
from fellesgrep.notifications.service import end
from fellesgrep.notifications.settings import NOTIFICATIONS
from fellesgrep.notifications.slots import ADDRESSES, MESSAGE_TEXTS, MessageBounced

log = structlog.get_logger(__name__)
LARGEST = 1_000_000
_TOLERANCE = timedelta(minutes=5)
_REMEMBERED = timedelta(days=30)
"""No server tries for longer than days: what comes back after this is no honest report."""


def take_bounce(tx: Tx, raw: bytes, recipient: str = "") -> bool:
    """Take in a report of a mail server; False for any mail that is none about a mail of ours."""
    report = read_report(raw, recipient)
    if report is None:
        return False
    message = tx.session.get(Message, report.message_id, with_for_update=True)
    if message is None or tx.now() - message.queued_at > _REMEMBERED:
        return False
    if tx.house.registry.get(MESSAGE_TEXTS, message.kind).channel != "email":
        return False
    if not report.failed or message.status != MessageStatus.SENT:
        log.info("report of a mail", message=str(report.message_id), failed=report.failed)
        return True
    end(tx, message, MessageStatus.BOUNCED, report.refused.code)
    to = tx.house.registry.get(ADDRESSES, message.recipient_kind)(tx.session, message.recipient_id)
    if to is not None and report.refused.address_is_wrong:
        addresses.mark_bounced(tx, message, to.email, report.refused.code)
    tx.publish(MessageBounced(message))
    return True


def take_in(house: House, raw: bytes, recipient: str = "") -> bool:
    """Take in a report in a transaction of its own."""
    with house.transaction() as tx:
        return take_bounce(tx, raw, recipient)


def sign(secret: str, at: int, raw: bytes) -> str:
    """Return the signature that a mail gateway sends along."""
    return hmac.new(secret.encode(), f"{at}.".encode() + raw, hashlib.sha256).hexdigest()


def require_signed(house: House, signature: str, raw: bytes) -> None:
    """Refuse what the gateway did not sign, or long ago; raises `NotFound` where none is set up."""
    secret = house.settings(NOTIFICATIONS).bounce_secret
    if secret is None:
        raise NotFound("core.problem.not_found")
    parts = dict(part.partition("=")[::2] for part in signature.split(","))
    stamp = parts.get("t", "")
    at = int(stamp) if stamp.isascii() and stamp.isdigit() and len(stamp) <= 12 else 0
    fresh = abs(house.clock.now().timestamp() - at) <= _TOLERANCE.total_seconds()
    wanted = sign(secret.get_secret_value(), at, raw)
    if not fresh or not hmac.compare_digest(wanted.encode(), parts.get("v1", "").encode()):
        raise Forbidden("notifications.problem.not_signed")
