"""One-time codes by e-mail or text message: six digits, ten minutes, five attempts, used once."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select, update

from fellesgrep.core.tx import Tx
from fellesgrep.notifications.models import Message
from fellesgrep.notifications.slots import Channel, Made
from fellesgrep.portal.links import is_open
from fellesgrep.portal.models import OneTimeCode, PortalLink

LIFETIME = timedelta(minutes=10)
ATTEMPTS = 5


class CodeAnswer(StrEnum):
    """What became of a typed code."""

    RIGHT = "right"
    WRONG = "wrong"
    NONE_LEFT = "none_left"


def code_for_message(tx: Tx, message: Message, target: str) -> Made | None:
    """Make the code of a message that is about to leave; None when its link no longer opens.

    `target` is the channel: a code that came by another one proves nothing.
    """
    link = tx.session.get(PortalLink, message.about_id)
    if link is None or not is_open(link, tx.now()):
        return None
    code = f"{secrets.randbelow(1_000_000):06d}"
    tx.session.add(
        OneTimeCode(
            link_id=link.id,
            code_hash=_hash(link, code),
            channel=target or "email",
            created_at=tx.now(),
            expires_at=tx.now() + LIFETIME,
            attempts_left=ATTEMPTS,
        )
    )
    tx.session.flush()
    return Made(words={"code": code})


def use_code(tx: Tx, link: PortalLink, typed: str, channel: Channel = "email") -> CodeAnswer:
    """Try a code. A right one is used up, a wrong one costs an attempt of each that is alive.

    The caller must let the transaction commit in either case.
    """
    alive = _alive(tx, link, channel)
    if not alive:
        return CodeAnswer.NONE_LEFT
    wanted = _hash(link, "".join(character for character in typed if character.isdigit()))
    for code in alive:
        if hmac.compare_digest(code.code_hash, wanted):
            code.used_at = tx.now()
            return CodeAnswer.RIGHT
    for code in alive:
        code.attempts_left -= 1
    return CodeAnswer.WRONG if any(code.attempts_left for code in alive) else CodeAnswer.NONE_LEFT


def spoil_codes(tx: Tx, contact_id: UUID, channel: Channel) -> None:
    """Make every code worthless that was sent to a person where they are reached no longer."""
    links = select(PortalLink.id).where(PortalLink.contact_id == contact_id)
    tx.session.execute(
        update(OneTimeCode)
        .where(OneTimeCode.link_id.in_(links), OneTimeCode.channel == channel)
        .values(attempts_left=0)
    )


def _alive(tx: Tx, link: PortalLink, channel: Channel) -> Sequence[OneTimeCode]:
    return tx.session.scalars(
        select(OneTimeCode)
        .where(
            OneTimeCode.link_id == link.id,
            OneTimeCode.channel == channel,
            OneTimeCode.used_at.is_(None),
            OneTimeCode.expires_at > tx.now(),
            OneTimeCode.attempts_left > 0,
        )
        .order_by(OneTimeCode.id)
        .with_for_update()
    ).all()


def _hash(link: PortalLink, code: str) -> str:
    return hmac.new(link.salt, code.encode(), hashlib.sha256).hexdigest()
