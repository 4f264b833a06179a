"""What a log-in outside the portal told about a signatory, kept until they sign with it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.core.db import Base, Row
from fellesgrep.core.tx import Tx
from fellesgrep.portal.models import PortalLink
from fellesgrep.signing.methods import Proof
from fellesgrep.signing.models import SigningRequest


class MethodResult(Base, Row):
    """One result, of one link, good for one signature and a short while."""

    __tablename__ = "method_result"
    request_id: Mapped[UUID] = mapped_column(ForeignKey("signing_request.id"), index=True)
    link_id: Mapped[UUID] = mapped_column(ForeignKey("portal_link.id"), index=True)
    method: Mapped[str]
    facts: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)


def keep(
    tx: Tx,
    request: SigningRequest,
    link: PortalLink,
    method: str,
    facts: Mapping[str, str],
    *,
    lifetime: timedelta,
) -> MethodResult:
    """Keep a result for the link it was asked from."""
    made = MethodResult(
        request_id=request.id,
        link_id=link.id,
        method=method,
        facts=dict(facts),
        made_at=tx.now(),
        expires_at=tx.now() + lifetime,
    )
    tx.session.add(made)
    tx.session.flush()
    return made


def at_hand(tx: Tx, request: SigningRequest, link: PortalLink, method: str) -> MethodResult | None:
    """Return the newest result that can still be signed with."""
    return tx.session.scalars(
        select(MethodResult)
        .where(
            MethodResult.request_id == request.id,
            MethodResult.link_id == link.id,
            MethodResult.method == method,
            MethodResult.used_at.is_(None),
            MethodResult.expires_at > tx.now(),
        )
        .order_by(MethodResult.id.desc())
        .limit(1)
    ).first()


def use(tx: Tx, request: SigningRequest, link: PortalLink, method: str) -> Proof | None:
    """Use a result up; None where there is none (any more)."""
    found = at_hand(tx, request, link, method)
    if found is None:
        return None
    found.used_at = tx.now()
    return Proof(method, {**found.facts, "confirmed_at": found.made_at.isoformat()})


def forget_unused(tx: Tx) -> None:
    """Forget results that nobody signed with in time."""
    tx.session.execute(
        delete(MethodResult).where(
            MethodResult.used_at.is_(None), MethodResult.expires_at < tx.now()
        )
    )
