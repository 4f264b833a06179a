"""Limits on how often something may be tried, counted in the database for all processes."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.dialects.postgresql import insert

from fellesgrep.core.problems import TooManyRequests
from fellesgrep.core.tx import House
from fellesgrep.portal.models import RateCount


@dataclass(frozen=True)
class Limit:
    """So many in so long a time."""

    name: str
    most: int
    window: timedelta


CODES_PER_LINK = Limit("code-link", 5, timedelta(hours=1))
CODES_PER_PERSON = Limit("code-person", 20, timedelta(days=1))
SMS_PER_PHONE = Limit("sms-phone", 10, timedelta(days=1))
SMS_PER_ADDRESS = Limit("sms-address", 20, timedelta(hours=1))
NEW_LINKS_PER_PERSON = Limit("new-link", 3, timedelta(hours=1))
LOGINS_PER_LINK = Limit("login-link", 20, timedelta(hours=1))
WRITES_PER_LINK = Limit("write-link", 40, timedelta(hours=1))
VERIFICATIONS_PER_ADDRESS = Limit("verify", 60, timedelta(minutes=10))
GUESSES_PER_ADDRESS = Limit("guess", 60, timedelta(minutes=10))


def within(house: House, limit: Limit, key: str) -> bool:
    """Count one more and tell whether that is still allowed; counted even if the caller fails."""
    now = house.clock.now()
    start = _window_start(now, limit.window)
    # What is counted may be an address: the row holds only a hash, other in each window.
    digest = hashlib.sha256(f"{limit.name}:{start.isoformat()}:{key}".encode()).hexdigest()
    statement = insert(RateCount).values(
        bucket=f"{limit.name}:{digest}", window_start=start, count=1
    )
    statement = statement.on_conflict_do_update(
        index_elements=[RateCount.bucket, RateCount.window_start],
        set_={"count": RateCount.count + 1},
    )
    with house.database.aside.begin() as session:
        count = session.scalar(statement.returning(RateCount.count)) or 0
    return count <= limit.most


def require_within(house: House, limit: Limit, key: str) -> None:
    """Count one more; raises `TooManyRequests` when that is too many."""
    if not within(house, limit, key):
        raise TooManyRequests("portal.problem.too_many")


def _window_start(now: datetime, window: timedelta) -> datetime:
    seconds = int(window.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)
