"""What is kept of a log-in with an electronic ID: enough to prove who it was, no identity number.

Of the national identity number only a keyed digest stands in the evidence. The key is this
installation's own and never leaves it; the salt is the signature's own, so that nobody can see in
two agreements that the same person signed both.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import date

from fellesgrep.identity.eid import LEVELS, Identified

AGREES, UNKNOWN = "agrees", "not_known"

D_NUMBER_DAYS = 40
TEST_MONTHS = (40, 65, 80)
"""Added to the month in the made-up numbers of the test environments."""


def birth_date_agrees(national_id: str, born_on: date) -> bool:
    """Tell whether the first six digits of a number say a birth date.

    A D-number, of somebody who has no national identity number, has 40 added to its day.
    """
    day, month, year = (int(national_id[start : start + 2]) for start in (0, 2, 4))
    day -= D_NUMBER_DAYS if day > D_NUMBER_DAYS else 0
    month -= max((added for added in (0, *TEST_MONTHS) if added < month), default=0)
    return (day, month, year) == (born_on.day, born_on.month, born_on.year % 100)


def person_digest(key: bytes, salt: str, national_id: str) -> str:
    """Return what stands in the evidence for a national identity number."""
    return hmac.new(key, f"{salt}:{national_id}".encode(), hashlib.sha256).hexdigest()


def key_mark(key: bytes) -> str:
    """Return what tells one installation's key from another's, and nothing of the key."""
    return hashlib.sha256(b"mark:" + key).hexdigest()[:16]


def facts_of(
    identified: Identified, *, key: bytes, salt: str, born_on: date | None
) -> dict[str, str]:
    """Return what goes into the evidence of the signature."""
    facts = {
        "issuer": identified.issuer,
        "subject": identified.subject,
        "acr": identified.acr,
        "level": LEVELS[identified.acr],
        "amr": identified.amr,
        "logged_in_at": identified.logged_in_at.isoformat(),
        "id_token_sha256": identified.id_token_sha256,
        "person_hmac_sha256": person_digest(key, salt, identified.national_id),
        "person_salt": salt,
        "person_key": key_mark(key),
        "birth_date": UNKNOWN if born_on is None else AGREES,
    }
    return facts | ({"name": identified.name} if identified.name else {})


def is_person(facts: Mapping[str, str], key: bytes, national_id: str) -> bool:
    """Tell whether the facts of a signature are of the person with a number."""
    digest = person_digest(key, facts["person_salt"], national_id)
    return hmac.compare_digest(digest, facts["person_hmac_sha256"])
