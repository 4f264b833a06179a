"""Obligations that stand in the text of an agreement: who promises what, until when.

In a template an element carries expressions; filled, it carries what they come to:

| attribute | in a template | filled |
| --- | --- | --- |
| `data-obligation` | one of `PromiseKind` | the same |
| `data-who` | a party, its name, or `'municipality'` | the name, or `municipality` |
| `data-due` | a day; without it the day on which all had signed | `2026-03-02` |
| `data-due-days` | a number of days after that | `30` |
| `data-amount` | whole øre | `24000000` |

What is promised is the text of the element.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lxml import etree

PROMISED = ("data-who", "data-due", "data-due-days", "data-amount")
MUNICIPALITY = "municipality"
_MAX_TEXT = 500


class PromiseKind(StrEnum):
    """What sort of obligation it is."""

    REPORT = "report"
    PAYMENT = "payment"
    DELIVERY = "delivery"
    MAINTENANCE = "maintenance"
    OTHER = "other"


@dataclass(frozen=True)
class Promise:
    """An obligation of a filled text. `who` is a party's name or `municipality`."""

    kind: PromiseKind
    who: str
    what: str
    due_on: date | None
    days: int
    amount_ore: int

    def due(self, signed_on: date) -> date:
        """Return the day until which it is to be fulfilled."""
        return (self.due_on or signed_on) + timedelta(days=self.days)


def promises(body: str) -> list[Promise]:
    """Return the obligations of a filled text, in its order."""
    root = etree.fromstring(f"<div>{body}</div>")
    return [_promise(element) for element in root.iterfind(".//*[@data-obligation]")]


def _promise(element: etree._Element) -> Promise:
    due, days = element.get("data-due"), element.get("data-due-days")
    said = " ".join("".join(map(str, element.itertext())).split())
    return Promise(
        kind=_kind(element.get("data-obligation", "")),
        who=element.get("data-who", MUNICIPALITY),
        what=said if len(said) <= _MAX_TEXT else f"{said[: _MAX_TEXT - 1]}…",
        due_on=date.fromisoformat(due) if due else None,
        days=int(days) if days else 0,
        amount_ore=int(element.get("data-amount", "0")),
    )


def _kind(said: str) -> PromiseKind:
    return PromiseKind(said) if said in set(PromiseKind) else PromiseKind.OTHER
