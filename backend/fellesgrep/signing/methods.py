"""The methods by which a partner signs, what each of them proves, and which is strong enough.

A method is registered in `METHODS`. Before the act of signing it has the signatory do something
and answers with a `Proof`, which is kept in the evidence; `acts.sign` takes no signature without
one that is at least as strong as what the request asks for. What a method is called and what it
says of itself stands in the messages under its key (`signing.way.<key>` before it is used and
`signing.method.<key>` afterwards, `signing.about.<key>`,
`signing.begin.<key>`, `signing.told.<key>`): what was done, never a level of law that it lacks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fellesgrep.core.registry import Slot
from fellesgrep.core.tx import House, Tx
from fellesgrep.partners.models import Contact
from fellesgrep.signing.models import SigningRequest

if TYPE_CHECKING:
    from fellesgrep.portal.access import LinkAccess

EMAIL_CONFIRMATION = "email_confirmation"
SMS_CODE = "sms_code"
WET_INK = "wet_ink"
AUTHENTICATED_EID = "authenticated_eid"

ORDER = (EMAIL_CONFIRMATION, SMS_CODE, WET_INK, AUTHENTICATED_EID)
"""From the weakest to the strongest. A method that is not named here is strong enough for nothing,
and nothing is strong enough for it."""


@dataclass(frozen=True)
class Proof:
    """What a method found out.

    `facts` go into the evidence as they are: no secrets, no national identity number, no more
    about a person than proof needs.
    """

    method: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Refused:
    """Why there is no proof: a text, at a field of the form (`code`, or `document` for all)."""

    field: str
    key: str


def _set_up(house: House) -> str:
    return ""


def _reaches(contact: Contact) -> str:
    return ""


def _nowhere(contact: Contact) -> str:
    return ""


def _nothing_more(access: "LinkAccess", request: SigningRequest) -> Mapping[str, Any]:
    return {}


def _nothing_first(access: "LinkAccess", request: SigningRequest) -> bool:
    return True


def _no_proof(access: "LinkAccess", request: SigningRequest, typed: str) -> Refused:
    return Refused("document", "signing.problem.not_here")


@dataclass(frozen=True)
class SigningMethod:
    """A method as the portal and the plan use it.

    `step` is the page of the method below the link (`?step=<step>`, letters only); `starts_at` the
    address below the link that the button before it (`go_on` is its text) posts to, empty where
    nothing is done first.
    `asks_code` has the page ask for a code, which `prove` gets as it was typed. `at_hand` tells
    whether the page may be signed, or what `starts_at` begins is still to be done (a log-in).
    `by_link` methods need a mail address, and are `offered` to whoever is asked for a weaker one.
    `missing_setting` names the setting without which the method cannot be used here, `unreached`
    the text that says why one person cannot use it, `where` masks where a code goes,
    `shown` gives the page of the method what else it tells.
    """

    key: str
    step: str
    starts_at: str = ""
    template: str = "signing/pages/confirm.html"
    go_on: str = "signing.page.go_on"
    asks_code: bool = False
    by_link: bool = True
    offered: bool = True
    missing_setting: Callable[[House], str] = _set_up
    unreached: Callable[[Contact], str] = _reaches
    where: Callable[[Contact], str] = _nowhere
    shown: "Callable[[LinkAccess, SigningRequest], Mapping[str, Any]]" = _nothing_more
    at_hand: "Callable[[LinkAccess, SigningRequest], bool]" = _nothing_first
    prove: "Callable[[LinkAccess, SigningRequest, str], Proof | Refused]" = _no_proof


METHODS: Slot[SigningMethod] = Slot("signing methods")
"""Key of a method → the method."""


def strong_enough(method: str, required: str) -> bool:
    """Tell whether a signature by `method` fulfils what is `required`."""
    if method not in ORDER or required not in ORDER:
        return False
    return ORDER.index(method) >= ORDER.index(required)


def called(method: str, evidence: Mapping[str, Any]) -> str:
    """Return how the messages name a method as it was used (below `signing.method`).

    A log-in is named with the level of the electronic ID, which its result tells.
    """
    level = evidence.get("method_result", {}).get("level", "")
    return f"{method}_{level}" if level else method


def find(house: House, key: str) -> SigningMethod | None:
    """Return a method, None where this installation has none of that name."""
    return house.registry.all(METHODS).get(key)


def in_order(house: House) -> list[SigningMethod]:
    """Return the methods of this installation from the weakest to the strongest."""
    known = house.registry.all(METHODS)
    return [known[key] for key in ORDER if key in known]


def open_to(tx: Tx, request: SigningRequest) -> list[SigningMethod]:
    """Return the methods by which a request can be signed now, what it asks for first."""
    contact = tx.session.get_one(Contact, request.contact_id)
    return [
        method
        for method in in_order(tx.house)
        if strong_enough(method.key, request.required_method)
        and (method.offered or method.key == request.required_method)
        and not method.missing_setting(tx.house)
        and not method.unreached(contact)
    ]
